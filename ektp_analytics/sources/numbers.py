"""Read counts and amounts as an Indonesian writes them: 1.325.996,25."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

_BLANKS = (
    "",
    "-",
    "–",
    "—",
    "na",
    "n/a",
    "#n/a",
    "null",
    "none",
    "nihil",
    "nan",
    "tidak ada data",
    "tad",
)
_THOUSANDS_SURE = r"-?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|-?\d{1,3}(?:\.\d{3})+,\d+"
_DOT_SINGLE = r"-?\d{1,3}\.\d{3}"
_DOT_DECIMAL = r"-?\d+\.\d{1,2}|-?\d+\.\d{4,}|-?\d{4,}\.\d{3}|-?0\d*\.\d{3}"
_COMMA_THOUSANDS = r"-?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|-?\d{1,3}(?:,\d{3})+\.\d+"
_COMMA_DECIMAL = r"-?\d+,\d+"
_PLAIN = r"-?\d+"
_SCIENTIFIC = r"-?\d+(?:[.,]\d+)?[eE][+-]?\d+"
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


def is_blank(text: pd.Series) -> pd.Series:
    """Tell which cells say nothing: empty, a dash, NA."""
    return text.str.strip().str.casefold().isin(_BLANKS)


def as_text(cells: pd.Series) -> pd.Series:
    """Return raw cells as text; whole floats of a workbook without ``.0``."""
    if cells.dtype != object:
        return cells.astype(str).str.strip()
    return cells.map(_cell_text).astype(str).str.strip()


def _cell_text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def parse_numbers(cells: pd.Series, *, whole: bool = True) -> Parsed:
    """Read a column of numbers.

    Parameters
    ----------
    cells
        Raw cells (str, or what a workbook cell holds).
    whole
        Whether only whole numbers from 0 make sense (counts).

    Returns
    -------
    Parsed
        Values ``Float64``; problems ``number_unreadable``, ``number_ambiguous``,
        ``number_not_whole``, ``number_negative``, ``number_scientific``.

    Notes
    -----
    A lone ``1.325`` is 1325 only where the column shows that dots group thousands; alone
    it is asked back.
    """
    text = _without_currency(as_text(cells))
    typed = (
        cells.map(lambda c: isinstance(c, (int, float)) and not isinstance(c, bool))
        if (cells.dtype == object)
        else pd.Series(False, index=cells.index)
    )
    values = pd.Series(float("nan"), index=cells.index, dtype="float64")
    values[typed] = cells[typed].astype(float)
    rest = ~typed & ~is_blank(text)
    problems = {"number_scientific": rest & text.str.fullmatch(_SCIENTIFIC)}
    values, ambiguous, unread = _read_text(text, rest & ~problems["number_scientific"], values)
    problems |= {"number_ambiguous": ambiguous, "number_unreadable": unread}
    problems |= {"number_negative": values.lt(0)}
    if whole:
        problems["number_not_whole"] = values.notna() & values.ge(0) & values.mod(1).ne(0)
    bad = pd.DataFrame(problems).any(axis=1)
    return Parsed(values.mask(bad).astype("Float64"), problems)


def _without_currency(text: pd.Series) -> pd.Series:
    bare = text.str.replace(r"^\s*(?:rp\.?|idr)\s*", "", case=False, regex=True)
    bare = bare.str.replace(r"(?<=\d),-+$|\s*(?:jiwa|orang|org)$", "", case=False, regex=True)
    return bare.str.replace(r"[\s\u00a0]+", "", regex=True).str.replace("−", "-", regex=False)


def _read_text(
    text: pd.Series, rest: pd.Series, values: pd.Series
) -> tuple[pd.Series, pd.Series, pd.Series]:
    def matching(pattern: str) -> pd.Series:
        return rest & text.str.fullmatch(pattern)

    plain, sure, single = matching(_PLAIN), matching(_THOUSANDS_SURE), matching(_DOT_SINGLE)
    decimal_dot = matching(_DOT_DECIMAL) & ~single
    comma_group = matching(_COMMA_THOUSANDS)
    decimal_comma = matching(_COMMA_DECIMAL) & ~comma_group
    dots_group = bool(sure.any() or decimal_comma.any()) or _grouped(text[single])
    if dots_group and not decimal_dot.any():
        sure, ambiguous = sure | single, single & False
    elif decimal_dot.any() and not sure.any():
        decimal_dot, ambiguous = decimal_dot | single, single & False
    else:
        ambiguous = single
    indonesian = sure | decimal_comma
    cleaned = text.where(
        ~indonesian, text.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    )
    cleaned = cleaned.where(~comma_group, text.str.replace(",", "", regex=False))
    readable = plain | indonesian | decimal_dot | comma_group
    values = values.mask(readable, pd.to_numeric(cleaned.where(readable), errors="coerce"))
    return values, ambiguous, rest & ~readable & ~ambiguous


def _grouped(singles: pd.Series) -> bool:
    return singles.nunique() >= _ENOUGH_TO_SHOW_GROUPING
