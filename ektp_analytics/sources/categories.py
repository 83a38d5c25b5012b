"""Read categories and yes/no cells; an unknown label stays under its own name."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ektp_analytics.sources.cell_text import as_text, is_blank
from ektp_analytics.sources.headers import normalise
from ektp_analytics.sources.numbers import Parsed

_YES = ("ya", "y", "ada", "sudah", "1", "true", "benar", "v", "✓", "√", "hadir", "yes")
_NO = ("tidak", "t", "tidak ada", "belum", "0", "false", "salah", "x", "n", "no", "tidak hadir")


def parse_categories(
    cells: pd.Series, values: Mapping[str, tuple[str, ...]], text: pd.Series | None = None
) -> Parsed:
    """Read a column of known categories.

    Parameters
    ----------
    cells
        Raw cells.
    values
        Category to its other spellings; compared without case, signs and underscores.

    Returns
    -------
    Parsed
        The category, or the cell's own text where it is none; problem
        ``category_unknown`` marks the latter.
    """
    text = as_text(cells) if text is None else text
    names = {normalise(name): key for key, names in values.items() for name in (key, *names)}
    found = text.map({raw: names.get(normalise(raw)) for raw in text.unique()})
    blank = is_blank(text)
    unknown = found.isna() & ~blank
    return Parsed(
        found.where(found.notna(), text).mask(blank).astype("str"), {"category_unknown": unknown}
    )


def parse_booleans(cells: pd.Series, text: pd.Series | None = None) -> Parsed:
    """Read yes/no cells (ya, tidak, ada, sudah, belum, 1, 0, v, x) as ``boolean``."""
    text = (as_text(cells) if text is None else text).str.casefold()
    answers = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)
    values = text.map({raw: answers.get(raw) for raw in text.unique()}).astype("boolean")
    return Parsed(values, {"boolean_unreadable": values.isna() & ~is_blank(text)})
