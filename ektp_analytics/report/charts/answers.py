"""The answers to one survey question, as its mean is computed from them."""

from __future__ import annotations

import pandas as pd

from ektp_analytics.report import numbers
from ektp_analytics.report.charts import style
from ektp_analytics.report.charts.canvas import Canvas
from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.figure import Chart
from ektp_analytics.report.wording import say

ROW_HEIGHT = 19
BAR_THICKNESS = 11
LABELS = 150
VALUES = 120


def answers(
    table: pd.DataFrame,
    edition: Edition,
    *,
    width: float = 560,
    caption: str = "",
    source: str = "",
    key: str = "answers",
) -> Chart:
    """Draw how often each answer was given, and what it adds to the sum.

    Parameters
    ----------
    table
        One row per answer from 1 to 4: ``value`` (1–4), ``label`` (``tidak cepat``),
        ``count``.
    edition
        Language, cut-off date and numbering.
    width
        Width in px.
    caption, source, key
        Own caption; where the figures come from; key of the figure's number.

    Returns
    -------
    Chart
        Bars from 0 with ``187 × 3 = 561`` beside each.
    """
    rows = records(table, ("value", "label", "count"))
    lang = edition.lang
    canvas = Canvas(width, ROW_HEIGHT * max(len(rows), 1) + 4, lang)
    most = max((row["count"] or 0 for row in rows), default=0) or 1
    box = (LABELS, 0, width - LABELS - VALUES, canvas.height)
    axes = canvas.axes(box, (0, most), (canvas.height, 0))
    centres = [ROW_HEIGHT * (place + 0.5) + 2 for place in range(len(rows))]
    counts = [row["count"] or 0 for row in rows]
    axes.bars(counts, centres, BAR_THICKNESS, [style.BAR] * len(rows))
    told = []
    for row, count, at in zip(rows, counts, centres, strict=True):
        product = numbers.number(count * row["value"], 0, lang)
        name = f"{row['value']} · {row['label']}"
        shown = numbers.number(count, 0, lang)
        axes.words(0, at, name, anchor="right", shift=(-8, 0))
        text = f"**{shown}** × {row['value']} = {product}"
        axes.words(count, at, text, anchor="left", shift=(6, 0))
        told.append(f"{name}: {shown}")
    return Chart(
        canvas.plot(say("answers.alt", lang, listed="; ".join(told))),
        edition.figure_label(key),
        caption or say("answers.caption", lang),
        edition.source_line([], source) if source else "",
    )
