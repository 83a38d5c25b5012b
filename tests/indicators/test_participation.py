"""Reach and equity, on three kecamatan."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.indicators.participation import (
    card_possession,
    coverage_equity,
    ikd_activation,
    recorded_without_card,
    recording_coverage,
    sex_parity,
)


def counts(*rows: tuple[int, ...], day: str = "2025-12-31", **more: Any) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["obligated", "recorded", "holders"]).astype("Int64")
    codes = [f"99.01.0{k + 1}" for k in range(len(frame))]
    frame = frame.assign(code=codes, kecamatan=codes, as_of=pd.Timestamp(day), **more)
    return frame.astype({"as_of": "datetime64[us]"})


def test_rates_with_their_base_named(office_data: Any) -> None:
    """1,800 recorded and 1,700 holders of 2,000 obligated: 90 and 85 %; complete counts
    have no interval, and the base and its source stand beside.
    """
    table = counts((1000, 950, 900), (1000, 850, 800), base_source="DKB Semester I 2025")
    data = office_data(registrations=table)
    found = recording_coverage(data)
    assert (found.value, found.n, found.interval) == (90.0, 2000, None)
    assert found.inputs["base_source"] == "DKB Semester I 2025"
    assert card_possession(data).value == 85.0


def test_above_a_hundred_has_a_note_and_no_cap(office_data: Any) -> None:
    found = recording_coverage(office_data(registrations=counts((1000, 1048, 900))))
    assert found.value == pytest.approx(104.8)
    assert [note.code for note in found.notes] == ["above_hundred"]


@pytest.mark.parametrize(("day", "status"), [("2024-12-31", "ok"), ("2024-12-30", "not assessed")])
def test_a_base_of_twelve_months_still_counts(office_data: Any, day: str, status: str) -> None:
    """Seen on 31 December 2025, a count of 31 December 2024 is twelve months old, one of
    the day before is older.
    """
    found = recording_coverage(office_data(registrations=counts((100, 90, 80), day=day)))
    assert found.status == status
    assert (found.value is None) == (status == "not assessed")


def test_the_date_in_the_name_of_the_base_counts(office_data: Any) -> None:
    """Counts of December 2025 on ``DKB Semester I 2024``: the base is of 30 June 2024."""
    table = counts((100, 90, 80), base_source="DKB Semester I Tahun 2024")
    found = recording_coverage(office_data(registrations=table))
    assert found.status == "not assessed"
    assert found.reason is not None and found.reason.details["as_of"] == "2024-06-30"


def test_recorded_without_card(office_data: Any) -> None:
    """Of 90 recorded 10 wait for the card: 11.11 %. More holders than recorded is no number."""
    found = recorded_without_card(office_data(registrations=counts((100, 90, 80))))
    assert found.value == pytest.approx(100 / 9)
    impossible = recorded_without_card(office_data(registrations=counts((100, 80, 90))))
    assert impossible.value is None
    assert impossible.reason is not None and impossible.reason.code == "part_above_whole"


def test_ikd_activation(office_data: Any) -> None:
    """9 of 90 recorded activated; a blank in one kecamatan leaves no number."""
    table = counts((100, 90, 80), ikd=pd.array([9], dtype="Int64"))
    assert ikd_activation(office_data(registrations=table)).value == 10.0
    blank = ikd_activation(office_data(registrations=table.assign(ikd=pd.array([pd.NA], "Int64"))))
    assert blank.reason is not None and blank.reason.code == "count_missing"
    absent = ikd_activation(office_data(registrations=counts((100, 90, 80))))
    assert absent.reason is not None and "Aktivasi IKD" in str(absent.reason)


def test_equity_of_the_worst_fifth(office_data: Any) -> None:
    """Obligated 100, 300, 600 with coverage 50, 80 and 100 %. A fifth is 200 persons: all
    100 of the first and 100 of the second: (100·50 + 100·80) ÷ 200 = 65 %. The whole has
    (50 + 240 + 600) ÷ 1,000 = 89 %. 65 ÷ 89 = 0.7303.
    """
    table = counts((100, 50, 0), (300, 240, 0), (600, 600, 0))
    found = coverage_equity(office_data(registrations=table))
    assert found.value == pytest.approx(65 / 89)
    assert found.inputs["worst_kecamatan"] == "99.01.01, 99.01.02"


@given(st.lists(st.tuples(st.integers(1, 5000), st.integers(1, 100)), min_size=2, max_size=3))
def test_equity_lies_between_nothing_and_one(
    office_data: Any, shares: list[tuple[int, int]]
) -> None:
    """The worst-covered fifth is never better covered than the whole."""
    rows = [(base * 100, base * percent, 0) for base, percent in shares]
    value = coverage_equity(office_data(registrations=counts(*rows))).value
    assert value is not None and 0 < value <= 1 + 1e-12


def test_equity_needs_something_to_compare(office_data: Any) -> None:
    """One kecamatan, or nobody recorded: no number, each with its reason."""
    one = coverage_equity(office_data(registrations=counts((100, 90, 80))))
    none = coverage_equity(office_data(registrations=counts((100, 0, 0), (100, 0, 0))))
    codes = [found.reason.code for found in (one, none) if found.reason]
    assert codes == ["one_kecamatan_only", "nobody_recorded"]


def by_sex(**numbers: int | None) -> pd.DataFrame:
    extra = {name: pd.array([value], dtype="Int64") for name, value in numbers.items()}
    return counts((1000, 900, 800), **extra)


def test_sex_parity(office_data: Any) -> None:
    """Men 450 of 480 = 93.75 %, women 450 of 520 = 86.54 %: 0.9231."""
    table = by_sex(obligated_male=480, obligated_female=520, recorded_male=450, recorded_female=450)
    assert sex_parity(office_data(registrations=table)).value == pytest.approx(
        (450 / 520) / (450 / 480)
    )


def test_nobody_of_one_sex_recorded_is_a_parity_of_zero(office_data: Any) -> None:
    """A zero is a count, not a blank; a blank leaves no number."""
    zero = by_sex(obligated_male=480, obligated_female=520, recorded_male=900, recorded_female=0)
    assert sex_parity(office_data(registrations=zero)).value == 0.0
    blank = by_sex(
        obligated_male=480, obligated_female=520, recorded_male=900, recorded_female=None
    )
    found = sex_parity(office_data(registrations=blank))
    assert found.reason is not None and found.reason.code == "counts_by_sex_missing"
