"""From requests seen on one day to the tally of their durations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ektp_analytics.measures.duration_tally import ONE_MINUTE, DurationTally, LimitCounts
from ektp_analytics.measures.limits import Limit
from ektp_analytics.measures.request_clock import (
    SECONDS_PER_DAY,
    BoolArray,
    Stamps,
    ViewedRequests,
    view_requests,
)
from ektp_analytics.measures.time_counts import Counts, IntArray, TimeCounts
from ektp_analytics.measures.working_time import WorkingCalendar

#: Order of the fields of `LimitCounts`.
WITHIN, UNDECIDED, AFTER, OPEN_PAST, OPEN_NOT_PAST = range(5)


def tally_durations(
    start: Stamps,
    end: Stamps,
    as_of: date | str,
    *,
    limits: Iterable[Limit | str] = (),
    calendar: WorkingCalendar | None = None,
    resolution: int = ONE_MINUTE,
    **how: Any,
) -> DurationTally:
    """Reduce requests to the tally every duration statistic is made from.

    Parameters
    ----------
    start, end, as_of
        As for `view_requests`.
    limits
        Limits the tally should count exactly.
    calendar
        Needed for working-day limits.
    resolution
        Seconds in a unit of the elapsed scales.
    **how
        ``cancelled``, ``date_only``, ``zone`` of `view_requests`.
    """
    viewed = view_requests(start, end, as_of, **how)
    measured = measure(viewed, limits, calendar, resolution)
    return measured.tally(np.arange(viewed.rows.size), viewed.excluded)


def tally_by_group(
    groups: pd.Series,
    start: Stamps,
    end: Stamps,
    as_of: date | str,
    *,
    limits: Iterable[Limit | str] = (),
    calendar: WorkingCalendar | None = None,
    resolution: int = ONE_MINUTE,
    **how: Any,
) -> dict[Any, DurationTally]:
    """Make one tally per group in one pass over the table.

    Parameters
    ----------
    groups
        Group of each request, shape (k,); rows without a group are left out.
    start, end, as_of, limits, calendar, resolution, **how
        As for `tally_durations`.

    Returns
    -------
    dict
        Tallies by group, groups in sorted order. Requests left out stay uncounted here;
        the tally of the whole table counts them.
    """
    viewed = view_requests(start, end, as_of, **how)
    measured = measure(viewed, limits, calendar, resolution)
    codes, names = pd.factorize(groups.iloc[viewed.rows], sort=True)
    order = np.argsort(codes, kind="stable")
    edges = np.searchsorted(codes[order], np.arange(len(names) + 1))
    parts = zip(names, edges, edges[1:], strict=False)
    return {name: measured.tally(order[first:last], {}) for name, first, last in parts}


def tally_parts(
    parts: Mapping[str, IntArray],
    start: Stamps,
    end: Stamps,
    as_of: date | str,
    *,
    date_only: bool | npt.ArrayLike,
    limits: Iterable[Limit | str] = (),
    calendar: WorkingCalendar | None = None,
    resolution: int = ONE_MINUTE,
    **how: Any,
) -> dict[str, DurationTally]:
    """Make the tally of every part of a table, as of the part alone, in one pass over it.

    Parameters
    ----------
    parts
        Positions of the rows of each part; parts may overlap.
    start, end, as_of, limits, calendar, resolution, **how
        As for `tally_durations`, of the whole table.
    date_only
        Needed: judged by their stamps, a part and the whole could differ.

    Returns
    -------
    dict
        Tallies by part, with the requests each leaves out.
    """
    viewed = view_requests(start, end, as_of, date_only=date_only, **how)
    measured = measure(viewed, limits, calendar, resolution)
    place = np.full(viewed.left_out.size, -1)
    place[viewed.rows] = np.arange(viewed.rows.size)
    seen = {name: place[rows] for name, rows in parts.items()}
    return {
        name: measured.tally(seen[name][seen[name] >= 0], viewed.excluded_of(rows))
        for name, rows in parts.items()
    }


@dataclass(frozen=True, slots=True)
class MeasuredRequests:
    """Every request on every time scale, and its outcome under every limit.

    Scales are int64 of shape (k,); outcomes are positions in the fields of `LimitCounts`.
    """

    resolution: int
    is_open: BoolArray
    date_only: BoolArray
    scales: Mapping[str, IntArray]
    outcomes: Mapping[str, IntArray]

    def tally(self, chosen: IntArray, excluded: Mapping[str, int]) -> DurationTally:
        """Count the chosen requests (positions)."""
        still_open = self.is_open[chosen]
        counted = {}
        for scale, values in self.scales.items():
            here = values[chosen]
            counted[scale] = TimeCounts(Counts.of(here[~still_open]), Counts.of(here[still_open]))
        if not self.date_only[chosen].any():
            counted["shortest"] = counted["longest"] = counted["elapsed"]
        limits = {
            name: LimitCounts(*np.bincount(codes[chosen], minlength=5).tolist())
            for name, codes in self.outcomes.items()
        }
        return DurationTally(
            resolution=self.resolution,
            limits=limits,
            excluded=dict(excluded),
            date_only=int(self.date_only[chosen].sum()),
            **counted,
        )


def measure(
    viewed: ViewedRequests,
    limits: Iterable[Limit | str],
    calendar: WorkingCalendar | None,
    resolution: int,
) -> MeasuredRequests:
    """Put every request on every time scale and judge it by every limit."""
    seconds, days = viewed.seconds(), viewed.days()
    scales = {"elapsed": _units(seconds, resolution), "days": days}
    if viewed.date_only.any():
        shortest, longest = _bounds(viewed, seconds, days)
        scales["shortest"] = _units(shortest, resolution)
        scales["longest"] = _units(longest, resolution)
    if calendar is not None:
        used = calendar.days_used(viewed.start_day, viewed.last_day)
        followed = calendar.days_worked_after(viewed.start_day, viewed.last_day)
        scales["working_days"] = np.where(viewed.is_open, followed, used)
    parsed = [Limit.parse(limit) for limit in limits]
    outcomes = {str(limit): outcome(viewed, limit, calendar) for limit in parsed}
    return MeasuredRequests(resolution, viewed.is_open, viewed.date_only, scales, outcomes)


def outcome(
    viewed: ViewedRequests, limit: Limit, calendar: WorkingCalendar | None = None
) -> IntArray:
    """Judge every request by a limit, to the second.

    Returns
    -------
    ndarray of int64, shape (k,)
        ``WITHIN``, ``UNDECIDED``, ``AFTER``, ``OPEN_PAST`` or ``OPEN_NOT_PAST``. Dates
        only, under a limit in hours: within if even the longest time they allow is, after
        if even the shortest is not, else undecided.
    """
    if limit.seconds is None:
        used = shortest = longest = _days_used(viewed, limit, calendar)
        allowed = limit.amount
    else:
        used, allowed = viewed.seconds(), limit.seconds
        shortest, longest = _bounds(viewed, used, viewed.days())
    past = np.where(viewed.date_only & (limit.seconds is not None), used >= allowed, used > allowed)
    when_open = np.where(past, OPEN_PAST, OPEN_NOT_PAST)
    decided = np.where(shortest > allowed, AFTER, UNDECIDED)
    when_finished = np.where(longest <= allowed, WITHIN, decided)
    return np.where(viewed.is_open, when_open, when_finished).astype(np.int64)


def _units(seconds: npt.NDArray[np.float64], resolution: int) -> IntArray:
    """Round up to whole units: 24:00:00 is in minute 1440, 24:00:01 in minute 1441."""
    return np.ceil(seconds / resolution).astype(np.int64)


def _bounds(
    viewed: ViewedRequests, seconds: npt.NDArray[np.float64], days: IntArray
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Shortest and longest elapsed seconds the stamps allow; shapes (k,).

    Finished k days after the start day: from one second over k − 1 days to one second
    under k + 1 days. Open ones are placed so that they are at risk for all that finished
    equally many days after their start, and for none that finished later.
    """
    earlier = np.maximum((days - 1) * SECONDS_PER_DAY + 1, 0)
    shortest = np.where(viewed.is_open, days * SECONDS_PER_DAY, earlier)
    longest = (days + 1) * SECONDS_PER_DAY - 1
    return (
        np.where(viewed.date_only, shortest, seconds),
        np.where(viewed.date_only, longest, seconds),
    )


def _days_used(
    viewed: ViewedRequests, limit: Limit, calendar: WorkingCalendar | None
) -> npt.NDArray[np.float64]:
    if limit.unit == "days":
        return viewed.days().astype(float)
    if calendar is None:
        raise ValueError(f"the limit {limit} needs a working calendar")
    return calendar.days_used(viewed.start_day, viewed.last_day).astype(float)
