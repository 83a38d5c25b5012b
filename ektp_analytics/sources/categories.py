"""Read categories and yes/no cells; an unknown label stays under its own name."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ektp_analytics.sources.cell_text import as_text, says_nothing
from ektp_analytics.sources.distinct import Distinct
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
    distinct = Distinct(text)
    said = [raw for raw in distinct.cells if not says_nothing(raw)]
    found = {raw: names.get(normalise(raw), raw) for raw in said}
    unknown = [raw for raw in said if normalise(raw) not in names]
    return Parsed(
        distinct.spread(map(found.get, distinct.cells), "str"),
        {"category_unknown": distinct.among(unknown)},
    )


def parse_booleans(cells: pd.Series, text: pd.Series | None = None) -> Parsed:
    """Read yes/no cells (ya, tidak, ada, sudah, belum, 1, 0, v, x) as ``boolean``."""
    distinct = Distinct(as_text(cells) if text is None else text)
    known = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)
    answers = [known.get(raw.casefold()) for raw in distinct.cells]
    unreadable = [
        answer is None and not says_nothing(raw.casefold())
        for raw, answer in zip(distinct.cells, answers, strict=True)
    ]
    return Parsed(
        distinct.spread(answers, "boolean"), {"boolean_unreadable": distinct.rows(unreadable)}
    )
