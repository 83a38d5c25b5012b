"""How long requests take and how many keep a limit: the figures of one group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ektp_analytics.errors import Language, Reason, because
from ektp_analytics.measures.duration_tally import DurationTally
from ektp_analytics.measures.limit_share import counts_within, share_within, with_age
from ektp_analytics.measures.limits import SECONDS_PER_HOUR, Limit
from ektp_analytics.measures.proportions import CONFIDENCE, Interval
from ektp_analytics.measures.request_clock import as_date
from ektp_analytics.measures.request_tally import tally_durations
from ektp_analytics.measures.survival import (
    Curve,
    Estimate,
    kaplan_meier,
    share_finished,
    time_quantile,
)
from ektp_analytics.measures.working_time import WorkingCalendar

MEDIAN = 0.5
P90 = 0.9
PERCENT = 100
ONE_SECOND = 1

Pair = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationResult:
    """Durations of a group of requests seen on one day.

    Hours are elapsed hours, shares percent from 0 to 100. Every None has its reason in
    `reasons`, by field name.

    Parameters
    ----------
    n, finished, open
        Requests counted; n = finished + open.
    excluded, excluded_by
        Requests left out, in all and by reason.
    as_of
        Day of the view, 24:00 local.
    limit, limit_hours
        The limit, and its hours; None for a limit in days.
    median_hours, p90_hours
        Kaplan–Meier: first time by which the share is finished.
    median_interval_hours, p90_interval_hours
        Their intervals; an end is None where the limit of the curve never reaches it.
    closed_only_median_hours
        Median of the finished requests only, the mean of the two middle values where
        they are even in number; it flatters an office with many open requests.
    within_limit, within_limit_interval
        Kaplan–Meier share finished within the limit, and its interval.
    within_limit_range, undecided
        Where stamps are dates without a time of day: lowest and highest share they
        allow, and the finished requests that cannot be decided.
    late
        Finished after the limit, and open past it.
    notes
        What must be said beside the figures.
    """

    n: int
    finished: int
    open: int
    excluded: int
    excluded_by: Mapping[str, int] = field(default_factory=dict)
    as_of: date | None = None
    confidence: float = CONFIDENCE
    limit: Limit | None = None
    limit_hours: float | None = None
    median_hours: float | None = None
    median_interval_hours: Pair | None = None
    p90_hours: float | None = None
    p90_interval_hours: Pair | None = None
    closed_only_median_hours: float | None = None
    within_limit: float | None = None
    within_limit_interval: tuple[float, float] | None = None
    within_limit_range: tuple[float, float] | None = None
    undecided: int | None = None
    late: int | None = None
    date_only: int = 0
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    notes: tuple[Reason, ...] = ()

    def to_record(self, lang: Language = "id") -> dict[str, Any]:
        """Return the figures as plain values, with the reasons in words.

        The keys are those of the JSON contract; ``within_limit_range`` and ``undecided``
        are there only where stamps are dates without a time of day.
        """
        keys = [*_RECORD, *(_DATE_ONLY if self.date_only else ())]
        figures = {key: getattr(self, key) for key in keys}
        plain = {k: list(v) if isinstance(v, tuple) else v for k, v in figures.items()}
        plain["as_of"] = None if self.as_of is None else self.as_of.isoformat()
        told = {k: reason.text(lang) for k, reason in self.reasons.items() if k in plain}
        return {**plain, "reasons": told}

    def to_frame(self) -> pd.DataFrame:
        """Return one row per figure: ``figure``, ``value``, ``reason``."""
        record = self.to_record()
        reasons = record.pop("reasons")
        rows = [(key, value, reasons.get(key, "")) for key, value in record.items()]
        return pd.DataFrame(rows, columns=["figure", "value", "reason"])


_RECORD = (
    "n",
    "finished",
    "open",
    "excluded",
    "median_hours",
    "median_interval_hours",
    "closed_only_median_hours",
    "p90_hours",
    "p90_interval_hours",
    "limit_hours",
    "within_limit",
    "within_limit_interval",
    "late",
)
_DATE_ONLY = ("within_limit_range", "undecided")


def time_to_event(
    source: pd.DataFrame | DurationTally,
    limit: Limit | str | None,
    as_of: date | str,
    *,
    start: str = "start",
    end: str = "end",
    cancelled: npt.ArrayLike | None = None,
    date_only: bool | npt.ArrayLike | None = None,
    calendar: WorkingCalendar | None = None,
    zone: str | None = None,
    resolution: int = ONE_SECOND,
    confidence: float = CONFIDENCE,
) -> DurationResult:
    """Measure how long requests take, open ones included as still running.

    Parameters
    ----------
    source
        A table with one row per request, or a tally.
    limit
        ``24h``, ``3d``, ``3wd``, a `Limit`, or None. A tally must have counted it.
    as_of
        Day of the view: 24:00 local. For a tally, the day it was seen on.
    start, end
        Columns of the table with the moments (datetime64).
    cancelled, date_only, zone
        As for `request_clock.view_requests`.
    calendar
        Needed for a limit in working days.
    resolution
        Seconds in a unit of time: 1 is exact, 60 gives what tallies by the minute give.
    confidence
        Level of all intervals.

    Returns
    -------
    DurationResult

    Raises
    ------
    Refused
        If the limit cannot be read or a day is outside the calendar.
    ValueError
        If the tally has not counted the limit.
    """
    parsed = None if limit is None else Limit.parse(limit)
    if isinstance(source, pd.DataFrame):
        tally = tally_durations(
            source[start],
            source[end],
            as_of,
            limits=[] if parsed is None else [parsed],
            calendar=calendar,
            resolution=resolution,
            cancelled=cancelled,
            date_only=date_only,
            zone=zone,
        )
    else:
        tally = source
    return _result(tally, parsed, as_date(as_of), confidence)


def _result(
    tally: DurationTally, limit: Limit | None, as_of: date, confidence: float
) -> DurationResult:
    reasons: dict[str, Reason] = {}
    curve = kaplan_meier(tally.elapsed, confidence)
    notes = (because("dates_as_whole_days", rows=tally.date_only),) if tally.date_only else ()
    return DurationResult(
        n=tally.n,
        finished=tally.finished,
        open=tally.open,
        excluded=sum(tally.excluded.values()),
        excluded_by=dict(tally.excluded),
        as_of=as_of,
        confidence=confidence,
        date_only=tally.date_only,
        **_times(tally, curve, reasons),
        **_limit_figures(tally, limit, curve, reasons),
        reasons=reasons,
        notes=notes,
    )


def _times(tally: DurationTally, curve: Curve, reasons: dict[str, Reason]) -> dict[str, Any]:
    """Median, P90 and closed-only median in hours."""
    hours = tally.resolution / SECONDS_PER_HOUR
    figures: dict[str, Any] = {}
    for name, q in (("median", MEDIAN), ("p90", P90)):
        found = time_quantile(curve, q)
        figures[f"{name}_hours"] = None if found.value is None else found.value * hours
        figures[f"{name}_interval_hours"] = _pair(found.interval, hours)
        if found.reason is not None:
            reasons[f"{name}_hours"] = _said(found.reason, tally, q, tally.elapsed.longest * hours)
        if found.interval.reason is not None:
            reasons[f"{name}_interval_hours"] = found.interval.reason
    middle = tally.elapsed.finished.middle()
    figures["closed_only_median_hours"] = None if middle is None else middle * hours
    if middle is None:
        code = "nothing_finished" if tally.n else "no_data"
        reasons["closed_only_median_hours"] = because(code)
    return figures


def _pair(interval: Interval, factor: float) -> Pair | None:
    ends = tuple(None if end is None else end * factor for end in interval)
    return None if ends == (None, None) else (ends[0], ends[1])


def _said(reason: Reason, tally: DurationTally, q: float, longest_hours: float) -> Reason:
    """Add how long was observed to the reason why a quantile is absent."""
    if reason.code != "quantile_not_reached":
        return reason
    half_open = q == MEDIAN and 2 * tally.open > tally.n
    code = "half_still_open" if half_open else "quantile_not_reached"
    return with_age(code, longest_hours, percent=round(PERCENT * q))


def _limit_figures(
    tally: DurationTally, limit: Limit | None, curve: Curve, reasons: dict[str, Reason]
) -> dict[str, Any]:
    """Share within the limit, its interval or range, and those that are late."""
    if limit is None:
        absent = ("limit_hours", "within_limit", "within_limit_interval", "late", *_DATE_ONLY)
        reasons.update(dict.fromkeys(absent, because("limit_not_given")))
        return {}
    if limit.hours is None:
        reasons["limit_hours"] = because("limit_in_days", limit=str(limit))
    counts = counts_within(tally, limit)
    figures: dict[str, Any] = {"limit": limit, "limit_hours": limit.hours, "late": counts.late}
    figures["undecided"] = counts.undecided
    estimate = share_within(tally, limit, "longest", curve.confidence, curve)
    if tally.date_only:
        figures["within_limit_range"] = _range(tally, limit, estimate, reasons)
    if counts.undecided:
        reason = because("dates_without_time", undecided=counts.undecided, limit=str(limit))
        estimate = Estimate(None, Interval(None, None, reason), reason)
    if estimate.value is None or estimate.reason is not None:
        shares = ("within_limit", "within_limit_interval")
        return figures | _absent(shares, estimate.reason, reasons)
    figures["within_limit"] = estimate.value * PERCENT
    figures["within_limit_interval"] = estimate.interval.times(PERCENT).pair
    return figures


def _range(
    tally: DurationTally, limit: Limit, lowest: Estimate, reasons: dict[str, Reason]
) -> tuple[float, float] | None:
    """Lowest and highest percentage within the limit that dates allow."""
    highest = share_within(tally, limit, "shortest")
    if lowest.value is not None and highest.value is not None:
        return lowest.value * PERCENT, highest.value * PERCENT
    _absent(("within_limit_range",), lowest.reason or highest.reason, reasons)
    return None


def _absent(
    names: tuple[str, ...], reason: Reason | None, reasons: dict[str, Reason]
) -> dict[str, None]:
    """Note why some figures are absent."""
    reasons.update(dict.fromkeys(names, reason or because("no_data")))
    return dict.fromkeys(names)


def finished_by(tally: DurationTally, hours: npt.ArrayLike) -> pd.DataFrame:
    """Read the curve at some times, for a table or a chart.

    Parameters
    ----------
    tally
        Requests.
    hours
        Elapsed hours, shape (k,).

    Returns
    -------
    DataFrame
        ``hours``, ``share``, ``low``, ``high`` in percent (Float64), NA beyond what was
        observed.
    """
    curve: Curve = kaplan_meier(tally.elapsed)
    asked = np.atleast_1d(np.asarray(hours, dtype=float))
    units = np.floor(asked * SECONDS_PER_HOUR / tally.resolution + 1e-9).astype(int)
    found = [share_finished(curve, int(unit)) for unit in units]
    rows = [[None if x is None else x * PERCENT for x in (e.value, *e.interval)] for e in found]
    read = pd.DataFrame(rows, columns=["share", "low", "high"]).astype("Float64")
    return pd.concat([pd.Series(asked, name="hours"), read], axis=1)
