"""Who answered: counts and shares by sex, age, education … on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ektp_analytics.report import numbers
from ektp_analytics.report.charts import style
from ektp_analytics.report.charts.canvas import Axes, Canvas
from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.figure import Chart
from ektp_analytics.report.grid import TEXT_WIDTH
from ektp_analytics.report.typeset import text_width
from ektp_analytics.report.wording import say

TITLE_HEIGHT, ROW_HEIGHT, PANEL_GAP = 22, 20, 8
BAR_THICKNESS = 11
GUTTER = 22
LABEL_SHARE = 0.36  # of a column's width, for the names of the categories
VALUE_WIDTH = 74  # px kept free right of the longest bar
Panel = tuple[str, list[dict[str, Any]]]


def profile(
    table: pd.DataFrame,
    edition: Edition,
    *,
    n: int,
    remarks: Sequence[str] = (),
    columns: int = 2,
    width: float = TEXT_WIDTH,
    caption: str = "",
    source: str = "",
    key: str = "profile",
) -> Chart:
    """Draw the respondents' profile as bars, panels in the order given.

    Parameters
    ----------
    table
        One row per category: ``attribute`` (panel title, ``Jenis kelamin``), ``category``
        (``Perempuan``), ``count``; an absent count is a hidden small cell and prints as
        ``< 5``. Optional ``share`` (percent of n; absent: count ÷ n) and ``shown`` (text
        printed in place of the count, as ``tt`` for a secondary suppression).
    edition
        Language, cut-off date and numbering.
    n
        Respondents counted.
    remarks
        Sentences for the source line (categories merged, not asked).
    columns
        Panels stand in this many columns, split where the columns balance best.
    width
        Width in px.
    caption, source, key
        Own caption; where the figures come from; key of the figure's number.

    Returns
    -------
    Chart
    """
    rows = records(table, ("attribute", "category", "count"), ("share", "shown"))
    split = _balanced(_panels(rows), columns)
    height = max((_height(column) for column in split), default=TITLE_HEIGHT)
    canvas = Canvas(width, max(height, TITLE_HEIGHT), edition.lang)
    column_width = (width - GUTTER * (columns - 1)) / columns
    longest = max((row["count"] or 0 for row in rows), default=0) or 1
    for place, panels in enumerate(split):
        left = place * (column_width + GUTTER)
        _draw_column(canvas, left, column_width, panels, longest, n)
    if not rows:
        middle = canvas.axes((0, 0, width, canvas.height), (0, 1), (0, 1))
        middle.words(0, 0.5, say("absent.no_data", edition.lang), anchor="left")
    counted = say("profile.n", edition.lang, n=numbers.number(n, 0, edition.lang))
    hidden = any(row["count"] is None and not row["shown"] for row in rows)
    note = say("profile.hidden", edition.lang) if hidden else ""
    return Chart(
        canvas.plot(_alt(rows, n, edition)),
        edition.figure_label(key),
        caption or say("profile.caption", edition.lang),
        edition.source_line([counted, note, *remarks], source),
    )


def _panels(rows: list[dict[str, Any]]) -> list[Panel]:
    panels: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        panels.setdefault(str(row["attribute"]), []).append(row)
    return list(panels.items())


def _height(panels: Sequence[Panel]) -> float:
    return sum(TITLE_HEIGHT + ROW_HEIGHT * len(rows) + PANEL_GAP for _, rows in panels)


def _balanced(panels: list[Panel], columns: int) -> list[list[Panel]]:
    """Split panels, order kept, so that the tallest column is as short as can be."""
    if columns == 1 or len(panels) <= 1:
        return [panels]
    cuts = range(1, len(panels) + 1)
    choices = [[panels[:cut], *_balanced(panels[cut:], columns - 1)] for cut in cuts]
    return min(choices, key=lambda split: max(_height(column) for column in split))


def _draw_column(
    canvas: Canvas,
    left: float,
    width: float,
    panels: list[Panel],
    longest: float,
    n: int,
) -> None:
    label = width * LABEL_SHARE
    box = (left + label, 0, width - label - VALUE_WIDTH, canvas.height)
    axes = canvas.axes(box, (0, longest), (canvas.height, 0))
    top = 0.0
    for title, rows in panels:
        axes.words(0, top + 12, f"**{title}**", 12, style.INK, "left", shift=(-label, 0))
        top += TITLE_HEIGHT
        _draw_panel(axes, rows, top, n, label)
        top += ROW_HEIGHT * len(rows) + PANEL_GAP


def _draw_panel(
    axes: Axes, rows: list[dict[str, Any]], top: float, n: int, label_width: float
) -> None:
    lang = axes.canvas.lang
    centres = [top + ROW_HEIGHT * (place + 0.5) for place in range(len(rows))]
    counts = [row["count"] or 0 for row in rows]
    words = [_printed(row, n, lang) for row in rows]
    axes.bars(counts, centres, BAR_THICKNESS, [style.BAR] * len(rows), words)
    for row, count, at, text in zip(rows, counts, centres, words, strict=True):
        name = _fitted(str(row["category"]), label_width - 10)
        axes.words(0, at, name, style.TEXT_SIZE, style.INK, "right", shift=(-8, 0))
        axes.words(count, at, text, style.TEXT_SIZE, style.INK, "left", shift=(6, 0))


def _fitted(name: str, width: float) -> str:
    """Return a name, cut with an ellipsis where it is wider than its place."""
    if text_width(name, style.TEXT_SIZE) <= width:
        return name
    kept = next(
        (k for k in range(len(name), 0, -1) if text_width(name[:k], style.TEXT_SIZE) <= width - 9),
        1,
    )
    return name[:kept].rstrip() + "…"


def _printed(row: dict[str, Any], n: int, lang: Any) -> str:
    if row["count"] is None or row["shown"]:
        return f"**{row['shown'] or say('profile.small', lang)}**"
    share = row["share"] if row["share"] is not None else (100 * row["count"] / n if n else None)
    return f"**{numbers.number(row['count'], 0, lang)}** · {numbers.percent(share, 1, lang)}"


def _alt(rows: list[dict[str, Any]], n: int, edition: Edition) -> str:
    told = []
    for title, members in _panels(rows):
        listed = [f"{m['category']} {_printed(m, n, edition.lang)}" for m in members]
        told.append(f"{title}: {', '.join(listed)}")
    return say("profile.alt", edition.lang, listed="; ".join(told)).replace("**", "")
