"""Groups against all others."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from ektp_analytics.indicators.group_differences import index_differences, on_time_differences


def log(table: Any, **groups: tuple[int, int]) -> pd.DataFrame:
    """So many on time of so many, by channel."""
    rows = [
        {"channel": name, "complete_at": "2025-11-03 09:00",
         "printed_at": "2025-11-03 10:00" if k < hits else "2025-11-09 10:00"}
        for name, (hits, n) in groups.items() for k in range(n)
    ]  # fmt: skip
    return table(*rows)


def test_a_channel_that_stands_apart(office_data: Any, table: Any) -> None:
    """Counter 180 of 200, online 100 of 200: 90 against 50 %, 40 points, each the other's
    rest. Interval by Newcombe's method 10 at Holm's level, above 0.
    """
    data = office_data(service_log=log(table, loket=(180, 200), online=(100, 200)))
    found = on_time_differences(data).set_index("name")
    assert found.loc["Loket dinas", ["value", "others", "difference"]].tolist() == [90, 50, 40]
    assert found["move"].to_dict() == {"Daring": "down", "Loket dinas": "up"}
    assert found.loc["Loket dinas", "low"] > 0 > found.loc["Daring", "high"]
    assert found["n"].tolist() == [200, 200]


def test_groups_alike_do_not_move(office_data: Any, table: Any) -> None:
    data = office_data(service_log=log(table, loket=(100, 200), online=(102, 200)))
    assert on_time_differences(data)["move"].tolist() == ["same", "same"]


def test_small_groups_are_pooled(office_data: Any, table: Any) -> None:
    data = office_data(
        service_log=log(table, loket=(180, 200), online=(30, 60), jemput_bola=(20, 60))
    )
    assert set(on_time_differences(data)["name"]) == {"Loket dinas", "kelompok lain"}


def test_groups_beside_a_few_persons_do_not_tell_them(office_data: Any, table: Any) -> None:
    """A 200, B 150, C 120 and three of D: all requests less the groups would be three."""
    rows = log(table, A=(180, 200), B=(80, 150), C=(60, 120), D=(3, 3))
    rows = rows.rename(columns={"channel": "kecamatan"})
    assert set(on_time_differences(office_data(service_log=rows))["name"]) == {"A", "B"}
    larger = log(table, A=(180, 200), B=(80, 150), C=(60, 120), D=(3, 9))
    larger = larger.rename(columns={"channel": "kecamatan"})
    assert len(on_time_differences(office_data(service_log=larger))) == 3


def test_one_group_has_no_others(office_data: Any, table: Any) -> None:
    assert on_time_differences(office_data(service_log=log(table, loket=(180, 200)))).empty


def test_index_of_a_group_against_the_rest(office_data: Any, answers: Any) -> None:
    """Forty men at 4 and 3 in turn (87.5), forty women at 2 and 3 in turn (62.5)."""
    rows = answers(*([4, 3] * 20), *([2, 3] * 20))
    rows["sex"] = pd.array(["L"] * 40 + ["P"] * 40, dtype="str")
    found = index_differences(office_data(survey=rows)).set_index("name")
    assert found.loc["Laki-laki", ["value", "others"]].tolist() == [87.5, 62.5]
    assert found["difference"].tolist() == pytest.approx([25.0, -25.0])
    assert found["move"].tolist() == ["up", "down"]


def test_groups_below_thirty_are_not_compared(office_data: Any, answers: Any) -> None:
    rows = answers(*([4, 3] * 20), *([2, 3] * 10))
    rows["sex"] = pd.array(["L"] * 40 + ["P"] * 20, dtype="str")
    assert index_differences(office_data(survey=rows)).empty
