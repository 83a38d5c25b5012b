"""Shares and their differences against published tables."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from ektp_analytics.measures.proportions import (
    difference_interval,
    share_difference,
    wilson,
)

DATA = Path(__file__).parents[2].parent / "shared" / "data"
REFERENCE = DATA / "statistics_reference_values.csv"


@pytest.mark.skipif(not REFERENCE.exists(), reason="reference values are not at hand")
def test_wilson_against_newcombe_table_1() -> None:
    """Newcombe (1998), Stat. Med. 17:857, Table I, method 3, four decimals."""
    with REFERENCE.open(encoding="utf-8") as lines:
        rows = [r for r in csv.DictReader(lines) if r["topic"] == "wilson_interval"]
    assert len(rows) == 8
    for row in rows:
        successes, n = (int(part) for part in row["data"].split(" of "))
        low, high = wilson(successes, n)
        found = low if row["statistic"].endswith("low") else high
        assert found == pytest.approx(float(row["value"]), abs=0.00005), row


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_difference_against_newcombe_table_2(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe (1998), Stat. Med. 17:873, Table II, method 10, four decimals."""
    interval = share_difference(first, second).interval
    assert list(interval) == pytest.approx([low, high], abs=0.00005)


def test_difference_p_value_is_the_pooled_score_test() -> None:
    """Pooled two-sample z statistic written out: z = (p1 - p2) / sqrt(p q (1/m + 1/n))."""
    pooled = 104 / 150
    z = (56 / 70 - 48 / 80) / (pooled * (1 - pooled) * (1 / 70 + 1 / 80)) ** 0.5
    found = share_difference((56, 70), (48, 80))
    assert found.test == "chi-squared"
    assert found.p_value == pytest.approx(2 * norm.sf(z), rel=1e-9)


def test_small_counts_use_fisher() -> None:
    """Fisher's tea tasting, The Design of Experiments (1935): two-sided p = 34/70."""
    found = share_difference((3, 4), (1, 4))
    assert found.test == "Fisher exact"
    assert found.p_value == pytest.approx(34 / 70)


def test_nothing_counted_has_a_reason() -> None:
    """A share of nothing is not a number."""
    interval = wilson(0, 0)
    assert interval.pair is None
    assert str(interval.reason) == "tidak ada data"
    found = share_difference((0, 0), (1, 2))
    assert found.difference is None
    assert found.p_value is None
    assert found.reason is not None


def test_more_successes_than_trials_is_refused() -> None:
    """Three of two cannot be."""
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)


def test_a_missing_interval_gives_no_difference() -> None:
    """The reason of the missing side is handed on."""
    found = difference_interval(0.5, wilson(1, 2), 0.0, wilson(0, 0))
    assert found.pair is None
    assert found.reason is not None


counts = st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts.filter(lambda pair: pair[1] > 0))
def test_wilson_never_has_zero_width(pair: tuple[int, int]) -> None:
    """The Wilson interval contains the share, lies in [0, 1] and has width, also at 0 and 1."""
    low, high = wilson(*pair)
    assert low is not None
    assert high is not None
    assert -1e-12 <= low <= pair[0] / pair[1] + 1e-12
    assert pair[0] / pair[1] - 1e-12 <= high <= 1 + 1e-12
    assert high - low > 0.001


@given(counts.filter(lambda p: p[1] > 0), counts.filter(lambda p: p[1] > 0))
def test_difference_changes_sign_when_the_groups_change_places(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    """Antisymmetry of method 10."""
    one, other = share_difference(first, second), share_difference(second, first)
    assert one.interval.pair is not None
    assert other.interval.pair is not None
    assert one.interval.pair == pytest.approx([-x for x in reversed(other.interval.pair)])
    assert one.p_value == pytest.approx(other.p_value)
