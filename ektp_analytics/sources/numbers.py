"""Read counts and amounts as an Indonesian writes them: 1.325.996,25."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ektp_analytics.sources.cell_text import as_text, is_numeric, says_nothing
from ektp_analytics.sources.distinct import Distinct

_THOUSANDS_SURE = r"-?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|-?\d{1,3}(?:\.\d{3})+,\d+"
_DOT_SINGLE = r"-?[1-9]\d{0,2}\.\d{3}"
_DOT_DECIMAL = r"-?\d+\.\d{1,2}|-?\d+\.\d{4,}|-?\d{4,}\.\d{3}|-?0\d*\.\d{3}"
_COMMA_THOUSANDS = r"-?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|-?\d{1,3}(?:,\d{3})+\.\d+"
_COMMA_DECIMAL = r"-?\d+,\d+"
_PLAIN = r"-?\d+"
_SCIENTIFIC = r"-?\d+(?:[.,]\d+)?[eE][+-]?\d+"
# What is written behind a number: "10.000,-", "1.200 jiwa", "35 tahun".
_UNITS = r",-+$|\s*(?:jiwa|orang|org|tahun|thn|th|lembar|keping|buah|berkas)\.?$"
_CURRENCY = r"^\s*(?:rp\.?|idr)\s*"
# Beyond any count or amount of an office; above it whole numbers lose their last digits.
_TOO_LARGE = 1e15
# Two different cells that can only be grouped alike show that dots group thousands.
_ENOUGH_TO_SHOW_GROUPING = 2


@dataclass(frozen=True, slots=True)
class Parsed:
    """A column read: values by row, and for each rule the rows it does not read.

    Parameters
    ----------
    values
        Typed values; missing where blank or unreadable.
    problems
        Rule name to the mask of rows.
    """

    values: pd.Series
    problems: dict[str, pd.Series]


def parse_numbers(
    cells: pd.Series,
    *,
    whole: bool = True,
    decimal: bool = False,
    text: pd.Series | None = None,
    beside: Iterable[str] = (),
) -> Parsed:
    """Read a column of numbers.

    Parameters
    ----------
    cells
        Raw cells (str, or what a workbook cell holds).
    whole
        Whether only whole numbers from 0 make sense (counts); else amounts of rupiah,
        whose lone ``10.000`` can only be ten thousand.
    decimal
        Any number makes sense, with decimals or below zero; grouping is read as in counts.
    text
        The same cells as stripped text, where at hand.
    beside
        Further texts of the same column (its Jumlah line): not read, but they too show
        whether dots group thousands.

    Returns
    -------
    Parsed
        Values ``Float64``; problems ``number_unreadable``, ``number_ambiguous``,
        ``number_not_whole``, ``number_negative``, ``number_scientific``,
        ``number_too_large``.

    Notes
    -----
    A lone ``1.325`` is 1325 only where the column shows that dots group thousands; alone
    it is asked back.
    """
    raw = as_text(cells) if text is None else text
    typed = is_numeric(cells)
    distinct = Distinct(raw.mask(typed) if typed.any() else raw)
    filled = [text for text in distinct.cells if not says_nothing(text)]
    readings = _read_distinct(filled, whole=whole, beside=beside)
    values = distinct.spread(map(readings.values.get, distinct.cells), "float64")
    if typed.any():
        values[typed] = cells[typed].astype(float)
    problems = {rule: distinct.among(texts) for rule, texts in readings.problems.items()}
    problems |= _out_of_bounds(values, whole=whole and not decimal, signed=decimal)
    bad = np.logical_or.reduce([mask.to_numpy() for mask in problems.values()])
    return Parsed((values.mask(bad) if bad.any() else values).astype("Float64"), problems)


def _out_of_bounds(values: pd.Series, *, whole: bool, signed: bool) -> dict[str, pd.Series]:
    """Return the rows of numbers that no count or amount can have, by rule."""
    numbers = values.to_numpy()
    found = {"number_too_large": np.abs(numbers) >= _TOO_LARGE}
    if not signed:
        found["number_negative"] = numbers < 0
    if whole:
        with np.errstate(invalid="ignore"):  # what is left of infinity
            found["number_not_whole"] = (numbers >= 0) & (numbers % 1 != 0)
    return {rule: pd.Series(mask, index=values.index) for rule, mask in found.items()}


@dataclass(frozen=True, slots=True)
class _Readings:
    """The value of each distinct text of a column, and the texts that have none."""

    values: dict[str, float]
    problems: dict[str, frozenset[str]]


def _read_distinct(texts: list[str], *, whole: bool, beside: Iterable[str]) -> _Readings:
    if all(text.isascii() and text.isdigit() for text in texts):  # no sign to read either way
        return _Readings({text: float(text) for text in texts}, {})
    raw = pd.Series(texts, dtype="str")
    bare = _without_currency(raw)
    scientific = bare.str.fullmatch(_SCIENTIFIC)
    priced = raw.str.contains(_CURRENCY, case=False) & bare.str.contains(".", regex=False)
    more = pd.concat([bare, pd.Series(list(beside), dtype=str)])
    shown = bool(priced.any()) or not whole or _groups_thousands(more)
    values, ambiguous, unread = _read_text(bare[~scientific], dots_group=shown)
    return _Readings(
        values=dict(zip(raw[values.index], values, strict=True)),
        problems={
            "number_scientific": frozenset(raw[scientific]),
            "number_ambiguous": frozenset(raw[ambiguous[ambiguous].index]),
            "number_unreadable": frozenset(raw[unread[unread].index]),
        },
    )


def _without_currency(text: pd.Series) -> pd.Series:
    bare = text.str.replace(_CURRENCY, "", case=False, regex=True)
    bare = bare.str.replace(_UNITS, "", case=False, regex=True)
    return bare.str.replace(r"[\s\u00a0]+", "", regex=True).str.replace("−", "-", regex=False)


def _read_text(text: pd.Series, *, dots_group: bool) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return values, the ambiguous and the unreadable of distinct texts."""

    def matching(pattern: str) -> pd.Series:
        return text.str.fullmatch(pattern).astype(bool)

    plain, sure, single = matching(_PLAIN), matching(_THOUSANDS_SURE), matching(_DOT_SINGLE)
    decimal_dot = matching(_DOT_DECIMAL) & ~single
    comma_group = matching(_COMMA_THOUSANDS)
    decimal_comma = matching(_COMMA_DECIMAL) & ~comma_group
    shown = dots_group or bool(decimal_comma.any())
    ambiguous = single & False
    if shown and not decimal_dot.any():
        sure = sure | single
    elif decimal_dot.any() and not sure.any():
        decimal_dot = decimal_dot | single
    else:
        ambiguous = single
    indonesian = sure | decimal_comma
    cleaned = text.where(
        ~indonesian, text.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    )
    cleaned = cleaned.where(~comma_group, text.str.replace(",", "", regex=False))
    readable = plain | indonesian | decimal_dot | comma_group
    values = pd.to_numeric(cleaned.where(readable), errors="coerce").astype("float64")
    return values, ambiguous, ~readable & ~ambiguous


def _groups_thousands(text: pd.Series) -> bool:
    """Tell whether the texts of a column show that dots group thousands."""
    if text.str.fullmatch(_THOUSANDS_SURE).any():
        return True
    singles = text[text.str.fullmatch(_DOT_SINGLE).astype(bool)]
    return singles.nunique() >= _ENOUGH_TO_SHOW_GROUPING
