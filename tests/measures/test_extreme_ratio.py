"""The interval of lowest against highest: its coverage measured, its ends where they must be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ektp_analytics.measures.extreme_ratio import SEED, extreme_pair, extreme_ratio_interval
from ektp_analytics.measures.shrinkage import shrink_shares
from ektp_analytics.scoring.settings import DEFAULT_SETTINGS

OFFICES, FEW_DRAWS = 300, 400


def coverage(groups: int, mean: float, strength: float | None) -> float:
    """Return how often the interval holds the true ratio of the two groups it is about."""
    rng = np.random.default_rng(20_25)
    hits = 0
    for office in range(OFFICES):
        n = rng.integers(100, 400, groups)
        a, b = ((strength or 1) * part for part in (mean, 1 - mean))
        true = np.full(groups, mean) if strength is None else rng.beta(a, b, groups)
        x = rng.binomial(n, true)
        lowest, highest = extreme_pair(shrink_shares(x.tolist(), n.tolist()))
        found = extreme_ratio_interval(x.tolist(), n.tolist(), draws=FEW_DRAWS, seed=office)
        low, high = found.pair or (0.0, 1.0)
        ratio = min(true[lowest] / true[highest], 1.0)  # the interval ends at equal
        hits += low <= ratio <= high
    return hits / OFFICES


@pytest.mark.parametrize("groups", [2, 6, 14])
@pytest.mark.parametrize("mean", [0.3, 0.7, 0.95])
@pytest.mark.parametrize("strength", [10.0, 100.0, None])
def test_nine_in_ten_intervals_or_more_hold_the_truth(
    groups: int, mean: float, strength: float | None
) -> None:
    """Laird and Louis (1987), J. Am. Stat. Assoc. 82:739: bootstrap empirical-Bayes
    intervals come near their nominal 95 % where plain ones, with the prior taken as known, fall
    short of it. Three standard errors of 300 offices are 0.04; 0.02 are allowed beside them.
    """
    assert coverage(groups, mean, strength) >= 0.95 - 0.04 - 0.02


counts = st.integers(100, 900)


@settings(max_examples=60)
@given(st.lists(st.tuples(counts, st.floats(0, 1)), min_size=2, max_size=12))
def test_the_shrunk_ratio_lies_in_its_interval(groups: list[tuple[int, float]]) -> None:
    trials = [n for n, _ in groups]
    hits = [round(n * share) for n, share in groups]
    found = extreme_ratio_interval(hits, trials)
    if found.pair is None:
        assert found.reason is not None and sum(hits) in (0, sum(trials))
        return
    shrunk = shrink_shares(hits, trials)
    low, high = found.pair
    assert 0 <= low <= shrunk.shares.min() / shrunk.shares.max() + 1e-9
    assert shrunk.shares.min() / shrunk.shares.max() <= high + 1e-9
    assert low < high <= 1


def test_two_large_groups_agree_with_the_delta_method() -> None:
    """Katz et al. (1978), Biometrics 34:469: ln(700/800) ± 1.96·√(1/700 − 1/1000 + 1/800 −
    1/1000) = −0.13353 ± 0.05105, so 0.8314 to 0.9208.
    """
    low, high = extreme_ratio_interval([700, 800], [1000, 1000], draws=100_000)
    assert (low, high) == (pytest.approx(0.8314, abs=0.002), pytest.approx(0.9208, abs=0.002))


def test_the_order_of_the_groups_changes_only_the_draws() -> None:
    """The two groups at the ends are the same wherever they stand in the list."""
    ends = []
    for order in ([0, 1, 2, 3], [3, 1, 0, 2]):
        hits, trials = ([v[k] for k in order] for v in ([90, 300, 150, 210], [200, 400, 200, 300]))
        ends.append(extreme_ratio_interval(hits, trials, draws=50_000).pair)
    assert ends[0] == pytest.approx(ends[1], abs=0.01)


def test_the_seed_is_that_of_the_scorecard() -> None:
    """One seed is printed, so one seed must repeat every number."""
    assert DEFAULT_SETTINGS.seed == SEED
    again = [extreme_ratio_interval([60, 80, 70], [100, 100, 100]).pair for _ in range(2)]
    assert again[0] == again[1]
