"""A printed figure keeps its digits and decimals; what it can mean is listed, not guessed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.measures.printed_number import (
    agreement,
    agreement_below,
    cut,
    half_up,
    is_blank,
    largest_below,
    readings,
)


def values(text: str, *, count: bool) -> list[Fraction]:
    return [n.value for n in readings(text, count=count)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.325.996", [1325996]),
        ("1,325,996", [1325996]),
        ("1 325 996", [1325996]),
        ("2476092", [2476092]),
        ("23 orang", [23]),
        ("1234.0", [1234]),
        ("1.03.456", [103456]),
        ("1.325", [1325, Fraction("1.325")]),
        ("106,51", [Fraction("106.51"), 10651]),
        ("-12", [-12]),
    ],
)
def test_counts_as_an_indonesian_reads_them(text: str, expected: list[Fraction]) -> None:
    """The paper prints 1.325.996 for a count and 106,51 for one that lost a digit."""
    assert values(text, count=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8,98%", [Fraction("8.98")]),
        ("93.68 %", [Fraction("93.68")]),
        ("6,82 persen", [Fraction("6.82")]),
        ("1.234,5", [Fraction("1234.5")]),
        ("1,234.5", [Fraction("1234.5")]),
        ("12.983", [Fraction("12.983"), 12983]),
        ("85.017341040462", [Fraction("85.017341040462")]),
    ],
)
def test_shares_and_means(text: str, expected: list[Fraction]) -> None:
    """Decimal comma and decimal point mean the same; three decimals are tried first."""
    assert values(text, count=False) == expected


@pytest.mark.parametrize(
    "text", ["90 persen lebih", "sekitar 90", "1..2", "1,2,3.4.5", "abc", "5."]
)
def test_text_that_is_no_number_has_no_reading(text: str) -> None:
    """About 90 percent, said in words, is no figure (row 1 of the press figures)."""
    assert readings(text, count=False) == ()


@pytest.mark.parametrize("text", ["", " ", "-", "–", "n/a", "NaN"])
def test_blanks(text: str) -> None:
    """A dash prints nothing."""
    assert is_blank(text)


def test_agreement_by_hand() -> None:
    """12.983 at one decimal is 13.0 rounded and 12.9 cut (public case R08); 13.1 is neither."""
    exact = Fraction("12.983")
    printed = {t: readings(t, count=False)[0] for t in ("12.983", "13.0", "12.9", "13.1")}
    found = {t: agreement(p, exact) for t, p in printed.items()}
    assert found == {"12.983": "follows", "13.0": "rounded", "12.9": "truncated", "13.1": None}


def test_stored_doubles_agree_within_machine_rounding() -> None:
    """2159/11998 is 17.99466577762961 as a double of 16 digits; one digit off still agrees.

    A last digit that differs by far more than a double's rounding does not.
    """
    exact = Fraction(215900, 11998)
    assert agreement(readings("17.99466577762961", count=False)[0], exact) == "rounded"
    assert agreement(readings("17.994665777629614", count=False)[0], exact) == "rounded"
    assert agreement(readings("17.994665777639614", count=False)[0], exact) is None


def test_the_open_interval_of_a_rounded_mean() -> None:
    """3.89 stands for [3.885, 3.895); times 25 that is 97.13 to 97.37 at two decimals."""
    low, high = Fraction("3.885") * 25, Fraction("3.895") * 25
    assert half_up(low, 2) == Fraction("97.13")
    assert largest_below(high, 2) == Fraction("97.37")
    assert agreement_below(readings("97.37", count=False)[0], low, high)
    assert not agreement_below(readings("97.38", count=False)[0], low, high)


@given(st.fractions(0, 1000), st.integers(0, 6))
def test_rounding_and_cutting_bracket_the_value(value: Fraction, decimals: int) -> None:
    """Cutting never exceeds the value, rounding is off by at most half a unit."""
    unit = Fraction(1, 10**decimals)
    assert 0 <= value - cut(value, decimals) < unit
    assert abs(half_up(value, decimals) - value) <= unit / 2


@given(st.integers(0, 10**9))
def test_a_grouped_count_reads_back(count: int) -> None:
    """Writing with dots and reading again gives the count."""
    assert values(f"{count:,}".replace(",", "."), count=True)[0] == count
