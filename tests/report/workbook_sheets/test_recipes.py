"""A live formula is written only where it gives the value that was computed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.report.workbook_sheets.recipes import Recipe, recipe_for


def test_a_share_follows_from_its_two_counts() -> None:
    """234 of 914 is 25.60 percent; the formula divides the cells and multiplies by 100."""
    value = IndicatorValue(code="schedule_kept", value=100 * 234 / 914,
                           inputs={"hits": 234, "trials": 914})  # fmt: skip
    recipe = recipe_for(value)
    assert recipe is not None
    assert recipe.formula({"hits": "$B$1", "trials": "$B$2"}) == "100*SUM($B$1)/SUM($B$2)"


def test_a_value_its_inputs_do_not_give_gets_no_formula() -> None:
    """A Kaplan–Meier share is not finished ÷ (finished + open)."""
    inputs = {"hits": 3, "trials": 4}
    assert recipe_for(IndicatorValue(code="legal_time_limit", value=71.2, inputs=inputs)) is None
    assert recipe_for(IndicatorValue(code="legal_time_limit", value=75.0, inputs=inputs))


@pytest.mark.parametrize(
    "inputs", [{}, {"hits": 1}, {"hits": None, "trials": 3}, {"hits": "1", "trials": 3},
               {"hits": 0, "trials": 0}, {"hits": True, "trials": 1}]
)  # fmt: skip
def test_missing_or_empty_inputs_give_no_formula(inputs: dict[str, object]) -> None:
    assert recipe_for(IndicatorValue(code="free_of_charge", value=100.0, inputs=inputs)) is None


@given(st.lists(st.floats(0.01, 1000), min_size=2, max_size=4))
def test_lowest_over_highest_is_between_zero_and_one(figures: list[float]) -> None:
    recipe = Recipe(tuple("abcd"[: len(figures)]), kind="lowest")
    value = recipe.value(dict(zip("abcd", figures, strict=False)))
    assert value is not None
    assert 0 < value <= 1
