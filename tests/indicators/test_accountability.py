"""Promises and stated days, on a handful of requests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from ektp_analytics.indicators.accountability import promise_kept, promised, schedule_kept

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "promises.yaml").read_text(encoding="utf-8")
)
BOARD = {"promise": [{"from": "2024-01-01", "limit": "3d", "basis": "papan"}]}


@pytest.mark.parametrize("case", CASES, ids=[c["case"] for c in CASES])
def test_promises(case: dict[str, Any], office_data: Any, table: Any) -> None:
    row = {k: v for k, v in case.items() if k not in ("case", "verdict")}
    found = promise_kept(office_data(profile=BOARD, service_log=table(row)))
    counts = {"kept": "kept", "late": "late", "open past": "open_past", "not due": "not_due"}
    told = {word: found.inputs[name] for word, name in counts.items()}
    assert told == {word: int(word == case["verdict"]) for word in counts}


def test_share_of_due_promises(office_data: Any, table: Any) -> None:
    """Kept 1, late 1, open past 2; a fourth kept early but not due: 1 ÷ 4 = 25 %, n = 4.

    Counting the early one would give 2 ÷ 5 = 40 %.
    """
    rows = (
        {"registered_at": "2025-11-03 09:00", "handed_over_at": "2025-11-04 09:00"},
        {"registered_at": "2025-11-03 09:00", "handed_over_at": "2025-11-09 09:00"},
        {"registered_at": "2025-11-03 09:00", "handed_over_at": None},
        {"registered_at": "2025-11-04 09:00", "handed_over_at": None},
        {"registered_at": "2025-12-31 09:00", "handed_over_at": "2025-12-31 10:00"},
    )
    found = promise_kept(office_data(profile=BOARD, service_log=table(*rows)))
    assert (found.value, found.n, found.inputs["not_due"]) == (25.0, 4, 1)
    assert found.counter == {
        "name": "promise_length",
        "value": pytest.approx(2.625),
        "unit": "days",
    }


def test_a_promise_in_working_days_skips_the_weekend(office_data: Any, table: Any) -> None:
    """Three working days after Thursday 6 November 2025 end on Tuesday 11 November."""
    profile = {"promise": [{"from": "2024-01-01", "limit": "3wd", "basis": ""}]}
    rows = table({"registered_at": "2025-11-06 09:00", "handed_over_at": None})
    data = office_data(profile=profile, service_log=rows)
    deadline, is_date = promised(rows, data)
    assert deadline.dt.date.astype(str).tolist() == ["2025-11-11"]
    assert is_date.tolist() == [True]


def test_a_local_closure_moves_the_promise(office_data: Any, table: Any) -> None:
    """With the office closed on Friday 7 November the third working day is Wednesday 12."""
    profile = {
        "promise": [{"from": "2024-01-01", "limit": "3wd", "basis": ""}],
        "calendar": {"closures": [{"from": "2025-11-07", "reason": "pemilihan"}]},
    }
    rows = table({"registered_at": "2025-11-06 09:00", "handed_over_at": None})
    deadline, _ = promised(rows, office_data(profile=profile, service_log=rows))
    assert deadline.dt.date.astype(str).tolist() == ["2025-11-12"]


def test_the_promise_of_its_day_holds(office_data: Any, table: Any) -> None:
    """A board of three days, changed to one day on 1 November."""
    profile = {
        "promise": [
            {"from": "2024-01-01", "limit": "3d", "basis": ""},
            {"from": "2025-11-01", "limit": "24h", "basis": ""},
        ]
    }
    rows = table(
        {"registered_at": "2025-10-31 09:00", "handed_over_at": None},
        {"registered_at": "2025-11-03 09:00", "handed_over_at": None},
        {"registered_at": "2023-12-31 09:00", "handed_over_at": None},
    )
    deadline, is_date = promised(rows, office_data(profile=profile, service_log=rows))
    expected = pd.to_datetime(["2025-11-03", "2025-11-04 09:00", None], format="ISO8601")
    assert deadline.equals(pd.Series(expected.astype("datetime64[us]")))
    assert is_date.tolist() == [True, False, False]


def test_dates_under_an_hour_promise_give_a_range(office_data: Any, table: Any) -> None:
    """24 hours, dates only: same day kept, next day undecided, third day late.

    Between 1 ÷ 3 and 2 ÷ 3; the value is the lower end and the figure is partial.
    """
    profile = {"promise": [{"from": "2024-01-01", "limit": "24h", "basis": ""}]}
    rows = table(
        {"registered_at": "2025-11-03", "handed_over_at": "2025-11-03"},
        {"registered_at": "2025-11-03", "handed_over_at": "2025-11-04"},
        {"registered_at": "2025-11-03", "handed_over_at": "2025-11-05"},
    )
    found = promise_kept(office_data(profile=profile, service_log=rows))
    assert found.status == "partial"
    assert found.inputs["range"] == (pytest.approx(100 / 3), pytest.approx(200 / 3))
    assert found.value == pytest.approx(100 / 3)


def test_without_hand_over_the_print_stands_in(office_data: Any, table: Any) -> None:
    """The file has no hand-over: partial, and said so."""
    rows = table({"registered_at": "2025-11-03 09:00", "printed_at": "2025-11-04 09:00"})
    found = promise_kept(office_data(profile=BOARD, service_log=rows))
    assert (found.value, found.status) == (100.0, "partial")
    codes = [found.reason.code if found.reason else "", *(n.code for n in found.notes)]
    assert codes == ["handover_not_in_file", "services_not_told_apart"]


def test_no_promise_is_not_a_broken_one(office_data: Any, table: Any) -> None:
    rows = table({"registered_at": "2025-11-03 09:00", "handed_over_at": None})
    found = promise_kept(office_data(service_log=rows))
    assert (found.value, found.status) == (None, "not computable")
    assert found.reason is not None and found.reason.code == "no_promise"


def test_served_is_the_first_office_event_of_the_visit(office_data: Any, table: Any) -> None:
    """Four online applicants for 10 November: checked that day and recorded the next (kept);
    recorded that day, the check stamped later (kept); served on the 11th (not kept); never
    seen (not kept). One is due in January, one came to the counter. 2 ÷ 4 = 50 %.
    """
    same = {"channel": "online", "registered_at": "2025-11-03 09:00", "scheduled_for": "2025-11-10"}
    rows = table(
        {**same, "complete_at": "2025-11-10 09:00", "recorded_at": "2025-11-11 09:00"},
        {**same, "complete_at": "2025-11-12 09:00", "recorded_at": "2025-11-10 09:00"},
        {**same, "complete_at": "2025-11-11 09:00", "recorded_at": None},
        {**same, "complete_at": None, "recorded_at": None},
        {**same, "scheduled_for": "2026-01-05", "complete_at": None, "recorded_at": None},
        {**same, "channel": "loket", "complete_at": "2025-11-10 09:00", "recorded_at": None},
    )
    found = schedule_kept(office_data(service_log=rows))
    assert (found.value, found.n) == (50.0, 4)
    assert found.inputs["served_later"] == 1
    assert found.inputs["not_served"] == 1
    assert found.inputs["not_due"] == 1


def test_a_schedule_needs_its_columns(office_data: Any, table: Any) -> None:
    rows = table({"registered_at": "2025-11-03 09:00", "channel": "online"})
    found = schedule_kept(office_data(service_log=rows))
    assert found.value is None
    assert found.reason is not None and "scheduled for" in found.reason.text("en")
