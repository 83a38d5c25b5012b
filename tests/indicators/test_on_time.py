"""Requests judged one by one, each case a sentence of ``tests/cases/legal_limit.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ektp_analytics.indicators.on_time import due_requests

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "legal_limit.yaml").read_text(encoding="utf-8")
)


def verdict(found: Any) -> str:
    if found.undecided:
        return "undecided"
    if len(found.rows):
        return "on time" if found.rows["on_time"].item() else "late"
    reversed_or_absent = (
        found.group.n == 0
        or found.group.requests["printed_at"].lt(found.group.requests["complete_at"]).any()
    )
    return "not counted" if reversed_or_absent else "not due"


@pytest.mark.parametrize("case", CASES, ids=[c["case"] for c in CASES])
def test_cases(case: dict[str, Any], office_data: Any, table: Any) -> None:
    row = {k: v for k, v in case.items() if k not in ("case", "verdict", "period")}
    data = office_data(case.get("period", "2025-Q4"), service_log=table(row))
    assert verdict(due_requests(data)) == case["verdict"]


def test_a_request_that_ends_before_it_starts_is_left_out(office_data: Any, table: Any) -> None:
    """L01: start 10 March, finish 7 March is no duration; the other request stays."""
    rows = (
        {"complete_at": "2025-11-10 09:00", "printed_at": "2025-11-07 09:00"},
        {"complete_at": "2025-11-10 09:00", "printed_at": "2025-11-10 10:00"},
    )
    found = due_requests(office_data(service_log=table(*rows)))
    assert found.rows["on_time"].tolist() == [True]
