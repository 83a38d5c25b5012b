"""What an attacker can work out of a table with hidden counts, and how to stop it.

The totals of rows and columns are equations; the hidden counts are unknowns that are not
negative. Linear programming gives the least and the greatest value each can have (the
shuttle or disclosure audit of Fischetti and Salazar 2001, Management Science 47:1008, and
of Hundepool and others, Statistical Disclosure Control, 2012, section 4.3.4).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from ektp_analytics.measures.small_cells import (
    PRIMARY,
    SECONDARY,
    SHOWN,
    SMALLEST_SHOWN,
    hide_small,
    hide_small_table,
)

_TOLERANCE = 1e-6
_UNITS_AT_ONCE = 40
Cell = tuple[int, int]


def feasible_ranges(counts: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """Return between which values each hidden count must lie.

    Parameters
    ----------
    counts
        Counts, shape (r, c); its totals of rows and columns are printed.
    marks
        ``primary``, ``secondary`` or an empty text, of the same shape.

    Returns
    -------
    pandas.DataFrame
        One row per hidden count: ``row``, ``column`` (labels), ``low``, ``high``
        (float64), ``mark``. Computed from what is printed alone.
    """
    sizes, hidden = counts.to_numpy(dtype=np.float64), marks.to_numpy() != SHOWN
    cells = _cells(hidden)
    bounds = _ranges(cells, np.where(hidden, sizes, 0.0))
    rows = [
        {
            "row": counts.index[cell[0]],
            "column": counts.columns[cell[1]],
            "low": low,
            "high": high,
            "mark": marks.iloc[cell],
        }
        for cell, (low, high) in zip(cells, bounds, strict=True)
    ]
    return pd.DataFrame(rows, columns=["row", "column", "low", "high", "mark"])


def told_closely(counts: pd.DataFrame, marks: pd.DataFrame, smallest: int = SMALLEST_SHOWN) -> bool:
    """Tell whether the totals put a count hidden as small in a range narrower than allowed.

    Parameters
    ----------
    counts, marks
        As for `feasible_ranges`.
    smallest
        Least width of the range.
    """
    return bool(_narrow(counts.to_numpy(dtype=np.float64), marks.to_numpy(), smallest))


def told_by_sums(counts: pd.DataFrame, smallest: int = SMALLEST_SHOWN) -> frozenset[str]:
    """Name the classes whose sum over all units must be hidden for what single units hid.

    Each unit prints its own classes, small ones hidden as `hide_small` does. The sum over
    all units, less those that print the class, tells a hidden count where few hid it.

    Parameters
    ----------
    counts
        Counts, shape (units, classes); what the units print of it is known to a reader.
    smallest
        Least count that is shown.

    Returns
    -------
    frozenset of str
        Classes hidden by any unit; empty where their sums tell nobody's count closely.
    """
    marks = pd.DataFrame({unit: hide_small(row, smallest) for unit, row in counts.iterrows()}).T
    hidden = marks != SHOWN
    some = np.flatnonzero(hidden.any(axis=1))
    # A part with a sum of its own tells more than all units with one sum: if no part tells
    # a count, the whole does not either, and parts are solved in no time.
    parts = np.array_split(some, -(-len(some) // _UNITS_AT_ONCE)) if len(some) else []
    if not any(told_closely(counts.iloc[part], marks.iloc[part], smallest) for part in parts):
        return frozenset()
    return frozenset(str(name) for name in hidden if hidden[name].any())


def protect_table(counts: pd.DataFrame, smallest: int = SMALLEST_SHOWN) -> pd.DataFrame:
    """Mark the counts of a crossed table to hide, so that none can be told closely.

    Parameters
    ----------
    counts
        Counts, shape (r, c), r and c at least one; totals of rows and columns are printed.
    smallest
        Least count that is shown, and least width of the range in which an attacker can
        put a count hidden because it is small.

    Returns
    -------
    pandas.DataFrame
        Marks, labelled as `counts`. Where all counts that could be hidden are hidden, the
        range is what the totals leave; such a table should be merged or not be printed.
    """
    marks = hide_small_table(counts, smallest)
    sizes = counts.to_numpy(dtype=np.float64)
    while narrow := _narrow(sizes, marks.to_numpy(), smallest):
        further = _next(sizes, marks.to_numpy() != SHOWN, narrow)
        if further is None:
            return marks
        marks.iloc[further] = SECONDARY
    return marks


def _narrow(
    sizes: npt.NDArray[np.float64], marks: npt.NDArray[np.object_], width: int
) -> list[Cell]:
    """Return the small counts whose range is narrower than the width."""
    hidden = marks != SHOWN
    cells = _cells(hidden)
    bounds = _ranges(cells, np.where(hidden, sizes, 0.0))
    return [
        cell
        for cell, (low, high) in zip(cells, bounds, strict=True)
        if marks[cell] == PRIMARY and high - low < width - _TOLERANCE
    ]


def _next(
    sizes: npt.NDArray[np.float64], hidden: npt.NDArray[np.bool_], narrow: list[Cell]
) -> Cell | None:
    """Return the count to hide next: the smallest in line with a narrow one, else anywhere."""
    rows, columns = {cell[0] for cell in narrow}, {cell[1] for cell in narrow}
    shown = _cells(~hidden)
    near = [cell for cell in shown if cell[0] in rows or cell[1] in columns]
    return min(near or shown, key=lambda cell: (sizes[cell] == 0, sizes[cell], cell), default=None)


def _cells(mask: npt.NDArray[np.bool_]) -> list[Cell]:
    return [(int(row), int(column)) for row, column in np.argwhere(mask)]


def _ranges(cells: list[Cell], hidden: npt.NDArray[np.float64]) -> list[tuple[float, float]]:
    """Return least and greatest value of each hidden count, by linear programming."""
    from scipy.optimize import linprog

    if not cells:
        return []
    rows, columns = np.transpose(cells)
    lines = [*(rows == row for row in set(rows)), *(columns == column for column in set(columns))]
    sums = [*(hidden[row].sum() for row in set(rows)), *(hidden[:, c].sum() for c in set(columns))]
    equations, totals = np.array(lines, dtype=np.float64), np.array(sums)
    aims = np.vstack([np.eye(len(cells)), -np.eye(len(cells))])
    ends = [linprog(aim, A_eq=equations, b_eq=totals).fun for aim in aims]
    lows, highs = np.array(ends, dtype=np.float64).reshape(2, -1)
    return list(zip(lows.tolist(), (-highs).tolist(), strict=True))
