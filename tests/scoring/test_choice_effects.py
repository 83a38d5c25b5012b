"""One choice at a time, the others as they are."""

from collections.abc import Callable

import pytest

from ektp_analytics.framework.catalogue import Catalogue, load_catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.choice_effects import choice_effects, floor_effects, with_settings
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.scorecard import Scorecard
from ektp_analytics.scoring.settings import ScoreSettings

Values = Callable[..., list[IndicatorValue]]


@pytest.fixture(scope="module")
def card(catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings) -> Scorecard:
    return score(office_values(promise_kept=20.0), catalogue, settings=few_draws)


def test_the_score_lies_in_every_range(card: Scorecard) -> None:
    """A range that left out the score itself would not be a range around it."""
    table = choice_effects(card)
    assert set(table["choice"]) == {"weights", "aggregation", "mapping", "goalposts"}
    assert (table["low"] <= table["score"] + 1e-9).all()
    assert (table["score"] <= table["high"] + 1e-9).all()
    assert (table["span"] - (table["high"] - table["low"])).abs().max() < 1e-9


def test_each_range_is_that_of_its_own_variant(
    card: Scorecard, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Aggregation ends at the geometric score, mapping at the paper's."""
    table = choice_effects(card).set_index(["choice", "key"])
    geometric = card["accountability"].geometric
    assert table.loc[("aggregation", "accountability"), "low"] == pytest.approx(geometric)
    paper = score(
        office_values(promise_kept=20.0), load_catalogue(mapping="paper"), settings=few_draws
    )
    ends = table.loc[("mapping", "accountability"), ["low", "high"]].tolist()
    assert any(end == pytest.approx(paper["accountability"].score) for end in ends)


def test_choices_act_only_where_they_can(card: Scorecard) -> None:
    """No judged floor in transparency; the paper moves nothing in participation."""
    table = choice_effects(card).set_index(["choice", "key"])
    assert table.loc[("goalposts", "transparency"), "span"] == 0
    assert table.loc[("mapping", "participation"), "span"] == 0
    assert table.loc[("weights", "accountability"), "span"] > 0


def test_what_is_not_assessed_has_no_range(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """A survey alone: rule of law and the whole have no score, so no range."""
    lone = score(office_values(only=("survey",)), catalogue, settings=few_draws)
    table = choice_effects(lone).set_index(["choice", "key"])
    assert table.loc[("weights", "rule_of_law")].isna().all()
    assert table.loc[("weights", "overall")].isna().all()
    assert table.loc[("aggregation", "transparency"), "low"] == pytest.approx(80.0 / 0.75 - 100 / 3)


def test_a_lower_floor_is_a_kinder_one(card: Scorecard) -> None:
    """88 of 80–99.4 scores 41.24; with the floor at 75.15 it scores 52.99 (by hand)."""
    table = floor_effects(card).set_index("code")
    row = table.loc["recording_coverage"]
    assert row["lower"] == pytest.approx(80 - 0.25 * (row["target"] - 80))
    own = 100 * (88 - 80) / (row["target"] - 80)
    kinder = 100 * (88 - row["lower"]) / (row["target"] - row["lower"])
    assert row["with_lower"] - row["score"] == pytest.approx((kinder - own) / 6)
    assert row["with_higher"] < row["score"] < row["with_lower"]
    assert set(table.index) == {
        "recording_coverage",
        "coverage_equity",
        "sex_parity",
        "equal_treatment",
    }


def test_other_settings_on_the_same_values(catalogue: Catalogue, few_draws: ScoreSettings) -> None:
    """Four promises are shown and not scored; with a least n of one they are scored."""
    few = IndicatorValue(code="follow_up_done", period="2025-Q1", value=50.0, n=4)
    card = score([few], catalogue, settings=few_draws)
    assert card.line("follow_up_done").value.score is None
    line = with_settings(card, smallest_n=1).line("follow_up_done").value
    assert (line.score, line.reason) == (50.0, None)
    assert with_settings(card, minimum_weight=5, smallest_n=1)["accountability"].status == "ok"
