"""Sample sizes against the printed table of Krejcie and Morgan."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.errors import Refused
from ektp_analytics.measures.sampling import achieved, allocate, required_sample, slovin

TABLE = Path(__file__).parents[2].parent / "shared" / "data" / "krejcie_morgan_1970_table.csv"


@pytest.mark.skipif(not TABLE.exists(), reason="the printed table is not at hand")
def test_all_rows_of_the_printed_table() -> None:
    """Krejcie and Morgan (1970), Table 1: 90 rows."""
    with TABLE.open(encoding="utf-8") as lines:
        rows = [(int(row["N"]), int(row["S"])) for row in csv.DictReader(lines)]
    assert len(rows) == 90
    assert [required_sample(n) for n, _ in rows] == [s for _, s in rows]


@pytest.mark.parametrize(
    ("n", "table", "ceiling"), [(500, 217, 218), (2400, 331, 332), (120_000, 383, 383)]
)
def test_table_and_ceiling_differ(n: int, table: int, ceiling: int) -> None:
    """N = 500 gives 217.47, N = 2,400 gives 331.06; the table stops short of both."""
    assert required_sample(n) == table
    assert required_sample(n, rounding="ceiling") == ceiling


def test_slovin() -> None:
    """1,000 / (1 + 1,000 x 0.05^2) = 285.71; 400 / 2 is exactly 200."""
    assert slovin(1000, 0.05) == 286
    assert slovin(400, 0.05) == 200
    assert slovin(1000, 0.1) == 91


@pytest.mark.parametrize("n", [0, -5])
def test_an_empty_population_is_refused(n: int) -> None:
    """Nobody served means no sample, said in words."""
    with pytest.raises(Refused, match="populasi"):
        required_sample(n)
    with pytest.raises(Refused, match="populasi"):
        slovin(n)


def test_unknown_rounding_and_margin() -> None:
    """A typing slip is not taken for a choice."""
    with pytest.raises(ValueError, match="ceiling"):
        required_sample(100, rounding="up")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="margin"):
        slovin(100, 5)


def test_allocation_by_largest_remainder() -> None:
    """Hamilton's rule by hand: quotas 4.7, 3.3, 2.0 of 10 give 5, 3, 2."""
    assert allocate(10, {"A": 47, "B": 33, "C": 20}) == {"A": 5, "B": 3, "C": 2}


def test_allocation_tie_goes_to_the_larger_stratum() -> None:
    """Quotas 1.5 and 0.5 and 1.0 of 3: the half goes to the larger stratum."""
    assert allocate(3, {"small": 10, "large": 30, "middle": 20}) == {
        "small": 0,
        "large": 2,
        "middle": 1,
    }


def test_allocation_refuses_more_than_there_are() -> None:
    """A sample of 11 from 10 persons."""
    with pytest.raises(Refused, match="11"):
        allocate(11, {"A": 4, "B": 6})
    with pytest.raises(Refused):
        allocate(0, {"A": 0})


@given(
    st.dictionaries(st.text(max_size=3), st.integers(0, 500), min_size=1, max_size=8).filter(
        lambda strata: sum(strata.values()) > 0
    ),
    st.floats(0, 1),
)
def test_allocation_sums_and_keeps_quota(strata: dict[str, int], part: float) -> None:
    """Largest remainder keeps quota: each share is the quota rounded down or up."""
    total = sum(strata.values())
    sample = int(part * total)
    shares = allocate(sample, strata)
    assert sum(shares.values()) == sample
    for name, size in strata.items():
        assert shares[name] <= size
        assert abs(shares[name] - sample * size / total) < 1


def test_achieved() -> None:
    """278 are required of 1,000; 250 came: 89.9 percent, 28 short."""
    found = achieved(250, required_sample(1000))
    assert found.percent == pytest.approx(89.928, abs=0.001)
    assert found.shortfall == 28
    assert achieved(300, 278).percent == pytest.approx(107.914, abs=0.001)
    assert achieved(300, 278).shortfall == 0


def test_achieved_without_population() -> None:
    """Without the persons served there is nothing to compare with."""
    found = achieved(250, None)
    assert found.percent is None
    assert found.reason is not None
