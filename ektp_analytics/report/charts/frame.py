"""Reading the table a chart is given: named columns, absent values as None."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import repeat
from typing import Any

import pandas as pd

from ektp_analytics.report.numbers import is_absent

NICE_STEPS = (1, 2, 5, 10)


def records(
    table: pd.DataFrame, required: Sequence[str], optional: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Return a table's rows with absent values as None.

    Parameters
    ----------
    table
        Any table with the `required` columns.
    required, optional
        Columns to read; an absent optional column gives None in every row.

    Raises
    ------
    ValueError
        If a required column is missing; the message names it and the columns there are.
    """
    missing = [name for name in required if name not in table.columns]
    if missing:
        there = ", ".join(map(str, table.columns))
        raise ValueError(f"column {', '.join(missing)} is missing; the table has: {there}")
    names = [*required, *(name for name in optional if name in table.columns)]
    absent = [name for name in optional if name not in names]
    columns = [
        *(map(_value, table[name].tolist()) for name in names),
        *(repeat(None) for _ in absent),
    ]
    order = [*names, *absent]
    return [dict(zip(order, row, strict=False)) for row in zip(*columns, strict=False)]


def ticks(low: float, high: float, at_most: int = 6, whole: bool = False) -> list[float]:
    """Return round tick values between two ends, at most `at_most` of them.

    `whole` keeps them to whole numbers, for counts.
    """
    span = high - low
    if span <= 0:
        return [low]
    power = 10 ** math.floor(math.log10(span / at_most))
    step = next(
        (nice * power for nice in NICE_STEPS if span / (nice * power) <= at_most - 1),
        10 * power,
    )
    step = max(step, 1.0) if whole else step
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(k * step, 10) for k in range(first, last + 1)]


def decimals_of(values: Sequence[float], most: int = 3) -> int:
    """Return how many decimals a row of values needs, at most `most`."""
    return next((d for d in range(most) if all(round(v, d) == v for v in values)), most)


def _value(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return value
    return None if is_absent(value) else value
