"""Exact numbers and half-up rounding, so that a printed figure never hangs on a binary digit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

Number = int | float | str | Decimal | Fraction


def exact(number: Number) -> Fraction:
    """Return a number as the fraction it is written as.

    Parameters
    ----------
    number
        Whole number, fraction, decimal, decimal text or float. A float is taken as the
        decimal it prints as: 76.61 is 7661/100, not the binary number nearest to it.

    Returns
    -------
    Fraction
    """
    if isinstance(number, int | Decimal | Fraction):
        return Fraction(number)
    return Fraction(repr(float(number)) if isinstance(number, float) else number)


def round_half_up(number: Number, decimals: int = 2) -> Decimal:
    """Round to a number of decimals, ties away from zero, without any binary step.

    Parameters
    ----------
    number
        See `exact`.
    decimals
        Decimals to keep, 0 or more.

    Returns
    -------
    Decimal
        With exactly `decimals` decimals: ``round_half_up("76.605")`` is 76.61.
    """
    scaled = exact(number) * 10**decimals
    steps, rest = divmod(abs(scaled.numerator), scaled.denominator)
    steps += 2 * rest >= scaled.denominator
    return Decimal(-steps if scaled < 0 else steps).scaleb(-decimals)
