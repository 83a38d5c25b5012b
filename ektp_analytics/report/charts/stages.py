"""How long each stage takes, and who controls it."""

from __future__ import annotations

from math import log10
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.charts import style
from ektp_analytics.report.charts.canvas import Axes, over_rows
from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.charts.time_axis import COARSE, time_range, time_ticks
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.figure import INSET, Rows, TableChart, rows_of
from ektp_analytics.report.grid import Cell, Column, Row, Table
from ektp_analytics.report.typeset import text_width
from ektp_analytics.report.wording import say

ROW_HEIGHT = 23
BELOW = 20
LABELS_BELOW = 11
LABEL_GAP = 4
MOST_TICKS = 6
SHORTEST = 1 / 60  # hours; a stage stamped in the same minute is drawn at one minute


def stages(
    table: pd.DataFrame,
    edition: Edition,
    *,
    limit_hours: float | None,
    remarks: tuple[str, ...] = (),
    caption: str = "",
    source: str = "",
    key: str = "stages",
) -> TableChart:
    """Draw the median of each stage and its reach to the 90th percentile.

    Parameters
    ----------
    table
        One row per stage in its order: ``name`` (``Siap cetak → tercetak``), ``control``
        (``office`` or ``centre``), ``n``, ``median`` and ``p90`` (hours; absent where the
        quantile is not reached). Optional ``total`` (bool): a row over several stages,
        ruled off and bold.
    edition
        Language, cut-off date and numbering.
    limit_hours
        Legal limit drawn as a line; None draws none.
    remarks
        Further sentences for the source line.
    caption, source, key
        Own caption; where the figures come from; key of the figure's number.

    Returns
    -------
    TableChart
        Dot = office, diamond = central system; an open whisker without end cap where the
        90th percentile is not reached. Medians are never summed, and the line says so.
    """
    rows = records(table, ("name", "control", "n", "median", "p90"), ("total",))
    grid = _grid(rows, edition)
    geometry = rows_of(grid)
    times = [v for r in rows for v in (r["median"], r["p90"]) if v is not None]
    known = [max(v, SHORTEST) for v in [*times, *([limit_hours] if limit_hours else [])]]
    ends = time_range(min(known, default=1.0), max(known, default=24.0), COARSE)
    canvas, axes = over_rows(geometry, ends, edition.lang, BELOW, log=True)
    _draw_scale(axes, geometry, ends, limit_hours)
    _draw_stages(axes, geometry, rows, ends[1])
    lang = edition.lang
    sentences = [say("stages.reading", lang)]
    if limit_hours is not None:
        line = numbers.limit(limit_hours, lang)
        sentences.append(say("stages.reading_limit", lang, limit=line))
    sentences.append(say("stages.not_summed", lang))
    return TableChart(
        grid,
        canvas.plot(_alt(rows, edition)),
        edition.figure_label(key),
        caption or say("stages.caption", lang),
        edition.source_line([*sentences, *remarks], source),
    )


def _grid(rows: list[dict[str, Any]], edition: Edition) -> Table:
    lang = edition.lang
    columns = [
        Column("name", say("head.stage", lang), 188),
        Column("control", say("head.control", lang), 62),
        Column("n", "n", 56, "right"),
        Column("median", say("head.median", lang), 78, "right"),
        Column("p90", "P90", 96, "right"),
        Column("plot", say("stages.head_plot", lang), 168, "center", plot=True),
    ]
    return Table(columns, [_row(row, edition) for row in rows], row_height=ROW_HEIGHT)


def _row(row: dict[str, Any], edition: Edition) -> Row:
    lang = edition.lang
    open_end = say("time.not_reached", lang)
    cells: dict[str, Cell | str] = {
        "name": str(row["name"]),
        "control": wording.name_of("control", row["control"], lang),
        "n": numbers.number(row["n"], 0, lang),
        "median": open_end if row["median"] is None else numbers.duration(row["median"], lang),
        "p90": open_end if row["p90"] is None else numbers.duration(row["p90"], lang),
    }
    if not row["n"]:
        cells |= {"median": numbers.ABSENT, "p90": numbers.ABSENT}
    return Row(cells, "total" if row["total"] else "row")


def _draw_scale(
    axes: Axes, geometry: Rows, ends: tuple[float, float], limit_hours: float | None
) -> None:
    values = time_ticks(ends, MOST_TICKS, COARSE)
    for tick in values:
        axes.segment((tick, geometry.head), (tick, geometry.bottom))
    foot = geometry.bottom + LABELS_BELOW
    room = geometry.width - 2 * INSET
    for tick, label, inward in _labels(values, ends, limit_hours, room, axes.canvas.lang):
        axes.words(tick, foot, label, style.SMALL_SIZE, style.GREY_1, shift=(inward, 0))
    if limit_hours is not None:
        start, end = (limit_hours, geometry.head), (limit_hours, geometry.bottom)
        axes.segment(start, end, style.INK, 1.0)


def _labels(
    values: list[float],
    ends: tuple[float, float],
    limit_hours: float | None,
    room: float,
    lang: Language,
) -> list[tuple[float, str, float]]:
    """Return the tick labels that fit: first the ends and the limit, then the others.

    Each comes with the px it is moved inward, so that it stays over its column.
    """
    first = {values[0], values[-1], limit_hours} if values else set()
    taken: list[tuple[float, float]] = []
    kept = []
    for tick in sorted(values, key=lambda value: value not in first):
        label = numbers.limit(tick, lang)
        half = text_width(label, style.SMALL_SIZE) / 2
        inward = max(0.0, half - INSET) * ((tick == values[0]) - (tick == values[-1]))
        middle = log10(tick / ends[0]) / log10(ends[1] / ends[0]) * room + inward
        span = (middle - half - LABEL_GAP, middle + half + LABEL_GAP)
        if all(span[1] <= low or high <= span[0] for low, high in taken):
            taken.append((middle - half, middle + half))
            kept.append((tick, label, inward))
    return kept


def _draw_stages(axes: Axes, geometry: Rows, rows: list[dict[str, Any]], last: float) -> None:
    lang = axes.canvas.lang
    for row, at in zip(rows, geometry.centres, strict=True):
        if row["median"] is None:
            continue
        median = max(row["median"], SHORTEST)
        central = row["control"] == "centre"
        color = style.ATTENTION if central else style.BLUE
        end = last if row["p90"] is None else max(row["p90"], SHORTEST)
        axes.segment((median, at), (end, at), color, 1.8, "dot" if row["p90"] is None else "solid")
        if row["p90"] is not None:
            axes.segment((end, at - 5), (end, at + 5), color, 1.8)
        hover = f"{row['name']}: {numbers.duration(row['median'], lang)}"
        axes.marks([median], [at], "diamond" if central else "dot", color, 9, [hover])


def _alt(rows: list[dict[str, Any]], edition: Edition) -> str:
    listed = "; ".join(_alt_row(row, edition) for row in rows)
    return say("stages.alt", edition.lang, listed=listed)


def _alt_row(row: dict[str, Any], edition: Edition) -> str:
    lang = edition.lang
    open_end = say("time.not_reached", lang)
    return say(
        "stages.alt_row",
        lang,
        name=row["name"],
        control=wording.name_of("control", row["control"], lang),
        median=wording.median_words(row["median"], lang),
        p90=open_end if row["p90"] is None else numbers.duration(row["p90"], lang),
    )
