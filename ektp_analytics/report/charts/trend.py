"""Measures over time against what is usual for them (XmR), or with their intervals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.charts import style
from ektp_analytics.report.charts.canvas import Axes, Canvas
from ektp_analytics.report.charts.frame import decimals_of, records, ticks
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.figure import Chart
from ektp_analytics.report.grid import TEXT_WIDTH
from ektp_analytics.report.typeset import text_width
from ektp_analytics.report.wording import Move, say

PANEL_HEIGHT = 208
TITLE, VERDICT = 9, 24  # px from the top of a panel
TOP, BOTTOM, LEFT, RIGHT = 44, 48, 40, 46
GUTTER = 22
PLAIN_TICKS = 4  # of a panel without limits
MARKED_POINTS = 26  # with more points only the last and the signals are marked
Limits = Literal["firm", "provisional", "none"]
Grain = Literal["week", "month", "quarter", "semester", "year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPanel:
    """One measure over time.

    Parameters
    ----------
    name
        What is measured, with its unit (``Selesai dalam 24 jam (%)``).
    points
        One row per period in order: ``start`` (first day, date), ``value`` (absent for a
        blank period). Optional: ``signal`` (bool, breaks a rule of the control chart),
        ``low`` and ``high`` (interval of a survey figure, drawn as a whisker).
    grain
        What a period is; decides the ticks.
    centre, lower, upper
        Mean and control limits; None without limits.
    limits
        ``firm`` (12 or more points), ``provisional`` (8–11, no signals drawn) or ``none``.
    move
        Verdict on the last period, printed over the panel.
    decimals, unit
        How values are printed.
    """

    name: str
    points: pd.DataFrame
    grain: Grain = "month"
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    limits: Limits = "none"
    move: Move = "same"
    decimals: int = 1
    unit: Literal["", "%"] = ""


def trend(
    panels: Sequence[TrendPanel],
    edition: Edition,
    *,
    remarks: Sequence[str] = (),
    columns: int = 2,
    width: float = TEXT_WIDTH,
    caption: str = "",
    source: str = "",
    key: str = "trend",
) -> Chart:
    """Draw up to six measures over time, each on its own scale.

    Parameters
    ----------
    panels
        Measures in printed order.
    edition
        Language, cut-off date and numbering.
    remarks
        Sentences for the source line (baseline, n per period).
    columns
        Panels side by side.
    width
        Width in px.
    caption, source, key
        Own caption; where the figures come from; key of the figure's number.

    Returns
    -------
    Chart
        Grey zone between the limits, gap for a blank period, last point large, signal a
        diamond.
    """
    rows = -(-len(panels) // columns)
    canvas = Canvas(width, max(rows, 1) * PANEL_HEIGHT, edition.lang)
    panel_width = (width - GUTTER * (columns - 1)) / columns
    for place, panel in enumerate(panels):
        left = (place % columns) * (panel_width + GUTTER)
        _draw_panel(canvas, panel, left, place // columns * PANEL_HEIGHT, panel_width)
    lang = edition.lang
    sentences = []
    if any(panel.limits != "none" for panel in panels):
        sentences.append(say("trend.reading", lang))
    if any(panel.limits == "provisional" for panel in panels):
        sentences.append(say("trend.provisional", lang))
    if any("low" in panel.points for panel in panels):
        sentences.append(say("trend.whiskers", lang))
    sentences.append(say("trend.axes", lang))
    return Chart(
        canvas.plot(_alt(panels, edition)),
        edition.figure_label(key),
        caption or say("trend.caption", lang),
        edition.source_line([*sentences, *remarks], source),
    )


def _draw_panel(canvas: Canvas, panel: TrendPanel, left: float, top: float, width: float) -> None:
    rows = records(panel.points, ("start", "value"), ("signal", "low", "high"))
    box = (left + LEFT, top + TOP, width - LEFT - RIGHT, PANEL_HEIGHT - TOP - BOTTOM)
    ends = _value_ends(panel, rows)
    count = max(len(rows) - 1, 1)
    axes = canvas.axes(box, (-0.4, count + 0.4), ends)
    _draw_title(axes, panel, ends[1], (left, top))
    if not any(row["value"] is not None for row in rows):
        middle = (ends[0] + ends[1]) / 2
        axes.words(count / 2, middle, say("absent.no_data", canvas.lang), color=style.GREY_1)
        return
    _draw_limits(axes, panel, count, ends)
    _draw_line(axes, panel, rows)
    _draw_dates(axes, panel, [_date(row["start"]) for row in rows], ends[0], box[2])


def _value_ends(panel: TrendPanel, rows: list[dict[str, Any]]) -> tuple[float, float]:
    names = ("value", "low", "high")
    values = [row[name] for row in rows for name in names if row[name] is not None]
    values += [v for v in (panel.centre, panel.lower, panel.upper) if v is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    room = (high - low) * 0.08 or 1.0
    return low - room, high + room


def _draw_title(axes: Axes, panel: TrendPanel, top: float, corner: tuple[float, float]) -> None:
    lang = axes.canvas.lang
    axes.words(-0.4, top, f"**{panel.name}**", 12, anchor="left", shift=(-LEFT, TOP - TITLE))
    calm = panel.move in ("same", "no previous", "not comparable")
    color = style.ATTENTION if panel.move == "down" else style.GREY_1 if calm else style.INK
    if not calm:
        axes.canvas.triangle((corner[0] + 4, corner[1] + VERDICT), panel.move == "up", color)
    words = say(f"move.{panel.move.replace(' ', '_')}_long", lang)
    text, right = (words, -LEFT) if calm else (f"**{words}**", 13 - LEFT)
    axes.words(-0.4, top, text, 11, color, "left", shift=(right, TOP - VERDICT))


def _draw_limits(axes: Axes, panel: TrendPanel, count: float, ends: tuple[float, float]) -> None:
    lang = axes.canvas.lang
    first, last = -0.4, count + 0.4
    if panel.limits != "none" and panel.lower is not None and panel.upper is not None:
        axes.band((first, panel.lower), (last, panel.upper), style.GREY_4)
        for bound in (panel.lower, panel.upper):
            axes.segment((first, bound), (last, bound), style.GREY_2, 1.0, "dash")
    if panel.centre is not None:
        axes.segment((first, panel.centre), (last, panel.centre), style.GREY_2, 1.0)
    values = [v for v in (panel.lower, panel.centre, panel.upper) if v is not None]
    decimals = panel.decimals
    if not values:
        values = ticks(*ends, PLAIN_TICKS)
        decimals = decimals_of(values)
        for value in values:
            axes.segment((first, value), (last, value))
    for value in values:
        label = numbers.number(value, decimals, lang)
        axes.words(first, value, label, style.SMALL_SIZE, style.GREY_1, "right", shift=(-4, 0))


def _draw_line(axes: Axes, panel: TrendPanel, rows: list[dict[str, Any]]) -> None:
    lang = axes.canvas.lang
    xs = list(range(len(rows)))
    values = [row["value"] for row in rows]
    for x, row in zip(xs, rows, strict=True):
        if row["low"] is not None and row["high"] is not None:
            axes.segment((x, row["low"]), (x, row["high"]), style.GREY_2, 1.2)
    printed = [numbers.number(v, panel.decimals, lang) + panel.unit for v in values]
    days = [numbers.short_day(_date(row["start"]), lang) for row in rows]
    hover = [f"{day}: {text}" for day, text in zip(days, printed, strict=True)]
    axes.curve(xs, values, style.BLUE, 1.8, hover=hover)
    known = [x for x in xs if values[x] is not None]
    flagged = [x for x in known if rows[x]["signal"] and panel.limits == "firm"]
    last = known[-1]
    lone = [x for x in known if _alone(x, values)]
    small = [x for x in known if len(rows) <= MARKED_POINTS or x in lone]
    axes.marks(small, [values[x] for x in small], "dot", style.BLUE, 5)
    if last not in flagged:
        axes.marks([last], [values[last]], "dot", style.BLUE, 10, [hover[last]])
    axes.marks(
        flagged,
        [values[x] for x in flagged],
        "diamond",
        style.ATTENTION,
        11,
        [hover[x] for x in flagged],
    )
    color = style.ATTENTION if last in flagged else style.BLUE
    text = f"**{printed[last]}**"
    axes.words(last, values[last], text, style.STRONG_SIZE, color, "left", shift=(9, 0))


def _alone(x: int, values: Sequence[float | None]) -> bool:
    """Whether a point has blanks at both sides, so that no line shows it."""
    before = values[x - 1] if x else None
    after = values[x + 1] if x + 1 < len(values) else None
    return before is None and after is None


def _draw_dates(
    axes: Axes, panel: TrendPanel, starts: list[dt.date], floor: float, width: float
) -> None:
    lang = axes.canvas.lang
    marked = _marked(panel.grain, starts)
    room = width / max(len(starts), 1)
    names = {x: _short_name(panel.grain, starts[x], lang) for x in marked}
    widest = max((text_width(n, style.SMALL_SIZE) for n in names.values()), default=0)
    gap = min((b - a for a, b in pairwise(marked)), default=1)
    every = max(1, -int(-(widest + 5) // (room * gap)))
    for x in marked[::every]:
        axes.words(
            x, floor, names[x], style.SMALL_SIZE, style.GREY_1, "center", "top", shift=(0, -6)
        )
    if panel.grain == "year":
        return
    for x, start in enumerate(starts):
        if x == 0 or start.year != starts[x - 1].year:
            year = str(start.year)
            axes.words(
                x, floor, year, style.SMALL_SIZE, style.GREY_1, "center", "top", shift=(0, -20)
            )


def _marked(grain: Grain, starts: list[dt.date]) -> list[int]:
    """Positions that may carry a tick: every period, or the first week of each month."""
    if grain != "week":
        return list(range(len(starts)))
    return [x for x, s in enumerate(starts) if x == 0 or s.month != starts[x - 1].month]


def _short_name(grain: Grain, start: dt.date, lang: Language) -> str:
    if grain == "quarter":
        return numbers.ROMAN[(start.month - 1) // 3]
    if grain == "semester":
        return numbers.ROMAN[(start.month - 1) // 6]
    if grain == "year":
        return str(start.year)
    return numbers.short_day(start, lang).split(" ")[1]


def _date(value: Any) -> dt.date:
    return pd.Timestamp(value).date()


def _alt(panels: Sequence[TrendPanel], edition: Edition) -> str:
    lang = edition.lang
    told = []
    for panel in panels:
        values = panel.points["value"].dropna()
        if values.empty:
            told.append(f"{panel.name}: {say('absent.no_data', lang)}")
            continue
        low, high, last = (
            numbers.number(float(v), panel.decimals, lang) + panel.unit
            for v in (values.min(), values.max(), values.iloc[-1])
        )
        verdict = wording.move_words(panel.move, lang)
        told.append(
            say(
                "trend.alt_row",
                lang,
                name=panel.name,
                count=len(values),
                low=low,
                high=high,
                last=last,
                verdict=verdict,
            )
        )
    return say("trend.alt", lang, listed="; ".join(told))
