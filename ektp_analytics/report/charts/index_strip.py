"""Where the satisfaction index stands on the grade bands, with its interval."""

from __future__ import annotations

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers
from ektp_analytics.report.charts import style
from ektp_analytics.report.charts.bands import (
    Band,
    axis_start,
    bands_from,
    draw_bands,
    label_cuts,
    letter_bands,
)
from ektp_analytics.report.charts.canvas import Axes, Canvas
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.figure import INSET, Chart
from ektp_analytics.report.wording import say

HEIGHT = 116
TOP, BOTTOM = 20, 92
VALUE_AT, INDEX_AT, TICK_AT = 36, 56, 80
LETTERS_AT, CUTS_AT = 8, 103


def index_strip(
    index: float | None,
    interval: tuple[float, float] | None,
    bands: pd.DataFrame,
    edition: Edition,
    *,
    previous: tuple[str, float] | None = None,
    distances: tuple[float | None, float | None] = (None, None),
    width: float = 402,
    caption: str = "",
    source: str = "",
    key: str = "index_strip",
) -> Chart:
    """Draw the index on its grade bands.

    Parameters
    ----------
    index
        Index on the 25–100 scale; None draws empty bands with the words "belum dinilai".
    interval
        95 % interval (low, high), same scale; None draws the point alone.
    bands
        Grade bands of the law in force: columns ``letter`` (str), ``lower`` and ``upper``
        (printed limits, 25–100), ``label`` (``Baik``); any order.
    edition
        Language, cut-off date and numbering.
    previous
        Label and index of the period before (``("TW III", 84.00)``), a thin tick.
    distances
        Points to the next better and the next worse band, as ``(to_next_band,
        to_lower_band)``; each None where there is none. Printed under the chart.
    width
        Width in px.
    caption
        Own caption; by default the place of the index on the bands.
    source
        Where the figures come from.
    key
        Key of the figure's number.

    Returns
    -------
    Chart
    """
    grades = bands_from(bands)
    values = [v for v in (index, *(interval or ()), previous and previous[1]) if v is not None]
    start = axis_start(grades, values)
    canvas = Canvas(width, HEIGHT, edition.lang)
    inner = width - 2 * INSET
    axes = canvas.axes((INSET, 0, inner, HEIGHT), (start, grades[-1].upper), (HEIGHT, 0))
    draw_bands(axes, grades, start, TOP, BOTTOM)
    letter_bands(axes, grades, start, LETTERS_AT, names=False)
    label_cuts(axes, grades, start, CUTS_AT)
    if index is None:
        absent = say("absent.short", edition.lang)
        axes.words(
            (start + grades[-1].upper) / 2, INDEX_AT, absent, color=style.GREY_1, ground=True
        )
    else:
        _draw_index(axes, index, interval, previous)
    plot = canvas.plot(_alt(index, interval, grades, edition))
    return Chart(
        plot,
        edition.figure_label(key),
        caption or say("index_strip.caption", edition.lang),
        edition.source_line(_reading(start, distances, grades, index, edition), source),
    )


def _draw_index(
    axes: Axes,
    index: float,
    interval: tuple[float, float] | None,
    previous: tuple[str, float] | None,
) -> None:
    lang = axes.canvas.lang
    if previous:
        label, before = previous
        axes.segment((before, INDEX_AT - 9), (before, INDEX_AT + 12), style.GREY_1, 1.6, above=True)
        text = f"{label}: {numbers.number(before, 2, lang)}"
        axes.words(before, TICK_AT, text, style.SMALL_SIZE, style.GREY_1)
    if interval:
        axes.intervals([interval[0]], [interval[1]], [INDEX_AT], width=2.2)
    printed = numbers.number(index, 2, lang)
    axes.marks([index], [INDEX_AT], "dot", style.BLUE, 12, [printed])
    axes.words(index, VALUE_AT, f"**{printed}**", style.STRONG_SIZE)


def _reading(
    start: float,
    distances: tuple[float | None, float | None],
    bands: list[Band],
    index: float | None,
    edition: Edition,
) -> list[str]:
    lang = edition.lang
    lines = [say("index_strip.reading", lang)]
    if start > bands[0].lower:
        lines.append(say("axis.cut", lang, start=numbers.number(start, 0, lang)))
    if index is None:
        return lines[1:]
    place = max((i for i, band in enumerate(bands) if band.lower <= index), default=0)
    up, down = distances
    if up is not None and place + 1 < len(bands):
        lines.append(_distance("index_strip.to_upper", up, bands[place + 1], lang))
    if down is not None and place > 0:
        lines.append(_distance("index_strip.to_lower", down, bands[place - 1], lang))
    return lines


def _distance(sentence: str, points: float, band: Band, lang: Language) -> str:
    cut = band.lower if sentence.endswith("upper") else band.upper
    return say(
        sentence,
        lang,
        letter=band.letter,
        cut=numbers.number(cut, 2, lang),
        points=numbers.number(points, 2, lang),
    )


def _alt(
    index: float | None,
    interval: tuple[float, float] | None,
    bands: list[Band],
    edition: Edition,
) -> str:
    lang = edition.lang
    if index is None:
        return say("index_strip.alt_absent", lang)
    letter = next((b.letter for b in reversed(bands) if b.lower <= index), bands[0].letter)
    values = {"index": numbers.number(index, 2, lang), "letter": letter}
    if interval is None:
        return say("index_strip.alt_point", lang, **values)
    return say("index_strip.alt", lang, interval=numbers.interval(interval, 2, lang), **values)
