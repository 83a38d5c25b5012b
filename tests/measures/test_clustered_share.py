"""Shares counted over clusters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.measures.clustered_share import clustered_share
from ektp_analytics.measures.proportions import wilson


@given(st.lists(st.booleans(), min_size=2, max_size=60))
def test_single_trials_give_wilson(outcomes: list[bool]) -> None:
    """One trial per cluster is no clustering: Wilson's interval to the last digit."""
    found = clustered_share([int(o) for o in outcomes], [1] * len(outcomes))
    assert found.value == pytest.approx(sum(outcomes) / len(outcomes))
    assert found.interval.pair == pytest.approx(wilson(sum(outcomes), len(outcomes)).pair)


def test_design_effect_by_hand() -> None:
    """Counters 4 of 5, 5 of 5 and 2 of 5: p = 11/15.

    Residuals x − 5p = 0.3333, 1.3333, −1.6667; squares sum to 4.6667. Variance
    3/2 · 4.6667/225 = 0.031111; independent trials p(1 − p)/14 = 0.013968; design effect
    2.2273, so 15 trials count as 6.7347. Wilson with p = 11/15 and n = 6.7347, z = 1.95996:
    0.3689 to 0.9282.
    """
    found = clustered_share([4, 5, 2], [5, 5, 5])
    assert found.value == pytest.approx(11 / 15)
    n, p, z = 15 / 2.2273, 11 / 15, 1.959964
    half = z * (p * (1 - p) / n + z**2 / (4 * n**2)) ** 0.5
    middle = p + z**2 / (2 * n)
    expected = tuple((middle + s * half) / (1 + z**2 / n) for s in (-1, 1))
    assert found.interval.pair == pytest.approx(expected, abs=1e-4)
    assert found.interval.pair == pytest.approx((0.3689, 0.9282), abs=1e-4)


def test_clusters_all_alike_are_not_narrower_than_their_trials() -> None:
    """3 of 5 every day: no spread between days, taken as 15 independent trials."""
    assert clustered_share([3, 3, 3], [5, 5, 5]).interval.pair == pytest.approx(wilson(9, 15).pair)


def test_everything_or_nothing_counts_the_clusters() -> None:
    """All 20 on all four days: the days are what was seen, 4 of 4."""
    assert clustered_share([5] * 4, [5] * 4).interval.pair == pytest.approx(wilson(4, 4).pair)


def test_too_little_for_an_interval() -> None:
    """One day with trials: the share, and why there is no interval; none: no share."""
    one = clustered_share([3, 0], [5, 0])
    assert one.value == 0.6
    assert one.interval.pair is None
    assert one.interval.reason is not None and one.interval.reason.code == "one_cluster_only"
    assert clustered_share([0], [0]).value is None


def test_more_hits_than_trials_is_an_error() -> None:
    with pytest.raises(ValueError, match="more hits"):
        clustered_share([6, 1], [5, 5])
