"""Working hours between two moments, by a weekly schedule and a working calendar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from ektp_analytics.errors import refuse
from ektp_analytics.measures.limits import SECONDS_PER_HOUR
from ektp_analytics.measures.working_time import WorkingCalendar

Span = tuple[int, int]  # seconds after midnight: from, to
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SECONDS_PER_MINUTE = 60
SECONDS_PER_DAY = 86_400
#: 1970-01-01, day zero of datetime64, was a Thursday.
WEEKDAY_OF_DAY_ZERO = 3
_SPAN = re.compile(r"(\d{1,2})[.:]([0-5]\d)\s*[-–]\s*(\d{1,2})[.:]([0-5]\d)")


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Spans worked on each day of the week, Monday first, in seconds after midnight."""

    spans: tuple[tuple[Span, ...], ...]

    @classmethod
    def parse(cls, usual: str, **days: str) -> WeeklyHours:
        """Read hours such as ``07.30-12.00, 13.00-16.00``.

        Parameters
        ----------
        usual
            Hours from Monday to Friday; what lies between two spans is the break.
        **days
            Hours of a single day by its English name (``friday``, ``saturday``), in
            place of the usual ones; an empty text means the day is not worked.

        Raises
        ------
        Refused
            If a text cannot be read, a span ends before it starts, or two overlap.
        """
        if unknown := set(days) - set(DAYS):
            raise ValueError(f"not a day of the week: {', '.join(sorted(unknown))}")
        written = {**dict.fromkeys(DAYS[:5], usual), **days}
        return cls(tuple(_spans(written.get(day, "")) for day in DAYS))

    def seconds_a_day(self) -> npt.NDArray[np.int64]:
        """Working seconds of each day of the week; shape (7,)."""
        return np.array([sum(to - start for start, to in day) for day in self.spans], np.int64)


@dataclass(frozen=True, slots=True)
class DatedHours:
    """Hours that hold from one day to another, such as those of Ramadan."""

    first: date
    last: date
    hours: WeeklyHours


def working_hours(
    start: pd.Series,
    end: pd.Series,
    calendar: WorkingCalendar,
    usual: WeeklyHours,
    exceptions: Sequence[DatedHours] = (),
) -> pd.Series:
    """Measure the working hours between two moments, row by row.

    Parameters
    ----------
    start, end
        Local moments, datetime64, shape (k,).
    calendar
        Days worked; it must cover every moment.
    usual, exceptions
        Weekly hours, and hours of certain dates in their place.

    Returns
    -------
    Series of Float64, shape (k,)
        Hours; NA where either moment is missing.

    Raises
    ------
    Refused
        If an end is before its start, or a day is outside the calendar.
    """
    known = (start.notna() & end.notna()).to_numpy()
    hours = pd.Series(pd.NA, index=start.index, dtype="Float64")
    begun = start[known].to_numpy("datetime64[s]")
    ended = end[known].to_numpy("datetime64[s]")
    if begun.size == 0:
        return hours
    for place in np.flatnonzero(ended < begun)[:1]:
        raise refuse("dates_reversed", value=str(ended[place]), start=str(begun[place]))
    clock = _WorkingClock.between(begun.min(), ended.max(), calendar, usual, exceptions)
    hours[known] = (clock.seconds_until(ended) - clock.seconds_until(begun)) / SECONDS_PER_HOUR
    return hours


def as_working_days(hours: float, hours_a_day: float) -> float:
    """Turn working hours into working days: 16 hours at 8 a day are 2.0 days."""
    if hours_a_day <= 0:
        raise ValueError(f"a working day has more than {hours_a_day} hours")
    return hours / hours_a_day


@dataclass(frozen=True, slots=True)
class _WorkingClock:
    """Working seconds since midnight of its first day."""

    first: np.datetime64
    before: npt.NDArray[np.int64]  # seconds worked before each day, shape (days + 1,)
    schedule: npt.NDArray[np.int64]  # which weekly hours hold on each day, -1 none
    hours: tuple[WeeklyHours, ...]

    @classmethod
    def between(
        cls,
        first: np.datetime64,
        last: np.datetime64,
        calendar: WorkingCalendar,
        usual: WeeklyHours,
        exceptions: Sequence[DatedHours],
    ) -> _WorkingClock:
        days = np.arange(first.astype("M8[D]"), last.astype("M8[D]") + np.timedelta64(1, "D"))
        schedule = np.zeros(days.size, np.int64)
        for number, dated in enumerate(exceptions, start=1):
            held = (days >= np.datetime64(dated.first)) & (days <= np.datetime64(dated.last))
            schedule[held] = number
        schedule[~calendar.is_working(days)] = -1
        hours = (usual, *(dated.hours for dated in exceptions))
        worked = np.zeros(days.size, np.int64)
        for number, weekly in enumerate(hours):
            here = schedule == number
            worked[here] = weekly.seconds_a_day()[_weekday(days[here])]
        return cls(days[0], np.concatenate([[0], np.cumsum(worked)]), schedule, hours)

    def seconds_until(self, moments: npt.NDArray[np.datetime64]) -> npt.NDArray[np.int64]:
        days = moments.astype("datetime64[D]")
        place = (days - self.first).astype(np.int64)
        second = (moments - days).astype("timedelta64[s]").astype(np.int64)
        seconds = self.before[place].copy()
        for number, weekly in enumerate(self.hours):
            for weekday, spans in enumerate(weekly.spans):
                here = (self.schedule[place] == number) & (_weekday(days) == weekday)
                for start, to in spans:
                    seconds[here] += np.clip(second[here] - start, 0, to - start)
        return seconds


def _weekday(days: npt.NDArray[np.datetime64]) -> npt.NDArray[np.int64]:
    return (days.astype("datetime64[D]").astype(np.int64) + WEEKDAY_OF_DAY_ZERO) % 7


def _spans(written: str) -> tuple[Span, ...]:
    if not written.strip():
        return ()
    found = [_SPAN.fullmatch(part.strip()) for part in written.split(",")]
    spans = tuple(_span(match) for match in found if match is not None)
    moments = [moment for span in spans for moment in span]
    readable = len(spans) == len(found) and all(start < to for start, to in spans)
    if not readable or moments != sorted(moments) or moments[-1] > SECONDS_PER_DAY:
        raise refuse("working_hours_unreadable", value=written)
    return spans


def _span(match: re.Match[str]) -> Span:
    start_hour, start_minute, end_hour, end_minute = (int(part) for part in match.groups())
    start = start_hour * SECONDS_PER_HOUR + start_minute * SECONDS_PER_MINUTE
    return start, end_hour * SECONDS_PER_HOUR + end_minute * SECONDS_PER_MINUTE
