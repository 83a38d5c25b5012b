"""Working hours by schedule."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ektp_analytics.errors import Refused
from ektp_analytics.measures.working_hours import (
    DatedHours,
    WeeklyHours,
    as_working_days,
    working_hours,
)
from ektp_analytics.measures.working_time import WorkingCalendar

CALENDAR = WorkingCalendar(
    first=date(2025, 1, 1), last=date(2025, 12, 31), holidays=(date(2025, 3, 31),)
)
USUAL = WeeklyHours.parse("07.30-12.00, 13.00-16.00", friday="07.30-11.30, 13.00-16.30")
RAMADAN = DatedHours(date(2025, 3, 1), date(2025, 3, 30), WeeklyHours.parse("08:00-15:00"))


def hours(start: str, end: str, *exceptions: DatedHours) -> float:
    stamps = [pd.Series([pd.Timestamp(text)]) for text in (start, end)]
    return float(working_hours(stamps[0], stamps[1], CALENDAR, USUAL, exceptions)[0])


def test_a_week_has_the_hours_of_the_regulation() -> None:
    """Perpres 21/2023: 37.5 hours a week from Monday to Friday, breaks left out."""
    assert hours("2025-02-03 00:00", "2025-02-10 00:00") == 37.5
    assert USUAL.seconds_a_day().tolist() == [27_000] * 5 + [0, 0]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2025-02-03 08:00", "2025-02-03 09:00", 1.0),
        ("2025-02-03 11:30", "2025-02-03 13:30", 1.0),  # the break
        ("2025-02-03 15:00", "2025-02-04 08:30", 2.0),  # overnight
        ("2025-02-07 16:00", "2025-02-10 08:00", 1.0),  # Friday's half hour, Monday's half
        ("2025-02-08 09:00", "2025-02-09 20:00", 0.0),  # weekend
        ("2025-03-28 16:30", "2025-04-01 07:30", 0.0),  # weekend and a Monday off
    ],
)
def test_by_hand(start: str, end: str, expected: float) -> None:
    """Hours counted with a pencil."""
    assert hours(start, end) == expected


def test_dated_hours_take_the_place_of_the_usual_ones() -> None:
    """Ramadan hours 08.00-15.00 without a break: 7 hours on Monday 3 March 2025."""
    assert hours("2025-03-03 00:00", "2025-03-04 00:00", RAMADAN) == 7.0
    assert hours("2025-02-28 15:00", "2025-03-03 09:00", RAMADAN) == 2.5


def test_l13_business_hours_are_not_divided_by_24() -> None:
    """pm4py issue 559: 16 business hours with an 8-hour day are 2.0 working days."""
    assert as_working_days(16, 8) == 2.0
    with pytest.raises(ValueError, match="0"):
        as_working_days(16, 0)


def test_missing_and_reversed_moments() -> None:
    """A missing moment gives NA, a reversed pair is refused."""
    start = pd.Series(pd.to_datetime(["2025-02-03 08:00", None]))
    end = pd.Series(pd.to_datetime(["2025-02-03 10:00", "2025-02-03 10:00"]))
    found = working_hours(start, end, CALENDAR, USUAL)
    assert found[0] == 2.0
    assert found[1] is pd.NA
    with pytest.raises(Refused, match="lebih awal"):
        working_hours(end[:1], start[:1], CALENDAR, USUAL)
    nothing = pd.Series([], dtype="datetime64[us]")
    assert working_hours(nothing, nothing, CALENDAR, USUAL).empty


@pytest.mark.parametrize(
    "written", ["07.30", "16.00-07.30", "07.30-12.00, 11.00-16.00", "20.00-25.00", "pagi"]
)
def test_unreadable_hours(written: str) -> None:
    """Hours that cannot be are refused with an example of the spelling."""
    with pytest.raises(Refused, match="Jam kerja"):
        WeeklyHours.parse(written)


def test_unknown_day() -> None:
    """A misspelt day is not ignored."""
    with pytest.raises(ValueError, match="fryday"):
        WeeklyHours.parse("07.30-12.00", fryday="07.30-11.00")


@settings(max_examples=30)
@given(
    st.datetimes(datetime(2025, 2, 1), datetime(2025, 4, 30)).map(
        lambda moment: moment.replace(microsecond=0, second=0)
    ),
    st.integers(0, 5000),
)
def test_against_a_walk_minute_by_minute(start: datetime, minutes: int) -> None:
    """The same hours by asking of every minute whether it is worked."""

    def worked(moment: datetime) -> bool:
        schedule = RAMADAN.hours if RAMADAN.first <= moment.date() <= RAMADAN.last else USUAL
        second = moment.hour * 3600 + moment.minute * 60
        on = moment.weekday() < 5 and moment.date() not in CALENDAR.holidays
        return on and any(a <= second < b for a, b in schedule.spans[moment.weekday()])

    walked = sum(worked(start + timedelta(minutes=m)) for m in range(minutes))
    end = start + timedelta(minutes=minutes)
    assert hours(str(start), str(end), RAMADAN) == pytest.approx(walked / 60)
