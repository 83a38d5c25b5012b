"""Single slips of the pen or the keyboard that turn one figure into another.

A figure that does not follow may have lost a digit, printed one twice, swapped two
neighbours or moved its decimal mark. `slips` undoes each of these in every possible
place; whether the result fits is for the caller to judge, and nothing is ever applied.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ektp_analytics.measures.printed_number import PrintedNumber

Slip = Literal["digit lost", "digit doubled", "digits swapped", "decimal mark"]

Candidate = tuple[Slip, PrintedNumber]


def slips(printed: PrintedNumber, *, count: bool) -> Iterator[Candidate]:
    """List every figure from which one slip makes the printed one.

    Parameters
    ----------
    printed
        The figure as printed, in one reading.
    count
        True for a whole number: its decimal mark cannot have moved.

    Yields
    ------
    tuple of (slip, PrintedNumber)
        Each figure once, written in the style of the printed figure.
    """
    if count and not printed.regular:
        yield "decimal mark", printed.written(printed.digits, 0)
    seen = set()
    for slip, digits, decimals in _all(printed, count):
        candidate = printed.written(digits, decimals)
        written = (candidate.value, candidate.decimals)
        if candidate.value != printed.value and written not in seen:
            seen.add(written)
            yield slip, candidate


def _all(printed: PrintedNumber, count: bool) -> Iterator[tuple[Slip, str, int]]:
    yield from _swapped(printed)
    yield from _doubled(printed)
    if not count:
        yield from _mark_moved(printed)
    yield from _lost(printed, count)


def _swapped(printed: PrintedNumber) -> Iterator[tuple[Slip, str, int]]:
    digits = printed.digits
    for i in range(len(digits) - 1):
        swapped = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
        yield "digits swapped", swapped, printed.decimals


def _doubled(printed: PrintedNumber) -> Iterator[tuple[Slip, str, int]]:
    digits, decimals = printed.digits, printed.decimals
    point = len(digits) - decimals
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            continue
        if i + 1 < point and point > 1:
            yield "digit doubled", digits[:i] + digits[i + 1 :], decimals
        if i + 1 >= point:
            yield "digit doubled", digits[: i + 1] + digits[i + 2 :], decimals - 1


def _mark_moved(printed: PrintedNumber) -> Iterator[tuple[Slip, str, int]]:
    for decimals in range(len(printed.digits)):
        if decimals != printed.decimals:
            yield "decimal mark", printed.digits, decimals


def _lost(printed: PrintedNumber, count: bool) -> Iterator[tuple[Slip, str, int]]:
    digits, decimals = printed.digits, printed.decimals
    point = len(digits) - decimals
    for i in range(len(digits) + 1):
        for digit in "0123456789":
            longer = digits[:i] + digit + digits[i:]
            if i <= point:
                yield "digit lost", longer, decimals
            if i >= point and decimals and not count:
                yield "digit lost", longer, decimals + 1
