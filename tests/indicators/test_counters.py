"""Companion figures."""

from __future__ import annotations

from typing import Any

from ektp_analytics.errors import Reason
from ektp_analytics.indicators.correction import records_right_first_time
from ektp_analytics.indicators.counters import (
    complaints_per_thousand,
    corrections_by_complaint,
    violations_per_thousand,
)


def test_per_thousand_requests(office_data: Any, table: Any) -> None:
    """One complaint in the period on four requests, one withdrawn: 1 ÷ 4 × 1,000 = 250."""
    log = table(*[{"registered_at": "2025-11-03 09:00", "status": "selesai"}] * 4,
                {"registered_at": "2025-11-03 09:00", "status": "batal"})  # fmt: skip
    complaints = table({"received_at": "2025-10-01 00:00"}, {"received_at": "2025-09-30 23:59"})
    data = office_data(service_log=log, complaints=complaints)
    assert complaints_per_thousand(data) == {"name": "complaints_per_1000", "value": 250.0, "n": 1}


def test_a_reward_is_no_violation(office_data: Any, table: Any) -> None:
    """Of two rows of the discipline record one has a level: 1 ÷ 1 × 1,000."""
    log = table({"registered_at": "2025-11-03 09:00"})
    discipline = table({"recorded_on": "2025-11-04", "level": "ringan"},
                       {"recorded_on": "2025-11-04", "level": None})  # fmt: skip
    found = violations_per_thousand(office_data(service_log=log, discipline=discipline))
    assert found == {"name": "violations_per_1000", "value": 1000.0, "n": 1}


def test_unknown_stays_unknown(office_data: Any, table: Any) -> None:
    """Without complaints or without a log there is no rate; never 0."""
    log = table({"registered_at": "2025-11-03 09:00"})
    assert complaints_per_thousand(office_data(service_log=log)) is None
    complaints = table({"received_at": "2025-10-01 00:00"})
    assert complaints_per_thousand(office_data(complaints=complaints)) is None


def test_complaints_about_wrong_data_of_the_period(office_data: Any, table: Any) -> None:
    """Of five, one came before the period, one was not upheld, one is about something else."""
    wrong = {"received_at": "2025-11-03 09:00", "category": "kesalahan_data", "outcome": None}
    complaints = table(
        wrong,
        {**wrong, "outcome": "upheld"},
        {**wrong, "outcome": "not_upheld"},
        {**wrong, "received_at": "2025-09-30 23:59"},
        {**wrong, "category": "informasi"},
    )
    found = corrections_by_complaint(office_data(complaints=complaints))
    assert found == {"name": "corrections_by_complaint", "value": 2, "n": 2, "unit": "count"}


def test_complaints_that_are_not_told_apart_are_no_nought(office_data: Any, table: Any) -> None:
    """Without a file, or with only the categories of the national channel, the reason stands."""
    other = table({"received_at": "2025-11-03 09:00", "category": "informasi"})
    log = table({"registered_at": "2025-11-03 09:00", "corrections": 0})
    for tables, code in (
        ({}, "source_missing"),
        ({"complaints": other}, "wrong_data_not_told_apart"),
        ({"complaints": other.drop(columns="category")}, "wrong_data_not_told_apart"),
    ):
        data = office_data(service_log=log, **tables)
        found = corrections_by_complaint(data)
        assert isinstance(found, Reason) and found.code == code
        value = records_right_first_time(data)
        assert (value.counter, value.counter_reason) == (None, found)
