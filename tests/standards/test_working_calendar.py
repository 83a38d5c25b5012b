"""Indonesian days off as known on a day."""

from __future__ import annotations

from datetime import date

from ektp_analytics.measures.working_time import WorkingCalendar
from ektp_analytics.standards.working_calendar import Closure, Revision, indonesian_days_off

APRIL_2023 = Revision(
    announced=date(2023, 3, 29),
    days_off=(date(2023, 4, 19), date(2023, 4, 20)),
    working=(date(2023, 4, 26),),
    source="SKB cuti bersama 2023, perubahan",
)
AUGUST_2025 = Revision(
    announced=date(2025, 8, 7),
    days_off=(date(2025, 8, 18),),
    source="SKB cuti bersama 2025, perubahan",
)


def working_days(first: date, last: date, known_on: date, *revisions: Revision) -> int:
    listing = indonesian_days_off(first.year, last.year, known_on=known_on, revisions=revisions)
    return WorkingCalendar.of(listing).working_days(first, last, include_end=False)


def test_l10_joint_leave_revised_after_publication() -> None:
    """APIHariLibur_V2 issue 1: 18 to 27 April 2023, end day left out: 2, before it 3."""
    span = date(2023, 4, 18), date(2023, 4, 27)
    assert working_days(*span, date(2023, 4, 1), APRIL_2023) == 2
    assert working_days(*span, date(2023, 3, 1), APRIL_2023) == 3


def test_l11_holiday_declared_late() -> None:
    """Holidays pull request 2773: 15 to 19 August 2025, end day left out: 1, before it 2."""
    span = date(2025, 8, 15), date(2025, 8, 19)
    assert working_days(*span, date(2025, 8, 31), AUGUST_2025) == 1
    assert working_days(*span, date(2025, 7, 31), AUGUST_2025) == 2


def test_the_list_says_where_it_comes_from() -> None:
    """Package, version, revision and date stand beside every figure that uses the list."""
    listing = indonesian_days_off(2025, 2025, known_on=date(2025, 7, 31), revisions=[AUGUST_2025])
    assert listing.source.startswith("holidays 0.")
    assert "− SKB cuti bersama 2025, perubahan 2025-08-07" in listing.source
    calendar = WorkingCalendar.of(listing)
    assert calendar.known_on == date(2025, 7, 31)
    assert (calendar.first, calendar.last) == (date(2025, 1, 1), date(2025, 12, 31))


def test_closures_and_joint_leave() -> None:
    """Joint leave of 28 January 2025 is a day off unless the office works through it."""
    closed = Closure(date(2025, 2, 3), date(2025, 2, 4), "banjir")
    listing = indonesian_days_off(2025, 2025, known_on=date(2025, 3, 1), closures=[closed])
    assert {date(2025, 1, 28), date(2025, 2, 3), date(2025, 2, 4)} <= set(listing.days)
    working = indonesian_days_off(2025, 2025, known_on=date(2025, 3, 1), joint_leave=False)
    assert date(2025, 1, 28) not in working.days
    assert date(2025, 1, 29) in working.days


def test_unconfirmed_dates_are_named() -> None:
    """The package marks dates it computed itself; 2025 was decreed, 2040 is not."""
    far = indonesian_days_off(2040, 2040, known_on=date(2025, 1, 1))
    assert far.estimated
    assert set(far.estimated) <= set(far.days)
    assert indonesian_days_off(2025, 2025, known_on=date(2025, 1, 1)).estimated == ()
