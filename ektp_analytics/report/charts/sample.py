"""Respondents against the sample required, by service."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.report import numbers, wording
from ektp_analytics.report.charts import style
from ektp_analytics.report.charts.canvas import Axes, over_rows
from ektp_analytics.report.charts.frame import records, ticks
from ektp_analytics.report.charts.scale import draw_scale
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.figure import Rows, TableChart, rows_of
from ektp_analytics.report.grid import Cell, Column, Row, Table
from ektp_analytics.report.wording import say

ROW_HEIGHT, TIGHT_HEIGHT = 29, 21
MANY_ROWS = 12
BAR_SHARE = 0.3  # of the row height


def sample(
    table: pd.DataFrame,
    edition: Edition,
    *,
    total: dict[str, int | None] | None = None,
    method: str = "",
    caption: str = "",
    source: str = "",
    key: str = "sample",
) -> TableChart:
    """Draw respondents as bars and the required sample as a tick.

    Parameters
    ----------
    table
        One row per service, in the order to be printed: ``name``, ``respondents``
        (count); optional ``users`` (persons served in the survey's window) and
        ``required`` (respondents required), absent where N is not known.
    edition
        Language, cut-off date and numbering.
    total
        Counts of the whole unit for the last row: ``{"users": …, "required": …,
        "respondents": …}``; None leaves the row out.
    method
        Sentence on how the required sample was found (formula, N, rounding).
    caption, source, key
        Own caption; where the figures come from; key of the figure's number.

    Returns
    -------
    TableChart
        A service below its requirement has a dark bar, a diamond and the words
        ``kurang 7``; without a requirement it is not judged.
    """
    rows = records(table, ("name", "respondents"), ("users", "required"))
    grid = _grid(rows, total, edition)
    geometry = rows_of(grid)
    top = max([1, *(v for r in rows for v in (r["respondents"], r["required"]) if v)])
    canvas, axes = over_rows(geometry, (0, top * 1.02), edition.lang)
    values = ticks(0, top, 5, whole=True)
    draw_scale(axes, geometry, values, bottom=geometry.edges[len(rows)])
    _draw_bars(axes, geometry, rows)
    return TableChart(
        grid,
        canvas.plot(_alt(rows, edition)),
        edition.figure_label(key),
        caption or say("sample.caption", edition.lang),
        edition.source_line([method], source),
    )


def _grid(
    rows: list[dict[str, Any]], total: dict[str, int | None] | None, edition: Edition
) -> Table:
    lang = edition.lang
    columns = [
        Column("name", say("head.service", lang), 166),
        Column("users", say("head.users", lang), 68, "right"),
        Column("required", say("head.required", lang), 82, "right"),
        Column("respondents", say("head.respondents", lang), 82, "right"),
        Column("plot", say("sample.head_plot", lang), 134, "center", plot=True),
        Column("verdict", say("head.status", lang), 110),
    ]
    height = ROW_HEIGHT if len(rows) <= MANY_ROWS else TIGHT_HEIGHT
    printed = [Row(_cells(row, edition)) for row in rows]
    if total is not None:
        whole = {"users": None, "required": None, "respondents": None, **total}
        name = say("sample.total", lang)
        printed.append(Row(_cells({"name": name, **whole}, edition), "total"))
    return Table(columns, printed, row_height=height)


def _cells(row: dict[str, Any], edition: Edition) -> dict[str, Cell | str]:
    lang = edition.lang
    return {
        "name": str(row["name"]),
        "users": numbers.number(row["users"], 0, lang),
        "required": numbers.number(row["required"], 0, lang),
        "respondents": Cell(numbers.number(row["respondents"], 0, lang), strong=True),
        "verdict": _verdict(row, edition),
    }


def _verdict(row: dict[str, Any], edition: Edition) -> Cell:
    lang = edition.lang
    if row["required"] is None or row["respondents"] is None:
        return Cell(say("sample.unknown", lang), tone="muted")
    spare = row["respondents"] - row["required"]
    if spare < 0:
        missing = numbers.number(-spare, 0, lang)
        return Cell(say("sample.short", lang, missing=missing), "", "diamond", "attention", True)
    return Cell(say("sample.met", lang, spare=numbers.signed(spare, 0, lang)), "", "check")


def _draw_bars(axes: Axes, geometry: Rows, rows: list[dict[str, Any]]) -> None:
    height = geometry.edges[1] - geometry.edges[0] if rows else 0
    drawn = [
        (row, at)
        for row, at in zip(rows, geometry.centres, strict=False)
        if row["respondents"] is not None
    ]
    short = [r["required"] is not None and r["respondents"] < r["required"] for r, _ in drawn]
    axes.bars(
        [r["respondents"] for r, _ in drawn],
        [at for _, at in drawn],
        height * BAR_SHARE,
        [style.ATTENTION if low else style.BAR for low in short],
        [str(r["name"]) for r, _ in drawn],
    )
    for row, at in drawn:
        if row["required"] is not None:
            reach = height * 0.33
            start, end = (row["required"], at - reach), (row["required"], at + reach)
            axes.segment(start, end, style.INK, 1.8, above=True)


def _alt(rows: list[dict[str, Any]], edition: Edition) -> str:
    lang = edition.lang
    told = []
    for row in rows:
        required = numbers.number(row["required"], 0, lang)
        got = numbers.number(row["respondents"], 0, lang)
        told.append(say("sample.alt_row", lang, name=row["name"], got=got, required=required))
    short = sum(
        row["required"] is not None and (row["respondents"] or 0) < row["required"] for row in rows
    )
    return say("sample.alt", lang, listed="; ".join(told), short=wording.spelled(short, lang))
