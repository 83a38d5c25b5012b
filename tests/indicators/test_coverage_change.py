"""Coverage on two days."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.indicators.coverage import Coverage, coverage
from ektp_analytics.indicators.coverage_change import coverage_change, declared_splits
from ektp_analytics.workspace import Office


def on(day: str, **kecamatan: tuple[int | None, int, int]) -> Coverage:
    """Coverage of kecamatan ``k1=(obligated, recorded, holders)``."""
    rows = [
        {"code": code, "kecamatan": code.upper(), "as_of": pd.Timestamp(day),
         "obligated": o, "recorded": r, "holders": h}
        for code, (o, r, h) in kecamatan.items()
    ]  # fmt: skip
    counts = dict.fromkeys(("obligated", "recorded", "holders"), "Int64")
    return coverage(pd.DataFrame(rows).astype({**counts, "as_of": "datetime64[us]"}))


def test_a_changed_base_is_told_from_a_changed_count() -> None:
    """R16: holders 900 of 1,000, then 900 of 950: 90.0 to 94.7 %, all of it from the base."""
    found = coverage_change(
        on("2025-09-30", k1=(1000, 900, 900)), on("2025-12-31", k1=(950, 900, 900))
    ).total("card_possession")
    assert (found.before, found.after) == (90.0, pytest.approx(94.7368, abs=1e-4))
    assert (found.from_count, found.from_base) == (0.0, pytest.approx(4.7368, abs=1e-4))
    assert (found.count_added, found.base_added) == (0, -50)
    assert found.note is not None
    assert found.note.text("en") == "the count is unchanged; only the base moved (-50)"


def test_count_and_base_both_move() -> None:
    """800 of 1,000 to 880 of 1,100 is 80 % both times: +8 from the count, −8 from the base."""
    found = coverage_change(
        on("2025-09-30", k1=(1000, 800, 0)), on("2025-12-31", k1=(1100, 880, 0))
    ).total("recording_coverage")
    assert found.difference == pytest.approx(0)
    assert (found.from_count, found.from_base) == (pytest.approx(8.0), pytest.approx(-8.0))


@given(*(st.integers(1, 10**6) for _ in range(4)))
def test_the_two_parts_add_up(base_0: int, count_0: int, base_1: int, count_1: int) -> None:
    found = coverage_change(
        on("2025-09-30", k1=(base_0, count_0, 0)), on("2025-12-31", k1=(base_1, count_1, 0))
    ).total("recording_coverage")
    assert found.difference is not None and found.from_count is not None
    total = found.from_count + (found.from_base or 0)
    assert total == pytest.approx(found.difference, rel=1e-9, abs=1e-6)


PARENT = on("2025-09-30", parent=(10_000, 9_000, 8_000), other=(5_000, 4_000, 3_000))
SPLIT = on("2025-12-31", parent=(6_500, 6_000, 5_500), young=(3_600, 3_200, 2_900),
           other=(5_000, 4_500, 3_000))  # fmt: skip


def test_a_split_kecamatan_with_a_mapping() -> None:
    """R11: parent 10,000 becomes 6,500 and 3,600: together 10,100, never −35 %."""
    found = coverage_change(PARENT, SPLIT, {"young": "parent"})
    row = next(r for r in found.rows if r.code == "parent" and r.rate == "recording_coverage")
    assert (row.base_before, row.base_after, row.base_added) == (10_000, 10_100, 100)
    assert row.kecamatan == "PARENT"
    assert row.after == pytest.approx(100 * 9_200 / 10_100)
    assert found.unmapped == ()


def test_a_split_kecamatan_without_a_mapping() -> None:
    """R11: nobody says where the new one comes from: no kecamatan is compared, the office is."""
    found = coverage_change(PARENT, SPLIT)
    assert found.unmapped == ("young",)
    rows = [r for r in found.rows if r.code is not None]
    assert all(r.difference is None and r.reason is not None for r in rows)
    assert {r.code for r in rows} == {"parent", "other", "young"}
    assert found.total("recording_coverage").difference == pytest.approx(
        100 * 13_700 / 15_100 - 100 * 13_000 / 15_000
    )


def test_a_rate_that_is_missing_has_its_reason() -> None:
    found = coverage_change(
        on("2025-09-30", k1=(None, 1, 1)), on("2025-12-31", k1=(10, 5, 5))
    )  # fmt: skip
    row = found.rows[0]
    assert row.difference is None
    assert row.reason is not None and row.reason.code == "count_missing"


def test_the_table_holds_words_and_no_nan() -> None:
    frame = coverage_change(PARENT, SPLIT).to_frame("en")
    assert frame.dtypes["difference"] == "Float64" and frame.dtypes["base_added"] == "Int64"
    assert frame["reason"].iloc[0].startswith("no comparison")
    assert frame["reason"].iloc[-1] == ""


def test_splits_are_declared_in_the_profile() -> None:
    profile: dict[str, Any] = {"kecamatan_splits": [{"from": "1.1", "to": ["1.8", "1.9"]}]}
    office = Office("x", "X", "X", "X", "1", profile=profile)
    assert declared_splits(office) == {"1.8": "1.1", "1.9": "1.1"}
    assert declared_splits(Office("x", "X", "X", "X", "1")) == {}
