"""Ranks of offices with the range each may lie in, best first."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.report import numbers
from ektp_analytics.report.charts.canvas import Axes, over_rows
from ektp_analytics.report.charts.frame import records, ticks
from ektp_analytics.report.charts.scale import draw_scale
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.figure import TableChart, rows_of
from ektp_analytics.report.grid import Cell, Column, Row, Table
from ektp_analytics.report.wording import say

ROW_HEIGHT = 20
MOST_TICKS = 8
REQUIRED = ("office", "score", "rank")
OPTIONAL = ("rank_low", "rank_high")


def league(
    table: pd.DataFrame,
    edition: Edition,
    *,
    last: int,
    caption: str = "",
    source: str = "",
    key: str = "league",
) -> TableChart:
    """Draw the rank of each office on a line for the range it may lie in.

    Parameters
    ----------
    table
        One row per office in the order printed: ``office`` (its name), ``score`` (0–100 or
        absent), ``rank`` (1 is best, absent without a score). Optional: ``rank_low``,
        ``rank_high`` (best and worst rank of the range).
    edition
        Language, cut-off date and numbering.
    last
        The last rank there is, the right end of the axis.
    caption, source, key
        Own caption; where the figures come from; key of the figure's number.

    Returns
    -------
    TableChart
        A dot and a line for each office ranked, a word for the others.
    """
    rows, lang = records(table, REQUIRED, OPTIONAL), edition.lang
    grid = _grid(rows, edition)
    geometry = rows_of(grid)
    canvas, axes = over_rows(geometry, (1, max(last, 2)), lang)
    draw_scale(axes, geometry, _ranks(last))
    for row, at in zip(rows, geometry.centres, strict=True):
        _draw(axes, row, at)
    return TableChart(
        grid,
        canvas.plot(_alt(rows, edition)),
        edition.figure_label(key),
        caption or say("league.caption", lang),
        edition.source_line([say("league.reading", lang)], source),
    )


def _grid(rows: list[dict[str, Any]], edition: Edition) -> Table:
    lang = edition.lang
    columns = [
        Column("office", say("league.head_office", lang), 206),
        Column("score", say("head.score", lang), 56, "right"),
        Column("rank", say("league.head_rank", lang), 66, "right"),
        Column("range", say("league.head_range", lang), 74, "right"),
        Column("plot", say("league.head_plot", lang), 240, "center", plot=True),
    ]
    return Table(columns, [Row(_cells(row, edition)) for row in rows], row_height=ROW_HEIGHT)


def _cells(row: dict[str, Any], edition: Edition) -> dict[str, Cell | str]:
    lang = edition.lang
    if row["rank"] is None:
        unranked = Cell(say("league.unranked", lang), tone="muted")
        return {"office": row["office"], "plot": unranked, "rank": numbers.ABSENT,
                "score": numbers.ABSENT, "range": numbers.ABSENT}  # fmt: skip
    span = None if row["rank_low"] is None else (row["rank_low"], row["rank_high"])
    return {
        "office": row["office"],
        "score": Cell(numbers.number(row["score"], 2, lang), strong=True),
        "rank": numbers.number(row["rank"], 0, lang),
        "range": numbers.interval(span, 0, lang),
    }


def _ranks(last: int) -> list[float]:
    """Return the ranks marked on the axis: the first, and round ones up to the last."""
    return [1, *(tick for tick in ticks(0, last, MOST_TICKS, whole=True) if 1 < tick <= last)]


def _draw(axes: Axes, row: dict[str, Any], at: float) -> None:
    if row["rank"] is None:
        return
    if row["rank_low"] is not None:
        axes.intervals([row["rank_low"]], [row["rank_high"]], [at])
    axes.marks([row["rank"]], [at], hover=[numbers.number(row["rank"], 0, axes.canvas.lang)])


def _alt(rows: list[dict[str, Any]], edition: Edition) -> str:
    lang = edition.lang
    ranked = [row for row in rows if row["rank"] is not None]
    if not ranked:
        return say("league.alt_none", lang)
    told = (f"{row['office']} {numbers.number(row['rank'], 0, lang)}" for row in ranked)
    return say("league.alt", lang, listed="; ".join(told))
