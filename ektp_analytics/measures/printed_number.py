"""A number as it stands on paper: its digits, its decimals, its separators.

``1.325`` may be a thousand or a decimal, ``93.68`` and ``93,68`` are the same share,
``106,51`` is no count at all. `readings` lists what a text can mean, the likeliest
first; `agreement` says whether an exact value would be printed so.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

Agreement = Literal["follows", "rounded", "truncated"]

BLANKS = frozenset({"", "-", "–", "—", "--", "na", "n/a", "nan", "null", "none", "…", "..."})
"""Cell texts that say nothing was printed."""

GROUP_SIZE = 3
"""Digits between two thousands separators."""

MACHINE_DIGITS = 15
"""From this many significant digits on, a figure is a stored double, not a rounding."""

MACHINE_SLACK = Fraction(4, 2**52)
"""Relative error of a share computed in doubles: a division, a product, a print."""

_UNITS = re.compile(r"\s*(%|persen|percent|orang|jiwa|responden)\s*$", re.IGNORECASE)
_BODY = re.compile(r"([+-]?)(\d[\d., ]*)")
_SPACES = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2212": "-", "–": "-"})


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """One reading of a printed figure.

    Parameters
    ----------
    text
        The figure as printed.
    digits
        Its digits without separators.
    decimals
        How many of them stand behind the decimal mark.
    negative
        Whether a minus sign was printed.
    group_mark, decimal_mark, suffix
        How it was written, so that a repair is written the same way.
    regular
        False where the thousands separators do not stand every three digits.
    """

    text: str
    digits: str
    decimals: int = 0
    negative: bool = False
    group_mark: str = ""
    decimal_mark: str = ""
    suffix: str = ""
    regular: bool = True

    @property
    def value(self) -> Fraction:
        """The exact value of this reading."""
        size = Fraction(int(self.digits), 10**self.decimals)
        return -size if self.negative else size

    @property
    def unit(self) -> Fraction:
        """One unit of the last printed digit."""
        return Fraction(1, 10**self.decimals)

    @property
    def whole(self) -> bool:
        """Whether the value is a whole number."""
        return self.value.denominator == 1

    def written(self, digits: str, decimals: int) -> PrintedNumber:
        """Write other digits in the style of this figure.

        Parameters
        ----------
        digits, decimals
            Digits without separators, and how many are decimals.
        """
        lead = digits[: len(digits) - decimals].lstrip("0") or "0"
        tail = digits[len(digits) - decimals :]
        mark = self.decimal_mark or ("," if self.group_mark == "." else ".")
        body = _grouped(lead, self.group_mark) + (mark + tail if tail else "")
        text = ("-" if self.negative else "") + body + self.suffix
        return replace(
            self,
            text=text,
            digits=lead + tail,
            decimals=decimals,
            decimal_mark=mark if tail else self.decimal_mark,
            regular=True,
        )


def _grouped(lead: str, mark: str) -> str:
    if not mark:
        return lead
    return f"{int(lead):,}".replace(",", mark)


def is_blank(text: str) -> bool:
    """Say whether a cell prints nothing (empty, a dash, "n/a")."""
    return text.strip().casefold() in BLANKS


def readings(text: str, *, count: bool) -> tuple[PrintedNumber, ...]:
    """List what a printed figure can mean, the likeliest first.

    Parameters
    ----------
    text
        The cell as printed; a percent sign or "orang" behind it is allowed.
    count
        True for a number of persons or answers, which should be whole: a single
        separator before three digits then groups thousands, and one before fewer or
        more digits may be a group that lost or gained a digit.

    Returns
    -------
    tuple of PrintedNumber
        Empty where the text is no number.
    """
    clean = text.strip().translate(_SPACES)
    unit = _UNITS.search(clean)
    suffix = clean[unit.start() :] if unit else ""
    found = _BODY.fullmatch(clean[: unit.start()].strip() if unit else clean)
    if found is None:
        return ()
    shell = PrintedNumber(text.strip(), "0", negative=found[1] == "-", suffix=suffix)
    return _of_body(shell, found[2].strip(), count)


def _of_body(shell: PrintedNumber, body: str, count: bool) -> tuple[PrintedNumber, ...]:
    marks = [c for c in body if not c.isdigit()]
    kinds = set(marks)
    if not marks:
        return (replace(shell, digits=body),)
    if len(kinds) == 1 and (len(marks) > 1 or kinds == {" "}):
        return _as_groups(shell, body, marks[0])
    if (
        kinds > {marks[-1]}
        and len(kinds) <= len(".,")
        and marks.count(marks[-1]) == 1
        and marks[-1] != " "
    ):
        return _as_groups_and_decimals(shell, body, marks[0], marks[-1])
    if len(kinds) == 1:
        return _of_single_mark(shell, body, marks[0], count)
    return ()


def _as_groups(shell: PrintedNumber, body: str, mark: str) -> tuple[PrintedNumber, ...]:
    groups = body.split(mark)
    if not all(groups) or (mark == " " and not _regular(groups)):
        return ()
    joined = "".join(groups)
    return (replace(shell, digits=joined, group_mark=mark, regular=_regular(groups)),)


def _as_groups_and_decimals(
    shell: PrintedNumber, body: str, group: str, mark: str
) -> tuple[PrintedNumber, ...]:
    lead, _, tail = body.partition(mark)
    groups = lead.split(group)
    if not tail or not all(groups):
        return ()
    return (
        replace(
            shell,
            digits="".join(groups) + tail,
            decimals=len(tail),
            group_mark=group,
            decimal_mark=mark,
            regular=_regular(groups),
        ),
    )


def _of_single_mark(
    shell: PrintedNumber, body: str, mark: str, count: bool
) -> tuple[PrintedNumber, ...]:
    lead, _, tail = body.partition(mark)
    if not tail:
        return ()
    decimal = replace(shell, digits=lead + tail, decimals=len(tail), decimal_mark=mark)
    regular = _regular([lead, tail]) and not lead.startswith("0")
    grouped = replace(shell, digits=lead + tail, group_mark=mark, regular=regular)
    if count and not regular and decimal.whole:
        return (replace(shell, digits=lead),)
    if count and not lead.startswith("0"):
        return (grouped, decimal) if regular else (decimal, grouped)
    return (decimal, grouped) if regular else (decimal,)


def _regular(groups: list[str]) -> bool:
    first, *others = groups
    return 1 <= len(first) <= GROUP_SIZE and all(len(g) == GROUP_SIZE for g in others)


def half_up(value: Fraction, decimals: int) -> Fraction:
    """Round half away from zero, as an official rounds by hand."""
    scale = 10**decimals
    size = Fraction(math.floor(abs(value) * scale + Fraction(1, 2)), scale)
    return -size if value < 0 else size


def cut(value: Fraction, decimals: int) -> Fraction:
    """Drop the digits behind the given decimal."""
    scale = 10**decimals
    return Fraction(math.trunc(value * scale), scale)


def agreement(printed: PrintedNumber, value: Fraction) -> Agreement | None:
    """Say how an exact value would come to be printed so.

    Parameters
    ----------
    printed
        The printed figure.
    value
        What it should be, exactly.

    Returns
    -------
    {"follows", "rounded", "truncated"} or None
        ``follows`` where both are equal, ``rounded`` where half-up rounding to the
        printed decimals gives the figure (or where a stored double differs only by
        machine rounding), ``truncated`` where cutting does, None where nothing does.
    """
    if printed.value == value:
        return "follows"
    if half_up(value, printed.decimals) == printed.value:
        return "rounded"
    if cut(value, printed.decimals) == printed.value:
        return "truncated"
    significant = len(printed.digits.lstrip("0"))
    near = abs(printed.value - value) <= MACHINE_SLACK * abs(value)
    return "rounded" if significant >= MACHINE_DIGITS and near else None


def agreement_within(printed: PrintedNumber, low: Fraction, high: Fraction) -> Agreement | None:
    """Say whether some value of an interval would be printed so.

    Parameters
    ----------
    printed
        The printed figure.
    low, high
        Ends of the interval; both are allowed.

    Returns
    -------
    {"rounded", "truncated"} or None
    """
    places = printed.decimals
    if half_up(low, places) <= printed.value <= half_up(high, places):
        return "rounded"
    if cut(low, places) <= printed.value <= cut(high, places):
        return "truncated"
    return None


def largest_below(high: Fraction, decimals: int) -> Fraction:
    """Return the largest figure that half-up rounding gives to values below `high`."""
    scale = 10**decimals
    return Fraction(math.ceil(high * scale - Fraction(1, 2)), scale)


def agreement_below(printed: PrintedNumber, low: Fraction, high: Fraction) -> bool:
    """Say whether a value from `low` up to, but not at, `high` rounds to the figure."""
    lowest = half_up(low, printed.decimals)
    return lowest <= printed.value <= largest_below(high, printed.decimals)
