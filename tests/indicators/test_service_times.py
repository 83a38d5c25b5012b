"""Durations of a log by themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from ektp_analytics.indicators.service_times import (
    cancelled_rows,
    date_only_rows,
    time_to_completion,
    working_calendar,
)
from ektp_analytics.workspace import Office


def test_durations_with_open_requests(table: Any) -> None:
    """Closed after 1 and 3 hours, open for 10: Kaplan–Meier steps 1/3 and 2/3, median 3 h;
    nobody was followed for 24 hours.
    """
    same = {"complete_at": "2025-12-31 14:00"}
    ends = ("2025-12-31 15:00", "2025-12-31 17:00", None)
    rows = table(*({**same, "printed_at": end} for end in ends))
    found = time_to_completion(rows, date(2025, 12, 31))
    assert (found.n, found.finished, found.open) == (3, 2, 1)
    assert (found.median_hours, found.closed_only_median_hours) == (3.0, 2.0)
    assert found.within_limit is None


def test_a_median_not_reached_is_said_in_words(table: Any) -> None:
    """L04: closed after 1 and 2 days, open at 5, 6 and 7: more than half still open, the
    median not reached (above 7 days).
    """
    day = pd.Timestamp("2025-03-31 23:59:59")
    starts = [day - pd.Timedelta(days=k) for k in (9, 9, 5, 6, 7)]
    rows = table(*({"complete_at": s.isoformat()} for s in starts))
    ends = [starts[0] + pd.Timedelta(days=1), starts[1] + pd.Timedelta(days=2), None, None, None]
    rows = rows.assign(printed_at=pd.Series(ends, dtype="datetime64[us]"), printed_at_has_time=True)
    found = time_to_completion(rows, date(2025, 3, 31))
    assert found.median_hours is None
    assert found.reasons["median_hours"].text("en") == (
        "more than half are still open; the median is not reached (above 7 days)"
    )


def test_working_days_by_the_calendar(table: Any) -> None:
    """Complete Thursday 6 November, printed Tuesday 11: the third working day, within 3wd."""
    rows = table({"complete_at": "2025-11-06 09:00", "printed_at": "2025-11-11 16:00"})
    assert time_to_completion(rows, date(2025, 12, 31), limit="3wd").within_limit == 100.0
    assert time_to_completion(rows, date(2025, 12, 31), limit="2wd").within_limit == 0.0


def test_withdrawn_and_refused(table: Any) -> None:
    rows = table(*({"status": s} for s in ("Batal", " DITOLAK", "cancelled", "selesai", None)))
    assert cancelled_rows(rows).tolist() == [True, True, True, False, False]
    assert not cancelled_rows(rows.drop(columns="status")).any()


def test_which_rows_are_dates(table: Any) -> None:
    """Row by row where the file says; None where it does not, and midnights decide."""
    rows = table(
        {"complete_at": "2025-11-03 09:00", "printed_at": "2025-11-04"},
        {"complete_at": "2025-11-03 09:00", "printed_at": None},
    )
    found = date_only_rows(rows, "complete_at", "printed_at")
    assert found is not None and found.tolist() == [True, False]
    plain = rows[["complete_at", "printed_at"]]
    assert date_only_rows(plain, "complete_at", "printed_at") is None


@pytest.mark.parametrize(("calendar", "working"), [({}, False), ({"joint_leave": False}, True)])
def test_joint_leave_and_closures(calendar: dict[str, Any], working: bool) -> None:
    """26 December 2025 was joint leave (cuti bersama Natal); an office may work through it.
    A declared closure of two days is off for this office only.
    """
    closed = {"closures": [{"from": "2025-11-10", "to": date(2025, 11, 11)}]}
    profile = {"calendar": {**calendar, **closed}}
    office = Office("x", "X", "X", "X", "1", profile=profile)
    found = working_calendar(date(2025, 1, 1), date(2025, 12, 31), date(2025, 12, 31), office)
    days = found.is_working(["2025-12-26", "2025-11-10", "2025-11-11", "2025-11-12"])
    assert days.tolist() == [working, False, False, True]
    usual = working_calendar(date(2025, 1, 1), date(2025, 12, 31), date(2025, 12, 31))
    assert usual.is_working(["2025-11-10"]).tolist() == [True]
