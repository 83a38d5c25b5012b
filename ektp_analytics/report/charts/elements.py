"""The nine survey elements on the grade bands, lowest first."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.report import numbers, wording
from ektp_analytics.report.charts import style
from ektp_analytics.report.charts.bands import (
    Band,
    axis_start,
    bands_from,
    crossed,
    draw_bands,
    label_cuts,
    letter_bands,
)
from ektp_analytics.report.charts.canvas import Axes, over_rows
from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.figure import Rows, TableChart, rows_of
from ektp_analytics.report.grid import Cell, Column, Row, Table
from ektp_analytics.report.wording import say

ROW_HEIGHT = 36
LETTERS_ABOVE = 9  # px over the rows
CUTS_BELOW = 11  # px under the rows
BELOW = 20


def elements(
    table: pd.DataFrame,
    bands: pd.DataFrame,
    edition: Edition,
    *,
    ikm: float | None,
    n: int,
    notes: dict[str, str] | None = None,
    reading: str = "",
    caption: str = "",
    source: str = "",
    key: str = "elements",
) -> TableChart:
    """Draw index and interval of every element, sorted from the lowest.

    Parameters
    ----------
    table
        One row per element asked: ``key`` (``persyaratan`` … ``sarana``; any other text
        is printed as it is), ``n`` (valid answers), ``nrr`` (1–4), ``index`` (25–100),
        ``grade`` (letter); optional ``name`` (own wording), ``low`` and ``high`` (95 %
        interval, index scale). Absent nrr, index or grade: the row says "tidak dijawab".
    bands
        As for `index_strip`: ``letter, lower, upper``.
    edition
        Language, cut-off date and numbering.
    ikm
        Index of the unit, drawn as a dotted line; None draws none.
    n
        Questionnaires counted.
    notes
        Own remarks by element key (``{"biaya": "pertanyaan diganti"}``).
    reading
        Sentence on the interval (finite population, self-selection), put in the source line.
    caption, source, key
        Own caption; where the figures come from; key of the figure's number.

    Returns
    -------
    TableChart
        An interval that crosses a grade boundary is an open diamond with the words
        ``batas C/B``.
    """
    grades = bands_from(bands)
    rows = _sorted(records(table, ("key", "n", "nrr", "index", "grade"), ("name", "low", "high")))
    values = [v for row in rows for v in (row["index"], row["low"]) if v is not None]
    start = axis_start(grades, values + ([ikm] if ikm is not None else []))
    grid = _grid(rows, grades, start, notes or {}, edition)
    geometry = rows_of(grid)
    canvas, axes = over_rows(geometry, (start, grades[-1].upper), edition.lang, BELOW)
    _draw_ground(axes, geometry, grades, start, ikm)
    _draw_marks(axes, geometry, rows, grades)
    lang = edition.lang
    sentences = [say("elements.n", lang, n=numbers.number(n, 0, lang)), _bands_line(grades, lang)]
    return TableChart(
        grid,
        canvas.plot(_alt(rows, grades, ikm, edition)),
        edition.figure_label(key),
        caption or say("elements.caption", lang),
        edition.source_line([*sentences, reading], source),
    )


def _sorted(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row["index"] is None, row["index"] or 0))


def _grid(
    rows: list[dict[str, Any]],
    bands: list[Band],
    start: float,
    notes: dict[str, str],
    edition: Edition,
) -> Table:
    lang = edition.lang
    head = say("elements.head_plot", lang, start=numbers.number(start, 0, lang))
    columns = [
        Column("name", say("head.element", lang), 168),
        Column("n", say("head.valid", lang), 44, "right"),
        Column("nrr", say("head.nrr", lang), 52, "right"),
        Column("index", say("head.index", lang), 56, "right"),
        Column("grade", say("head.grade", lang), 48, "center"),
        Column("plot", head, 186, "center", plot=True),
        Column("note", say("head.note", lang), 88),
    ]
    cells = [_cells(row, bands, notes, edition) for row in rows]
    return Table(columns, [Row(cell) for cell in cells], row_height=ROW_HEIGHT)


def _cells(
    row: dict[str, Any], bands: list[Band], notes: dict[str, str], edition: Edition
) -> dict[str, Cell | str]:
    lang = edition.lang
    near = _near(row, bands)
    own = notes.get(row["key"], "")
    absent = say("elements.unanswered", lang) if row["index"] is None else ""
    cut = wording.near_cut(near, lang) if near else ""
    note = Cell(cut, own, "diamond", "attention", strong=True) if near else Cell("", own or absent)
    return {
        "name": row["name"] or wording.name_of("element", row["key"], lang),
        "n": numbers.number(row["n"], 0, lang),
        "nrr": numbers.number(row["nrr"], 3, lang),
        "index": Cell(numbers.number(row["index"], 2, lang), strong=True),
        "grade": row["grade"] or numbers.ABSENT,
        "note": note,
    }


def _near(row: dict[str, Any], bands: list[Band]) -> tuple[str, str] | None:
    if row["low"] is None or row["high"] is None:
        return None
    return crossed(row["low"], row["high"], bands)


def _draw_ground(
    axes: Axes, geometry: Rows, bands: list[Band], start: float, ikm: float | None
) -> None:
    top, bottom = geometry.head, geometry.bottom
    draw_bands(axes, bands, start, top, bottom)
    letter_bands(axes, bands, start, top - LETTERS_ABOVE, names=False)
    label_cuts(axes, bands, start, bottom + CUTS_BELOW)
    for edge in geometry.edges[1:-1]:
        axes.segment((start, edge), (bands[-1].upper, edge), style.WHITE, 1)
    if ikm is None:
        return
    axes.segment((ikm, top), (ikm, bottom), style.INK, 1.2, "dot", above=True)
    text = f"IKM\n{numbers.number(ikm, 2, axes.canvas.lang)}"
    axes.words(
        ikm, bottom - 3, text, style.SMALL_SIZE, style.GREY_1, "right", "bottom", shift=(-3, 0)
    )


def _draw_marks(axes: Axes, geometry: Rows, rows: list[dict[str, Any]], bands: list[Band]) -> None:
    placed = [
        (row, at)
        for row, at in zip(rows, geometry.centres, strict=True)
        if row["index"] is not None
    ]
    spans = [(r["low"], r["high"], at) for r, at in placed if r["low"] is not None]
    axes.intervals([s[0] for s in spans], [s[1] for s in spans], [s[2] for s in spans])
    for near in (False, True):
        chosen = [(r, at) for r, at in placed if (_near(r, bands) is not None) == near]
        axes.marks(
            [r["index"] for r, _ in chosen],
            [at for _, at in chosen],
            "open-diamond" if near else "dot",
            style.ATTENTION if near else style.BLUE,
            8 if near else 10,
            [numbers.number(r["index"], 2, axes.canvas.lang) for r, _ in chosen],
        )


def _bands_line(bands: list[Band], lang: Any) -> str:
    spans = [
        f"{band.letter} {numbers.number(band.lower, 2, lang)}–{numbers.number(band.upper, 2, lang)}"
        for band in bands
    ]
    return say("elements.bands", lang, bands="; ".join(spans))


def _alt(rows: list[dict[str, Any]], bands: list[Band], ikm: float | None, edition: Edition) -> str:
    lang = edition.lang
    listed = [
        f"{row['name'] or wording.name_of('element', row['key'], lang)} "
        f"{numbers.number(row['index'], 2, lang)} ({row['grade']})"
        for row in rows
        if row["index"] is not None
    ]
    near = sum(_near(row, bands) is not None for row in rows)
    if not listed:
        return say("elements.alt_absent", lang)
    return say(
        "elements.alt",
        lang,
        listed="; ".join(listed),
        ikm=numbers.number(ikm, 2, lang),
        near=wording.spelled(near, lang),
    )
