"""Which factor moves a score most: its share of the variance (Sobol)."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers
from ektp_analytics.report.charts import style
from ektp_analytics.report.charts.canvas import Axes, over_rows
from ektp_analytics.report.charts.choices import score_name
from ektp_analytics.report.charts.frame import records, ticks
from ektp_analytics.report.charts.scale import draw_scale
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.figure import Rows, TableChart, rows_of
from ektp_analytics.report.grid import Cell, Column, Row, Table
from ektp_analytics.report.wording import say

ROW_HEIGHT = 18.5
BAR_THICKNESS = 11
PERCENT = 100
FULL = 100.0


def sobol(
    table: pd.DataFrame,
    edition: Edition,
    *,
    remarks: tuple[str, ...] = (),
    caption: str = "",
    source: str = "",
    key: str = "sobol",
) -> TableChart:
    """Draw the total Sobol share of each factor for each score.

    Parameters
    ----------
    table
        One row per score and factor, as `shares_frame` gives it: ``key`` (principle or
        ``overall``), ``factor`` (``data``, ``weights``, ``aggregation``, ``mapping``,
        ``goalposts``), ``first``, ``total`` (0–1; absent for a factor that cannot act),
        ``note`` (why there is none).
    edition
        Language, cut-off date and numbering.
    remarks
        Further sentences for the source line (design points, seed).
    caption, source, key
        Own caption; where the figures come from; key of the figure's number.

    Returns
    -------
    TableChart
        Bars from 0; estimates a little below 0 or above 1 are noise of the simulation and
        are drawn as 0 and printed as they are. A score that cannot be taken apart is one
        line with its reason.
    """
    rows = records(table, ("key", "factor", "first", "total"), ("note",))
    lang = edition.lang
    lines = [line for k, found in groupby(rows, _key) for line in _group(k, [*found], lang)]
    grid = _grid([row for row, _ in lines], edition)
    geometry = rows_of(grid)
    totals = [PERCENT * r["total"] for r in rows if r["total"] is not None]
    ends = (0.0, max([FULL, *totals]))
    canvas, axes = over_rows(geometry, ends, lang)
    if lines:
        draw_scale(axes, geometry, ticks(*ends, 6), zero=True)
        _draw_bars(axes, geometry, [line for _, line in lines])
    return TableChart(
        grid,
        canvas.plot(_alt(rows, lang)),
        edition.figure_label(key),
        caption or say("sobol.caption", lang),
        edition.source_line([say("sobol.reading", lang), *remarks], source),
    )


def _key(row: dict[str, Any]) -> str:
    return str(row["key"])


def _group(
    key: str, rows: list[dict[str, Any]], lang: Language
) -> list[tuple[Row, dict[str, Any] | None]]:
    """Return the lines of one score: its name, then its factors, or why there are none."""
    name = Cell(score_name(key, lang), strong=True, span=3)
    if all(row["total"] is None for row in rows):
        why = str(rows[0]["note"] or "")
        return [(Row({"name": name, "plot": why}, "group"), None)]
    head: list[tuple[Row, dict[str, Any] | None]] = [(Row({"name": name}, "group"), None)]
    return [*head, *((_line(row, lang), row) for row in rows)]


def _line(row: dict[str, Any], lang: Language) -> Row:
    cells: dict[str, Cell | str] = {
        "name": f"\u00a0\u00a0{_factor(row, lang)}",
        "first": numbers.percent(_percent(row["first"]), 0, lang),
        "total": numbers.percent(_percent(row["total"]), 0, lang),
    }
    if row["total"] is None:
        return Row({**cells, "plot": str(row["note"] or "")}, "muted")
    return Row(cells)


def _factor(row: dict[str, Any], lang: Language) -> str:
    return say(f"sobol.{row['factor']}", lang)


def _percent(share: float | None) -> float | None:
    return None if share is None else PERCENT * share


def _grid(rows: list[Row], edition: Edition) -> Table:
    lang = edition.lang
    columns = [
        Column("name", say("sobol.head_factor", lang), 200),
        Column("first", say("sobol.head_first", lang), 70, "right"),
        Column("total", say("sobol.head_total", lang), 70, "right"),
        Column("plot", say("sobol.head_plot", lang), 302, "center", plot=True),
    ]
    return Table(columns, rows, row_height=ROW_HEIGHT, empty=say("sobol.empty", lang))


def _draw_bars(axes: Axes, geometry: Rows, lines: list[dict[str, Any] | None]) -> None:
    drawn = [
        (line, at)
        for line, at in zip(lines, geometry.centres, strict=True)
        if line and line["total"] is not None
    ]
    lang = axes.canvas.lang
    axes.bars(
        [max(PERCENT * line["total"], 0.0) for line, _ in drawn],
        [at for _, at in drawn],
        BAR_THICKNESS,
        [style.BAR] * len(drawn),
        [numbers.percent(_percent(line["total"]), 0, lang) for line, _ in drawn],
    )


def _alt(rows: list[dict[str, Any]], lang: Language) -> str:
    told = []
    for key, found in groupby(rows, _key):
        known = [row for row in found if row["total"] is not None]
        if known:
            top = max(known, key=lambda row: row["total"])
            share = numbers.percent(_percent(top["total"]), 0, lang)
            told.append(f"{score_name(key, lang)}: {_factor(top, lang)} {share}")
    if told:
        return say("sobol.alt", lang, listed="; ".join(told))
    if not rows:
        return say("sobol.empty", lang)
    reason = str(rows[0]["note"] or "").rstrip(".")
    return say("sobol.alt_absent", lang, reason=reason)
