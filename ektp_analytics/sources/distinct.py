"""The distinct cells of a column: each is read once, and what it says is spread over the rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
import pandas as pd


class Distinct:
    """The different cells of a column.

    A column of a few hundred rows has few of them, and a file of a million rows hardly
    more: a rule written for one cell in plain Python costs less than one for the column.

    Parameters
    ----------
    column
        Cells or texts; missing ones belong to no distinct cell.

    Attributes
    ----------
    cells : list
        The distinct cells, in the order in which they first appear.
    """

    def __init__(self, column: pd.Series) -> None:
        self._places, cells = column.array.factorize()
        self._index = column.index
        self.cells: list[Any] = np.asarray(cells, dtype=object).tolist()

    def spread(self, values: Iterable[Any], dtype: Any) -> pd.Series:
        """Return at every row the value of its cell, one given for each of `cells`."""
        given = values if isinstance(values, (pd.Index, pd.Series)) else list(values)
        taken = pd.array(given, dtype=dtype).take(self._places, allow_fill=True)
        return pd.Series(taken, index=self._index)

    def rows(self, flags: Iterable[bool]) -> pd.Series:
        """Return the mask of the rows whose cell is flagged, one flag for each of `cells`."""
        flagged = np.array([*flags, False], dtype=bool)  # the last one is for missing cells
        return pd.Series(flagged[self._places], index=self._index)

    def among(self, wanted: Collection[Any]) -> pd.Series:
        """Tell which rows hold one of some cells."""
        return self.rows(cell in wanted for cell in self.cells)
