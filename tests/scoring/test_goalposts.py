"""Goalposts: floor 0, target 100, the cap last and shown."""

from datetime import date
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.errors import Refused, because
from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.goalposts import Goalposts, capped, goalposts, score_indicator

DAY = date(2023, 3, 31)


@pytest.mark.parametrize(
    ("value", "floor", "target", "printed"),
    [
        (71.4, 25, 85, 0.773),
        (87.4, 0, 100, 0.874),
        (68.7, 0, 100, 0.687),
        (log(8407), log(100), log(40000), 0.740),
    ],
)
def test_the_dimension_indices_of_turkey(
    value: float, floor: float, target: float, printed: float
) -> None:
    """UNDP, Human Development Report 2007/2008, technical note 1: fixed goalposts, Turkey.

    Life expectancy 71.4, adult literacy 87.4, enrolment 68.7, GDP 8,407 dollars.
    """
    assert round(Goalposts(floor, target).uncapped(value) / 100, 3) == printed


def test_lower_is_better_when_the_floor_is_the_larger() -> None:
    """A wait of 10 days scores 0, of 2 days 100, of 4 days 75 by proportion."""
    assert Goalposts(10, 2).uncapped(4) == 75


@given(
    st.floats(-1e6, 1e6), st.floats(-1e3, 1e3), st.floats(-1e3, 1e3).filter(lambda x: abs(x) > 1)
)
def test_the_value_for_a_score_earns_that_score(score: float, floor: float, span: float) -> None:
    """The two directions of the goalposts undo each other."""
    posts = Goalposts(floor, floor + span)
    assert posts.uncapped(posts.value_for(score)) == pytest.approx(score, rel=1e-6, abs=1e-6)


def test_the_cap_comes_last_and_is_shown(catalogue: Catalogue) -> None:
    """104.8 % recorded was published by Mukomuko: above the target of 99.4, scored 100."""
    value = IndicatorValue(code="recording_coverage", value=104.8, n=1000)
    scored = score_indicator(value, catalogue["recording_coverage"], DAY)
    assert scored.value == 104.8
    assert scored.score == 100
    assert scored.score_uncapped == pytest.approx(100 * 24.8 / 19.4)
    assert "score_above_target" in [note.code for note in scored.notes]


def test_below_the_floor_is_zero_and_said(catalogue: Catalogue) -> None:
    """70 % recorded is below the floor of 80 %."""
    value = IndicatorValue(code="recording_coverage", value=70, n=1000)
    scored = score_indicator(value, catalogue["recording_coverage"], DAY)
    assert (scored.score, [note.code for note in scored.notes]) == (0, ["score_below_floor"])


def test_the_target_of_the_periods_own_year(catalogue: Catalogue) -> None:
    """99.3 % was the national target of 2022 and 99.4 % that of 2023."""
    posts = [goalposts(catalogue["recording_coverage"], date(y, 12, 31)) for y in (2022, 2023)]
    assert posts == [Goalposts(80, 99.3), Goalposts(80, 99.4)]


@pytest.mark.parametrize(
    ("n", "scored", "note"),
    [(4, False, None), (5, True, "small_n"), (29, True, "small_n"), (30, True, None)],
)
def test_few_observations(catalogue: Catalogue, n: int, scored: bool, note: str | None) -> None:
    """Fewer than 5: shown, not scored; 5 to 29: scored and marked."""
    value = IndicatorValue(code="complaints_in_time", value=80, n=n)
    result = score_indicator(value, catalogue["complaints_in_time"], DAY)
    assert result.value == 80
    assert (result.score is not None) == scored
    assert [mark.code for mark in result.notes] == ([note] if note else [])
    assert (result.reason is None) == scored


@pytest.mark.parametrize("value", [-0.1, 100.1, float("nan"), float("inf")])
def test_an_impossible_value_is_refused(catalogue: Catalogue, value: float) -> None:
    """A share runs from 0 to 100; a value outside is an error of data or unit."""
    given_value = IndicatorValue(code="promise_kept", value=value, n=50)
    with pytest.raises(Refused, match="promise_kept"):
        score_indicator(given_value, catalogue["promise_kept"], DAY)


@pytest.mark.parametrize("status", ["not assessed", "not computable"])
def test_what_was_not_assessed_is_not_scored(catalogue: Catalogue, status: str) -> None:
    """Absent is absent with its own reason, never zero."""
    why = because("no_data")
    value = IndicatorValue(code="promise_kept", status=status, reason=why)  # type: ignore[arg-type]
    result = score_indicator(value, catalogue["promise_kept"], DAY)
    assert (result.score, result.reason) == (None, why)


def test_an_indicator_before_its_day_is_not_scored(catalogue: Catalogue) -> None:
    """The survey of 2017 did not exist in 2016."""
    value = IndicatorValue(code="skm_waktu", value=80, n=100)
    result = score_indicator(value, catalogue["skm_waktu"], date(2016, 12, 31))
    assert result.score is None
    assert result.reason is not None
    assert result.reason.code == "indicator_not_yet_valid"


def test_a_shown_indicator_has_no_score(catalogue: Catalogue) -> None:
    """Digital identity activation is printed beside the card and not scored."""
    value = IndicatorValue(code="ikd_activation", value=12, n=1000)
    result = score_indicator(value, catalogue["ikd_activation"], DAY)
    assert (result.value, result.score) == (12, None)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_capped_score_lies_on_the_scale(score: float) -> None:
    """The scale of every score is 0 to 100."""
    assert 0 <= capped(score) <= 100
