"""Grade bands under a chart: always lettered, never by colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from ektp_analytics.report import numbers
from ektp_analytics.report.charts import style
from ektp_analytics.report.charts.canvas import Axes
from ektp_analytics.report.charts.frame import records

CUT_AXIS_AT = 60  # axis start where everything lies above; said in the head
ROOM = 2  # least distance of a mark from the cut start of the axis, in points
_SHADES = (style.BAND_DARK, style.BAND_LIGHT)


@dataclass(frozen=True, slots=True)
class Band:
    """One grade: letter, lowest and highest printed value, name."""

    letter: str
    lower: float
    upper: float
    label: str = ""


def bands_from(table: pd.DataFrame) -> list[Band]:
    """Read grade bands, lowest first, from columns ``letter, lower, upper`` (``label``)."""
    rows = records(table, ("letter", "lower", "upper"), ("label",))
    found = [Band(r["letter"], r["lower"], r["upper"], r["label"] or "") for r in rows]
    return sorted(found, key=lambda band: band.lower)


def axis_start(bands: list[Band], values: list[float]) -> float:
    """Return where the axis starts: cut at 60 if every value allows it, else the scale's end."""
    lowest = min(values, default=bands[0].lower)
    return CUT_AXIS_AT if lowest >= CUT_AXIS_AT + ROOM else bands[0].lower


def crossed(low: float, high: float, bands: list[Band]) -> tuple[str, str] | None:
    """Return the letters at a grade boundary inside an interval, the first one met."""
    for lower, upper in pairwise(bands):
        if low < upper.lower <= high:
            return lower.letter, upper.letter
    return None


def draw_bands(axes: Axes, bands: list[Band], start: float, top: float, bottom: float) -> None:
    """Fill the bands between two heights and rule their boundaries."""
    for place, (band, end) in enumerate(_visible(bands, start)):
        left = max(band.lower, start)
        axes.band((left, top), (end, bottom), _SHADES[bands.index(band) % 2])
        if place:
            axes.segment((left, top), (left, bottom), style.GREY_2, 0.8)


def letter_bands(axes: Axes, bands: list[Band], start: float, at: float, names: bool) -> None:
    """Write each band's letter (and name) over its middle."""
    for band, end in _visible(bands, start):
        name = f" {band.label.lower()}" if names and band.label else ""
        axes.words(
            (max(band.lower, start) + end) / 2,
            at,
            f"**{band.letter}**{name}",
            style.STRONG_SIZE,
            style.GREY_1,
        )


def label_cuts(axes: Axes, bands: list[Band], start: float, at: float) -> None:
    """Write the start, every boundary and the end of the scale under the bands."""
    lang = axes.canvas.lang
    ends = [start, *(band.lower for band in bands if band.lower > start), bands[-1].upper]
    for end in ends:
        decimals = 0 if float(end).is_integer() else 2
        axes.words(end, at, numbers.number(end, decimals, lang), style.SMALL_SIZE, style.GREY_1)


def _visible(bands: list[Band], start: float) -> list[tuple[Band, float]]:
    """Pair each band above `start` with where the next one begins."""
    ends = [band.lower for band in bands[1:]] + [bands[-1].upper]
    return [(band, end) for band, end in zip(bands, ends, strict=True) if end > start]
