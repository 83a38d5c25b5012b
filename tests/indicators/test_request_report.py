"""What is printed about waiting, on a handful of requests."""

from __future__ import annotations

from typing import Any

import pytest

from ektp_analytics.indicators.request_report import limit_name, request_report
from ektp_analytics.measures.limits import Limit

BOARD = {"promise": [{"from": "2024-01-01", "limit": "3d", "basis": "papan"}]}


def log(table: Any) -> Any:
    """Two printed after 2 and 30 hours, one open since 25 December; one backlog of August."""
    return table(
        {"registered_at": "2025-11-03 08:00", "complete_at": "2025-11-03 09:00",
         "printed_at": "2025-11-03 11:00", "handed_over_at": "2025-11-03 12:00"},
        {"registered_at": "2025-11-03 08:00", "complete_at": "2025-11-03 09:00",
         "printed_at": "2025-11-04 15:00", "handed_over_at": "2025-11-08 09:00"},
        {"registered_at": "2025-12-25 08:00", "complete_at": "2025-12-25 09:00",
         "printed_at": None, "handed_over_at": None},
        {"registered_at": "2025-08-01 08:00", "complete_at": "2025-09-30 00:00",
         "printed_at": "2025-10-02 09:00", "handed_over_at": "2025-10-02 10:00"},
        {"registered_at": "2025-12-30 00:00", "complete_at": None,
         "printed_at": None, "handed_over_at": None},
        {"registered_at": "2025-12-30 00:00", "complete_at": None,
         "printed_at": None, "handed_over_at": None, "status": "ditolak"},
    )  # fmt: skip


def test_both_clocks(office_data: Any, table: Any) -> None:
    """Law: 3 requests, 1 of 3 within 24 hours. Citizen: 4 registered in the quarter."""
    found = request_report(office_data(profile=BOARD, service_log=log(table)))
    assert found.legal is not None and found.citizen is not None
    assert (found.legal.n, found.legal.open) == (3, 1)
    assert found.legal.within_limit == pytest.approx(100 / 3)
    assert (found.citizen.n, found.citizen.finished, str(found.citizen.limit)) == (4, 2, "3d")
    assert found.reasons == {}
    assert set(found.to_frame()["clock"]) == {"legal", "citizen"}


def test_curves_end_where_observation_ends(office_data: Any, table: Any) -> None:
    """Law: steps at 2 and 30 hours (1/3, 2/3), drawn on to the 159 hours the open one has
    waited by 24.00 of 31 December.
    """
    curves = request_report(office_data(service_log=log(table))).curves
    law = curves[curves["curve"].str.contains("lengkap")]
    assert law["hours"].tolist() == [2.0, 30.0, 159.0]
    assert law["share"].tolist() == pytest.approx([100 / 3, 200 / 3, 200 / 3])
    assert (law["low"] < law["share"]).all() and (law["share"] < law["high"]).all()


def test_limits_of_the_chart(office_data: Any, table: Any) -> None:
    lines = request_report(office_data(profile=BOARD, service_log=log(table))).limits
    assert lines["hours"].tolist() == [24.0, 72.0]
    assert lines["kind"].tolist() == ["law", "promise"]
    assert lines["name"].tolist() == ["24 jam", "3 hari"]
    assert "Permendagri 19/2018" in lines["basis"].iloc[0]
    assert limit_name(Limit.parse("3wd"), "en") == "3 working days"


def test_backlog_and_not_yet_complete(office_data: Any, table: Any) -> None:
    """Complete on 30 September 00.00 and unprinted on 1 October: 24 hours old, not yet past
    the limit at that moment. Registered 30 December and not complete: 48 hours old by the
    end; the refused one is no longer waiting.
    """
    found = request_report(office_data(service_log=log(table)))
    assert found.backlog is not None and found.not_complete is not None
    assert (found.backlog.n, found.backlog.oldest_hours, found.backlog.past_limit) == (1, 24.0, 0)
    assert (found.not_complete.n, found.not_complete.median_age_hours) == (1, 48.0)
    assert found.cancelled.to_dict("records") == [{"status": "ditolak", "n": 1}]


def test_a_missing_stamp_leaves_its_part_out_with_the_reason(office_data: Any, table: Any) -> None:
    rows = log(table).drop(columns=["handed_over_at", "complete_at"])
    found = request_report(office_data(service_log=rows))
    assert (found.legal, found.citizen, found.backlog, found.central) == (None,) * 4
    assert set(found.reasons) == {"legal", "citizen", "backlog", "not_complete"}
    assert "Waktu serah" in str(found.reasons["citizen"])


def test_no_request_at_all(office_data: Any, table: Any) -> None:
    """An empty log gives no curve, no number and no crash."""
    found = request_report(office_data(service_log=log(table)[:0]))
    assert found.legal is not None and found.legal.within_limit is None
    assert found.curves.empty
    assert found.backlog is not None and found.backlog.n == 0
