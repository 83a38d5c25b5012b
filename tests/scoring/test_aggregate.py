"""Weighted means over two levels against published composites, and their invariants."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ektp_analytics.framework.catalogue import load_catalogue
from ektp_analytics.scoring.aggregate import (
    aspect_scores,
    effective_weights,
    geometric_mean,
    layout_of,
    principle_scores,
    weighted_mean,
)

LAYOUT = layout_of(load_catalogue())
K = len(LAYOUT.codes)

partly_assessed = arrays(
    float, K, elements=st.one_of(st.floats(0, 100), st.just(0.0), st.just(float("nan")))
)


def test_the_handbooks_two_countries() -> None:
    """OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6.

    Values 21, 1, 1, 1 and 6, 6, 6, 6 have the same additive composite; the geometric one
    is 2.14 for the first and 6.00 for the second.
    """
    countries = [[21, 1, 1, 1], [6, 6, 6, 6]]
    equal = [1, 1, 1, 1]
    assert weighted_mean(countries, equal).tolist() == [6, 6]
    assert geometric_mean(countries, equal).round(2).tolist() == [2.14, 6.00]


def test_the_human_development_index_of_turkey() -> None:
    """UNDP, Human Development Report 2007/2008, technical note 1: two levels of means.

    Education 2/3 · 0.874 + 1/3 · 0.687 = 0.812; index (0.773 + 0.812 + 0.740) / 3 = 0.775.
    """
    education = float(weighted_mean([0.874, 0.687], [2, 1]))
    assert round(education, 3) == 0.812
    assert round(float(weighted_mean([0.773, education, 0.740], [1, 1, 1])), 3) == 0.775


def test_a_zero_makes_the_geometric_mean_zero() -> None:
    """COINr issue 47: dropping the zero of 0, 90, 70 would give 79.37."""
    assert geometric_mean([0, 90, 70], [1, 1, 1]) == 0


def test_a_zero_without_weight_does_not_count() -> None:
    """Zero to the power zero is one: what has no weight has no say."""
    assert geometric_mean([0, 90, 90], [0, 1, 1]) == pytest.approx(90)


@pytest.mark.parametrize("scores", [[-1, 1, float("nan")], [-1, 1, 2], [float("nan"), 1, 1]])
def test_a_negative_or_blank_score_has_no_geometric_mean(scores: list[float]) -> None:
    """DescTools issue 85: minus one, one and a blank must be refused, not crash or pass."""
    with pytest.raises(ValueError, match="scores"):
        geometric_mean(scores, [1, 1, 1])


def test_weights_that_exceed_one_are_renormalised() -> None:
    """COINr issue 54: 0.4, 0.3, 0.3, 0.1 on 80, 70, 60, 50 is 69.09, not 76.00."""
    assert round(float(weighted_mean([80, 70, 60, 50], [0.4, 0.3, 0.3, 0.1])), 2) == 69.09


@pytest.mark.parametrize("weights", [[0.5, float("nan")], [0.5, -0.5], [0, 0]])
def test_blank_negative_or_empty_weights_are_refused(weights: list[float]) -> None:
    """A blank weight must not blank or skew the whole group."""
    with pytest.raises(ValueError, match="weights"):
        weighted_mean([80, 60], weights)


def test_a_principle_is_the_mean_of_its_aspects_and_these_of_their_indicators() -> None:
    """By hand: clarity (60 + 80 + 100) / 3 = 80, published 50, certainty absent: 65."""
    scores = np.full(K, np.nan)
    for code, score in {
        "skm_persyaratan": 60,
        "skm_prosedur": 80,
        "skm_biaya": 100,
        "service_standards_published": 50,
    }.items():
        scores[LAYOUT.codes.index(code)] = score
    aspects = dict(zip(LAYOUT.aspects, aspect_scores(scores, LAYOUT), strict=True))
    assert aspects["transparency.clarity"] == pytest.approx(80)
    assert aspects["transparency.published"] == pytest.approx(50)
    place = LAYOUT.principles.index("transparency")
    assert principle_scores(scores, LAYOUT)[place] == pytest.approx(65)
    geometric = principle_scores(scores, LAYOUT, geometric=True)[place]
    assert geometric == pytest.approx((80 * 50) ** 0.5)


@given(partly_assessed)
def test_effective_weights_give_the_score_back(scores: np.ndarray) -> None:
    """Each principle's score is Σ effective weight · score, and the weights sum to one."""
    assessed = ~np.isnan(scores)
    weights = effective_weights(assessed, LAYOUT)
    principle_of = LAYOUT.in_aspect @ LAYOUT.in_principle
    sums = weights @ principle_of
    means = principle_scores(scores, LAYOUT)
    assert np.allclose(sums, ~np.isnan(means))
    assert np.allclose((weights * np.nan_to_num(scores)) @ principle_of, np.nan_to_num(means))


@given(partly_assessed)
def test_the_geometric_mean_never_exceeds_the_arithmetic(scores: np.ndarray) -> None:
    """Inequality of arithmetic and geometric means; equal exactly when aspects are equal."""
    arithmetic = principle_scores(scores, LAYOUT)
    geometric = principle_scores(scores, LAYOUT, geometric=True)
    assert (np.isnan(arithmetic) == np.isnan(geometric)).all()
    both = ~np.isnan(arithmetic)
    assert (geometric[both] <= arithmetic[both] + 1e-9).all()


@given(partly_assessed, st.integers(0, K - 1), st.floats(0, 100), st.booleans())
def test_no_score_falls_when_an_indicator_rises(
    scores: np.ndarray, place: int, rise: float, geometric: bool
) -> None:
    """Both aggregations are weakly monotone in every indicator."""
    better = scores.copy()
    better[place] = min(100, better[place] + rise) if not np.isnan(better[place]) else np.nan
    before, after = (
        np.nan_to_num(principle_scores(s, LAYOUT, geometric=geometric)) for s in (scores, better)
    )
    assert (after >= before - 1e-9).all()


@settings(max_examples=30)
@given(arrays(float, (5, K), elements=st.floats(0, 100)), st.booleans())
def test_many_rows_at_once_are_the_rows_one_by_one(rows: np.ndarray, geometric: bool) -> None:
    """Simulation and headline go through the same code."""
    together = principle_scores(rows, LAYOUT, geometric=geometric)
    single = [principle_scores(row, LAYOUT, geometric=geometric) for row in rows]
    assert np.allclose(together, single)


def test_a_layout_follows_the_order_of_its_own_catalogue() -> None:
    """Two catalogues of one version that differ in order never share a layout."""
    catalogue = load_catalogue()
    turned = replace(catalogue, indicators=dict(reversed(catalogue.indicators.items())))
    assert layout_of(turned).codes == LAYOUT.codes[::-1]
    assert layout_of(turned).indicator_weights.tolist() == LAYOUT.indicator_weights.tolist()[::-1]
    assert layout_of(catalogue) is LAYOUT
