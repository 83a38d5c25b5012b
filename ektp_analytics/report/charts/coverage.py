"""Recording and possession of the card per kecamatan, against the target."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from ektp_analytics.report import numbers
from ektp_analytics.report.charts import style
from ektp_analytics.report.charts.canvas import Axes, Shape, over_rows
from ektp_analytics.report.charts.frame import records, ticks
from ektp_analytics.report.charts.scale import draw_scale
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.figure import Rows, TableChart, rows_of
from ektp_analytics.report.grid import CELL_PADDING, Cell, Column, Row, Table
from ektp_analytics.report.markup import plain
from ektp_analytics.report.typeset import text_width
from ektp_analytics.report.wording import say

# Rows that fit one page: height and type size by how many there are.
_ROWS: tuple[tuple[int, float, float], ...] = (
    (41, 15.0, 10.0),
    (32, 18.0, 11.0),
    (24, 20.0, 11.4),
    (0, 23.0, 12.0),
)
TIGHT_FROM = 24
NAME_WIDTH, WIDEST_NAME = 142, 260  # px of the column of names
FULL = 100.0
NARROW = 16  # points; up to this span the axis ends on even numbers
FINE_STEP, COARSE_STEP = 2, 10
_LOOKS: tuple[tuple[Shape, str], ...] = (
    ("dot", style.BLUE),
    ("diamond", style.ATTENTION),
    ("triangle-right", style.BLUE),
)
_LEFT_OUT = ("not_recorded", "biometric_failure")  # where names need the room
REQUIRED = ("code", "name", "obligated", "recorded", "recording_coverage")
OPTIONAL = (
    "holders",
    "card_possession",
    "change",
    "not_recorded",
    "biometric_failure",
    "coverage_text",
    "possession_text",
    "not_recorded_text",
    "biometric_failure_text",
    "hidden",
    "note",
)


def coverage(
    table: pd.DataFrame,
    edition: Edition,
    *,
    total: dict[str, Any],
    total_name: str,
    target: float | None,
    attention_below: float | None = None,
    remarks: Sequence[str] = (),
    caption: str = "",
    source: str = "",
    key: str = "coverage",
) -> TableChart:
    """Draw coverage per kecamatan, sorted from the highest; up to 40 fit one page.

    Parameters
    ----------
    table
        One row per kecamatan: ``code`` (``16.07.20``; the last part is printed),
        ``name``, ``obligated`` (wajib KTP), ``recorded`` (persons), ``recording_coverage``
        (percent, uncapped; absent where it can't be computed). Optional:
        ``card_possession`` (percent), ``change`` (points of the recording rate since the
        period before, absent where not comparable), ``not_recorded`` and ``biometric_failure``
        (persons), ``note`` (short reason or a sign such as ``†`` printed after the rate),
        ``coverage_text``, ``possession_text``, ``not_recorded_text``,
        ``biometric_failure_text`` (printed in place of the number: ``> 99,9``, ``tt``),
        ``hidden`` (bool; the exact rate is not shown and a triangle is drawn).
    edition
        Language, cut-off date and numbering.
    total
        The same keys for the whole office (None where not computable).
    total_name
        Name in the last row.
    target
        Target in percent, a dashed line; None draws none.
    attention_below
        Kecamatan under this rate get a diamond; None marks none.
    remarks
        Sentences for the source line (denominator, rates over 100 %, hidden cells).
    caption, source, key
        Own caption; where the figures come from; key of the figure's number.

    Returns
    -------
    TableChart
    """
    rows = sorted(records(table, REQUIRED, OPTIONAL), key=_order)
    whole = {**dict.fromkeys((*REQUIRED, *OPTIONAL)), **total, "code": "", "name": total_name}
    grid = _grid(rows, whole, target, edition)
    geometry = rows_of(grid)
    ends = _ends(rows, target)
    canvas, axes = over_rows(geometry, ends, edition.lang)
    draw_scale(axes, geometry, ticks(*ends, 8), bottom=geometry.edges[len(rows)])
    _draw_target(axes, geometry, target, len(rows))
    _draw_marks(axes, geometry, rows, attention_below)
    return TableChart(
        grid,
        canvas.plot(_alt(rows, whole, target, edition)),
        edition.figure_label(key),
        caption or say("coverage.caption", edition.lang),
        edition.source_line([*_reading(rows, attention_below, ends, edition), *remarks], source),
    )


def _order(row: dict[str, Any]) -> tuple[bool, float, str]:
    rate = row["recording_coverage"]
    return rate is None, -(rate or 0), str(row["code"])


def _ends(rows: list[dict[str, Any]], target: float | None) -> tuple[float, float]:
    names = ("recording_coverage", "card_possession")
    rates = [row[name] for row in rows for name in names if row[name] is not None]
    lowest = min([*rates, *([target] if target is not None else [])], default=0.0)
    highest = max([FULL, *rates])
    step = FINE_STEP if highest - lowest < NARROW else COARSE_STEP
    return max(0.0, math.floor((lowest - step / 8) / step) * step), highest + step / 4


def _grid(
    rows: list[dict[str, Any]], whole: dict[str, Any], target: float | None, edition: Edition
) -> Table:
    lang = edition.lang
    has = {n: any(row[n] is not None for row in rows) for n in OPTIONAL}
    height, size = next((h, s) for least, h, s in _ROWS if len(rows) >= least)
    crowded = _crowded(rows)
    columns = [
        Column("name", say("head.kecamatan", lang), NAME_WIDTH),
        Column("obligated", say("head.obligated", lang), 58, "right"),
        Column("recording_coverage", say("head.recorded_rate", lang), 66, "right"),
    ]
    if has["card_possession"]:
        columns.append(Column("card_possession", say("head.held_rate", lang), 60, "right"))
    head = "coverage.head_plot" if has["card_possession"] else "coverage.head_plot_recorded"
    columns.append(Column("plot", say(head, lang), 190, "center", plot=True))
    if has["change"]:
        columns.append(Column("change", say("head.rate_change", lang), 56, "right"))
    if (has["not_recorded"] or has["not_recorded_text"]) and not crowded:
        columns.append(Column("not_recorded", say("head.not_recorded", lang), 62, "right"))
    if (has["biometric_failure"] or has["biometric_failure_text"]) and not crowded:
        columns.append(Column("biometric_failure", say("head.failed", lang), 64, "right"))
    total = Row({**_cells(whole, edition), "plot": _gap(whole, target, edition)}, "total")
    body = [Row(_cells(row, edition)) for row in rows]
    table = Table(columns, [*body, total], row_height=height, size=size)
    return _on_one_line(table) if len(rows) >= TIGHT_FROM else table


def _crowded(rows: list[dict[str, Any]]) -> bool:
    """Say whether names need the room of the last columns, so that the rows fit one page."""
    size = next(s for least, _, s in _ROWS if len(rows) >= least)
    widest = max((text_width(_name(row), size) for row in rows), default=0.0)
    return len(rows) >= TIGHT_FROM and widest > NAME_WIDTH * 0.9 - 2 * CELL_PADDING


def _on_one_line(table: Table) -> Table:
    """Widen the column of names to the widest, and shorten what is wider than its most."""
    first, *others = table.columns
    size = table.size
    widest = max(text_width(plain(row.cell("name").text), size) for row in table.rows)
    asked = min(widest + 2 * CELL_PADDING, WIDEST_NAME)
    rest = sum(column.width for column in others)
    width = max(asked * rest / (table.width - asked), 1.0)
    room = asked - 2 * CELL_PADDING
    rows = [
        replace(row, cells={**row.cells, "name": _shortened(row.cell("name"), room, size)})
        for row in table.rows
    ]
    return replace(table, columns=[replace(first, width=width), *others], rows=rows)


def _shortened(cell: Cell, room: float, size: float) -> Cell:
    text = cell.text
    while len(text) > 1 and text_width(plain(text), size) > room:
        text = text[:-2].rstrip() + "…"
    return replace(cell, text=text)


def _cells(row: dict[str, Any], edition: Edition) -> dict[str, Cell | str]:
    lang = edition.lang
    rate = row["coverage_text"] or numbers.number(row["recording_coverage"], 2, lang)
    sign = row["note"] if row["note"] and len(row["note"]) == 1 else ""
    long_note = row["note"] if row["note"] and not sign else ""
    return {
        "name": Cell(_name(row)),
        "obligated": numbers.number(row["obligated"], 0, lang),
        "recording_coverage": Cell(f"{rate}{sign}", strong=True),
        "card_possession": row["possession_text"]
        or numbers.number(row["card_possession"], 2, lang),
        "change": numbers.signed(row["change"], 2, lang),
        "not_recorded": row["not_recorded_text"] or numbers.number(row["not_recorded"], 0, lang),
        "biometric_failure": row["biometric_failure_text"]
        or numbers.number(row["biometric_failure"], 0, lang),
        "plot": Cell(long_note, tone="muted"),
    }


def _name(row: dict[str, Any]) -> str:
    """Return the last part of a kecamatan's code and its name; of the office its name."""
    short = str(row["code"]).rsplit(".", 1)[-1]
    return f"{short}\u00a0\u00a0{row['name']}" if short else str(row["name"])


def _gap(whole: dict[str, Any], target: float | None, edition: Edition) -> Cell:
    rate = whole["recording_coverage"]
    if target is None:
        return Cell()
    lang = edition.lang
    printed = numbers.number(target, 2, lang)
    if rate is None:
        return Cell(say("coverage.target", lang, target=printed), tone="muted")
    difference = numbers.signed(numbers.difference(rate, target), 2, lang)
    words = say("coverage.target_gap", lang, target=printed, difference=difference)
    return Cell(words, tone="muted")


def _draw_target(axes: Axes, geometry: Rows, target: float | None, count: int) -> None:
    if target is not None:
        bottom = geometry.edges[count]
        axes.segment((target, geometry.head), (target, bottom), style.INK, 1.1, "dash")


def _draw_marks(
    axes: Axes, geometry: Rows, rows: list[dict[str, Any]], attention_below: float | None
) -> None:
    placed = list(zip(rows, geometry.centres, strict=False))
    held = [(r, at) for r, at in placed if r["card_possession"] is not None]
    for row, at in held:
        if row["recording_coverage"] is not None:
            ends = (row["card_possession"], at), (row["recording_coverage"], at)
            axes.segment(*ends, style.GREY_2, 1.2)
    axes.marks(
        [r["card_possession"] for r, _ in held], [at for _, at in held], "ring", style.GREY_1, 7
    )
    kinds = [_kind(row, attention_below) for row, _ in placed]
    for shape, color in _LOOKS:
        chosen = [p for p, kind in zip(placed, kinds, strict=True) if kind == shape]
        axes.marks(
            [r["recording_coverage"] for r, _ in chosen],
            [at for _, at in chosen],
            shape,
            color,
            9,
            [str(r["name"]) for r, _ in chosen],
        )


def _kind(row: dict[str, Any], attention_below: float | None) -> Shape | None:
    rate = row["recording_coverage"]
    if rate is None:
        return None
    if row["hidden"]:
        return "triangle-right"
    low = attention_below is not None and rate < attention_below
    return "diamond" if low else "dot"


def _reading(
    rows: list[dict[str, Any]],
    attention_below: float | None,
    ends: tuple[float, float],
    edition: Edition,
) -> list[str]:
    lang = edition.lang
    said = [say("coverage.codes", lang)]
    if ends[0] > 0:
        said.append(say("axis.cut", lang, start=numbers.number(ends[0], 0, lang)))
    if _crowded(rows) and any(row[name] is not None for row in rows for name in _LEFT_OUT):
        said.append(say("coverage.columns_left_out", lang))
    kinds = {_kind(row, attention_below) for row in rows}
    if "diamond" in kinds and attention_below is not None:
        share = numbers.percent(attention_below, 0, lang)
        said.append(say("coverage.diamond", lang, share=share))
    if "triangle-right" in kinds:
        said.append(say("coverage.hidden", lang))
    return said


def _alt(
    rows: list[dict[str, Any]], whole: dict[str, Any], target: float | None, edition: Edition
) -> str:
    lang = edition.lang
    rated = [row for row in rows if row["recording_coverage"] is not None]
    if not rated:
        return say("coverage.alt_absent", lang, count=len(rows))
    shown = [
        f"{row['name']} "
        f"{row['coverage_text'] or numbers.percent(row['recording_coverage'], 2, lang)}"
        for row in (rated[0], rated[-1])
    ]
    reached = sum(target is not None and r["recording_coverage"] >= target for r in rated)
    key = "coverage.alt" if target is not None else "coverage.alt_no_target"
    return say(
        key,
        lang,
        count=len(rows),
        highest=shown[0],
        lowest=shown[1],
        total=numbers.percent(whole["recording_coverage"], 2, lang),
        reached=reached,
        target=numbers.percent(target, 2, lang),
    )
