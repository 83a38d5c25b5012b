"""A printed table as text cells, with the role each column plays.

A number is kept as it was printed until a check needs it: ``93.70`` and ``93.7`` are
different statements, and ``1.325`` means what the rest of the table shows it to mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from ektp_analytics.measures.printed_number import PrintedNumber, is_blank, readings
from ektp_analytics.measures.relation import Figure, settle

COUNT_ROLES = frozenset({"total", "part", "complement", "population", "n"})
RATE_ROLES = frozenset({"percent", "complement_percent", "mean", "element", "index"})
TEXT_ROLES = frozenset({"label", "as_of", "grade", "weight", "note"})
ROLES = COUNT_ROLES | RATE_ROLES | TEXT_ROLES
"""What a column can hold.

``part`` (repeatable) is a count that with the others makes the ``total``,
``complement`` the count left over, ``complement_percent`` its share; ``element``
(repeatable) the mean of one survey element and ``mean`` the mean of them all.
"""

_SUM_LABEL = re.compile(r"\W*(sub\s*)?(grand\s+)?(jumlah|total|sum)\b", re.IGNORECASE)
_MEAN_LABEL = re.compile(r"\W*(rata\s*-?\s*rata|rerata|average|mean)\b", re.IGNORECASE)

THOUSAND = 1000
"""Below it no separator is needed."""

_MOSTLY = 2 / 3
"""Share of a column's separators that must group thousands to say they all do."""


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A column of a printed table.

    Parameters
    ----------
    header
        As printed; names the column in every place.
    role
        One of `ROLES`.
    group
        Columns of one group belong together: a total with its own parts and
        percentages. A population bounds the counts of every group.
    """

    header: str
    role: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of text cells, in the order of the columns; `row` as the file shows it."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class PrintedTable:
    """A table of printed figures.

    Parameters
    ----------
    columns
        The columns that have a role; others are left out.
    rows
        The rows, each with one cell per column.
    """

    columns: tuple[PrintedColumn, ...]
    rows: tuple[PrintedRow, ...]
    _memory: dict[tuple[int, int], Figure | None] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        unknown = sorted({c.role for c in self.columns} - ROLES)
        if unknown:
            raise ValueError(f"unknown roles {unknown}; known: {sorted(ROLES)}")
        if any(len(r.cells) != len(self.columns) for r in self.rows):
            raise ValueError("every row needs one cell per column")

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        roles: Mapping[str, str | tuple[str, str]],
        *,
        first_row: int = 2,
    ) -> PrintedTable:
        """Make the table from a frame of text cells.

        Parameters
        ----------
        frame
            One column of text per printed column; a missing value is a blank.
        roles
            Role, or (role, group), by header; columns without one are left out.
        first_row
            File row of the first data row.
        """
        chosen = [h for h in frame.columns if h in roles]
        columns = tuple(_column(str(h), roles[h]) for h in chosen)
        texts = frame[chosen].astype(object).where(frame[chosen].notna(), "")
        rows = tuple(
            PrintedRow(first_row + i, tuple(str(v) for v in values))
            for i, values in enumerate(texts.itertuples(index=False, name=None))
        )
        return cls(columns, rows)

    @property
    def groups(self) -> tuple[str, ...]:
        """Names of the groups, in the order of their first column."""
        return tuple(dict.fromkeys(c.group for c in self.columns))

    def positions(self, role: str, group: str | None = None) -> tuple[int, ...]:
        """Positions of the columns of a role, in one group or in all."""
        return tuple(
            i
            for i, c in enumerate(self.columns)
            if c.role == role and (group is None or c.group == group)
        )

    def text(self, row: PrintedRow, position: int) -> str:
        """Return the cell as printed, without surrounding space."""
        return row.cells[position].strip()

    def texts(self, row: PrintedRow, role: str) -> str:
        """All printed cells of a role in one row, as one text."""
        return " ".join(t for i in self.positions(role) if (t := self.text(row, i)))

    def figure(self, row: PrintedRow, position: int) -> Figure | None:
        """Return the figure printed in a cell; None where it is blank or no number."""
        key = (row.row, position)
        if key not in self._memory:
            self._memory[key] = self._read(row, position)
        return self._memory[key]

    def _read(self, row: PrintedRow, position: int) -> Figure | None:
        column, text = self.columns[position], self.text(row, position)
        count = column.role in COUNT_ROLES
        found = () if is_blank(text) else readings(text, count=count)
        if not found:
            return None
        figure = Figure(row.row, column.header, text, found, True, count)
        return settle(figure, self._settled(figure)) if count and len(found) > 1 else figure

    def _settled(self, figure: Figure) -> bool:
        """Say whether the table shows what a count with one separator means."""
        if not figure.first.whole:
            return figure.column in self.fractional_columns
        mark = figure.first.group_mark
        return mark in self._grouping_marks

    @cached_property
    def fractional_columns(self) -> frozenset[str]:
        """Headers of count columns mostly printed with decimals (say, in thousands)."""
        found = set()
        for i in self._count_positions:
            whole = [n.whole for n in self._first_readings(i)]
            if len(whole) > 1 and sum(whole) < len(whole) / 2:
                found.add(self.columns[i].header)
        return frozenset(found)

    @cached_property
    def _grouping_marks(self) -> frozenset[str]:
        """Separators the table shows to group thousands."""
        counts = [n for i in self._count_positions for n in self._first_readings(i)]
        rates = [n for i in self._rate_positions for n in self._first_readings(i)]
        sure = {n.group_mark for n in counts + rates if _shows_groups(n)}
        decimal = {n.decimal_mark for n in rates if n.decimal_mark} - {""}
        shown = {m for m in ".," if decimal == {"," if m == "." else "."}}
        return frozenset((sure | shown | _by_pattern(counts)) - {""})

    @property
    def _count_positions(self) -> list[int]:
        return [i for i, c in enumerate(self.columns) if c.role in COUNT_ROLES]

    @property
    def _rate_positions(self) -> list[int]:
        return [i for i, c in enumerate(self.columns) if c.role in RATE_ROLES]

    def _first_readings(self, position: int) -> list[PrintedNumber]:
        count = self.columns[position].role in COUNT_ROLES
        texts = (self.text(r, position) for r in self.rows)
        found = (readings(t, count=count) for t in texts if not is_blank(t))
        return [f[0] for f in found if f]

    def is_sum(self, row: PrintedRow) -> bool:
        """Say whether a row is labelled as the sum of others (Jumlah, Total)."""
        return self._labelled(row, _SUM_LABEL)

    def is_mean(self, row: PrintedRow) -> bool:
        """Say whether a row is labelled as a mean of others (Rata-rata)."""
        return self._labelled(row, _MEAN_LABEL)

    def _labelled(self, row: PrintedRow, pattern: re.Pattern[str]) -> bool:
        return any(pattern.match(self.text(row, i)) for i in self.positions("label"))


def _column(header: str, role: str | tuple[str, str]) -> PrintedColumn:
    if isinstance(role, str):
        return PrintedColumn(header, role)
    return PrintedColumn(header, *role)


def _shows_groups(number: PrintedNumber) -> bool:
    mark = number.group_mark
    return bool(mark) and (number.text.count(mark) > 1 or bool(number.decimal_mark))


def _by_pattern(counts: Iterable[PrintedNumber]) -> set[str]:
    """Separators that stand before three digits in nearly every count."""
    numbers = list(counts)
    found = set()
    for mark in ".,":
        marked = [n for n in numbers if mark in (n.group_mark, n.decimal_mark)]
        grouped = [n for n in marked if n.group_mark == mark and n.regular]
        small = [n for n in numbers if not n.group_mark and n.whole and n.value < THOUSAND]
        if grouped and len(grouped) >= _MOSTLY * len(marked) and (len(grouped) > 1 or small):
            found.add(mark)
    return found
