"""The printed index against its means, with the weights reports use."""

from fractions import Fraction

import pytest

from ektp_analytics.measures.explanations import say
from ektp_analytics.measures.index_judges import (
    index_outside,
    judge_index,
    judge_lone_index,
    judge_weight,
    stated_weights,
)
from ektp_analytics.measures.mean_judges import AnswerScale
from ektp_analytics.measures.printed_number import PrintedNumber, readings

SCALE = AnswerScale(1, 4)


def numbers(*texts: str) -> tuple[PrintedNumber, ...]:
    return tuple(readings(t, count=False)[0] for t in texts)


def index(*texts: str, n: int | None = None) -> tuple[str, str]:
    judged = judge_index(numbers(*texts), scale=SCALE, n=n)
    return judged.verdict, judged.explanation.code


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("97.25", ("follows", "index_by_mean")),
        ("97.13", ("rounded", "index_in_interval")),
        ("97.37", ("rounded", "index_in_interval")),
        ("97.38", ("truncated", "index_in_cut_interval")),
        ("97.49", ("truncated", "index_in_cut_interval")),
        ("97.50", ("truncated", "index_in_cut_interval")),
        ("97.51", ("does not follow", "index_bad")),
        ("97.11", ("does not follow", "index_bad")),
        ("79.22", ("does not follow", "index_bad")),
    ],
)
def test_the_interval_a_rounded_mean_allows(printed: str, expected: tuple[str, str]) -> None:
    """3.89 x 25: 97.13 to 97.37 if rounded (3.885 to 3.895), up to 97.50 if cut (below 3.90)."""
    assert index(printed, "3.89") == expected


@pytest.mark.parametrize(
    ("printed", "code"),
    [("91.48", "index_by_elements"), ("91.38", "index_by_weight"), ("90.56", "index_by_weight")],
)
def test_the_weights_reports_use(printed: str, code: str) -> None:
    """Nine means of 3.659 sum to 32.931: 91.475 by 1/9, 91.384 by 0.111, 90.560 by 0.11."""
    verdict, found = index(printed, *["3.659"] * 9)
    assert (verdict, found) == ("rounded", code)


def test_one_respondent_leaves_no_room() -> None:
    """With n = 1 means are whole answers: nine fours give 100, and 95 contradicts them."""
    assert index("100", *["4"] * 9, n=1)[0] == "follows"
    assert index("95.00", *["4"] * 9, n=1)[0] == "does not follow"


def test_an_index_not_converted() -> None:
    """3.66 on the answer scale is the mean itself."""
    assert index("3.66", "3.66") == ("follows", "index_by_mean")


def test_impossible_indices() -> None:
    """Answers 1 to 4 give 25 to 100; 4.6 x 25 = 115 is impossible; 24.75 is 1 with 0.11."""
    assert index_outside(numbers("115")[0], SCALE) is not None
    assert index_outside(numbers("20")[0], SCALE) is not None
    assert index_outside(numbers("24.75")[0], SCALE) is None
    lone = judge_lone_index(numbers("83.02"), scale=SCALE, why=say("index_alone"))
    assert lone.verdict == "not checkable"
    assert index("97.25", "4.60")[0] == "not checkable"


def test_stated_weights() -> None:
    """The note of Tulang Bawang Barat states 0.111 and 0.11; its 0.44 weighs no element."""
    text = "0.111 in the note; 0.44 per element in the table, i.e. 0.11"
    assert stated_weights(text) == (Fraction("0.111"), Fraction("0.11"))
    assert stated_weights("bobot 1/9") == (Fraction(1, 9),)
    assert stated_weights("tidak disebut") == ()


def test_the_stated_weight() -> None:
    """Nine fours: 99.90 follows from 0.111; 100 uses the exact 1/9; 98 neither."""
    fours = ["4"] * 9
    stated = (Fraction("0.111"),)
    judged = [
        judge_weight(numbers(i, *fours), scale=SCALE, stated=stated).verdict
        for i in ("99.90", "100", "98.00")
    ]
    assert judged == ["follows", "rounded", "not checkable"]
