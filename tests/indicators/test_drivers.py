"""Supporting and hindering factors from every source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from ektp_analytics.indicators.control_series import ControlSeries
from ektp_analytics.indicators.drivers import KINDS, drivers
from ektp_analytics.indicators.results import share


def scored(code: str, score: float) -> Any:
    return replace(share(code, 50, 100), score=score)


def test_points_lost_and_held(office_data: Any, catalogue: Any) -> None:
    """schedule_given weighs a third of transparency: at 40 it loses 20 points and hinders;
    at 98 it loses 0.67, fewer than one, and holds 32.67: it supports.
    """
    weak = drivers(office_data(), [scored("schedule_given", 40)], catalogue).table.iloc[0]
    assert (weak["kind"], weak["direction"], weak["unit"]) == ("gap", "hindering", "points")
    assert weak["strength"] == pytest.approx(20.0)
    strong = drivers(office_data(), [scored("schedule_given", 98)], catalogue).table.iloc[0]
    assert strong["direction"] == "supporting"
    assert strong["strength"] == pytest.approx(98 / 3)


def test_what_is_not_scored_is_no_factor(office_data: Any, catalogue: Any) -> None:
    values = [share("schedule_given", 1, 2), scored("ikd_activation", 10)]
    assert drivers(office_data(), values, catalogue).table.empty


def chart(last: float, signal: bool) -> ControlSeries:
    points = pd.DataFrame(
        {"start": [date(2025, 12, 1)], "value": pd.array([last], "Float64"),
         "n": pd.array([40], "Int64"), "signal": [signal]}
    )  # fmt: skip
    return ControlSeries("week", points, centre=80.0, lower=60.0, upper=100.0, limits="firm")


@pytest.mark.parametrize(
    ("last", "signal", "expected"),
    [(50.0, True, ["hindering"]), (99.0, True, ["supporting"]), (79.0, False, [])],
)
def test_signals_of_control_charts(
    office_data: Any, catalogue: Any, last: float, signal: bool, expected: list[str]
) -> None:
    series = {"legal_time_limit": chart(last, signal)}
    found = drivers(office_data(), [], catalogue, series).table
    assert found["direction"].tolist() == expected
    assert found["strength"].tolist() == [last - 80] * len(expected)


def test_groups_evidence_and_complaints(office_data: Any, table: Any, catalogue: Any) -> None:
    """Online lags the counter by 40 points; two statements, one each way; three complaints,
    one of them about payment and upheld.
    """
    log = table(
        *(
            {"channel": channel, "complete_at": "2025-11-03 09:00",
             "printed_at": "2025-11-03 10:00" if k < hits else "2025-11-09 10:00"}
            for channel, hits in (("loket", 180), ("online", 100)) for k in range(200)
        )
    )  # fmt: skip
    evidence = table(
        {"document": "W1", "principle": "rule_of_law", "valence": "hindering",
         "theme": "jam layanan", "paraphrase": "buka 10.00"},
        {"document": "W2", "principle": "participation", "valence": "supporting",
         "theme": "jemput bola", "paraphrase": "mobil keliling"},
    )  # fmt: skip
    complaints = table(
        {"received_at": "2025-11-03 09:00", "category": "pungutan", "outcome": "upheld"},
        {"received_at": "2025-11-03 09:00", "category": "tanpa_pemeriksaan", "outcome": None},
        {"received_at": "2025-11-04 09:00", "category": "tanpa_pemeriksaan", "outcome": "upheld"},
        {"received_at": "2025-09-04 09:00", "category": "tanpa_pemeriksaan", "outcome": None},
        {"received_at": "2025-11-05 09:00", "category": "informasi", "outcome": None},
    )
    data = office_data(service_log=log, evidence=evidence, complaints=complaints)
    found = drivers(data, [scored("schedule_given", 40)], catalogue)
    assert found.table["kind"].drop_duplicates().tolist() == [k for k in KINDS if k != "signal"]
    groups = found.table[found.table["kind"].eq("group")]
    assert set(groups["factor"]) == {"Saluran layanan: Loket dinas", "Saluran layanan: Daring"}
    assert set(groups["strength"].abs()) == {40.0}
    told = found.table[found.table["kind"].eq("complaint")]
    assert told[["factor", "strength", "detail"]].values.tolist() == [
        ["tanpa_pemeriksaan", 2.0, "1"], ["pungutan", 1.0, "1"],
    ]  # fmt: skip
    assert set(found.of("supporting")["factor"]) >= {"jemput bola"}
    assert set(found.of("hindering")["factor"]) >= {"jam layanan", "pungutan"}


def test_the_weight_an_indicator_carries_as_the_score_stands(
    office_data: Any, catalogue: Any
) -> None:
    """Alone in its principle schedule_given carries all of it: at 40 it costs 60 points."""
    values = [scored("schedule_given", 40)]
    found = drivers(office_data(), values, catalogue, weights={"schedule_given": 100.0})
    assert found.table["strength"].tolist() == [60.0]


def test_the_farthest_point_on_each_side_is_told(office_data: Any, catalogue: Any) -> None:
    """Of three broken weeks two are below: the lower one and the one above are named; a week
    before the period is not.
    """
    points = pd.DataFrame(
        {"start": [date(2025, 9, 1), *(date(2025, 11, day) for day in (3, 10, 17))],
         "value": pd.array([1.0, 50.0, 40.0, 99.0], "Float64"),
         "n": pd.array([40] * 4, "Int64"), "signal": [True] * 4}
    )  # fmt: skip
    series = {"legal_time_limit": ControlSeries("week", points, 80.0, 60.0, 100.0, "firm")}
    found = drivers(office_data(), [], catalogue, series).table
    told = dict(zip(found["detail"], found["strength"], strict=True))
    assert told == {"2025-11-10": -40.0, "2025-11-17": 19.0}
