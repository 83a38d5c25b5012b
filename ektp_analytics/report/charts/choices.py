"""Two kinds of doubt about a score, side by side: the sample, and our choices."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.charts import style
from ektp_analytics.report.charts.canvas import Axes, over_rows
from ektp_analytics.report.charts.frame import records, ticks
from ektp_analytics.report.charts.scale import draw_scale
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.figure import TableChart, rows_of
from ektp_analytics.report.grid import Cell, Column, Row, Table
from ektp_analytics.report.wording import say

ROW_HEIGHT = 34
BAND_HALF = 7  # px
FULL = 100.0
OVERALL = "overall"
REQUIRED = ("key", "score", "status", "interval_low", "interval_high")


def choices(
    table: pd.DataFrame,
    edition: Edition,
    *,
    remarks: tuple[str, ...] = (),
    caption: str = "",
    source: str = "",
    key: str = "choices",
) -> TableChart:
    """Draw each score with its sampling interval and its range over choices.

    Parameters
    ----------
    table
        One row per score, as `Scorecard.to_frame` gives it: ``key`` (principle or
        ``overall``), ``score`` (0–100 or absent), ``status``, ``interval_low``,
        ``interval_high`` (95 % sampling interval, absent for complete counts),
        ``choices_low``, ``choices_high`` (range over choices).
    edition
        Language, cut-off date and numbering.
    remarks
        Further sentences for the source line (draws, seed).
    caption, source, key
        Own caption; where the figures come from; key of the figure's number.

    Returns
    -------
    TableChart
        Band for the range, line for the interval, dot for the score; open diamond for a
        score that is partial, words for what is not assessed.
    """
    rows = records(table, (*REQUIRED, "choices_low", "choices_high"))
    start = _start(rows)
    grid = _grid(rows, edition)
    geometry = rows_of(grid)
    canvas, axes = over_rows(geometry, (start, FULL), edition.lang)
    draw_scale(axes, geometry, ticks(start, FULL, 7))
    for row, at in zip(rows, geometry.centres, strict=True):
        _draw_score(axes, row, at)
    lang = edition.lang
    sentences = [say("choices.reading", lang)]
    if any(r["score"] is not None and r["interval_low"] is None for r in rows):
        sentences.append(say("choices.no_interval", lang))
    return TableChart(
        grid,
        canvas.plot(_alt(rows, edition)),
        edition.figure_label(key),
        caption or say("choices.caption", lang),
        edition.source_line([*sentences, *remarks], source),
    )


def score_name(key: str, lang: Language) -> str:
    """Return the printed name of a principle, or of the overall score."""
    return say("score_name.overall", lang) if key == OVERALL else _principle(key, lang)


def _principle(key: str, lang: Language) -> str:
    return wording.name_of("principle", key, lang)


def _start(rows: list[dict[str, Any]]) -> float:
    names = ("score", "interval_low", "choices_low")
    lowest = min((r[n] for r in rows for n in names if r[n] is not None), default=0.0)
    return float(max(0, math.floor((lowest - 2) / 10) * 10))


def _grid(rows: list[dict[str, Any]], edition: Edition) -> Table:
    lang = edition.lang
    columns = [
        Column("name", say("head.principle", lang), 120),
        Column("score", say("head.score", lang), 48, "right"),
        Column("interval", say("head.interval", lang), 94, "right"),
        Column("plot", say("choices.head_plot", lang), 286, "center", plot=True),
        Column("range", say("choices.head_range", lang), 94, "right"),
    ]
    return Table(columns, [_row(row, lang) for row in rows], row_height=ROW_HEIGHT)


def _row(row: dict[str, Any], lang: Language) -> Row:
    name = score_name(row["key"], lang)
    if row["score"] is None:
        words = wording.status(row["status"], lang=lang)
        return Row({"name": name, "score": numbers.ABSENT, "plot": words}, "muted")
    cells: dict[str, Cell | str] = {
        "name": name,
        "score": Cell(numbers.number(row["score"], 1, lang), strong=True),
        "interval": numbers.interval(_pair(row, "interval"), 1, lang),
        "range": numbers.interval(_pair(row, "choices"), 1, lang),
    }
    return Row(cells, "total" if row["key"] == OVERALL else "row")


def _pair(row: dict[str, Any], name: str) -> tuple[float, float] | None:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return None if low is None or high is None else (low, high)


def _draw_score(axes: Axes, row: dict[str, Any], at: float) -> None:
    if row["score"] is None:
        return
    if (span := _pair(row, "choices")) is not None:
        axes.band((span[0], at - BAND_HALF), (span[1], at + BAND_HALF), style.GREY_3)
    if (pair := _pair(row, "interval")) is not None:
        axes.intervals([pair[0]], [pair[1]], [at])
    partial = row["status"] == "partial"
    axes.marks(
        [row["score"]],
        [at],
        "open-diamond" if partial else "dot",
        style.ATTENTION if partial else style.BLUE,
        9,
        [numbers.number(row["score"], 1, axes.canvas.lang)],
    )


def _alt(rows: list[dict[str, Any]], edition: Edition) -> str:
    lang = edition.lang
    told = [
        say(
            "choices.from_to",
            lang,
            name=score_name(row["key"], lang),
            score=numbers.number(row["score"], 1, lang),
            range=numbers.interval(_pair(row, "choices"), 1, lang),
        )
        for row in rows
        if row["score"] is not None
    ]
    if not told:
        return say("choices.alt_absent", lang)
    return say("choices.alt", lang, listed="; ".join(told))
