"""Working days of the office and the minute at which its counters start serving."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ektp_analytics.periods import Period
    from ektp_analytics.synthetic.plan import OfficePlan

MINUTES_PER_DAY = 1440
OFFICIAL_OPENING = 8 * 60
"""08.00, the official hour in the case study."""

USUAL_OPENING = 9 * 60 + 55
"""Near 10.00, when service starts in the case study."""

CLOSING = 16 * 60
LAST_PRINT = 16 * 60 + 30

_OPENING_SPREAD = 22.0
_GAIN_PER_QUARTER = 6.0  # minutes earlier each quarter: the follow-up works, slowly
_PUNCTUAL_SHARE = 0.09
_EPOCH = date(1970, 1, 1)
_FIRST_YEAR = 2025


@cache
def holiday_dates(year: int) -> frozenset[date]:
    """Return the public holidays and joint-leave days of one year."""
    import holidays

    days = holidays.country_holidays("ID", years=year, categories=("public", "government"))
    return frozenset(days)


@cache
def is_working(day: date) -> bool:
    """Say whether the office works on this day (Monday to Friday, no holiday)."""
    return day.weekday() < 5 and day not in holiday_dates(day.year)  # noqa: PLR2004 - Saturday


def day_number(day: date) -> int:
    """Return the day as days since 1970-01-01."""
    return (day - _EPOCH).days


@cache
def working_days(start: date, end: date) -> np.ndarray:
    """Return the working days from `start` to `end`, both included, as day numbers."""
    span = (end - start).days + 1
    days = (start + timedelta(days=step) for step in range(span))
    return np.array([day_number(day) for day in days if is_working(day)], dtype=np.int64)


def nth_working_day(days: np.ndarray, steps: np.ndarray, calendar: np.ndarray) -> np.ndarray:
    """Return the working day that lies `steps` working days after each day.

    Step 0 is the day itself when it is a working day, else the next one. `calendar` is a
    sorted array of working days that reaches far enough.
    """
    at = np.searchsorted(calendar, days, side="left") + steps
    reached: np.ndarray = calendar[np.minimum(at, len(calendar) - 1)]
    return reached


def opening_minutes(plan: OfficePlan, quarter: Period) -> dict[int, int]:
    """Return for each working day of a quarter the minute at which service starts.

    Near 10.00 with a few punctual days, a little earlier with every quarter.
    """
    days = working_days(quarter.start, quarter.end)
    draw = plan.stream("opening", quarter)
    since = (quarter.year - _FIRST_YEAR) * 4 + quarter.number - 1
    usual = USUAL_OPENING + plan.habits.opening_shift - _GAIN_PER_QUARTER * np.clip(since, 0, 8)
    late = np.clip(draw.normal(usual, _OPENING_SPREAD, len(days)), OFFICIAL_OPENING, 11 * 60)
    punctual = draw.random(len(days)) < _PUNCTUAL_SHARE
    minutes = np.where(punctual, OFFICIAL_OPENING - draw.integers(0, 6, len(days)), late)
    return dict(zip(days.tolist(), minutes.astype(int).tolist(), strict=True))
