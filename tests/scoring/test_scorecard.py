"""The scorecard as tables."""

from collections.abc import Callable

import pytest

from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.scorecard import status_of
from ektp_analytics.scoring.settings import ScoreSettings

Values = Callable[..., list[IndicatorValue]]


def test_one_row_per_principle_and_one_for_the_whole(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Names in the language asked for; absent numbers are missing, not zero."""
    table = score(office_values(only=("survey",)), catalogue, settings=few_draws).to_frame("en")
    assert table["name"].tolist() == [
        "Participation",
        "Transparency",
        "Accountability",
        "Rule of law",
        "Overall",
    ]
    assert table["score"].isna().tolist() == [False, False, False, True, True]


def test_points_lost_in_the_table_add_up(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """The table an auditor adds up by hand gives 100 minus the score."""
    card = score(office_values(), catalogue, settings=few_draws)
    table = card.indicator_frame()
    lost = table.groupby("principle")["points_lost"].sum()
    for principle in card.principles:
        assert principle.score is not None
        assert lost[principle.key] == pytest.approx(100 - principle.score)


def test_a_notebook_shows_a_table_without_nan(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Absent is a dash, decimals carry the Indonesian comma."""
    html = score(office_values(only=("survey",)), catalogue, settings=few_draws)._repr_html_()
    assert "NaN" not in html
    assert "None" not in html
    assert "73,33" in html  # 100 · (80 − 25) / 75, every element at 80


@pytest.mark.parametrize(
    ("assessed", "status"),
    [(0.0, "not assessed"), (64.9, "partial"), (65.0, "ok"), (65.0 - 1e-12, "ok"), (100.0, "ok")],
)
def test_status_by_weight(assessed: float, status: str) -> None:
    """Float noise at the edge must not turn ok into partial."""
    assert status_of(assessed, 65.0) == status
