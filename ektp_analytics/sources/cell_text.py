"""Raw cells as text, made once per sheet; every parser compares these texts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pandas as pd

from ektp_analytics.sources.distinct import Distinct

BLANKS = frozenset(
    {
        "", "-", "–", "—", "--", "na", "n/a", "#n/a", "null", "none", "nan", "nat",
        "tidak ada data", "tad", "kosong", "\\n",
    }
)  # fmt: skip
_MIDNIGHT = " 00:00:00"


def cell_text(cell: Any) -> str:
    """Return one raw cell as stripped text; a whole float of a workbook without ``.0``."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return str(cell).removesuffix(_MIDNIGHT)
    return str(cell)


def as_text(cells: pd.Series) -> pd.Series:
    """Return raw cells as stripped text (dtype ``str``)."""
    if cells.dtype != object:
        return cells.astype(str).str.strip()
    return pd.Series([cell_text(c) for c in cells], index=cells.index, dtype="str")


def text_frame(rows: Iterable[Iterable[Any]], width: int) -> pd.DataFrame:
    """Return rows of raw cells as a frame of stripped text, index from 1."""
    cells = [[c.strip() if type(c) is str else cell_text(c) for c in row] for row in rows]
    texts = pd.DataFrame(cells, columns=range(width), dtype="str")
    texts.index = pd.RangeIndex(1, len(texts) + 1)
    return texts


def says_nothing(text: str) -> bool:
    """Tell whether a text says nothing: empty, a dash, NA."""
    return len(text) <= _LONGEST_BLANK and text.casefold() in BLANKS


def is_blank(text: pd.Series) -> pd.Series:
    """Tell which texts say nothing."""
    distinct = Distinct(text)
    return distinct.rows(map(says_nothing, distinct.cells))


_LONGEST_BLANK = max(map(len, BLANKS))


def is_numeric(cells: pd.Series) -> pd.Series:
    """Tell which raw cells hold a number, not a text that looks like one."""
    if cells.dtype != object:
        return pd.Series(False, index=cells.index)
    return pd.Series(
        [isinstance(c, (int, float)) and not isinstance(c, bool) for c in cells],
        index=cells.index,
        dtype=bool,
    )
