"""A row labelled Jumlah against the sum of the rows above it.

Rows of different dates are never added. Where a table has several such rows, each may
be the sum since the last one, the sum of all rows above, or the sum of the sub-totals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial

from ektp_analytics.measures.explanations import Shown, say
from ektp_analytics.measures.printed_number import PrintedNumber, is_blank
from ektp_analytics.measures.printed_table import COUNT_ROLES, PrintedRow, PrintedTable
from ektp_analytics.measures.relation import Figure, Judgement, Relation, unchecked

Extents = tuple[tuple[int, ...], ...]
"""For each way to add up: positions of the rows added, among the figures given."""


def total_row_relations(table: PrintedTable) -> Iterator[Relation]:
    """Relations between every Jumlah row and the rows it can sum.

    Parameters
    ----------
    table
        The printed table.
    """
    columns = [i for i, c in enumerate(table.columns) if c.role in COUNT_ROLES]
    sums = [k for k, row in enumerate(table.rows) if table.is_sum(row)]
    for k in sums:
        extents = _extents(table, sums, k)
        for i in columns:
            if extents and not is_blank(table.text(table.rows[k], i)):
                yield _relation(table, k, i, extents)


def _extents(table: PrintedTable, sums: Sequence[int], k: int) -> list[list[int]]:
    """Rows this one may sum: since the last Jumlah, all data rows, or the sub-totals."""
    data = [j for j in range(k) if j not in sums and not table.is_mean(table.rows[j])]
    earlier = [j for j in sums if j < k]
    since = [j for j in data if not earlier or j > earlier[-1]]
    below = [j for j in range(k + 1, len(table.rows)) if not table.is_mean(table.rows[j])]
    options = [since, data, earlier if len(earlier) > 1 else []]
    if k == 0:
        options = [[j for j in below if j not in sums]]
    return [o for n, o in enumerate(options) if o and o not in options[:n]]


def _relation(table: PrintedTable, k: int, column: int, extents: list[list[int]]) -> Relation:
    row, header = table.rows[k], table.columns[column].header
    text = table.text(row, column)
    figure = table.figure(row, column)
    used = sorted({j for e in extents for j in e})
    if figure is None:
        return unchecked("total_row", row.row, header, text, say("unreadable", text=text))
    dates = {_date(table, table.rows[j]) for j in [k, *used]} - {""}
    if len(dates) > 1:
        return unchecked("total_row", row.row, header, text, say("different_dates"))
    figures = {j: table.figure(table.rows[j], column) for j in used}
    lacking = [j for j in used if figures[j] is None]
    complete = [e for e in extents if not set(e) & set(lacking)]
    if not complete:
        why = say("row_missing", row=table.rows[lacking[0]].row, column=header)
        return unchecked("total_row", row.row, header, text, why)
    kept = [f for j in used if (f := figures[j]) is not None]
    order = {j: p for p, j in enumerate(j for j in used if figures[j] is not None)}
    positions = tuple(tuple(order[j] for j in e) for e in complete)
    return _summed(figure, kept, positions)


def _summed(figure: Figure, rows: list[Figure], extents: Extents) -> Relation:
    judge = partial(judge_total_row, extents=extents)
    figures = (figure, *(_first_only(f) for f in rows))
    return Relation("total_row", figure.row, figure.column, figure.text, figures, judge)


def _first_only(figure: Figure) -> Figure:
    """Keep one reading: trying two in each of many rows would never end."""
    return Figure(
        figure.row,
        figure.column,
        figure.text,
        figure.readings[:1],
        figure.settled,
        figure.count,
    )


def _date(table: PrintedTable, row: PrintedRow) -> str:
    return table.texts(row, "as_of")


def judge_total_row(numbers: tuple[PrintedNumber, ...], *, extents: Extents) -> Judgement:
    """Judge a Jumlah figure against each sum it may be."""
    total, *rows = numbers
    sums = [sum((rows[p].value for p in e), Fraction(0)) for e in extents]
    due = min(sums, key=lambda s: abs(s - total.value))
    places = max(n.decimals for n in numbers)
    slack = sum((n.unit / 2 for n in numbers if not n.whole), Fraction(0))
    details = {
        "total": total,
        "due": Shown(due, places),
        "gap": Shown(abs(due - total.value), places),
        "rows": len(extents[sums.index(due)]),
    }
    recomputed = int(due) if due.denominator == 1 else float(due)
    if due == total.value:
        return Judgement("follows", recomputed, say("total_row_ok", **details))
    if abs(due - total.value) <= slack:
        return Judgement("rounded", recomputed, say("total_row_ok", **details))
    return Judgement("does not follow", recomputed, say("total_row_bad", **details))
