"""How full each column of the files is."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers
from ektp_analytics.report.charts import style
from ektp_analytics.report.charts.canvas import Axes, over_rows
from ektp_analytics.report.charts.frame import records, ticks
from ektp_analytics.report.charts.scale import draw_scale
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.figure import Rows, TableChart, rows_of
from ektp_analytics.report.grid import Cell, Column, Row, Table
from ektp_analytics.report.wording import name_of, say

ROW_HEIGHT = 18.5
BAR_THICKNESS = 11
PERCENT = 100
NAMED = 3


def filled(
    table: pd.DataFrame,
    edition: Edition,
    *,
    remarks: tuple[str, ...] = (),
    caption: str = "",
    source: str = "",
    key: str = "filled",
) -> TableChart:
    """Draw the share of filled cells in each column, file by file.

    Parameters
    ----------
    table
        One row per column in printed order: ``source`` (source key), ``column`` (printed
        name), ``filled`` and ``rows`` (numbers of cells).
    edition
        Language, cut-off date and numbering.
    remarks
        Further sentences for the source line.
    caption, source, key
        Own caption; where the figures come from; key of the figure's number.

    Returns
    -------
    TableChart
        One bar from 0 to 100 per column with a blank; columns filled throughout are
        counted beside the name of the file.
    """
    rows = records(table, ("source", "column", "filled", "rows"))
    lang = edition.lang
    lines: list[dict[str, Any] | None] = []
    printed: list[Row] = []
    for name, found in groupby(rows, lambda row: str(row["source"])):
        columns = [*found]
        blank = [row for row in columns if row["filled"] < row["rows"]]
        printed += [_head(name, columns, len(blank), lang), *(_line(row, lang) for row in blank)]
        lines += [None, *blank]
    grid = _grid(printed, edition)
    geometry = rows_of(grid)
    canvas, axes = over_rows(geometry, (0, PERCENT), lang)
    if lines:
        _draw(axes, geometry, lines)
    return TableChart(
        grid,
        canvas.plot(_alt(rows, lang)),
        edition.figure_label(key),
        caption or say("filled.caption", lang),
        edition.source_line([say("filled.reading", lang), *remarks], source),
    )


def _head(name: str, columns: list[dict[str, Any]], blank: int, lang: Language) -> Row:
    source = name_of("source", name, lang)
    count = numbers.number(columns[0]["rows"], 0, lang)
    full = say("filled.full", lang, full=len(columns) - blank, columns=len(columns))
    head = Cell(f"{source} (n = {count})", strong=True, span=2)
    return Row({"name": head, "plot": full}, "group")


def _line(row: dict[str, Any], lang: Language) -> Row:
    return Row(
        {
            "name": f"\u00a0\u00a0{row['column']}",
            "filled": numbers.number(row["filled"], 0, lang),
            "share": numbers.percent(_share(row), 1, lang),
        }
    )


def _share(row: dict[str, Any]) -> float | None:
    return PERCENT * row["filled"] / row["rows"] if row["rows"] else None


def _grid(rows: list[Row], edition: Edition) -> Table:
    lang = edition.lang
    columns = [
        Column("name", say("filled.head_column", lang), 250),
        Column("filled", say("filled.head_filled", lang), 66, "right"),
        Column("plot", say("filled.head_plot", lang), 260, "center", plot=True),
        Column("share", say("head.share", lang), 66, "right"),
    ]
    return Table(columns, rows, row_height=ROW_HEIGHT, empty=say("filled.empty", lang))


def _draw(axes: Axes, geometry: Rows, lines: list[dict[str, Any] | None]) -> None:
    lang = axes.canvas.lang
    draw_scale(axes, geometry, ticks(0, PERCENT, 6), zero=True)
    drawn = [
        (row, at) for row, at in zip(lines, geometry.centres, strict=True) if row and row["rows"]
    ]
    axes.bars(
        [PERCENT * row["filled"] / row["rows"] for row, _ in drawn],
        [at for _, at in drawn],
        BAR_THICKNESS,
        [style.BAR] * len(drawn),
        [f"{row['column']}: {numbers.percent(_share(row), 1, lang)}" for row, _ in drawn],
    )


def _alt(rows: list[dict[str, Any]], lang: Language) -> str:
    if not rows:
        return say("filled.empty", lang)
    blank = [row for row in rows if row["filled"] < row["rows"]]
    known = sorted(blank, key=lambda row: row["filled"] / row["rows"])
    if not known:
        return say("filled.alt_full", lang)
    told = [f"{r['column']} {numbers.percent(_share(r), 1, lang)}" for r in known[:NAMED]]
    return say("filled.alt", lang, listed=", ".join(told))
