"""The scorecard: how many points each indicator costs its principle."""

from __future__ import annotations

import math
from fractions import Fraction
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

ROW_HEIGHT = 18.5
BAR_THICKNESS = 11
ATTENTION_FROM = 5.0  # points; a choice of presentation, printed under the chart
FULL = 100.0
TENTHS = 10
HALF_A_TENTH = 0.0501  # the score is taken as printed


def points_lost(
    table: pd.DataFrame,
    principles: pd.DataFrame,
    edition: Edition,
    *,
    attention_from: float = ATTENTION_FROM,
    remarks: tuple[str, ...] = (),
    caption: str = "",
    source: str = "",
    key: str = "points_lost",
) -> TableChart:
    """Draw points lost per indicator, sorted within each principle.

    Parameters
    ----------
    table
        One row per indicator: ``principle`` (key as in `principles`), ``name`` (printed),
        ``value_text`` (``70,7%``, ``5 dari 9``, printed as it is), ``score`` (0–100,
        absent if not scored), ``weight`` (percent of the principle among what is
        assessed, absent or 0 if not scored), ``status``. Optional: ``reason`` (short, for
        what is not scored), ``small_n`` (bool: 5–29, printed "n kecil").
    principles
        One row per principle in printed order: ``key``, ``score`` (0–100 or absent),
        ``status``, ``weight_assessed`` (percent).
    edition
        Language, cut-off date and numbering.
    attention_from
        Points from which a bar is dark and its number bold.
    remarks
        Further sentences for the source line.
    caption, source, key
        Own caption; where the figures come from; key of the figure's number.

    Returns
    -------
    TableChart
        Points lost = weight × (100 − score) ÷ 100, rounded by largest remainder so that
        they add up to the printed 100 − score. No bar for what is not assessed.

    Raises
    ------
    ValueError
        If weights and scores of a principle do not give its score.
    """
    groups = _groups(table, principles)
    grid = _grid(groups, attention_from, edition)
    geometry = rows_of(grid)
    lines = [line for _, members in groups for line in (None, *members)]
    most = max((m["lost"] for m in lines if m and m["lost"] is not None), default=1.0)
    canvas, axes = over_rows(geometry, (0, max(most, 1.0) * 1.05), edition.lang)
    draw_scale(axes, geometry, ticks(0, max(most, 1.0) * 1.05, 6), zero=True)
    _draw_bars(axes, geometry, lines, attention_from)
    lang = edition.lang
    mark = numbers.number(attention_from, 0, lang)
    reading = say("points_lost.reading", lang)
    dark = say("points_lost.reading_dark", lang, points=mark)
    starred = any(_starred(line) for line in lines if line)
    star = say("points_lost.reading_star", lang) if starred else ""
    return TableChart(
        grid,
        canvas.plot(_alt(lines, edition)),
        edition.figure_label(key),
        caption or say("points_lost.caption", lang),
        edition.source_line([reading, dark, star, *remarks], source),
    )


def largest_remainder(parts: list[float], total: float) -> list[float]:
    """Round parts to tenths so that they add up to the rounded total.

    Parameters
    ----------
    parts
        Non-negative numbers.
    total
        Their sum, as it is printed (tenths).

    Returns
    -------
    list of float
        Each part rounded down or up to a tenth; the largest remainders go up.
    """
    scaled = [Fraction(str(part)) * TENTHS for part in parts]
    floors = [math.floor(part) for part in scaled]
    missing = int(numbers.rounded(total, 1) * TENTHS) - sum(floors)
    order = sorted(range(len(parts)), key=lambda i: (floors[i] - scaled[i], i))
    raised = set(order[: max(0, missing)])
    return [(floor + (place in raised)) / TENTHS for place, floor in enumerate(floors)]


def _groups(
    table: pd.DataFrame, principles: pd.DataFrame
) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    required = ("principle", "name", "value_text", "score", "weight", "status")
    rows = records(table, required, ("reason", "small_n"))
    heads = records(principles, ("key", "score", "status", "weight_assessed"))
    return [
        (head, _with_loss([r for r in rows if r["principle"] == head["key"]], head))
        for head in heads
    ]


def _with_loss(rows: list[dict[str, Any]], head: dict[str, Any]) -> list[dict[str, Any]]:
    scored = [row for row in rows if row["score"] is not None and row["weight"]]
    exact = [row["weight"] * (FULL - row["score"]) / FULL for row in scored]
    printed_score = None if head["score"] is None else float(numbers.rounded(head["score"], 1))
    total = FULL - printed_score if printed_score is not None else sum(exact)
    if abs(sum(exact) - total) > HALF_A_TENTH:
        raise ValueError(
            f"{head['key']}: the indicators lose {sum(exact):.3f} points, the score {total:.1f}; "
            "weights must be those the score was computed with"
        )
    printed = largest_remainder(exact, total)
    joined = [
        {**row, "lost": loss, "points": points}
        for row, loss, points in zip(scored, exact, printed, strict=True)
    ]
    joined.sort(key=lambda row: -row["lost"])
    rest = [{**row, "lost": None, "points": None} for row in rows if row not in scored]
    return joined + rest


def _grid(
    groups: list[tuple[dict[str, Any], list[dict[str, Any]]]],
    attention_from: float,
    edition: Edition,
) -> Table:
    lang = edition.lang
    columns = [
        Column("name", say("head.indicator", lang), 214),
        Column("value", say("head.value", lang), 78, "right"),
        Column("score", say("head.score_range", lang), 84, "right"),
        Column("weight", say("head.weight", lang), 52, "right"),
        Column("plot", say("points_lost.head_plot", lang), 166, "left", plot=True),
        Column("points", say("head.lost", lang), 48, "right"),
    ]
    rows = []
    for head, members in groups:
        rows.append(Row(_head_cells(head, edition), "group"))
        rows += [_line(member, attention_from, edition) for member in members]
    return Table(columns, rows, row_height=ROW_HEIGHT)


def _head_cells(head: dict[str, Any], edition: Edition) -> dict[str, Cell | str]:
    lang = edition.lang
    score = head["score"]
    lost = None if score is None else FULL - float(numbers.rounded(score, 1))
    words = wording.status(head["status"], head["weight_assessed"], lang)
    name = Cell(
        wording.name_of("principle", head["key"], lang),
        strong=True,
        span=2,
        flag="" if head["status"] == "ok" else words,
        flagged=head["status"] == "partial",
    )
    return {
        "name": name,
        "score": Cell(numbers.number(score, 1, lang), strong=True),
        "weight": numbers.percent(None if score is None else FULL, 0, lang),
        "points": Cell(numbers.number(lost, 1, lang), strong=True),
    }


def _line(row: dict[str, Any], attention_from: float, edition: Edition) -> Row:
    lang = edition.lang
    if row["points"] is None:
        return _absent_line(row, edition)
    heavy = row["lost"] >= attention_from
    small = f"\u00a0\u00a0{say('points_lost.small_n', lang)}" if row["small_n"] else ""
    points = numbers.number(row["points"], 1, lang)
    partial = " *" if _starred(row) else ""
    return Row(
        {
            "name": f"\u00a0\u00a0{row['name']}{small}",
            "value": f"{row['value_text'] or numbers.ABSENT}{partial}",
            "score": numbers.number(row["score"], 1, lang),
            "weight": numbers.percent(row["weight"], 1, lang),
            "points": Cell(points, tone="attention" if heavy else "", strong=heavy),
        }
    )


def _starred(row: dict[str, Any]) -> bool:
    return row["status"] in ("partial", "carried")


def _absent_line(row: dict[str, Any], edition: Edition) -> Row:
    lang = edition.lang
    cells: dict[str, Cell | str] = {
        "name": f"\u00a0\u00a0{row['name']}",
        "value": row["value_text"] or "",
        "score": wording.name_of("status_short", row["status"], lang),
        "weight": numbers.ABSENT,
        "plot": row["reason"] or "",
        "points": numbers.ABSENT,
    }
    return Row(cells, "muted")


def _draw_bars(
    axes: Axes,
    geometry: Rows,
    lines: list[dict[str, Any] | None],
    attention_from: float,
) -> None:
    drawn = [
        (line, at)
        for line, at in zip(lines, geometry.centres, strict=True)
        if line and line["lost"] is not None
    ]
    axes.bars(
        [line["lost"] for line, _ in drawn],
        [at for _, at in drawn],
        BAR_THICKNESS,
        [style.ATTENTION if r["lost"] >= attention_from else style.BAR for r, _ in drawn],
        [f"{r['name']}: {numbers.number(r['points'], 1, axes.canvas.lang)}" for r, _ in drawn],
    )


def _alt(lines: list[dict[str, Any] | None], edition: Edition) -> str:
    lang = edition.lang
    scored = [line for line in lines if line and line["lost"] is not None]
    absent = sum(line is not None and line["lost"] is None for line in lines)
    worst = sorted(scored, key=lambda line: -line["lost"])[:3]
    told = [f"{line['name']} {numbers.number(line['points'], 1, lang)}" for line in worst]
    count = numbers.number(len(scored), 0, lang)
    if not scored:
        return say("points_lost.alt_absent", lang, absent=absent)
    return say("points_lost.alt", lang, listed=", ".join(told), count=count, absent=absent)
