"""Scores of the four principles with their intervals, and how much was assessed."""

from __future__ import annotations

import math
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
from ektp_analytics.report.wording import Move, say

ROW_HEIGHT = 36
FULL = 100.0
REQUIRED = ("key", "score", "status", "weight_assessed")
OPTIONAL = ("low", "high", "bound_low", "bound_high", "previous", "change", "move", "reason")


def principles(
    table: pd.DataFrame,
    edition: Edition,
    *,
    previous_label: str = "",
    remarks: tuple[str, ...] = (),
    caption: str = "",
    source: str = "",
    key: str = "principles",
) -> TableChart:
    """Draw the score of each principle, in the order given.

    Parameters
    ----------
    table
        One row per principle: ``key`` (``participation``, ``transparency``,
        ``accountability``, ``rule_of_law``; any other text is printed as it is),
        ``score`` (0–100 or absent), ``status`` (``ok``, ``partial``, ``carried``, ``not
        assessed``, ``not computable``), ``weight_assessed`` (percent of the principle's
        weight). Optional: ``low``, ``high`` (95 % interval); ``bound_low``,
        ``bound_high`` (missing counted as 0 and as 100, printed for ``partial``);
        ``previous`` (score of the period before); ``change`` (points); ``move`` (``up``,
        ``down``, ``same``, ``not comparable``, ``no previous``); ``reason`` (why there is
        no score).
    edition
        Language, cut-off date and numbering.
    previous_label
        Period before, in short (``TW III 2025``).
    remarks
        Further sentences for the source line (joint score withheld, share of the survey).
    caption, source, key
        Own caption; where the figures come from; key of the figure's number.

    Returns
    -------
    TableChart
        Dot for assessed, open diamond and its bounds for partial, words for the rest.
    """
    rows = records(table, REQUIRED, OPTIONAL)
    start = _start(rows)
    grid = _grid(rows, start, previous_label, edition)
    geometry = rows_of(grid)
    canvas, axes = over_rows(geometry, (start, FULL), edition.lang)
    draw_scale(axes, geometry, ticks(start, FULL, 7))
    _draw_scores(axes, geometry, rows)
    lang = edition.lang
    sentences = [say("principles.reading", lang)]
    if any(row["status"] == "partial" for row in rows):
        sentences.append(say("principles.reading_partial", lang))
    if previous_label and any(row["previous"] is not None for row in rows):
        sentences.append(say("principles.reading_previous", lang, period=previous_label))
    return TableChart(
        grid,
        canvas.plot(_alt(rows, edition)),
        edition.figure_label(key),
        caption or say("principles.caption", lang),
        edition.source_line([*sentences, *remarks], source),
    )


def _start(rows: list[dict[str, Any]]) -> float:
    names = ("score", "low", "bound_low", "previous")
    lowest = min((r[n] for r in rows for n in names if r[n] is not None), default=0.0)
    return float(max(0, math.floor((lowest - 2) / 10) * 10))


def _grid(rows: list[dict[str, Any]], start: float, previous_label: str, edition: Edition) -> Table:
    lang = edition.lang
    cut = say("principles.head_cut", lang, start=numbers.number(start, 0, lang)) if start else ""
    columns = [
        Column("name", say("head.principle", lang), 112),
        Column("score", say("head.score", lang), 44, "right"),
        Column("interval", say("head.interval", lang), 94, "right"),
        Column("plot", say("principles.head_plot", lang) + cut, 168, "center", plot=True),
        Column("status", say("head.status", lang), 116),
        Column("change", _change_head(previous_label, edition), 108),
    ]
    return Table(columns, [Row(_cells(r, edition)) for r in rows], row_height=ROW_HEIGHT)


def _change_head(previous_label: str, edition: Edition) -> str:
    if not previous_label:
        return say("head.change", edition.lang)
    return say("head.change_from", edition.lang, period=previous_label)


def _cells(row: dict[str, Any], edition: Edition) -> dict[str, Cell | str]:
    lang = edition.lang
    interval = None if row["low"] is None else (row["low"], row["high"])
    bounds = ""
    if row["status"] == "partial" and row["bound_low"] is not None:
        span = numbers.interval((row["bound_low"], row["bound_high"]), 1, lang)
        bounds = say("principles.bounds", lang, bounds=span)
    return {
        "name": wording.name_of("principle", row["key"], lang),
        "score": Cell(numbers.number(row["score"], 1, lang), strong=True),
        "interval": Cell(numbers.interval(interval, 1, lang), bounds),
        "status": _status_cell(row, edition),
        "change": _change_cell(row, edition),
    }


def _status_cell(row: dict[str, Any], edition: Edition) -> Cell:
    lang = edition.lang
    share = numbers.percent(row["weight_assessed"], 0, lang)
    weight = say("principles.weight", lang, share=share)
    words = wording.capital(wording.status(row["status"], lang=lang))
    if row["status"] == "ok":
        return Cell(words, weight)
    if row["status"] == "partial":
        return Cell(words, weight, "diamond", "attention", strong=True)
    return Cell(words, row["reason"] or weight, tone="muted")


def _change_cell(row: dict[str, Any], edition: Edition) -> Cell:
    lang = edition.lang
    move: Move = row["move"] or "no previous"
    words = wording.move_words(move, lang)
    if move in ("not comparable", "no previous") or row["change"] is None:
        return Cell(words, tone="muted")
    printed = numbers.signed(row["change"], 1, lang)
    if move == "down":
        return Cell(printed, words, "down", "attention", strong=True)
    return Cell(printed, words, "up" if move == "up" else "")


def _draw_scores(axes: Axes, geometry: Rows, rows: list[dict[str, Any]]) -> None:
    for row, at in zip(rows, geometry.centres, strict=True):
        if row["score"] is None:
            continue
        partial = row["status"] == "partial"
        if partial and row["bound_low"] is not None:
            _draw_bounds(axes, row["bound_low"], row["bound_high"], at)
        if row["low"] is not None:
            axes.intervals([row["low"]], [row["high"]], [at])
        if row["previous"] is not None:
            at_previous = ((row["previous"], at - 8), (row["previous"], at + 8))
            axes.segment(*at_previous, style.GREY_1, 1.8, above=False)
        axes.marks(
            [row["score"]],
            [at],
            "open-diamond" if partial else "ring" if row["status"] == "carried" else "dot",
            style.ATTENTION if partial else style.BLUE,
            10,
            [numbers.number(row["score"], 1, axes.canvas.lang)],
        )


def _draw_bounds(axes: Axes, low: float, high: float, at: float) -> None:
    axes.segment((low, at), (high, at), style.GREY_2, 1.2, "dot")
    for end in (low, high):
        axes.segment((end, at - 4), (end, at + 4), style.GREY_2, 1.2)


def _alt(rows: list[dict[str, Any]], edition: Edition) -> str:
    lang = edition.lang
    told = []
    for row in rows:
        name = wording.name_of("principle", row["key"], lang)
        words = wording.status(row["status"], row["weight_assessed"], lang)
        if row["score"] is not None:
            words = f"{numbers.number(row['score'], 1, lang)}, {words}"
        told.append(f"{name} {words}")
    return say("principles.alt", lang, listed="; ".join(told))
