"""Read times of day as minutes after midnight: 08.00, 8:05 WIB, an Excel time."""

from __future__ import annotations

import pandas as pd

from ektp_analytics.sources.cell_text import as_text, is_blank
from ektp_analytics.sources.numbers import Parsed

MINUTES_PER_DAY = 24 * 60
MINUTES_PER_HOUR = 60


def parse_clock_times(cells: pd.Series, text: pd.Series | None = None) -> Parsed:
    """Read times of day.

    Parameters
    ----------
    cells
        Raw cells: text, an Excel time, or the part of a day as a number.
    text
        The same cells as stripped text, where at hand.

    Returns
    -------
    Parsed
        Minutes after midnight, ``Float64``; problem ``time_unreadable``.
    """
    raw = (as_text(cells) if text is None else text).str.casefold()
    distinct = raw.drop_duplicates()
    bare = distinct.str.replace(r"\s*(?:wib|wita|wit)$|^(?:pukul|jam|pkl)\.?\s*", "", regex=True)
    # A workbook may keep a full stamp behind a cell that shows only its time.
    bare = bare.str.replace(r"^\d{4}-\d{2}-\d{2}\s+", "", regex=True)
    parts = bare.str.extract(r"^(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?$")
    hours, minutes = (pd.to_numeric(parts[k], errors="coerce").astype("Float64") for k in (0, 1))
    found = hours * MINUTES_PER_HOUR + minutes
    day_part = pd.to_numeric(bare.str.replace(",", ".", regex=False), errors="coerce")
    fraction = (
        day_part.between(0, 1, inclusive="left")
        & bare.str.contains(r"^0?[.,]\d{3,}$|^0$", regex=True)
    )  # fmt: skip
    found = found.mask(fraction, (day_part * MINUTES_PER_DAY).round().astype("Float64"))
    wrong = found.ge(MINUTES_PER_DAY).fillna(False) | minutes.ge(MINUTES_PER_HOUR).fillna(False)
    unreadable = (found.isna() & ~is_blank(distinct)) | wrong.astype(bool)
    values = dict(zip(distinct, found.mask(unreadable), strict=True))
    return Parsed(
        raw.map(values).astype("Float64"),
        {"time_unreadable": raw.isin(distinct[unreadable])},
    )
