"""Working days by a dated calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ektp_analytics.errors import refuse
from ektp_analytics.measures.time_counts import IntArray

Days = npt.NDArray[np.datetime64]
MONDAY_TO_FRIDAY = "1111100"
ONE_DAY = np.timedelta64(1, "D")


class HolidayListing(Protocol):
    """What a calendar needs to be told; `ektp_analytics.standards` builds such lists."""

    @property
    def days(self) -> tuple[date, ...]:
        """Days off, joint leave and closures included."""

    @property
    def first(self) -> date:
        """First day the list covers."""

    @property
    def last(self) -> date:
        """Last day the list covers."""

    @property
    def known_on(self) -> date:
        """Day as of which the list is known."""

    @property
    def source(self) -> str:
        """Where the list comes from."""

    @property
    def estimated(self) -> tuple[date, ...]:
        """Days off whose date is not confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCalendar:
    """Which days are worked, with the date as of which that is known.

    Parameters
    ----------
    holidays
        Days off besides the weekly rest.
    first, last
        The days the calendar covers; asking beyond them is refused, so that a year
        without a holiday list is never taken for a year without holidays.
    known_on
        Day as of which the list is known; printed beside every figure that uses it.
    source
        Where the list comes from.
    estimated
        Days off whose date is not confirmed.
    week
        Seven digits from Monday to Sunday, 1 where the day is worked.
    """

    holidays: tuple[date, ...] = ()
    first: date
    last: date
    known_on: date | None = None
    source: str = ""
    estimated: tuple[date, ...] = ()
    week: str = MONDAY_TO_FRIDAY

    @classmethod
    def of(cls, listing: HolidayListing, week: str = MONDAY_TO_FRIDAY) -> WorkingCalendar:
        """Make the calendar of a holiday list and a working week."""
        return cls(
            holidays=listing.days,
            first=listing.first,
            last=listing.last,
            known_on=listing.known_on,
            source=listing.source,
            estimated=listing.estimated,
            week=week,
        )

    def is_working(self, days: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Say which days are worked; shape as given."""
        return np.is_busday(self._covered(days), busdaycal=self._days_of_work)

    def working_days(
        self, start: date, end: date, *, include_start: bool = True, include_end: bool = True
    ) -> int:
        """Count the working days from one day to another, both included unless said.

        Raises
        ------
        Refused
            If `end` is before `start`, or a day is outside the calendar.
        """
        if end < start:
            raise refuse("dates_reversed", value=end.isoformat(), start=start.isoformat())
        if start == end and not (include_start and include_end):
            return 0
        first = self._covered(np.datetime64(start)) + (0 if include_start else 1) * ONE_DAY
        last = self._covered(np.datetime64(end)) + (1 if include_end else 0) * ONE_DAY
        return int(np.busday_count(first, last, busdaycal=self._days_of_work))

    def days_worked_after(self, start: npt.ArrayLike, end: npt.ArrayLike) -> IntArray:
        """Count the working days after each start day up to and including the end day.

        Parameters
        ----------
        start, end
            Days, shape (k,); no end before its start.

        Returns
        -------
        ndarray of int64, shape (k,)

        Raises
        ------
        Refused
            If an end is before its start, or a day is outside the calendar.
        """
        first, last = self._covered(start), self._covered(end)
        for begun, ended in zip(first[last < first][:1], last[last < first][:1], strict=True):
            raise refuse("dates_reversed", value=str(ended), start=str(begun))
        counted = np.busday_count(first + ONE_DAY, last + ONE_DAY, busdaycal=self._days_of_work)
        return counted.astype(np.int64)

    def days_used(self, start: npt.ArrayLike, end: npt.ArrayLike) -> IntArray:
        """Count the working days a matter finished on `end` has used after its start day.

        A matter finished on a day off has missed 24:00 of the working day before, so the
        working day that follows counts as used. Finished on the start day: 0. Shapes and
        refusals as for `days_worked_after`.
        """
        first, last = self._covered(start), self._covered(end)
        rest_day = (last > first) & ~np.is_busday(last, busdaycal=self._days_of_work)
        return self.days_worked_after(first, last) + rest_day.astype(np.int64)

    def day_after(self, start: npt.ArrayLike, amount: int) -> Days:
        """Return the day that is so many working days after each start day.

        It is the last day on which `days_used` is still at most `amount`, so a limit of
        `amount` working days ends at 24:00 of it.

        Parameters
        ----------
        start
            Days, shape (k,), none missing.
        amount
            Working days, at least one.

        Returns
        -------
        ndarray of datetime64[D], shape (k,)

        Raises
        ------
        Refused
            If a start or the day asked for is outside the calendar.
        ValueError
            If `amount` is below one.
        """
        if amount < 1:
            raise ValueError(f"a limit is at least one working day, not {amount}")
        first, works = self._covered(start), self._days_of_work
        # Counting starts from the last working day not after the start.
        counted_from = np.busday_offset(first, 0, roll="backward", busdaycal=works)
        return self._covered(np.busday_offset(counted_from, amount, busdaycal=works))

    @property
    def _days_of_work(self) -> np.busdaycalendar:
        return _business_days(self.week, self.holidays)

    def _covered(self, days: npt.ArrayLike) -> Days:
        asked = np.asarray(days, dtype="datetime64[D]")
        outside = asked[(asked < np.datetime64(self.first)) | (asked > np.datetime64(self.last))]
        if outside.size:
            raise refuse(
                "calendar_not_covering",
                value=str(outside.flat[0]),
                first=self.first.isoformat(),
                last=self.last.isoformat(),
            )
        return asked


@lru_cache(maxsize=64)
def _business_days(week: str, holidays: tuple[date, ...]) -> np.busdaycalendar:
    return np.busdaycalendar(weekmask=week, holidays=list(holidays))
