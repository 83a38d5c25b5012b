"""Read times of day as minutes after midnight: 08.00, 8:05 WIB, an Excel time."""

from __future__ import annotations

import re

import pandas as pd

from ektp_analytics.sources.cell_text import as_text, says_nothing
from ektp_analytics.sources.distinct import Distinct
from ektp_analytics.sources.numbers import Parsed

MINUTES_PER_DAY = 24 * 60
MINUTES_PER_HOUR = 60
_BESIDE = re.compile(r"\s*(?:wib|wita|wit)$|^(?:pukul|jam|pkl)\.?\s*")
# A workbook may keep a full stamp behind a cell that shows only its time.
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}\s+")
_CLOCK = re.compile(r"^(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?$", re.ASCII)
_DAY_PART = re.compile(r"^0?[.,]\d{3,}$|^0$", re.ASCII)


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
    distinct = Distinct(as_text(cells) if text is None else text)
    minutes = [_minutes(raw.casefold()) for raw in distinct.cells]
    unreadable = [
        found is None and not says_nothing(raw.casefold())
        for raw, found in zip(distinct.cells, minutes, strict=True)
    ]
    return Parsed(
        distinct.spread(minutes, "Float64"), {"time_unreadable": distinct.rows(unreadable)}
    )


def _minutes(text: str) -> float | None:
    """Return the minutes after midnight that a text names; None where it names none."""
    bare = _DAY.sub("", _BESIDE.sub("", text))
    if clock := _CLOCK.match(bare):
        hours, minutes = int(clock[1]), int(clock[2])
        found = hours * MINUTES_PER_HOUR + minutes
        return found if found < MINUTES_PER_DAY and minutes < MINUTES_PER_HOUR else None
    if _DAY_PART.match(bare):
        found = round(float(bare.replace(",", ".")) * MINUTES_PER_DAY)
        return found if found < MINUTES_PER_DAY else None
    return None
