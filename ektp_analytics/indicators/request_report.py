"""Everything the report prints about how long requests take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language, Reason, because
from ektp_analytics.indicators.cohort import cancelled_words, cohort
from ektp_analytics.indicators.labels import label, labels
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.request_stages import central_share, stage_table
from ektp_analytics.indicators.rule_of_law import LEGAL_LIMIT, as_limit
from ektp_analytics.indicators.service_times import (
    cancelled_rows,
    date_only_rows,
    working_calendar,
)
from ektp_analytics.measures.backlog import Backlog, backlog
from ektp_analytics.measures.duration_tally import DurationTally
from ektp_analytics.measures.durations import DurationResult, time_to_event
from ektp_analytics.measures.limits import Limit
from ektp_analytics.measures.request_tally import tally_durations
from ektp_analytics.measures.stages import SplitClock
from ektp_analytics.measures.survival import kaplan_meier
from ektp_analytics.standards import standard

HOURS_PER_DAY = 24
MINUTES_PER_HOUR = 60
PERCENT = 100
CLOCKS: Mapping[str, tuple[str, str]] = {
    "legal": ("complete_at", "printed_at"),
    "citizen": ("registered_at", "handed_over_at"),
}
"""Start and end of the clock of the law and of the citizen."""


@dataclass(frozen=True, slots=True)
class RequestReport:
    """What is printed about the requests of a period.

    Parameters
    ----------
    legal, citizen
        Durations by the clock of the law (complete requirements to print) and by the
        citizen's (registration to hand-over); None with a reason in `reasons`.
    curves
        Both curves for a chart: ``curve`` (printed name), ``hours``, ``share``, ``low``,
        ``high`` (percent; Float64). A curve ends with its last share at the longest time
        observed.
    limits
        ``hours``, ``name``, ``kind`` (``law`` or ``promise``), ``basis``.
    stages
        ``name``, ``control`` (``office``, ``centre``), ``n``, ``open``, ``median``,
        ``p90`` (hours), ``total`` (bool), ``reason``.
    central
        Time of finished requests at the centre beside the whole; None without its stamps.
    backlog
        Requests complete before the period and not printed on its first day.
    not_complete
        Requests not declared complete at the end of the period, whenever registered.
    cancelled
        Requests registered in the period and withdrawn or refused: ``status``, ``n``.
    told_apart
        Whether e-KTP requests could be told from others.
    reasons
        Why a part is absent.
    """

    legal: DurationResult | None
    citizen: DurationResult | None
    curves: pd.DataFrame
    limits: pd.DataFrame
    stages: pd.DataFrame
    central: SplitClock | None
    backlog: Backlog | None
    not_complete: Backlog | None
    cancelled: pd.DataFrame
    told_apart: bool
    reasons: Mapping[str, Reason]

    def to_frame(self) -> pd.DataFrame:
        """Return the figures of both clocks, one row per clock and figure."""
        clocks = {"legal": self.legal, "citizen": self.citizen}
        frames = [r.to_frame().assign(clock=name) for name, r in clocks.items() if r is not None]
        columns = ["clock", "figure", "value", "reason"]
        return pd.concat(frames)[columns] if frames else pd.DataFrame(columns=columns)


def request_report(data: OfficeData, lang: Language = "id") -> RequestReport:
    """Measure the requests of a period by every clock that is printed.

    Parameters
    ----------
    data
        Needs the service log.
    lang
        Language of the names.
    """
    return data.once(("request_report", lang), lambda: _measured(data, lang))


def _measured(data: OfficeData, lang: Language) -> RequestReport:
    reasons: dict[str, Reason] = {}
    tallies = {name: _clock_tally(data, name, reasons) for name in CLOCKS}
    found = {name: _durations(tally, name, data) for name, tally in tallies.items()}
    curves = [curve(tally, name, lang) for name, tally in tallies.items() if tally is not None]
    return RequestReport(
        legal=found["legal"],
        citizen=found["citizen"],
        curves=_together(curves),
        limits=limit_lines(data, lang),
        stages=stage_table(data, lang),
        central=central_share(data),
        backlog=_backlog(data, reasons),
        not_complete=_not_complete(data, reasons),
        cancelled=_cancelled(data),
        told_apart=data.ektp_rows("service_log")[1],
        reasons=reasons,
    )


def _limit_of(name: str, data: OfficeData) -> Limit | None:
    """Return the limit a clock is read against on the last day of the period."""
    if name == "legal":
        return as_limit(standard(LEGAL_LIMIT, on=data.period.end))
    held = [p for p in data.office.promises if p.valid_from <= data.period.end]
    return Limit.parse(held[-1].limit) if held else None


def _clock_tally(data: OfficeData, name: str, reasons: dict[str, Reason]) -> DurationTally | None:
    start, end = CLOCKS[name]
    if missing := data.missing("service_log", start, end):
        columns = ", ".join(missing)
        reasons[name] = because("columns_missing", source="service_log", columns=columns)
        return None
    rows, limit = cohort(data, start).requests, _limit_of(name, data)
    calendar = None
    if limit is not None and limit.unit == "working_days":
        calendar = working_calendar(data.period.start, data.as_of, data.as_of, data.office)
    return tally_durations(
        rows[start],
        rows[end],
        data.as_of,
        limits=[] if limit is None else [limit],
        calendar=calendar,
        date_only=date_only_rows(rows, start, end),
    )


def _durations(tally: DurationTally | None, name: str, data: OfficeData) -> DurationResult | None:
    return None if tally is None else time_to_event(tally, _limit_of(name, data), data.as_of)


def curve(tally: DurationTally, name: str, lang: Language = "id") -> pd.DataFrame:
    """Return the steps of a Kaplan–Meier curve, up to the longest time observed."""
    found = kaplan_meier(tally.elapsed)
    per_hour = tally.resolution / (MINUTES_PER_HOUR * MINUTES_PER_HOUR)
    steps = pd.DataFrame(
        {
            "hours": found.times * per_hour,
            "share": PERCENT * found.finished_share,
            "low": PERCENT * found.low,
            "high": PERCENT * found.high,
        }
    ).astype("Float64")
    longest = tally.elapsed.longest * per_hour
    if len(steps) and longest > steps["hours"].iloc[-1]:
        steps = pd.concat([steps, steps.tail(1).assign(hours=longest)], ignore_index=True)
    steps.insert(0, "curve", label("curves", name, lang))
    return steps


def _together(curves: list[pd.DataFrame]) -> pd.DataFrame:
    columns = ["curve", "hours", "share", "low", "high"]
    return pd.concat(curves, ignore_index=True) if curves else pd.DataFrame(columns=columns)


def limit_lines(data: OfficeData, lang: Language = "id") -> pd.DataFrame:
    """Return the limit of the law and the office's promise, as lines of a chart.

    A limit in days stands at so many times 24 hours; one in working days has no place on
    a scale of hours and is left out.
    """
    law = standard(LEGAL_LIMIT, on=data.period.end)
    basis = f"{law.regulation} {law.article}"
    rows = [_limit_line(as_limit(law), "law", basis, lang)]
    held = [p for p in data.office.promises if p.valid_from <= data.period.end][-1:]
    rows += [_limit_line(Limit.parse(p.limit), "promise", p.basis, lang) for p in held]
    frame = pd.DataFrame([row for row in rows if row["hours"] is not None])
    return frame.astype({"hours": "Float64", "name": "str", "kind": "str", "basis": "str"})


def _limit_line(limit: Limit, kind: str, basis: str, lang: Language) -> dict[str, Any]:
    hours = {"hours": limit.amount, "days": HOURS_PER_DAY * limit.amount}.get(limit.unit)
    return {
        "hours": hours,
        "name": limit_name(limit, lang),
        "kind": kind,
        "basis": basis,
    }


def limit_name(limit: Limit, lang: Language = "id") -> str:
    """Return a limit in words: ``24 jam``."""
    name: str = labels()["limits"][limit.unit][lang].format(amount=limit.amount)
    return name


def _backlog(data: OfficeData, reasons: dict[str, Reason]) -> Backlog | None:
    """Count what was complete before the period and still unprinted on its first day."""
    limit = as_limit(standard(LEGAL_LIMIT, on=data.period.start))
    return _open_at(data, "backlog", CLOCKS["legal"], data.period.opens, reasons, limit)


def _not_complete(data: OfficeData, reasons: dict[str, Reason]) -> Backlog | None:
    """Count what was registered and not declared complete at 24.00 of the last day."""
    pair = ("registered_at", "complete_at")
    return _open_at(data, "not_complete", pair, data.period.closes, reasons, None)


def _open_at(
    data: OfficeData,
    name: str,
    pair: tuple[str, str],
    instant: Any,
    reasons: dict[str, Reason],
    limit: Limit | None,
) -> Backlog | None:
    """Count what was open between two stamps at an instant, cancelled requests left out."""
    if missing := data.missing("service_log", *pair):
        columns = ", ".join(missing)
        reasons[name] = because("columns_missing", source="service_log", columns=columns)
        return None
    rows, _ = data.ektp_rows("service_log")
    return backlog(
        rows[pair[0]],
        rows[pair[1]],
        instant.date(),
        limit=limit,
        cancelled=cancelled_rows(rows, cancelled_words(data)).to_numpy(dtype=bool),
        date_only=date_only_rows(rows, *pair),
    )


def _cancelled(data: OfficeData) -> pd.DataFrame:
    """Count withdrawn and refused requests registered in the period, by their status."""
    table, _ = data.ektp_rows("service_log")
    if not {"status", "registered_at"} <= set(table.columns):
        return pd.DataFrame({"status": pd.Series(dtype="str"), "n": pd.Series(dtype="int64")})
    at = table["registered_at"]
    inside = at.ge(data.period.opens) & at.lt(data.period.closes)
    rows = table[inside & cancelled_rows(table, cancelled_words(data))]
    counted = rows["status"].str.strip().str.casefold().value_counts()
    return counted.rename_axis("status").rename("n").reset_index()
