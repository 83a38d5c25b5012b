"""Tables of the report's body: any small table, changes, services, factors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from ektp_analytics.report import numbers, wording
from ektp_analytics.report.blocks import Mark
from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.grid import TEXT_WIDTH, Align, Cell, Column, Row, Table
from ektp_analytics.report.numbers import Number
from ektp_analytics.report.typeset import text_width
from ektp_analytics.report.wording import say

ROOM = 26  # px beside the widest text of a column
WIDEST = 260  # px a column of words may ask for
_MOVE_MARKS: dict[str, Mark] = {"up": "up", "down": "down", "same": "dot"}


def plain_table(
    frame: pd.DataFrame,
    edition: Edition,
    *,
    key: str,
    caption: str = "",
    align: Mapping[str, Align] | None = None,
    widths: Mapping[str, float] | None = None,
    kinds: Sequence[Any] = (),
    source: str = "",
    width: float = TEXT_WIDTH,
    numbered: bool = True,
    empty: str = "",
) -> Table:
    """Print any small table of texts and formatted numbers.

    Parameters
    ----------
    frame
        One column per printed column, its name the head; cells are texts (formatted by
        `ektp_analytics.report.numbers`) or `Cell`; an absent cell prints as ``–``.
    edition
        Language, cut-off date and numbering.
    key
        Key of the table's number.
    caption, source
        What the table shows; where it comes from (a full sentence).
    align
        Alignment by column; by default columns of numbers stand right, words left.
    widths
        Relative widths by column; by default from the texts.
    kinds
        Kind of each row (see `Row`); empty: all plain.
    width
        Width in px (310 in one of two columns).
    numbered
        Whether it gets ``Tabel N``.
    empty
        Sentence in place of the rows if there are none.

    Returns
    -------
    Table
    """
    cells = {
        str(name): [_cell(value) for value in frame[name].astype(object)] for name in frame.columns
    }
    columns = [
        Column(
            name,
            name,
            (widths or {}).get(name, _asked(name, column)),
            (align or {}).get(name, "right" if _numeric(column) else "left"),
        )
        for name, column in cells.items()
    ]
    kinds = list(kinds) or ["row"] * len(frame)
    rows = [Row({n: c[i] for n, c in cells.items()}, kinds[i]) for i in range(len(frame))]
    label = edition.table_label(key) if numbered else ""
    return Table(columns, rows, label, caption, source, width, empty=empty)


def changes_table(
    table: pd.DataFrame,
    edition: Edition,
    *,
    now_label: str,
    before_label: str,
    caption: str = "",
    source: str = "",
    key: str = "changes",
) -> Table:
    """Print measures now and before, their limits and the verdict.

    Parameters
    ----------
    table
        One row per measure: ``name``, ``now``, ``before``, ``move`` (as in `wording`);
        optional ``mean``, ``lower``, ``upper`` (control limits), ``decimals`` (default
        1), ``unit`` (``%`` or nothing).
    edition
        Language, cut-off date and numbering.
    now_label, before_label
        Periods in short (``TW IV 2025``).
    caption, source, key
        What the table shows; where it comes from; key of its number.

    Returns
    -------
    Table
    """
    lang = edition.lang
    columns = [
        Column("name", say("head.measure_name", lang), 170),
        Column("before", before_label, 74, "right"),
        Column("now", now_label, 74, "right"),
        Column("difference", say("head.difference", lang), 58, "right"),
        Column("mean", say("head.mean", lang), 64, "right"),
        Column("limits", say("head.control_limits", lang), 92, "right"),
        Column("verdict", say("head.verdict", lang), 130),
    ]
    optional = ("mean", "lower", "upper", "decimals", "unit")
    rows = [
        Row(_change_cells(row, edition))
        for row in records(table, ("name", "now", "before", "move"), optional)
    ]
    caption = caption or say("table.changes", lang)
    return Table(columns, rows, edition.table_label(key), caption, source)


def services_table(
    table: pd.DataFrame,
    edition: Edition,
    *,
    caption: str = "",
    source: str = "",
    key: str = "services",
    head: str = "",
) -> Table:
    """Print the index of each service, or of other groups; thirty fit a page.

    Parameters
    ----------
    table
        One row per service: ``name``, ``n``, ``index``, ``grade``; optional ``low``,
        ``high`` (95 % interval), ``note`` (``n kecil``), ``total`` (bool, last row).
    edition, caption, source, key
        As in `changes_table`.
    head
        Head over the names; ``Jenis layanan`` if empty.

    Returns
    -------
    Table
    """
    lang = edition.lang
    columns = [
        Column("name", head or say("head.service", lang), 250),
        Column("n", "n", 56, "right"),
        Column("index", say("head.ikm", lang), 66, "right"),
        Column("interval", say("head.interval", lang), 100, "right"),
        Column("grade", say("head.grade", lang), 56, "center"),
        Column("note", say("head.note", lang), 114),
    ]
    optional = ("low", "high", "note", "total")
    rows = [
        Row(_service_cells(row, edition), "total" if row["total"] else "row")
        for row in records(table, ("name", "n", "index", "grade"), optional)
    ]
    caption = caption or say("table.services", lang)
    return Table(columns, rows, edition.table_label(key), caption, source, row_height=21)


def factors_table(
    table: pd.DataFrame,
    edition: Edition,
    *,
    caption: str,
    source: str = "",
    width: float = 310,
    key: str = "factors",
) -> Table:
    """Print supporting or hindering factors with the number of statements behind each.

    Parameters
    ----------
    table
        One row per factor: ``theme``, ``count``; optional ``detail``.
    edition, caption, source, key
        As in `changes_table`.
    width
        Width in px.

    Returns
    -------
    Table
    """
    lang = edition.lang
    columns = [
        Column("theme", say("head.factor", lang), 250),
        Column("count", say("head.evidence", lang), 60, "right"),
    ]
    rows = []
    for row in records(table, ("theme", "count"), ("detail",)):
        detail = f" {row['detail']}" if row["detail"] else ""
        words = f"**{str(row['theme']).rstrip('.')}.**{detail}"
        rows.append(Row({"theme": words, "count": numbers.number(row["count"], 0, lang)}))
    label = edition.table_label(key)
    empty = say("table.no_factors", lang)
    return Table(columns, rows, label, caption, source, width, empty=empty)


def _change_cells(row: dict[str, Any], edition: Edition) -> dict[str, Cell | str]:
    lang = edition.lang
    decimals = 1 if row["decimals"] is None else int(row["decimals"])
    unit = row["unit"] or ""

    def printed(value: Number | None) -> str:
        text = numbers.number(value, decimals, lang)
        return text if value is None else text + unit

    both = row["now"] is not None and row["before"] is not None
    comparable = both and row["move"] != "not comparable"
    difference = numbers.difference(row["now"], row["before"]) if comparable else None
    limits = None if row["lower"] is None else (row["lower"], row["upper"])
    down = row["move"] == "down"
    words = wording.move_words(row["move"], lang)
    mark = _MOVE_MARKS.get(row["move"], "")
    return {
        "name": str(row["name"]),
        "before": printed(row["before"]),
        "now": Cell(printed(row["now"]), strong=True),
        "difference": numbers.signed(difference, decimals, lang),
        "mean": printed(row["mean"]),
        "limits": numbers.interval(limits, decimals, lang),
        "verdict": Cell(words, "", mark, "attention" if down else "", strong=down),
    }


def _service_cells(row: dict[str, Any], edition: Edition) -> dict[str, Cell | str]:
    lang = edition.lang
    interval = None if row["low"] is None else (row["low"], row["high"])
    return {
        "name": str(row["name"]),
        "n": numbers.number(row["n"], 0, lang),
        "index": Cell(numbers.number(row["index"], 2, lang), strong=True),
        "interval": numbers.interval(interval, 2, lang),
        "grade": row["grade"] or numbers.ABSENT,
        "note": row["note"] or "",
    }


def _cell(value: Any) -> Cell:
    if isinstance(value, Cell):
        return value
    return Cell(numbers.ABSENT if numbers.is_absent(value) else str(value))


def _numeric(column: Sequence[Cell]) -> bool:
    """Whether every filled cell of a column starts like a number."""
    texts = [cell.text.strip("*") for cell in column if cell.text not in ("", numbers.ABSENT)]
    return bool(texts) and all(text.lstrip(f"<> +{numbers.MINUS}")[:1].isdigit() for text in texts)


def _asked(name: str, column: Sequence[Cell]) -> float:
    head = max(text_width(line, 11.2, bold=True) for line in name.split("\n"))
    body = max((text_width(cell.text, 12, cell.strong) for cell in column), default=0)
    return min(max(head, body), WIDEST) + ROOM
