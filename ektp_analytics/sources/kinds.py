"""One parser for each kind of column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd

from ektp_analytics.sources.categories import parse_booleans, parse_categories
from ektp_analytics.sources.cell_text import is_blank
from ektp_analytics.sources.clock_times import parse_clock_times
from ektp_analytics.sources.identity import parse_keys, parse_region_codes
from ektp_analytics.sources.numbers import Parsed, parse_numbers
from ektp_analytics.sources.schema import Column


def parse_kind(
    column: Column, cells: pd.Series, text: pd.Series, beside: Sequence[str] = ()
) -> Parsed:
    """Read cells by the kind of their column; dates and answers have their own readers.

    Parameters
    ----------
    column
        Gives the kind, and the known values of a category.
    cells, text
        The raw cells, and the same as stripped text.
    beside
        Texts of the same column in the lines that sum up.
    """
    if column.kind == "category":
        return parse_categories(cells, column.values, text)
    if column.kind == "count":
        return parse_numbers(cells, whole=True, text=text, beside=beside)
    if column.kind == "number":
        return parse_numbers(cells, decimal=True, text=text, beside=beside)
    return _PARSERS[column.kind](cells, text=text)


def _parse_text(_cells: pd.Series, text: pd.Series) -> Parsed:
    blank = is_blank(text)
    return Parsed(text.mask(blank) if blank.any() else text, {})


_PARSERS: Mapping[str, Callable[..., Parsed]] = {
    "text": _parse_text,
    "key": parse_keys,
    "region_code": parse_region_codes,
    "money": partial(parse_numbers, whole=False),
    "boolean": parse_booleans,
    "time": parse_clock_times,
}
