"""The figures of the page on waiting: curves, limits, stages, open requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.cohort import cohort
from ektp_analytics.indicators.rule_of_law import LEGAL_LIMIT
from ektp_analytics.indicators.service_times import cancelled_rows, date_only_rows
from ektp_analytics.measures.backlog import Backlog, backlog
from ektp_analytics.measures.duration_tally import DurationTally
from ektp_analytics.measures.durations import DurationResult, time_to_event
from ektp_analytics.measures.limits import Limit
from ektp_analytics.measures.request_tally import tally_durations
from ektp_analytics.measures.stages import (
    SplitClock,
    Stage,
    split_clock,
    stage_durations,
    tally_stages,
)
from ektp_analytics.measures.survival import kaplan_meier, time_quantile
from ektp_analytics.measures.time_counts import TimeCounts
from ektp_analytics.report import numbers
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.standards.entry import Standard
from ektp_analytics.standards.lookup import all_standards

MINUTES_PER_HOUR, HOURS_PER_DAY = 60, 24
PERCENT = 100
P90 = 0.9
LEGAL = ("complete_at", "printed_at")
CITIZEN = ("registered_at", "handed_over_at")
_SUFFIX = {"hours": "h", "days": "d", "working days": "wd"}
# The stages from complete requirements to handover, and in whose hands each lies.
STAGES = (
    Stage("recording", "complete_at", "recorded_at", "office"),
    Stage("sending", "recorded_at", "sent_at", "office"),
    Stage("centre", "sent_at", "print_ready_at", "centre"),
    Stage("printing", "print_ready_at", "printed_at", "office"),
    Stage("handover", "printed_at", "handed_over_at", "office"),
)


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of a cohort: from which stamp to which, its tally and its figures."""

    start: str
    end: str
    tally: DurationTally
    result: DurationResult

    def share_at(self, hours: float) -> float | None:
        """Return the percent finished by a time, None where the curve says nothing."""
        curve = kaplan_meier(self.tally.elapsed)
        place = curve.times.searchsorted(hours * MINUTES_PER_HOUR, side="right")
        return PERCENT * float(curve.finished_share[place - 1]) if place else 0.0


def clock(run: PeriodRun, start: str, end: str) -> Clock | None:
    """Return one clock over the period's requests; None where the log lacks a stamp."""
    if not run.data.has("service_log", start, end):
        return None
    rows = cohort(run.data, start).requests
    tally = tally_durations(
        rows[start], rows[end], run.data.as_of, date_only=date_only_rows(rows, start, end)
    )
    return Clock(start, end, tally, time_to_event(tally, None, run.data.as_of))


def curve_frame(clocks: dict[str, Clock]) -> pd.DataFrame:
    """Return the curves as the completion chart takes them: curve, hours, share, low, high."""
    parts = []
    for name, one in clocks.items():
        curve = kaplan_meier(one.tally.elapsed)
        frame = pd.DataFrame(
            {
                "curve": name,
                "hours": curve.times / MINUTES_PER_HOUR,
                "share": PERCENT * curve.finished_share,
                "low": PERCENT * curve.low,
                "high": PERCENT * curve.high,
            }
        )
        longest = one.tally.elapsed.longest / MINUTES_PER_HOUR
        if len(frame) and longest > frame["hours"].iloc[-1]:
            frame.loc[len(frame)] = {**frame.iloc[-1].to_dict(), "hours": longest}
        parts.append(frame)
    return pd.concat(parts, ignore_index=True)


def limits_of_law() -> list[Standard]:
    """Return every version of the legal limit, the one in force last."""
    return [s for s in all_standards() if s.key == LEGAL_LIMIT]


def limit_frame(run: PeriodRun, lang: Language) -> pd.DataFrame:
    """Return the limits as the completion chart takes them: law and the office's promise."""
    rows: list[dict[str, Any]] = []
    for law in limits_of_law():
        hours = float(law.value) * (HOURS_PER_DAY if law.unit == "days" else 1)
        name = numbers.limit(hours, lang)
        rows.append({"hours": hours, "name": name, "kind": "law", "basis": law.regulation})
    known = [p for p in run.office.promises if p.valid_from <= run.period.end]
    if known:
        limit = Limit.parse(known[-1].limit)
        hours = float(limit.hours or limit.amount * HOURS_PER_DAY)
        name = tell("waiting.promise", lang, limit=numbers.limit(hours, lang))
        rows.append({"hours": hours, "name": name, "kind": "promise", "basis": None})
    return pd.DataFrame(rows)


def stage_frame(run: PeriodRun, lang: Language) -> pd.DataFrame:
    """Return the stages as their chart takes them, then the time of office and centre."""
    rows = cohort(run.data, LEGAL[0]).requests
    stages = [s for s in STAGES if s.start in rows and s.end in rows]
    tallies = tally_stages(rows, stages, run.data.as_of)
    found = stage_durations(tallies, stages, run.data.as_of)
    table = pd.DataFrame(
        {
            "name": [tell(f"waiting.stage_{name}", lang) for name in found["stage"]],
            "control": found["clock"],
            "n": found["n"],
            "median": found["median_hours"],
            "p90": found["p90_hours"],
            "total": False,
        }
    )
    split = split_times(run)
    return table if split is None else pd.concat([table, _split_rows(split, lang)])


def split_times(run: PeriodRun) -> SplitClock | None:
    """Return how the legal clock splits into office and centre; None without the stamps."""
    if not run.data.has("service_log", *LEGAL, "sent_at", "print_ready_at"):
        return None
    rows = cohort(run.data, LEGAL[0]).requests
    stamps = (rows[c] for c in (*LEGAL, "sent_at", "print_ready_at"))
    return split_clock(*stamps, run.data.as_of)


def _split_rows(split: SplitClock, lang: Language) -> pd.DataFrame:
    rows = []
    for control, counts, median in (
        ("office", split.own, split.median_own_hours),
        ("centre", split.elsewhere, split.median_elsewhere_hours),
    ):
        p90 = time_quantile(kaplan_meier(TimeCounts(finished=counts)), P90).value
        rows.append(
            {
                "name": tell(f"waiting.total_{control}", lang),
                "control": control,
                "n": split.n,
                "median": median,
                "p90": None if p90 is None else p90 / MINUTES_PER_HOUR,
                "total": True,
            }
        )
    return pd.DataFrame(rows)


def office_share_in_time(run: PeriodRun, hours: float) -> float | None:
    """Return the percent of finished requests whose time in the office kept a limit."""
    split = split_times(run)
    if split is None or not split.n:
        return None
    return PERCENT * split.own.up_to(int(hours * MINUTES_PER_HOUR)) / split.n


def open_by_age(one: Clock, limit_hours: float, long_hours: float) -> list[int]:
    """Return open requests younger than the limit, up to the longer one, and older."""
    ages = one.tally.elapsed.open
    first = ages.up_to(int(limit_hours * MINUTES_PER_HOUR))
    second = ages.up_to(int(long_hours * MINUTES_PER_HOUR))
    return [first, second - first, ages.total - second]


def opening_backlog(run: PeriodRun, limit: str) -> Backlog | None:
    """Return the requests of earlier periods still open on the first day."""
    if not run.data.has("service_log", *LEGAL):
        return None
    rows, _ = run.data.ektp_rows("service_log")
    return backlog(
        rows[LEGAL[0]],
        rows[LEGAL[1]],
        run.period.start,
        limit=limit,
        cancelled=cancelled_rows(rows).to_numpy(dtype=bool),
        date_only=date_only_rows(rows, *LEGAL),
    )


def limit_in_force(run: PeriodRun) -> tuple[str, float]:
    """Return the legal limit on the period's last day, as text and in hours."""
    law = next(s for s in limits_of_law() if s.holds_on(run.period.end))
    hours = float(law.value) * (HOURS_PER_DAY if law.unit == "days" else 1)
    return f"{law.value}{_SUFFIX[law.unit]}", hours
