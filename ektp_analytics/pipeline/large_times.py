"""``ektp times`` on a log too large to be read row by row: the same figures from counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from ektp_analytics.indicators.service_times import CANCELLED_WORDS, working_calendar
from ektp_analytics.measures.duration_tally import DurationTally, LimitCounts
from ektp_analytics.measures.durations import ONE_SECOND, DurationResult, time_to_event
from ektp_analytics.measures.limits import Limit
from ektp_analytics.measures.request_clock import SECONDS_PER_DAY, BoolArray
from ektp_analytics.measures.request_tally import MeasuredRequests, measure
from ektp_analytics.measures.time_counts import Counts, IntArray, TimeCounts
from ektp_analytics.measures.working_time import WorkingCalendar
from ektp_analytics.sources.large_log import count_spans, head_of, is_large
from ektp_analytics.sources.result import ReadOptions, ReadResult


def large_times(
    path: Path,
    head: Path,
    stamps: tuple[str, str],
    as_of: date,
    limit: Limit,
    how: ReadOptions,
    cancelled_words: Sequence[str] = CANCELLED_WORDS,
) -> tuple[DurationResult, ReadResult]:
    """Measure how long the requests of a large log take.

    Parameters
    ----------
    path, head
        The log and its first rows, see `head_of`.
    stamps, as_of, limit, how, cancelled_words
        As for `service_times` and `read_spans`.

    Returns
    -------
    tuple
        What `service_times` gives, and the account with its findings.
    """
    working = limit.unit == "working_days"
    words = cancelled_words
    found = count_spans(path, head, stamps, as_of, how, cancelled_words=words, by_day=working)
    tally = _tally(found.groups, found.excluded, [] if working else [limit], None)
    if found.day_groups is not None:
        starts = found.day_groups["start_day"]
        first = pd.Timestamp(starts.min()).date() if len(starts) else as_of
        calendar = working_calendar(first, as_of, as_of)
        days = _tally(found.day_groups, found.excluded, [limit], calendar)
        tally = replace(tally, limits=days.limits, working_days=days.working_days)
    return time_to_event(tally, limit, as_of), found.read


__all__ = ["head_of", "is_large", "large_times"]


@dataclass(frozen=True, slots=True)
class GroupedRequests:
    """Groups of equal requests, with what `measure` asks of `ViewedRequests`; shapes (k,)."""

    elapsed: npt.NDArray[np.float64]
    day_count: IntArray
    start_day: npt.NDArray[np.datetime64]
    date_only: BoolArray
    is_open: BoolArray

    @property
    def last_day(self) -> npt.NDArray[np.datetime64]:
        """End day, the view day where open."""
        last: npt.NDArray[np.datetime64] = self.start_day + self.day_count.astype("timedelta64[D]")
        return last

    def seconds(self) -> npt.NDArray[np.float64]:
        """Elapsed seconds, rounded up; 24 hours a day for dates only."""
        by_day = self.day_count * float(SECONDS_PER_DAY)
        return np.where(self.date_only, by_day, self.elapsed)

    def days(self) -> IntArray:
        """Calendar days after the start day."""
        return self.day_count


def _tally(
    groups: pd.DataFrame,
    excluded: dict[str, int],
    limits: Sequence[Limit],
    calendar: WorkingCalendar | None,
) -> DurationTally:
    """Count groups on every scale and under the limits, each as often as it occurs."""
    grouped = GroupedRequests(
        elapsed=groups["seconds"].to_numpy("float64"),
        day_count=groups["days"].to_numpy("int64"),
        start_day=groups["start_day"].to_numpy("datetime64[D]"),
        date_only=groups["date_only"].to_numpy(bool),
        is_open=groups["open"].to_numpy(bool),
    )
    measured = measure(grouped, limits, calendar, ONE_SECOND)  # type: ignore[arg-type]
    return _weighted(measured, groups["count"].to_numpy("int64"), excluded)


def _weighted(
    measured: MeasuredRequests, numbers: IntArray, excluded: dict[str, int]
) -> DurationTally:
    scales = {}
    for scale, values in measured.scales.items():
        parts = [
            Counts.of(values[mask], numbers[mask]) for mask in (~measured.is_open, measured.is_open)
        ]
        scales[scale] = TimeCounts(*parts)
    if not measured.date_only.any():
        scales["shortest"] = scales["longest"] = scales["elapsed"]
    limits = {}
    for name, codes in measured.outcomes.items():
        counted = np.bincount(codes, weights=numbers, minlength=5).astype(np.int64)
        limits[name] = LimitCounts(*counted.tolist())
    return DurationTally(
        resolution=measured.resolution,
        limits=limits,
        excluded=excluded,
        date_only=int(numbers[measured.date_only].sum()),
        **scales,
    )
