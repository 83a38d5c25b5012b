"""The window a source speaks of."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from ektp_analytics.indicators.windows import in_window, period_with, source_window


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("month", "2025-05"), ("quarter", "2025-Q2"), ("semester", "2025-S1"), ("year", "2025")],
)
def test_the_period_that_holds_a_day(kind: Any, expected: str) -> None:
    found = period_with(kind, date(2025, 5, 31))
    assert str(found) == expected
    assert found.start <= date(2025, 5, 31) <= found.end


@pytest.mark.parametrize(
    ("periodicity", "period", "expected"),
    [
        ("quarter", "2025-Q4", "2025-Q4"),
        ("semester", "2025-Q3", "2025-S2"),
        ("year", "2025-Q1", "2025"),
        ("month", "2025-Q4", "2025-Q4"),
        ("quarter", "2025", "2025"),
    ],
)
def test_the_longer_of_periodicity_and_report(
    office_data: Any, periodicity: str, period: str, expected: str
) -> None:
    data = office_data(period, profile={"periodicity": {"survey": periodicity}})
    assert str(source_window(data, "survey")) == expected


def test_nothing_after_the_reports_period_is_seen(office_data: Any, answers: Any) -> None:
    """A semester survey reported on in the third quarter: August yes, November not yet."""
    rows = answers(4, 4, 4)
    stamps = ["2025-08-01", "2025-11-01", "2025-06-30"]
    rows["submitted_at"] = pd.to_datetime(stamps).astype("datetime64[us]")
    data = office_data("2025-Q3", profile={"periodicity": {"survey": "semester"}}, survey=rows)
    assert in_window(data, "survey", "submitted_at").tolist() == [True, False, False]


def test_without_times_every_row_counts(office_data: Any, answers: Any) -> None:
    data = office_data(survey=answers(4, 4).drop(columns="submitted_at"))
    assert in_window(data, "survey", "submitted_at").all()
