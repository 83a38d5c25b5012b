"""Share of requests finished as time passes (Kaplan–Meier), with the limits on it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd

from ektp_analytics.report import numbers
from ektp_analytics.report.charts import style
from ektp_analytics.report.charts.canvas import Anchor, Axes, Canvas, VAnchor
from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.charts.time_axis import time_labels, time_range, time_ticks
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.figure import Chart
from ektp_analytics.report.grid import TEXT_WIDTH
from ektp_analytics.report.wording import say

HEIGHT = 300
LEFT, RIGHT, TOP, BOTTOM = 38, 22, 26, 24
SMOOTH_FROM = 200  # steps; with more they are finer than the line is wide
POINTS = 500  # steps kept per curve; more can't be told apart at this width
RISE_SEEN = 1.0  # percent finished where the axis may start
FULL = 100.0
LEVELS = (0, 25, 50, 75, 100)
NAME_ROOM = 0.28  # of the axis, needed left of a curve for its name
APART = 7  # percent; closer values are printed once
HIGH = 93  # percent; above it a value is written under the curve
NAME_WIDTH = 18  # letters per line of a curve's name
NAME_LEVELS = (33.0, 60.0)  # height at which a curve is named, by its place
LOOKS: tuple[tuple[str, float, str], ...] = (
    (style.BLUE, 2.4, "solid"),
    (style.GREY_1, 1.8, "8px,6px"),
)


def completion(
    curves: pd.DataFrame,
    limits: pd.DataFrame,
    edition: Edition,
    *,
    counted: Sequence[str] = (),
    width: float = TEXT_WIDTH,
    caption: str = "",
    source: str = "",
    key: str = "completion",
) -> Chart:
    """Draw one or two completion curves and the limits they are judged by.

    Parameters
    ----------
    curves
        Long table, one row per step: ``curve`` (printed name, ``sejak persyaratan
        lengkap``; the first named is solid, the second dashed), ``hours`` (time since
        start, > 0 or 0), ``share`` (percent finished by then, Kaplan–Meier). Optional
        ``low``, ``high`` (95 % band of the first curve, percent). A curve ends at
        its last row: repeat the last share at the end of observation if cases are open.
    limits
        One row per limit: ``hours``, ``name`` (``24 jam``), ``kind`` (``law`` solid,
        ``promise`` dotted); optional ``basis`` (``Permendagri 19/2018``). At limits of
        law the value of each curve is printed.
    edition
        Language, cut-off date and numbering.
    counted
        Sentences for the source line: n, finished, still open, interval.
    width
        Width in px.
    caption, source, key
        Own caption; where the figures come from; key of the figure's number.

    Returns
    -------
    Chart
        Time is logarithmic, and the source line says so.
    """
    lines = records(limits, ("hours", "name", "kind"), ("basis",))
    lines.sort(key=lambda line: line["hours"])
    drawn = _split(curves)
    ends = _time_ends(drawn, lines)
    canvas = Canvas(width, HEIGHT, edition.lang)
    box = (LEFT, TOP, width - LEFT - RIGHT, HEIGHT - TOP - BOTTOM)
    axes = canvas.axes(box, ends, (0, FULL), log=True)
    _draw_scale(axes, ends)
    _draw_limits(axes, lines)
    for place, (name, steps) in enumerate(drawn[: len(LOOKS)]):
        _draw_curve(axes, steps, ends, place)
        _name_curve(axes, name, steps, ends, place)
    _draw_values(axes, drawn[: len(LOOKS)], lines)
    sentences = [*counted, say("completion.reading", edition.lang)]
    return Chart(
        canvas.plot(_alt(drawn, lines, edition)),
        edition.figure_label(key),
        caption or say("completion.caption", edition.lang),
        edition.source_line(sentences, source),
    )


def share_at(steps: list[dict[str, Any]], hours: float) -> float:
    """Return the value of a step curve at a time; 0 before its first step."""
    place = bisect_right([step["hours"] for step in steps], hours)
    return float(steps[place - 1]["share"]) if place else 0.0


def _split(curves: pd.DataFrame) -> list[tuple[str, list[dict[str, Any]]]]:
    rows = records(curves, ("curve", "hours", "share"), ("low", "high"))
    named: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        named.setdefault(str(row["curve"]), []).append(row)
    return [(name, sorted(steps, key=lambda s: s["hours"])) for name, steps in named.items()]


def _time_ends(
    drawn: list[tuple[str, list[dict[str, Any]]]], lines: list[dict[str, Any]]
) -> tuple[float, float]:
    times = [line["hours"] for line in lines]
    starts = [
        next((s["hours"] for s in steps if s["share"] >= RISE_SEEN), steps[-1]["hours"])
        for _, steps in drawn
        if steps
    ]
    lasts = [steps[-1]["hours"] for _, steps in drawn if steps]
    shortest = min([*times, *starts], default=1.0)
    return time_range(max(shortest, 0.02), max([*lasts, *(t * 1.5 for t in times)], default=24.0))


def _thinned(steps: list[dict[str, Any]], ends: tuple[float, float]) -> list[dict[str, Any]]:
    """Keep the last step of each of `POINTS` equal stretches of the logarithmic axis."""
    inside = [
        {**step, "hours": max(step["hours"], ends[0])} for step in steps if step["hours"] <= ends[1]
    ]
    grid = np.geomspace(ends[0], ends[1], POINTS)
    places = np.searchsorted(grid, [step["hours"] for step in inside])
    return list(dict(zip(places.tolist(), inside, strict=True)).values())


def _draw_scale(axes: Axes, ends: tuple[float, float]) -> None:
    lang = axes.canvas.lang
    for level in LEVELS:
        color, width = (style.GREY_2, 0.8) if level == 0 else (style.GREY_3, style.GRID_WIDTH)
        axes.segment((ends[0], level), (ends[1], level), color, width)
        label = numbers.percent(level, 0, lang)
        axes.words(ends[0], level, label, style.SMALL_SIZE, style.GREY_1, "right", shift=(-4, 0))
    values = time_ticks(ends)
    for tick, label in zip(values, time_labels(values, lang), strict=True):
        axes.words(tick, 0, label, style.SMALL_SIZE, style.GREY_1, "center", "top", shift=(0, -5))


def _draw_limits(axes: Axes, lines: list[dict[str, Any]]) -> None:
    for line in lines:
        law = line["kind"] == "law"
        start, end = (line["hours"], 0), (line["hours"], FULL)
        axes.segment(start, end, style.INK, 1.0, "solid" if law else "dot")
        name = f"**{line['name']}**" if law else str(line["name"])
        basis = f" ({line['basis']})" if law and line["basis"] else ""
        if law:
            axes.words(line["hours"], FULL, name + basis, vanchor="bottom", shift=(0, 6))
        else:
            axes.words(
                line["hours"],
                0,
                name,
                style.SMALL_SIZE,
                style.GREY_1,
                "left",
                "bottom",
                shift=(4, 8),
                ground=True,
            )


def _draw_curve(
    axes: Axes, steps: list[dict[str, Any]], ends: tuple[float, float], place: int
) -> None:
    color, width, dash = LOOKS[place]
    shown = _thinned(steps, ends)
    if not shown:
        return
    first = {"hours": ends[0], "share": share_at(steps, ends[0]), "low": None, "high": None}
    banded = [step for step in shown if step["low"] is not None and step["high"] is not None]
    if banded and place == 0:
        hours = [step["hours"] for step in banded]
        axes.area(hours, [s["low"] for s in banded], [s["high"] for s in banded])
    path = [first, *shown] if shown[0]["hours"] > ends[0] else shown
    lang = axes.canvas.lang
    hover = [
        f"{numbers.duration(s['hours'], lang)}: {numbers.percent(s['share'], 1, lang)}"
        for s in path
    ]
    xs, ys = [s["hours"] for s in path], [s["share"] for s in path]
    axes.curve(xs, ys, color, width, dash, step=len(xs) < SMOOTH_FROM, hover=hover)


def _name_curve(
    axes: Axes, name: str, steps: list[dict[str, Any]], ends: tuple[float, float], place: int
) -> None:
    top = max((step["share"] for step in steps), default=0.0)
    if top < NAME_LEVELS[1]:
        _name_short_curve(axes, name, steps[-1], place)
        return
    level = NAME_LEVELS[place]
    at = next((s["hours"] for s in steps if s["share"] >= level), ends[0])
    at = min(max(at, ends[0]), ends[1])
    color = LOOKS[place][0]
    reach = np.log(at / ends[0]) / np.log(ends[1] / ends[0])
    left = place == 0 and reach > NAME_ROOM
    words = "\n".join(wrap(name, NAME_WIDTH))
    words = f"**{words}**" if place == 0 else words
    # A rising curve leaves room above at its left and below at its right.
    anchor: Anchor = "right" if left else "left"
    side: VAnchor = "bottom" if left else "top"
    shift = (-6, 0) if left else (10, 0)
    ground = not left
    axes.words(
        at, level, words, color=color, anchor=anchor, vanchor=side, shift=shift, ground=ground
    )


def _name_short_curve(axes: Axes, name: str, last: dict[str, Any], place: int) -> None:
    """Name a curve that stays low over its end, where nothing else is written."""
    words = f"**{name}**" if place == 0 else name
    color = LOOKS[place][0]
    end = (last["hours"], last["share"])
    axes.words(*end, words, style.TEXT_SIZE, color, "right", "bottom", shift=(0, 6), ground=True)


def _draw_values(
    axes: Axes, drawn: list[tuple[str, list[dict[str, Any]]]], lines: list[dict[str, Any]]
) -> None:
    lang = axes.canvas.lang
    for line in (line for line in lines if line["kind"] == "law"):
        values = [share_at(steps, line["hours"]) for _, steps in drawn]
        for place, value in enumerate(values):
            color = LOOKS[place][0]
            axes.marks([line["hours"]], [value], "ring", color, 7.5)
            hidden = place > 0 and abs(values[0] - value) < APART
            if not hidden:
                _label_value(axes, line["hours"], value, numbers.percent(value, 1, lang), place)


def _label_value(axes: Axes, hours: float, value: float, text: str, place: int) -> None:
    """Write a value beside its ring where no curve runs: above left, or below right."""
    above = place == 0 and value < HIGH
    axes.words(
        hours,
        value,
        f"**{text}**",
        style.STRONG_SIZE,
        LOOKS[place][0],
        "right" if above else "left",
        "bottom" if above else "top",
        shift=(-8, 0) if above else (8, -3),
        ground=True,
    )


def _alt(
    drawn: list[tuple[str, list[dict[str, Any]]]],
    lines: list[dict[str, Any]],
    edition: Edition,
) -> str:
    lang = edition.lang
    told = []
    for name, steps in drawn:
        shares = [
            f"{numbers.percent(share_at(steps, line['hours']), 1, lang)} – {line['name']}"
            for line in lines
            if line["kind"] == "law"
        ]
        told.append(f"{name}: {', '.join(shares)}")
    if not told:
        return say("completion.alt_absent", lang)
    return say("completion.alt", lang, listed="; ".join(told))
