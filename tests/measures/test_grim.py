"""GRIM against published worked examples, and shares of a known total."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.measures.grim import (
    cut_sum,
    mean_is_possible,
    percent_is_possible,
    total_exists,
)
from ektp_analytics.measures.printed_number import PrintedNumber, half_up, readings


def number(text: str) -> PrintedNumber:
    return readings(text, count=False)[0]


@pytest.mark.parametrize(
    ("mean", "n", "source"),
    [
        ("5.27", 43, "R package scrutiny, vignette grim: grim('5.27', 43) is FALSE"),
        ("3.48", 20, "Wikipedia, GRIM test: means of 20 throws end in 0 or 5"),
        ("5.93", 49, "The Economist, 18 June 2016, Come again: 290.57 is no whole sum"),
        ("5.19", 28, "Brown and Heathers 2017: 145/28 is 5.18 and 146/28 is 5.21"),
    ],
)
def test_published_impossible_means(mean: str, n: int, source: str) -> None:
    """The worked examples of the literature (named in the parameters) are impossible."""
    assert mean_is_possible(number(mean), n) == "impossible", source


@pytest.mark.parametrize(
    ("mean", "n", "verdict"),
    [("5.18", 28, "rounded"), ("5.21", 28, "rounded"), ("3.50", 20, "follows")],
)
def test_possible_means(mean: str, n: int, verdict: str) -> None:
    """145/28 = 5.1786, 146/28 = 5.2143, 70/20 = 3.5."""
    assert mean_is_possible(number(mean), n) == verdict


def test_ties_round_up_or_down() -> None:
    """9/8 = 1.125 may be printed 1.13 or 1.12 (Wikipedia, GRIM test, procedure)."""
    assert mean_is_possible(number("1.13"), 8) == "rounded"
    assert mean_is_possible(number("1.12"), 8) == "rounded"


def test_out_of_range_says_nothing() -> None:
    """With 100 answers every two-decimal mean is possible; nine items of 28 are 252."""
    assert mean_is_possible(number("3.19"), 99) != "not checkable"
    assert mean_is_possible(number("3.19"), 100) == "not checkable"
    assert mean_is_possible(number("3.19"), 28, items=9) == "not checkable"
    assert mean_is_possible(number("3.19"), 0) == "not checkable"


def test_a_mean_that_was_cut_is_named() -> None:
    """227/43 = 5.2790…: 5.27 if cut; no sum of 20 answers gives 3.48 either way."""
    assert cut_sum(number("5.27"), 43) == 227
    assert cut_sum(number("3.48"), 20) is None


def test_percentages_of_a_small_total() -> None:
    """Of seven, 2 are 28.57 % and 3 are 42.86 %: 33 % is none, 29 % and 28 % (cut) are one."""
    assert percent_is_possible(number("33"), 7) == "impossible"
    assert percent_is_possible(number("29"), 7) == "rounded"
    assert percent_is_possible(number("28"), 7) == "truncated"
    assert percent_is_possible(number("33.33"), 20000) == "not checkable"


def test_a_total_for_a_count_and_its_percentage() -> None:
    """3 is 30 % of 10 and 27.3 % of 11: no total makes it 28.5 %. Mukomuko's 104.8 % has one."""
    assert total_exists(3, number("30"))
    assert not total_exists(3, number("28.5"))
    assert total_exists(131103, number("104.8"))
    assert total_exists(0, number("0"))
    assert not total_exists(0, number("5"))


@given(st.integers(1, 99), st.data())
def test_no_true_mean_is_accused(n: int, data: st.DataObject) -> None:
    """Whatever whole answers gave, their mean rounded to two decimals is possible."""
    total = data.draw(st.integers(n, 4 * n))
    printed = half_up(Fraction(total, n), 2)
    text = f"{float(printed):.2f}"
    assert mean_is_possible(number(text), n) in {"follows", "rounded"}
