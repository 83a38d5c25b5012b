"""The same values under every mapping of the catalogue."""

from collections.abc import Callable

import pytest

from ektp_analytics.framework.catalogue import Catalogue, load_catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.mappings import mappings_frame, scores_by_mapping
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.settings import ScoreSettings

Values = Callable[..., list[IndicatorValue]]


def test_each_mapping_scores_as_it_would_alone(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Cost at 25 is nothing under transparency and one ninth of the survey under the paper."""
    values = office_values(skm_biaya=25.0)
    cards = scores_by_mapping(score(values, catalogue, settings=few_draws))
    assert list(cards) == ["default", "paper"]
    alone = score(values, load_catalogue(mapping="paper"), settings=few_draws)
    assert [p.score for p in cards["paper"].principles] == [p.score for p in alone.principles]
    assert cards["default"]["transparency"].score < cards["paper"]["transparency"].score


def test_marks_are_not_set_twice(catalogue: Catalogue, few_draws: ScoreSettings) -> None:
    """A small n is marked once in every card."""
    few = IndicatorValue(code="skm_biaya", period="2025-Q1", value=80.0, n=10, interval=(70, 90))
    for card in scores_by_mapping(score([few], catalogue, settings=few_draws)).values():
        assert [note.code for note in card.line("skm_biaya").value.notes] == ["small_n"]


def test_side_by_side(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """One row per score, one pair of columns per mapping; participation is the same in both."""
    card = score(office_values(), catalogue, settings=few_draws)
    table = mappings_frame(card).set_index("key")
    row = table.loc["participation"]
    assert row["default_score"] == pytest.approx(row["paper_score"])
    assert table.loc["overall", "default_score"] == pytest.approx(card.overall.score)
