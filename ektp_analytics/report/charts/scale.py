"""The scale over a table's rows: an upright guide at each value, its number above the head."""

from __future__ import annotations

from collections.abc import Sequence

from ektp_analytics.report import numbers
from ektp_analytics.report.charts import style
from ektp_analytics.report.charts.canvas import Axes
from ektp_analytics.report.charts.frame import decimals_of
from ektp_analytics.report.figure import Rows

TICKS_ABOVE = 8  # px of the numbers above the first row
ZERO, ZERO_WIDTH = "0", 0.8


def draw_scale(
    axes: Axes,
    geometry: Rows,
    values: Sequence[float],
    *,
    bottom: float | None = None,
    zero: bool = False,
    signed: bool = False,
) -> None:
    """Draw guides over the rows.

    Parameters
    ----------
    axes, geometry
        What `over_rows` gave, and the rows it lies over.
    values
        Where the guides stand; their numbers have as many decimals as all of them need.
    bottom
        Where they end, px from the top of the table; the last row by default.
    zero
        Whether zero is a line that bars start from, and darker.
    signed
        Whether numbers but zero carry their sign.
    """
    decimals, lang = decimals_of(values), axes.canvas.lang
    printed = numbers.signed if signed else numbers.number
    end = geometry.bottom if bottom is None else bottom
    for value in values:
        dark = zero and value == 0
        look = (style.INK, ZERO_WIDTH) if dark else (style.GREY_3, style.GRID_WIDTH)
        axes.segment((value, geometry.head), (value, end), *look)
        label = printed(value, decimals, lang) if value or not signed else ZERO
        axes.words(value, geometry.head - TICKS_ABOVE, label, style.SMALL_SIZE, style.GREY_1)
