"""Whether a printed mean or share is possible for the number of answers behind it.

The GRIM test (Brown and Heathers 2017, Social Psychological and Personality Science
8(4), 363-369): a mean of whole answers is a whole sum over n, so with few answers only
some printed means can occur. Where n is so large that every printed value can occur,
the test says nothing.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Literal

from ektp_analytics.measures.printed_number import Agreement, PrintedNumber, agreement

Possibility = Literal["follows", "rounded", "truncated", "impossible", "not checkable"]

MANY_TOTALS = 100
"""With so many whole totals in reach, one of them gives the percentage."""

_RANK: dict[Agreement, int] = {"follows": 0, "rounded": 1, "truncated": 2}


def mean_is_possible(mean: PrintedNumber, n: int, *, items: int = 1) -> Possibility:
    """Test a printed mean of whole-number answers (GRIM).

    Parameters
    ----------
    mean
        The printed mean.
    n
        Number of persons who answered.
    items
        Number of questions averaged for each person.

    Returns
    -------
    {"follows", "rounded", "impossible", "not checkable"}
        ``follows``: a whole sum gives the mean exactly; ``rounded``: it does after
        rounding to the printed decimals, ties up or down; ``impossible``: no whole sum
        does; ``not checkable``: n × items is at least 10 to the power of the decimals,
        so that every printed mean is possible, or there are no answers.

    Notes
    -----
    The sums tried are the whole numbers next to mean × n × items; a mean cut in place
    of rounded counts as impossible, as in the paper (see `cut_sum` for saying so).
    Source: Brown and Heathers (2017), granularity 1/(n × items).
    """
    answers = n * items
    if answers < 1 or not within_range(mean, answers):
        return "not checkable"
    found = _best(mean, answers, Fraction(1))
    if found == "truncated" and not _is_tie(mean, answers):
        return "impossible"
    return "rounded" if found == "truncated" else found or "impossible"


def cut_sum(mean: PrintedNumber, n: int) -> int | None:
    """Find the whole sum whose mean, cut instead of rounded, is the printed one.

    Parameters
    ----------
    mean, n
        The printed mean and the number of answers.

    Returns
    -------
    int or None
    """
    near = math.ceil(mean.value * n)
    return near if agreement(mean, Fraction(near, n)) == "truncated" else None


def percent_is_possible(percent: PrintedNumber, total: int) -> Possibility:
    """Test a printed percentage of a known total whose count is not printed.

    Parameters
    ----------
    percent
        The printed percentage.
    total
        The whole number it is a share of.

    Returns
    -------
    {"follows", "rounded", "truncated", "impossible", "not checkable"}
        As `mean_is_possible`; the step of a percentage is 100/total.
    """
    if total < 1 or Fraction(100, total) <= percent.unit:
        return "not checkable"
    found = _best(percent, total, Fraction(100))
    return found if found is not None else "impossible"


def total_exists(part: int, percent: PrintedNumber) -> bool:
    """Say whether some whole total makes a count the printed percentage of it.

    Parameters
    ----------
    part
        The printed count.
    percent
        The printed percentage; its total is not printed.
    """
    if part == 0 or percent.value <= 0:
        return percent.value == 0
    low = Fraction(100 * part) / (percent.value + percent.unit)
    high = Fraction(100 * part) / max(percent.value - percent.unit / 2, percent.unit / 2)
    totals = range(max(1, math.floor(low)), math.ceil(high) + 1)
    if len(totals) > MANY_TOTALS:
        return True
    return any(agreement(percent, Fraction(100 * part, t)) for t in totals)


def within_range(mean: PrintedNumber, answers: int) -> bool:
    """Say whether the test can speak: fewer answers than printable steps."""
    return Fraction(1, answers) > mean.unit


def _is_tie(mean: PrintedNumber, answers: int) -> bool:
    """Say whether a whole sum lies exactly between two printable means."""
    return ((mean.value + mean.unit / 2) * answers).denominator == 1


def _best(printed: PrintedNumber, answers: int, scale: Fraction) -> Agreement | None:
    near = math.floor(printed.value * answers / scale)
    sums = range(max(0, near - 1), near + 3)
    found = [agreement(printed, s * scale / answers) for s in sums]
    return min((f for f in found if f is not None), key=_RANK.__getitem__, default=None)
