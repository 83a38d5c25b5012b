"""What an office gives for its own indicators is taken as given, and nothing is made up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from ektp_analytics.indicators.own_values import own_value


@pytest.fixture
def item(catalogue: Any) -> Any:
    return replace(catalogue["schedule_given"], code="antrean", sources=("own_values",))


def rows(*given: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(given)).convert_dtypes()


def test_value_n_interval_and_origin_as_given(office_data: Any, item: Any) -> None:
    row = {"code": "antrean", "value": 87.5, "n": 240, "low": 82.7, "high": 91.1}
    table = rows({**row, "evidence": "rekap mesin"}, {"code": "lain", "value": 3.0})
    found = own_value(item, office_data(own_values=table))
    assert (found.value, found.n, found.interval) == (87.5, 240, (82.7, 91.1))
    assert found.interval_reason is None
    assert "rekap mesin" in found.notes[0].text()


@pytest.mark.parametrize("kind", ["event", "sampled"])
def test_without_an_interval_none_is_made_of_the_count(
    office_data: Any, item: Any, kind: str
) -> None:
    """A value and a count do not say what was drawn; the reason stands in its place."""
    table = rows({"code": "antrean", "value": 87.5, "n": 240})
    found = own_value(replace(item, uncertainty=kind), office_data(own_values=table))
    assert found.interval is None
    assert found.interval_reason is not None
    assert found.interval_reason.code == "own_value_no_interval"
    counted = replace(item, uncertainty="complete_count")
    assert own_value(counted, office_data(own_values=table)).interval_reason is None


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ([{"code": "lain", "value": 1.0}], "not assessed", "own_value_without_row"),
        ([{"code": "antrean", "value": None}], "not assessed", "own_value_blank"),
        ([{"code": "antrean", "value": 1.0}] * 2, "not computable", "own_value_twice"),
    ],
)
def test_no_single_value_is_said_and_not_nought(
    office_data: Any, item: Any, given: list[dict[str, Any]], status: str, code: str
) -> None:
    found = own_value(item, office_data(own_values=rows(*given)))
    assert (found.value, found.status) == (None, status)
    assert found.reason is not None and found.reason.code == code
