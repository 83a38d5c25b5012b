"""Hide small counts of a table, so that no hidden count follows from what is printed.

Statistical disclosure control as in Hundepool and others, Statistical Disclosure Control
(2012), chapter 4: classes in an order are first merged with a neighbour; other small counts
are hidden (primary), and further ones so that the printed totals do not give them away
(secondary). Marks are ``primary``, ``secondary`` or an empty text.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

SMALLEST_SHOWN = 5
"""Usual threshold of statistical agencies (OECD glossary of statistical terms: 3 or 5)."""

PRIMARY, SECONDARY, SHOWN = "primary", "secondary", ""

Marks = npt.NDArray[np.str_]


def merge_small_neighbours(
    counts: Sequence[int], smallest: int = SMALLEST_SHOWN
) -> list[tuple[int, ...]]:
    """Merge classes in an order until each is empty or large enough.

    Parameters
    ----------
    counts
        Count of each class, in the order of the classes; shape (k,).
    smallest
        Least count that may stand alone.

    Returns
    -------
    list of tuple
        Positions merged into each class, in order. The smallest class goes first, to the
        smaller of its neighbours, to the earlier one where they are equal. A single class
        may remain small.
    """
    groups: list[tuple[int, ...]] = [(place,) for place in range(len(counts))]
    sizes = [int(count) for count in counts]
    while len(groups) > 1 and any(0 < size < smallest for size in sizes):
        place = min((s, k) for k, s in enumerate(sizes) if 0 < s < smallest)[1]
        neighbours = [k for k in (place - 1, place + 1) if 0 <= k < len(sizes)]
        other = min(neighbours, key=lambda k: (sizes[k], k))
        first, second = sorted((place, other))
        groups[first : second + 1] = [groups[first] + groups[second]]
        sizes[first : second + 1] = [sizes[first] + sizes[second]]
    return groups


def hide_small(
    counts: pd.Series, smallest: int = SMALLEST_SHOWN, also: Collection[Hashable] = ()
) -> pd.Series:
    """Mark the counts of one classification that must be hidden; its total is printed.

    Parameters
    ----------
    counts
        Counts by class, shape (k,).
    smallest
        Least count that is shown; zero is shown too.
    also
        Classes to hide in any case, because they are hidden in another period.

    Returns
    -------
    pandas.Series
        Marks, indexed as `counts`. If anything is hidden, at least two counts are, which
        together reach `smallest`, where the table has them.
    """
    sizes = counts.to_numpy(dtype=np.int64)
    first = ((sizes > 0) & (sizes < smallest)) | counts.index.isin(list(also))
    marks = np.where(first, PRIMARY, SHOWN).astype(f"<U{len(SECONDARY)}")
    while first.any() and _gives_away(sizes, marks, smallest):
        marks[_smallest_shown(sizes, marks)] = SECONDARY
    return pd.Series(marks, index=counts.index, dtype="str")


def _gives_away(sizes: npt.NDArray[np.int64], marks: npt.NDArray[np.str_], smallest: int) -> bool:
    hidden = marks != SHOWN
    return not hidden.all() and (hidden.sum() < 2 or sizes[hidden].sum() < smallest)  # noqa: PLR2004


def _smallest_shown(sizes: npt.NDArray[np.int64], marks: npt.NDArray[np.str_]) -> int:
    """Return the place of the smallest count still shown; empty classes come last."""
    shown = np.flatnonzero(marks == SHOWN)
    return int(min(shown, key=lambda k: (sizes[k] == 0, sizes[k])))


def hide_small_table(counts: pd.DataFrame, smallest: int = SMALLEST_SHOWN) -> pd.DataFrame:
    """Mark the counts of two crossed classifications that must be hidden.

    Parameters
    ----------
    counts
        Counts, shape (r, c), r and c at least one; totals of rows and columns are printed.
    smallest
        Least count that is shown; zero is shown too.

    Returns
    -------
    pandas.DataFrame
        Marks, labelled as `counts`. No hidden count follows from the totals and the counts
        shown, unless its row and its column are wholly hidden or single.

    Notes
    -----
    Hidden counts are edges between rows and columns of a graph; a count follows from the
    totals exactly where its edge is a bridge (Gusfield 1988, SIAM J. Comput. 17:552).
    Counts are hidden, the smallest first, until there is no bridge.
    """
    sizes = counts.to_numpy(dtype=np.int64)
    small = (sizes > 0) & (sizes < smallest)
    marks = np.where(small, PRIMARY, SHOWN).astype(f"<U{len(SECONDARY)}")
    while (further := _needed(sizes, marks)) is not None:
        marks[further] = SECONDARY
    return pd.DataFrame(marks, index=counts.index, columns=counts.columns, dtype="str")


def _needed(sizes: npt.NDArray[np.int64], marks: Marks) -> tuple[int, int] | None:
    """Return the next count to hide so that one bridge less remains."""
    for cell in _bridges(marks != SHOWN):
        around = _closing(marks != SHOWN, cell) or _in_line(marks != SHOWN, cell)
        if around:
            return min(around, key=lambda at: (sizes[at] == 0, sizes[at], at))
    return None


def _bridges(hidden: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield hidden counts whose row and column hang together only through them."""
    for row, column in np.argwhere(hidden):
        cell = int(row), int(column)
        others, _ = _reached(hidden, cell)
        others[cell[0]] = False
        if not hidden[others, cell[1]].any():
            yield cell


def _reached(
    hidden: npt.NDArray[np.bool_], cell: tuple[int, int]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return the rows and columns reached from a count's row without that count."""
    without = hidden.copy()
    without[cell] = False
    rows = np.zeros(hidden.shape[0], dtype=bool)
    rows[cell[0]] = True
    while True:
        columns = np.asarray(without[rows].any(axis=0))
        more = rows | without[:, columns].any(axis=1)
        if (more == rows).all():
            return rows, columns
        rows = more


def _closing(hidden: npt.NDArray[np.bool_], cell: tuple[int, int]) -> list[tuple[int, int]]:
    """Return counts shown that would join the two sides of a bridge."""
    rows, columns = _reached(hidden, cell)
    other_rows, other_columns = _reached(hidden.T, cell[::-1])[::-1]
    joins = np.outer(rows, other_columns) | np.outer(other_rows, columns)
    joins[cell] = False
    return [(int(r), int(c)) for r, c in np.argwhere(joins & ~hidden)]


def _in_line(hidden: npt.NDArray[np.bool_], cell: tuple[int, int]) -> list[tuple[int, int]]:
    """Return counts shown in the row or the column of a count."""
    line = np.zeros_like(hidden)
    line[cell[0], :] = line[:, cell[1]] = True
    return [(int(r), int(c)) for r, c in np.argwhere(line & ~hidden)]
