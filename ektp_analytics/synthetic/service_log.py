"""Applications from registration to hand-over, as the office's log exports them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ektp_analytics.synthetic import story
from ektp_analytics.synthetic.intake import Intake, take_in
from ektp_analytics.synthetic.printing import produce
from ektp_analytics.synthetic.workdays import MINUTES_PER_DAY

if TYPE_CHECKING:
    from pandas.arrays import IntegerArray

    from ektp_analytics.periods import Period
    from ektp_analytics.synthetic.plan import OfficePlan

EVENTS = (
    "registered_at",
    "complete_at",
    "recorded_at",
    "sent_at",
    "print_ready_at",
    "printed_at",
    "handed_over_at",
)
CANCELLED = ("dibatalkan", "ditolak")


def log_of(plan: OfficePlan, period: Period) -> pd.DataFrame:
    """Return the service log of a period as the office exports it a week later.

    One row per request that was open at some moment of the period: those registered in
    it and those of the two quarters before that were still open on its first day. Times
    are datetime64[us] local; what happened after the export is blank.
    """
    cohorts = pd.concat([_cohort(plan, q) for q in _quarters(period)], ignore_index=True)
    opens, closes = pd.Timestamp(period.opens), pd.Timestamp(period.closes)
    ended = cohorts["handed_over_at"].fillna(cohorts["cancelled_at"])
    listed = (cohorts["registered_at"] < closes) & ~(ended < opens)
    seen = _as_exported(cohorts[listed], closes + pd.Timedelta(days=story.EXPORT_DAYS_AFTER))
    return seen.sort_values(["registered_at", "application_id"], ignore_index=True)


def served(log: pd.DataFrame, period: Period) -> int:
    """Count the applications handed over in the period."""
    at = log["handed_over_at"]
    inside = (at >= pd.Timestamp(period.opens)) & (at < pd.Timestamp(period.closes))
    return int(inside.sum())


def _quarters(period: Period) -> list[Period]:
    """Return the quarters whose requests can be in the log of a period, oldest first."""
    from ektp_analytics.periods import Period as AnyPeriod

    last = AnyPeriod(period.year, "quarter", (period.end.month - 1) // 3 + 1)
    first = AnyPeriod(period.year, "quarter", (period.start.month - 1) // 3 + 1)
    steps = (last.year - first.year) * 4 + last.number - first.number
    earliest = first.shifted(-story.QUARTERS_STILL_LISTED)
    return [earliest.shifted(k) for k in range(steps + story.QUARTERS_STILL_LISTED + 1)]


@lru_cache(maxsize=8)
def _cohort(plan: OfficePlan, quarter: Period) -> pd.DataFrame:
    """Simulate every request registered in one quarter, to its end."""
    draw = plan.stream("service_log", quarter)
    intake = take_in(plan, quarter, draw)
    made = produce(plan, quarter, intake, draw)
    columns: dict[str, object] = _described(plan, quarter, intake)
    columns |= {name: _stamps(made[name]) for name in EVENTS}
    columns["scheduled_for"] = _days(intake.scheduled_day)
    promise = np.where(intake.scheduled_day >= 0, intake.scheduled_day, intake.registered_day)
    promised = np.where(
        draw.random(intake.size) < story.PROMISE_STATED, promise + story.PROMISE_DAYS, -1
    )
    columns["promised_at"] = _days(promised)
    columns["fee_charged"] = _fees(intake, draw)
    columns["corrections"] = pd.array(draw.poisson(0.03 + 0.06 * intake.busy), dtype="Int64")
    columns["stuck"] = made["stuck"]
    columns["cancelled"] = intake.cancelled
    columns["cancelled_at"] = _stamps(intake.cancelled_minute)
    return pd.DataFrame(columns)


def _described(plan: OfficePlan, quarter: Period, intake: Intake) -> dict[str, object]:
    prefix = f"{plan.office[:1].upper()}{quarter.year % 100:02d}Q{quarter.number}"
    numbers = 1 + np.argsort(np.argsort(intake.registered_minute, kind="stable"))
    kinds = np.array([kind for kind, _ in story.SERVICES.values()], dtype=object)
    codes = np.array([k.code for k in plan.kecamatan], dtype=object)
    names = np.array([k.name for k in plan.kecamatan], dtype=object)
    return {
        "application_id": [f"{prefix}-{number:06d}" for number in numbers],
        "service": np.array(list(story.SERVICES), dtype=object)[intake.service],
        "kind": kinds[intake.service],
        "channel": intake.channel,
        "kecamatan": names[intake.kecamatan],
        "kecamatan_code": codes[intake.kecamatan],
        "sex": np.where(intake.female, "P", "L"),
    }


def _fees(intake: Intake, draw: np.random.Generator) -> IntegerArray:
    """Draw the fees charged in rupiah: nothing, save a few; a few requests state none."""
    fees = np.zeros(intake.size, dtype=np.int64)
    likelier = np.where(intake.channel == "kecamatan", 3.0, 1.0)
    asked = draw.random(intake.size) < story.FEE_ASKED * likelier
    fees[asked] = draw.choice(story.FEES, size=int(asked.sum()))
    stated = pd.array(fees, dtype="Int64")
    stated[draw.random(intake.size) < story.FEE_NOT_STATED] = pd.NA
    return stated


def _as_exported(rows: pd.DataFrame, exported: pd.Timestamp) -> pd.DataFrame:
    """Blank what lies after the export and write each request's status on that day."""
    rows = rows.copy()
    for name in EVENTS:
        rows[name] = rows[name].where(rows[name] < exported)
    called_off = rows["cancelled_at"] < exported
    rows["status"] = np.where(called_off, rows["cancelled"], _status(rows))
    return rows.drop(columns=["stuck", "cancelled", "cancelled_at"])


def _status(rows: pd.DataFrame) -> np.ndarray:
    """Return the SIAK status that follows from the stages reached."""
    reached = {name: rows[name].notna().to_numpy() for name in EVENTS}
    stuck = rows["stuck"].to_numpy(dtype=object)
    failed = (stuck != "") & reached["recorded_at"]
    return np.select(
        [
            reached["handed_over_at"],
            reached["printed_at"],
            failed,
            reached["print_ready_at"],
            reached["sent_at"],
            reached["recorded_at"],
            reached["complete_at"],
        ],
        [
            "CARD_ISSUED",
            "CARD_PRINTED",
            stuck,
            "PRINT_READY_RECORD",
            "SENT_FOR_ENROLLMENT",
            "BIO_CAPTURED",
            "PROCESSING",
        ],
        default="UNREGISTERED",
    )


def _stamps(minutes: np.ndarray) -> pd.DatetimeIndex:
    """Turn minutes since 1970 into local times; −1 becomes blank."""
    stamps = minutes.astype("datetime64[m]").astype("datetime64[us]")
    stamps[minutes < 0] = np.datetime64("NaT")
    return pd.DatetimeIndex(stamps)


def _days(days: np.ndarray) -> pd.DatetimeIndex:
    return _stamps(np.where(days < 0, -1, days * MINUTES_PER_DAY))


def written(log: pd.DataFrame) -> pd.DataFrame:
    """Return the log with times as text: minutes for events, dates for promises."""
    table = log.copy()
    for name in EVENTS:
        table[name] = table[name].dt.strftime("%Y-%m-%d %H:%M")
    for name in ("scheduled_for", "promised_at"):
        table[name] = table[name].dt.strftime("%Y-%m-%d")
    return table
