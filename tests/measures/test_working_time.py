"""Working days, counted by hand and by other tools' bug reports."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.errors import Refused
from ektp_analytics.measures.working_time import WorkingCalendar


def weekdays_only(year: int) -> WorkingCalendar:
    return WorkingCalendar(first=date(year, 1, 1), last=date(year, 12, 31))


def test_l07_end_day_counts_unless_left_out() -> None:
    """Numpy issue 29410: 1 to 31 January 2023 holds 22 weekdays, 21 without the end."""
    calendar = weekdays_only(2023)
    assert calendar.working_days(date(2023, 1, 1), date(2023, 1, 31)) == 22
    assert calendar.working_days(date(2023, 1, 1), date(2023, 1, 31), include_end=False) == 21


def test_l08_weekend_holds_no_working_day() -> None:
    """Bizdays issue 47: Saturday to Sunday is 0 working days."""
    assert weekdays_only(2025).working_days(date(2025, 3, 8), date(2025, 3, 9)) == 0


def test_l02_reversed_dates_are_refused_before_counting() -> None:
    """Numpy issue 23197: the count of reversed dates is not the mirror image."""
    calendar = WorkingCalendar(first=date(1999, 1, 1), last=date(2000, 12, 31))
    with pytest.raises(Refused, match="1999-12-30"):
        calendar.working_days(date(2000, 1, 1), date(1999, 12, 30))
    with pytest.raises(Refused, match="1999-12-30"):
        calendar.days_worked_after(["1999-12-01", "2000-01-01"], ["1999-12-02", "1999-12-30"])


def test_a_day_outside_the_calendar_is_refused() -> None:
    """A year without a list is not a year without holidays."""
    with pytest.raises(Refused, match="2026-01-02"):
        weekdays_only(2025).working_days(date(2025, 12, 30), date(2026, 1, 2))


def test_one_day_left_out_on_either_side_is_nothing() -> None:
    """A single Monday: 1 with both ends, 0 when either end is left out."""
    calendar, monday = weekdays_only(2025), date(2025, 3, 10)
    assert calendar.working_days(monday, monday) == 1
    assert calendar.working_days(monday, monday, include_start=False) == 0
    assert calendar.working_days(monday, monday, include_end=False) == 0
    assert calendar.working_days(monday, monday, include_start=False, include_end=False) == 0


def test_days_used_rounds_a_rest_day_up() -> None:
    """Start Tuesday 4 March 2025. Third working day: Friday 7 March.

    Friday uses three days; Saturday has missed Friday's midnight and uses the fourth,
    as Monday does; the start day itself uses none.
    """
    calendar = weekdays_only(2025)
    ends = ["2025-03-04", "2025-03-05", "2025-03-07", "2025-03-08", "2025-03-09", "2025-03-10"]
    used = calendar.days_used(["2025-03-04"] * len(ends), ends)
    assert used.tolist() == [0, 1, 3, 4, 4, 4]
    worked = calendar.days_worked_after(["2025-03-04"] * len(ends), ends)
    assert worked.tolist() == [0, 1, 3, 3, 3, 4]


def test_six_day_week_and_holidays() -> None:
    """Monday 3 to Sunday 9 March 2025 with Saturday worked and Wednesday off: 5."""
    calendar = WorkingCalendar(
        first=date(2025, 1, 1),
        last=date(2025, 12, 31),
        holidays=(date(2025, 3, 5),),
        week="1111110",
    )
    assert calendar.working_days(date(2025, 3, 3), date(2025, 3, 9)) == 5
    assert calendar.is_working(["2025-03-05", "2025-03-08", "2025-03-09"]).tolist() == [
        False,
        True,
        False,
    ]


@given(
    st.dates(date(2025, 1, 1), date(2025, 11, 1)),
    st.integers(0, 60),
    st.frozensets(st.dates(date(2025, 1, 1), date(2025, 12, 31)), max_size=20),
)
def test_counts_against_a_walk_day_by_day(
    start: date, length: int, holidays: frozenset[date]
) -> None:
    """The same count by walking over the days."""
    calendar = WorkingCalendar(
        first=date(2025, 1, 1), last=date(2025, 12, 31), holidays=tuple(sorted(holidays))
    )
    days = [start + timedelta(days=step) for step in range(length + 1)]
    worked = [day.weekday() < 5 and day not in holidays for day in days]
    assert calendar.working_days(start, days[-1]) == sum(worked)
    found = calendar.days_worked_after(np.array([start]), np.array([days[-1]]))
    assert found.tolist() == [sum(worked[1:])]


@given(st.integers(0, 364), st.integers(1, 30))
def test_day_after_is_the_last_day_within(start: int, amount: int) -> None:
    """A limit of k working days ends on the last day on which at most k are used."""
    calendar = WorkingCalendar(
        first=date(2025, 1, 1), last=date(2026, 12, 31), holidays=(date(2025, 12, 25),)
    )
    day = np.datetime64(date(2025, 1, 1)) + start
    last = calendar.day_after([day], amount)
    following = last + np.timedelta64(1, "D")
    assert calendar.days_used([day], last).tolist()[0] <= amount
    assert calendar.days_used([day], following).tolist()[0] == amount + 1


def test_day_after_by_the_calendar_on_the_wall() -> None:
    """Three working days after Thursday 6 November 2025: Tuesday 11; from Saturday 8 or
    Sunday 9, Wednesday 12.
    """
    calendar = weekdays_only(2025)
    found = calendar.day_after(["2025-11-06", "2025-11-08", "2025-11-09"], 3)
    assert found.astype(str).tolist() == ["2025-11-11", "2025-11-12", "2025-11-12"]
    with pytest.raises(ValueError, match="at least one"):
        calendar.day_after(["2025-11-06"], 0)
    with pytest.raises(Refused, match="2026"):
        calendar.day_after(["2025-12-30"], 5)
