"""The quarters a period touches: yearly habits are drawn by quarter, whatever the period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ektp_analytics.synthetic.story import EXPORT_DAYS_AFTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from ektp_analytics.periods import Period


def quarters_of(period: Period, before: int = 0) -> list[Period]:
    """Return the quarters that a period touches, and some before them, oldest first."""
    from ektp_analytics.periods import Period as AnyPeriod

    first = AnyPeriod(period.year, "quarter", (period.start.month - 1) // 3 + 1)
    last = AnyPeriod(period.year, "quarter", (period.end.month - 1) // 3 + 1)
    steps = last.number - first.number
    return [first.shifted(step) for step in range(-before, steps + 1)]


def drawn_by_quarter(
    period: Period, draw_quarter: Callable[[Period], pd.DataFrame], before: int = 0
) -> pd.DataFrame:
    """Return what was drawn for each quarter a period touches, one below the other."""
    drawn = [draw_quarter(quarter) for quarter in quarters_of(period, before)]
    return pd.concat(drawn, ignore_index=True)


def export_moment(period: Period) -> pd.Timestamp:
    """Return the moment at which the office exports its files of a period."""
    return pd.Timestamp(period.closes) + pd.Timedelta(days=EXPORT_DAYS_AFTER)


def as_dates(stamps: pd.Series) -> pd.Series:
    """Return dates as text, blanks as blanks."""
    text: pd.Series = stamps.dt.strftime("%Y-%m-%d")
    return text
