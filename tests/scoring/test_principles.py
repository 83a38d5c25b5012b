"""Bounds, weights and lines of a principle, worked by hand."""

import pytest

from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.settings import ScoreSettings


def test_bounds_of_a_partial_principle(catalogue: Catalogue, few_draws: ScoreSettings) -> None:
    """One of two promises at 60: weight 1/6, so the score lies between 10 and 10 + 83.33."""
    one = IndicatorValue(code="promise_kept", period="2025-Q1", value=60.0, n=100)
    accountability = score([one], catalogue, settings=few_draws)["accountability"]
    assert accountability.score == 60
    assert accountability.status == "partial"
    assert accountability.weight_assessed == pytest.approx(100 / 6)
    assert accountability.bounds == pytest.approx((10, 10 + 100 * 5 / 6))


def test_the_lines_show_full_and_effective_weight(
    catalogue: Catalogue, few_draws: ScoreSettings
) -> None:
    """The one assessed indicator carries the whole score and loses all of its 40 points."""
    one = IndicatorValue(code="promise_kept", period="2025-Q1", value=60.0, n=100)
    card = score([one], catalogue, settings=few_draws)
    line, other = card.line("promise_kept"), card.line("schedule_kept")
    assert (line.effective_weight, line.points_lost) == pytest.approx((100, 40))
    assert line.weight == other.weight == pytest.approx(100 / 6)
    assert (other.effective_weight, other.points_lost) == (0, None)


def test_aspects_carry_their_own_means(catalogue: Catalogue, few_draws: ScoreSettings) -> None:
    """Promises 60 and 80 are 70 together; the other aspects have nothing to show."""
    values = [
        IndicatorValue(code=code, period="2025-Q1", value=value, n=100)
        for code, value in (("promise_kept", 60.0), ("schedule_kept", 80.0))
    ]
    card = score(values, catalogue, settings=few_draws)
    aspects = {a.key: a.score for a in card["accountability"].aspects}
    assert aspects == {
        "accountability.promises": 70,
        "accountability.correction": None,
        "accountability.service_felt": None,
    }
