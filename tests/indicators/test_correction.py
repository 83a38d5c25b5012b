"""Complaints, corrections and follow-up, counted by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.indicators.correction import (
    complaints_due,
    complaints_in_time,
    follow_up_done,
    records_right_first_time,
)


def test_complaints_by_the_limit_of_their_kind(office_data: Any, table: Any) -> None:
    """Information has 5 working days, others 14, with inspection 60 (SP4N-LAPOR!).

    Received Monday 3 November 2025: information is due Monday 10; resolved on the 10th in
    time, on the 11th late. Without inspection due Friday 21: open on 31 December, past.
    With inspection due 2026: open, not past. 1 ÷ (2 + 1) = 33.3 %, n = 3.
    """
    same = {"received_at": "2025-11-03 10:00"}
    complaints = table(
        {**same, "category": "informasi", "resolved_at": "2025-11-10 16:00"},
        {**same, "category": "informasi", "resolved_at": "2025-11-11 08:00"},
        {**same, "category": "tanpa_pemeriksaan", "resolved_at": None},
        {**same, "category": "dengan_pemeriksaan", "resolved_at": None},
    )
    data = office_data(complaints=complaints)
    assert complaints_due(complaints, data).dt.date.astype(str).tolist()[:3] == [
        "2025-11-10", "2025-11-10", "2025-11-21",
    ]  # fmt: skip
    found = complaints_in_time(data)
    assert found.value is not None and round(found.value, 4) == 33.3333
    assert found.n == 3
    assert (found.inputs["open_past"], found.inputs["open_not_past"]) == (1, 1)


def test_a_complaint_left_lying_is_not_forgotten(office_data: Any, table: Any) -> None:
    """Received in May and still open: past its limit in every later quarter, 0 ÷ 1."""
    complaints = table({"received_at": "2025-05-05 10:00", "resolved_at": None, "category": None})
    found = complaints_in_time(office_data(complaints=complaints))
    assert (found.value, found.n, found.inputs["received"]) == (0.0, 1, 0)


def test_what_was_settled_before_belongs_to_its_own_period(office_data: Any, table: Any) -> None:
    complaints = table({"received_at": "2025-09-01 10:00", "resolved_at": "2025-09-29 10:00"})
    found = complaints_in_time(office_data(complaints=complaints))
    assert (found.value, found.status) == (None, "not assessed")


def test_none_recorded_beside_many_requests_proves_nothing(office_data: Any, table: Any) -> None:
    """501 requests and no complaint: ``nihil tercatat``; beside few, nothing to count."""
    one = table({"registered_at": "2025-11-03 09:00"})
    many = pd.concat([one] * 501, ignore_index=True)
    no_complaints = table({"received_at": "2024-01-01 10:00", "resolved_at": "2024-01-02 10:00"})
    found = complaints_in_time(office_data(service_log=many, complaints=no_complaints))
    assert found.status == "not assessed"
    assert str(found.reason) == "nihil tercatat di samping 501 permohonan"
    few = complaints_in_time(office_data(service_log=one, complaints=no_complaints))
    assert few.reason is not None and few.reason.code == "nothing_to_count"


def test_before_any_limit_a_complaint_is_not_judged(office_data: Any, table: Any) -> None:
    """The limits are known from 2018 on; a complaint of November 2017 has none."""
    complaints = table({"received_at": "2017-11-03 10:00", "resolved_at": "2017-12-20 10:00"})
    found = complaints_in_time(office_data("2017-Q4", complaints=complaints))
    assert (found.value, found.inputs["without_limit"]) == (None, 1)


def test_records_right_first_time(office_data: Any, table: Any) -> None:
    """Corrections 0, 0, 1, 2 and one blank: 2 ÷ 4 = 50 %."""
    rows = table(
        *({"registered_at": "2025-11-03 09:00", "corrections": k} for k in (0, 0, 1, 2, None))
    )
    found = records_right_first_time(office_data(service_log=rows))
    assert (found.value, found.n, found.inputs["not_stated"]) == (50.0, 4, 1)


def test_follow_up_counts_what_is_due(office_data: Any, table: Any) -> None:
    """Due and done, due and done late, due and open, done after the period, not yet due,
    without a date: 2 ÷ 4 = 50 %, one of them late. A complete count has no interval.
    """
    actions = table(
        {"due": "2025-10-31", "done_on": "2025-10-15"},
        {"due": "2025-10-31", "done_on": "2025-11-15"},
        {"due": "2025-12-31", "done_on": None},
        {"due": "2025-12-31", "done_on": "2026-01-10"},
        {"due": "2026-03-31", "done_on": "2025-12-01"},
        {"due": None, "done_on": None},
    )
    found = follow_up_done(office_data(follow_up=actions))
    assert (found.value, found.n, found.interval) == (50.0, 4, None)
    assert (found.inputs["done_late"], found.inputs["without_due_date"]) == (1, 1)
