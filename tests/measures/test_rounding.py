"""Half-up rounding and exact reading of numbers."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.measures.rounding import exact, round_half_up


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("76.605", "76.61"),  # open case C07: half-even would print 76.60
        (76.605, "76.61"),  # the same typed as a float, whose binary value lies below
        (Fraction(604 * 25, 19 * 9), "88.30"),  # open case C04: 88.3041
        (Fraction(524 * 25, 19 * 9), "76.61"),  # open case C05: 76.6082
        (65, "65.00"),
        ("-0.005", "-0.01"),
    ],
)
def test_ties_go_away_from_zero(number, printed):
    assert str(round_half_up(number)) == printed


def test_a_float_is_the_decimal_it_prints_as():
    assert exact(76.61) == Fraction(7661, 100)
    assert exact("2.60") == Fraction(13, 5)


@given(st.decimals(min_value=-1000, max_value=1000, places=6), st.integers(0, 4))
def test_agrees_with_the_decimal_module(number, decimals):
    expected = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    assert round_half_up(number, decimals) == expected
