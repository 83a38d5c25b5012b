"""The legal limit and the fee, on requests counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from ektp_analytics.indicators.rule_of_law import free_of_charge, legal_time_limit

START = {"complete_at": "2025-11-03 09:00", "registered_at": "2025-11-02 09:00"}


def test_share_within_24_hours(office_data: Any, table: Any) -> None:
    """Three printed within a day, one after two days, none open: 3 ÷ 4 = 75 %.

    Wilson 95 % for 3 of 4: 30.06 to 95.44 %. The wait to complete is 24 hours.
    """
    ends = ("2025-11-03 10:00", "2025-11-03 15:00", "2025-11-04 09:00", "2025-11-05 09:00")
    rows = table(*({**START, "printed_at": end} for end in ends))
    found = legal_time_limit(office_data(service_log=rows))
    assert (found.value, found.n, found.inputs["limits"]) == (75.0, 4, "24h")
    assert found.interval == pytest.approx((30.0642, 95.4413), abs=1e-4)
    assert found.counter == {"name": "wait_to_complete", "value": 24.0, "unit": "hours"}


def test_open_requests_are_followed_not_dropped(office_data: Any, table: Any) -> None:
    """Closed after 1 and 2 hours, open after 5, 6 and 7 (L04): 2 ÷ 5 finished.

    Nothing was followed for 24 hours, so nobody knows the share within the limit: no
    number, and the reason in words.
    """
    rows = table(
        {"complete_at": "2025-12-31 12:00", "printed_at": "2025-12-31 13:00"},
        {"complete_at": "2025-12-31 12:00", "printed_at": "2025-12-31 14:00"},
        *({"complete_at": f"2025-12-31 {h}:00", "printed_at": None} for h in (19, 18, 17)),
    )
    found = legal_time_limit(office_data(service_log=rows))
    assert found.value is None
    assert found.reason is not None and found.reason.code == "limit_not_observed_hours"
    assert (found.inputs["finished"], found.inputs["open"]) == (2, 3)


def test_a_finish_after_the_period_is_not_known_yet(office_data: Any, table: Any) -> None:
    """L05: complete 20 December, printed 5 January, report to 31 December: open at 12 days."""
    rows = table({"complete_at": "2025-12-20 10:00", "printed_at": "2026-01-05 10:00"})
    found = legal_time_limit(office_data(service_log=rows))
    assert (found.value, found.inputs["open"], found.inputs["finished"]) == (0.0, 1, 0)


def test_dates_without_time_give_a_range(office_data: Any, table: Any) -> None:
    """Same day within, next day undecided, two days late: 33.33 to 66.67 %, partial."""
    rows = table(
        *({"complete_at": "2025-11-03", "printed_at": f"2025-11-0{day}"} for day in (3, 4, 5))
    )
    found = legal_time_limit(office_data(service_log=rows))
    assert found.status == "partial"
    assert found.value == pytest.approx(100 / 3)
    assert found.inputs["range"] == (pytest.approx(100 / 3), pytest.approx(200 / 3))
    assert found.reason is not None and found.reason.code == "dates_without_time"


def test_two_limits_in_one_quarter_each_by_its_own_day(office_data: Any, table: Any) -> None:
    """Complete 3 April 2018, printed after 10 days: within 14 days. Complete 10 April,
    printed after 10 days: not within 24 hours. Together 50 %.
    """
    rows = table(
        {"complete_at": "2018-04-03 09:00", "printed_at": "2018-04-13 09:00"},
        {"complete_at": "2018-04-10 09:00", "printed_at": "2018-04-20 09:00"},
    )
    found = legal_time_limit(office_data("2018-Q2", service_log=rows))
    assert (found.value, found.inputs["limits"]) == (50.0, "14d, 24h")


def test_not_declared_complete_is_counted_beside(office_data: Any, table: Any) -> None:
    """One request registered and never declared complete is outside the legal clock."""
    rows = table(
        {**START, "printed_at": "2025-11-03 10:00"},
        {"registered_at": "2025-11-10 09:00", "complete_at": None, "printed_at": None},
    )
    found = legal_time_limit(office_data(service_log=rows))
    assert (found.n, found.inputs["not_declared_complete"]) == (1, 1)


def test_only_e_ktp_requests_count_where_they_are_known(office_data: Any, table: Any) -> None:
    """One e-KTP request in time, one family card late: 100 %, and both n are there."""
    rows = table(
        {**START, "printed_at": "2025-11-03 10:00", "ektp": True},
        {**START, "printed_at": "2025-11-09 10:00", "ektp": False},
    )
    found = legal_time_limit(office_data(service_log=rows))
    assert (found.value, found.n, found.status) == (100.0, 1, "ok")
    assert found.inputs["n_all_services"] == 2
    all_together = legal_time_limit(office_data(service_log=rows.drop(columns="ektp")))
    assert (all_together.value, all_together.status) == (50.0, "partial")


def fees(office_data: Any, table: Any, **more: Any) -> Any:
    amounts = (0, 0, 0, 25_000, None)
    rows = [{"registered_at": "2025-11-03 09:00", "fee_charged": a, "ektp": True} for a in amounts]
    log = table(*rows)
    log["fee_charged"] = log["fee_charged"].astype("Float64")
    return free_of_charge(office_data(service_log=log, **more))


def test_free_of_charge(office_data: Any, table: Any) -> None:
    """Three of the four requests with a stated fee were free: 75 %; one is not stated."""
    found = fees(office_data, table)
    assert (found.value, found.n, found.inputs["not_stated"]) == (75.0, 4, 1)
    assert found.counter is None


def test_an_upheld_payment_denies_the_figure(office_data: Any, table: Any) -> None:
    """One upheld complaint about payment, decided in the period: partial, said so.

    Two complaints on five requests are 400 per 1,000.
    """
    complaints = table(
        {
            "received_at": "2025-09-20 09:00",
            "resolved_at": "2025-10-20 09:00",
            "category": "pungutan",
            "outcome": "upheld",
        },
        {
            "received_at": "2025-10-20 09:00",
            "resolved_at": None,
            "category": "pungutan",
            "outcome": "not_upheld",
        },
        {
            "received_at": "2025-10-21 09:00",
            "resolved_at": None,
            "category": "informasi",
            "outcome": None,
        },
    )
    found = fees(office_data, table, complaints=complaints)
    assert found.status == "partial"
    assert str(found.reason) == "dibantah oleh 1 pengaduan pungutan yang terbukti"
    assert found.counter == {"name": "complaints_per_1000", "value": 400.0, "n": 2}
