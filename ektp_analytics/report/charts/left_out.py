"""What each principle's score becomes without one of its indicators (tornado)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.charts import style
from ektp_analytics.report.charts.canvas import Axes, over_rows
from ektp_analytics.report.charts.frame import records, ticks
from ektp_analytics.report.charts.scale import draw_scale
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.figure import Rows, TableChart, rows_of
from ektp_analytics.report.grid import Cell, Column, Row, Table
from ektp_analytics.report.wording import say

ROW_HEIGHT = 19
BAR_THICKNESS = 11
MOST = 15  # rows drawn; the rest are counted in the source line
LEAST_REACH = 1.0  # points the axis shows at least on either side
NAMED = 3


def left_out(
    table: pd.DataFrame,
    edition: Edition,
    *,
    most: int = MOST,
    remarks: tuple[str, ...] = (),
    caption: str = "",
    source: str = "",
    key: str = "left_out",
) -> TableChart:
    """Draw how a principle's score changes when one indicator is left out.

    Parameters
    ----------
    table
        One row per indicator, as `LeftOut.to_frame` with a catalogue gives it: ``name``,
        ``principle`` (key), ``without`` (the score without it), ``change`` (points; absent
        where nothing is left).
    edition
        Language, cut-off date and numbering.
    most
        Rows drawn, the largest changes first.
    remarks
        Further sentences for the source line.
    caption, source, key
        Own caption; where the figures come from; key of the figure's number.

    Returns
    -------
    TableChart
        A bar to the right where the score would rise without the indicator.
    """
    rows = records(table, ("name", "principle", "without", "change"))
    rows.sort(key=lambda row: (row["change"] is None, -abs(row["change"] or 0.0)))
    shown, rest = rows[:most], len(rows) - most
    lang = edition.lang
    grid = _grid(shown, edition)
    geometry = rows_of(grid)
    ends = _ends(shown)
    canvas, axes = over_rows(geometry, ends, lang)
    if shown:
        draw_scale(axes, geometry, ticks(*ends, 6), zero=True, signed=True)
        _draw_bars(axes, geometry, shown)
    more = say("left_out.rest", lang, count=numbers.number(rest, 0, lang)) if rest > 0 else ""
    return TableChart(
        grid,
        canvas.plot(_alt(shown, lang)),
        edition.figure_label(key),
        caption or say("left_out.caption", lang),
        edition.source_line([say("left_out.reading", lang), more, *remarks], source),
    )


def _grid(rows: list[dict[str, Any]], edition: Edition) -> Table:
    lang = edition.lang
    columns = [
        Column("name", say("head.indicator", lang), 212),
        Column("principle", say("head.principle", lang), 112),
        Column("without", say("left_out.head_without", lang), 74, "right"),
        Column("plot", say("left_out.head_plot", lang), 186, "center", plot=True),
        Column("change", say("head.change", lang), 62, "right"),
    ]
    empty = say("left_out.empty", lang)
    return Table(columns, [_row(row, lang) for row in rows], row_height=ROW_HEIGHT, empty=empty)


def _row(row: dict[str, Any], lang: Language) -> Row:
    cells: dict[str, Cell | str] = {
        "name": str(row["name"]),
        "principle": wording.name_of("principle", row["principle"], lang),
        "without": numbers.number(row["without"], 1, lang),
        "change": numbers.signed(row["change"], 1, lang),
    }
    if row["change"] is None:
        cells["plot"] = say("left_out.nothing_left", lang)
        return Row(cells, "muted")
    return Row(cells)


def _ends(rows: list[dict[str, Any]]) -> tuple[float, float]:
    changes = [row["change"] for row in rows if row["change"] is not None]
    low, high = min([*changes, -LEAST_REACH]), max([*changes, LEAST_REACH])
    room = 0.04 * (high - low)
    return low - room, high + room


def _draw_bars(axes: Axes, geometry: Rows, rows: list[dict[str, Any]]) -> None:
    drawn = [
        (row, at)
        for row, at in zip(rows, geometry.centres, strict=True)
        if row["change"] is not None
    ]
    axes.bars(
        [row["change"] for row, _ in drawn],
        [at for _, at in drawn],
        BAR_THICKNESS,
        [style.ATTENTION if row["change"] > 0 else style.BAR for row, _ in drawn],
        [f"{r['name']}: {numbers.signed(r['change'], 1, axes.canvas.lang)}" for r, _ in drawn],
    )


def _alt(rows: list[dict[str, Any]], lang: Language) -> str:
    told = [
        f"{row['name']} {numbers.signed(row['change'], 1, lang)}"
        for row in rows[:NAMED]
        if row["change"] is not None
    ]
    return (
        say("left_out.alt", lang, listed=", ".join(told)) if told else say("left_out.empty", lang)
    )
