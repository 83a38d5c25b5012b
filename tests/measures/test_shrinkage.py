"""Beta-binomial shrinkage, by Kleinman's moments worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.measures.shrinkage import PRIOR_STRENGTH_CAP, shrink_shares


def test_moments_by_hand() -> None:
    """Kleinman (1973), two groups of 100 with 60 and 80 hits.

    m = 140/200 = 0.7; w = 1/2 each; S = ½·0.01 + ½·0.01 = 0.01. Σ w(1−w)/n = 0.005,
    Σ w(1−w) = 0.5. Correlation = (0.01/0.21 − 0.005) / (0.5 − 0.005) = 0.086099;
    strength = 1/0.086099 − 1 = 10.6145. Shares (60 + 7.4302)/110.6145 = 0.60960 and
    (80 + 7.4302)/110.6145 = 0.79040.
    """
    found = shrink_shares([60, 80], [100, 100])
    correlation = (0.01 / 0.21 - 0.005) / 0.495
    assert found.mean == pytest.approx(0.7)
    assert found.strength == pytest.approx(1 / correlation - 1)
    assert found.strength == pytest.approx(10.6145, abs=1e-3)
    assert found.shares == pytest.approx([0.60960, 0.79040], abs=1e-5)


def test_groups_that_differ_by_chance_share_one_rate() -> None:
    """50 and 52 of 100 differ less than chance allows: both become 0.51."""
    found = shrink_shares([50, 52], [100, 100])
    assert found.strength == PRIOR_STRENGTH_CAP
    assert found.shares == pytest.approx([0.51, 0.51], abs=1e-5)


def test_a_small_group_is_drawn_further() -> None:
    """0 of 5 beside 90 of 100 and 40 of 100: the small group moves most towards the mean."""
    found = shrink_shares([0, 90, 40], [5, 100, 100])
    moved = np.abs(found.shares - found.raw)
    assert moved.argmax() == 0
    assert 0 < found.shares[0] < found.mean


@pytest.mark.parametrize("hits", [[0, 0], [10, 20]])
def test_no_variation_at_the_ends(hits: list[int]) -> None:
    """Nobody or everybody: the shares stay 0 or 1 and nothing is divided by zero."""
    trials = [10, 20]
    found = shrink_shares(hits, trials)
    assert found.shares == pytest.approx([sum(hits) / 30] * 2)


def test_recovers_the_strength_of_a_beta_binomial() -> None:
    """400 groups of 200 drawn from Beta(30, 10): mean 0.75, strength 40 (seed 1)."""
    rng = np.random.default_rng(1)
    hits = rng.binomial(200, rng.beta(30, 10, 400))
    found = shrink_shares(hits.tolist(), [200] * 400)
    assert found.mean == pytest.approx(0.75, abs=0.01)
    assert found.strength == pytest.approx(40, rel=0.2)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=2, max_size=8))
def test_shares_lie_between_their_own_and_the_common_one(groups: list[tuple[int, int]]) -> None:
    hits = [min(k, n) for k, n in groups]
    found = shrink_shares(hits, [n for _, n in groups])
    low, high = np.minimum(found.raw, found.mean), np.maximum(found.raw, found.mean)
    assert (found.shares >= low - 1e-9).all() and (found.shares <= high + 1e-9).all()


@pytest.mark.parametrize(("hits", "trials"), [([1], [2]), ([1, 0], [2, 0])])
def test_at_least_two_groups_with_trials(hits: list[int], trials: list[int]) -> None:
    with pytest.raises(ValueError, match="two groups"):
        shrink_shares(hits, trials)
