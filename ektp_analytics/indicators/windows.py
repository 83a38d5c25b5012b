"""The window a source speaks of: its own periodicity, seen at the end of the report's period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.periods import Period, PeriodKind

MONTHS: Mapping[PeriodKind, int] = {"year": 12, "semester": 6, "quarter": 3, "month": 1}


def period_with(kind: PeriodKind, day: date) -> Period:
    """Return the period of a kind that holds a day."""
    return Period(day.year, kind, (day.month - 1) // MONTHS[kind] + 1)


def source_window(data: OfficeData, source: str) -> Period:
    """Return the span a source's rows of this report belong to.

    A survey held once a semester, reported on in a quarter, keeps the semester as its
    window; a source that comes more often than the report gives the report's own period.
    """
    kind = data.office.periodicity(source)
    if MONTHS[kind] <= MONTHS[data.period.kind]:
        return data.period
    return period_with(kind, data.period.end)


def in_period(
    table: pd.DataFrame, period: Period | None, column: str = "submitted_at"
) -> pd.Series:
    """Mark the rows of a period; all of them where the table has no time or none is asked.

    Parameters
    ----------
    table
        Rows with an optional instant column.
    period
        Period asked for; both its first and its last day are inside.
    column
        The instant column; a row without an instant is outside.
    """
    if period is None or column not in table:
        return pd.Series(True, index=table.index)
    at = table[column]
    return at.ge(period.opens) & at.lt(period.closes)


def in_window(data: OfficeData, source: str, column: str) -> pd.Series:
    """Mark the rows of a source in its window, without those after the report's period."""
    table = data.tables[source]
    inside = in_period(table, source_window(data, source), column)
    if column not in table:
        return inside
    return inside & table[column].lt(data.period.closes)
