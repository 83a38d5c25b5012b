"""Printed means: the scale, the number of answers, and what rounding allows."""

from fractions import Fraction

import pytest

from ektp_analytics.measures.explanations import say
from ektp_analytics.measures.mean_judges import (
    AnswerScale,
    judge_mean,
    judge_mean_of_elements,
    judge_sample,
    mean_span,
)
from ektp_analytics.measures.printed_number import PrintedNumber, readings

SCALE = AnswerScale(1, 4)


def numbers(*texts: str) -> tuple[PrintedNumber, ...]:
    return tuple(readings(t, count=False)[0] for t in texts)


def mean(*texts: str, over_all: bool = False) -> str:
    judged = judge_mean(numbers(*texts), scale=SCALE, over_all=over_all, why=say("no_bands"))
    return judged.verdict


def test_mean_by_scale_and_answers() -> None:
    """3.48 of 20 is impossible, 3.45 is 69/20, 4.6 is off the scale, 3.48 of 100 untestable."""
    assert mean("3.48", "20") == "impossible"
    assert mean("3.45", "20") == "follows"
    assert mean("4.60", "20") == "impossible"
    assert mean("3.48", "100") == "not checkable"
    assert mean("3.48") == "not checkable"
    assert mean("3.48", "20", over_all=True) == "not checkable"


def test_a_cut_mean_is_named() -> None:
    """141/43 = 3.2790 would print 3.27 if cut."""
    judged = judge_mean(numbers("3.27", "43"), scale=SCALE, over_all=False, why=say("no_bands"))
    assert judged.verdict == "impossible"
    assert "141 ÷ 43" in str(judged.explanation)


def test_number_of_respondents() -> None:
    """One respondent is noted, half a respondent is impossible."""
    assert judge_sample(numbers("1")).verdict == "not checkable"
    assert judge_sample(numbers("12.5")).verdict == "impossible"
    assert judge_sample(numbers("220")).verdict == "follows"


def test_the_span_of_a_rounded_mean() -> None:
    """3.89 is [3.885, 3.895); with 9 answers 3.89 is exactly 35/9."""
    span = mean_span(numbers("3.89"), None)
    assert (span.low, span.high, span.closed) == (Fraction("3.885"), Fraction("3.895"), False)
    exact = mean_span(numbers("3.89"), 9)
    assert (exact.low, exact.high, exact.closed) == (Fraction(35, 9), Fraction(35, 9), True)


def test_lost_zeros_do_not_widen_the_span() -> None:
    """3.5 beside 3.48 was 3.50: half a hundredth each side."""
    span = mean_span(numbers("3.5", "3.48"), None)
    assert span.high - span.low == Fraction(1, 100)


@pytest.mark.parametrize(
    ("printed", "verdict"), [("3.5", "follows"), ("3.50", "follows"), ("3.6", "does not follow")]
)
def test_mean_of_elements(printed: str, verdict: str) -> None:
    """3.25 and 3.75 average 3.5."""
    assert judge_mean_of_elements(numbers(printed, "3.25", "3.75"), n=None).verdict == verdict
