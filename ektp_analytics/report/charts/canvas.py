"""A drawing surface in px that writes plain plotly JSON.

A `Canvas` holds one or more `Axes`, each a box placed in px with its own scales. Guides
(bands, grid, limits) become shapes under the data, marks and intervals become traces
that can be pointed at, labels become annotations. On a logarithmic axis annotations take
the logarithm and shapes and traces the value; that is settled here once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ektp_analytics.errors import Language
from ektp_analytics.report.charts import style
from ektp_analytics.report.figure import INSET, Plot, Rows
from ektp_analytics.report.markup import plot_text

Anchor = Literal["left", "center", "right"]
VAnchor = Literal["top", "middle", "bottom"]
Shape = Literal["dot", "ring", "diamond", "open-diamond", "triangle-right", "tick"]

_SYMBOLS: dict[Shape, tuple[str, bool]] = {
    "dot": ("circle", True),
    "ring": ("circle", False),
    "diamond": ("diamond", True),
    "open-diamond": ("diamond", False),
    "triangle-right": ("triangle-right", True),
    "tick": ("line-ns", True),
}
_OPEN_LINE = 1.6
Dash = Literal["solid", "dash", "dot"]


@dataclass(slots=True)
class Axes:
    """A box of the canvas with its scales; all drawing goes through it.

    Parameters
    ----------
    canvas
        Canvas it belongs to.
    index
        1 for plotly's ``x``/``y``, 2 for ``x2``/``y2`` …
    log
        Whether x is logarithmic.
    """

    canvas: Canvas
    index: int
    log: bool = False

    @property
    def suffix(self) -> str:
        """Plotly's suffix for the pair of axes."""
        return "" if self.index == 1 else str(self.index)

    def segment(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        color: str = style.GREY_3,
        width: float = style.GRID_WIDTH,
        dash: Dash = "solid",
        above: bool = False,
    ) -> None:
        """Draw a straight guide between two points in data units."""
        line = {"color": color, "width": width, "dash": dash}
        self._shape("line", start, end, line=line, layer="above" if above else "below")

    def band(self, start: tuple[float, float], end: tuple[float, float], color: str) -> None:
        """Fill a rectangle between two corners in data units."""
        self._shape("rect", start, end, fillcolor=color, line={"width": 0}, layer="below")

    def words(
        self,
        x: float,
        y: float,
        text: str,
        size: float = style.TEXT_SIZE,
        color: str = style.INK,
        anchor: Anchor = "center",
        vanchor: VAnchor = "middle",
        *,
        shift: tuple[float, float] = (0, 0),
        ground: bool = False,
    ) -> None:
        """Write words at a point in data units, shifted by px (right, up).

        `ground` lays white under them, where they cross a line.
        """
        annotation: dict[str, Any] = {
            "x": math.log10(x) if self.log else x,
            "y": y,
            "xref": f"x{self.suffix}",
            "yref": f"y{self.suffix}",
            "text": plot_text(text).replace("\n", "<br>"),
            "showarrow": False,
            "xanchor": anchor,
            "yanchor": vanchor,
            "align": anchor,
            "xshift": shift[0],
            "yshift": shift[1],
            "borderpad": 1 if ground else 0,
            "font": {"size": size, "color": color},
        }
        if ground:
            annotation["bgcolor"] = style.WHITE
        self.canvas.annotations.append(annotation)

    def marks(
        self,
        x: Sequence[float],
        y: Sequence[float],
        shape: Shape = "dot",
        color: str = style.BLUE,
        size: float = 10,
        hover: Sequence[str] = (),
    ) -> None:
        """Draw marks of one shape; `hover` are the words shown at each."""
        if not x:
            return
        symbol, filled = _SYMBOLS[shape]
        marker: dict[str, Any] = {"symbol": symbol, "size": size, "opacity": 1}
        marker["color"] = color if filled else style.WHITE
        line_width = {"tick": 1.6}.get(shape, 0 if filled else _OPEN_LINE)
        marker["line"] = {"color": color, "width": line_width}
        self._trace(x, y, hover, mode="markers", marker=marker)

    def intervals(
        self,
        low: Sequence[float],
        high: Sequence[float],
        y: Sequence[float],
        color: str = style.INK,
        width: float = 1.8,
    ) -> None:
        """Draw a horizontal line from `low` to `high` at each `y`."""
        xs: list[float | None] = []
        ys: list[float | None] = []
        for first, last, at in zip(low, high, y, strict=True):
            xs += [first, last, None]
            ys += [at, at, None]
        if xs:
            self._trace(xs, ys, (), mode="lines", line={"color": color, "width": width})

    def curve(
        self,
        x: Sequence[float | None],
        y: Sequence[float | None],
        color: str = style.BLUE,
        width: float = 2.2,
        dash: Dash | str = "solid",
        step: bool = False,
        hover: Sequence[str] = (),
    ) -> None:
        """Draw a line through points; None breaks it, `step` holds each value until the next."""
        line = {"color": color, "width": width, "dash": dash, "shape": "hv" if step else "linear"}
        self._trace(x, y, hover, mode="lines", line=line)

    def area(self, x: Sequence[float], low: Sequence[float], high: Sequence[float]) -> None:
        """Fill between two step curves (an interval along a curve)."""
        outline = {"width": 0, "shape": "hv", "color": style.BAND_DARK}
        self._trace(x, low, (), mode="lines", line=outline)
        filled = {"fill": "tonexty", "fillcolor": style.BAND_DARK}
        self._trace(x, high, (), mode="lines", line=outline, **filled)

    def bars(
        self,
        length: Sequence[float],
        y: Sequence[float],
        thickness: float,
        colors: Sequence[str],
        hover: Sequence[str] = (),
    ) -> None:
        """Draw horizontal bars from 0; `thickness` is in units of y."""
        if not length:
            return
        trace: dict[str, Any] = {
            "type": "bar",
            "orientation": "h",
            "width": [thickness] * len(length),
            "marker": {"color": list(colors), "line": {"width": 0}},
        }
        self._add(trace, length, y, hover)

    def _shape(
        self, kind: str, start: tuple[float, float], end: tuple[float, float], **looks: Any
    ) -> None:
        corners = {"x0": start[0], "y0": start[1], "x1": end[0], "y1": end[1]}
        refs = {"xref": f"x{self.suffix}", "yref": f"y{self.suffix}"}
        self.canvas.shapes.append({"type": kind, **corners, **refs, **looks})

    def _trace(
        self,
        x: Sequence[float | None],
        y: Sequence[float | None],
        hover: Sequence[str],
        **looks: Any,
    ) -> None:
        self._add({"type": "scatter", "cliponaxis": False, **looks}, x, y, hover)

    def _add(
        self,
        trace: dict[str, Any],
        x: Sequence[float | None],
        y: Sequence[float | None],
        hover: Sequence[str],
    ) -> None:
        trace |= {"x": list(x), "y": list(y)}
        trace |= {"xaxis": f"x{self.suffix}", "yaxis": f"y{self.suffix}"}
        if hover:
            trace |= {"hovertext": [plot_text(text) for text in hover], "hoverinfo": "text"}
        else:
            trace["hoverinfo"] = "skip"
        self.canvas.data.append(trace)


@dataclass(slots=True)
class Canvas:
    """A figure of a given size in px, without margins."""

    width: float
    height: float
    lang: Language = "id"
    data: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)
    scales: dict[str, Any] = field(default_factory=dict)

    def axes(
        self,
        box: tuple[float, float, float, float],
        x_range: tuple[float, float],
        y_range: tuple[float, float],
        log: bool = False,
    ) -> Axes:
        """Place a pair of axes.

        Parameters
        ----------
        box
            Left, top, width and height in px.
        x_range, y_range
            Values at the left and right edge, at the bottom and top edge.
        log
            Whether x is logarithmic (its range still in plain values).
        """
        left, top, width, height = box
        drawn = Axes(self, len(self.scales) // 2 + 1, log)
        x_ends = [math.log10(end) for end in x_range] if log else list(x_range)
        self.scales[f"xaxis{drawn.suffix}"] = {
            "domain": [left / self.width, (left + width) / self.width],
            "range": x_ends,
            "type": "log" if log else "linear",
            "anchor": f"y{drawn.suffix}",
            "visible": False,
        }
        self.scales[f"yaxis{drawn.suffix}"] = {
            "domain": [1 - (top + height) / self.height, 1 - top / self.height],
            "range": list(y_range),
            "anchor": f"x{drawn.suffix}",
            "visible": False,
        }
        return drawn

    def triangle(self, centre: tuple[float, float], up: bool, color: str) -> None:
        """Draw a small triangle at a place in px; a shape, because few fonts have the glyph."""
        left, top = centre
        foot, tip = (top + 3.5, top - 3.5) if up else (top - 3.5, top + 3.5)
        corners = ((left - 4, foot), (left + 4, foot), (left, tip))
        points = [f"{x / self.width:.5f},{1 - y / self.height:.5f}" for x, y in corners]
        path = f"M{points[0]} L{points[1]} L{points[2]} Z"
        place = {"xref": "paper", "yref": "paper", "fillcolor": color, "line": {"width": 0}}
        self.shapes.append({"type": "path", "path": path, **place})

    def plot(self, alt: str) -> Plot:
        """Return what was drawn as a `Plot`."""
        layout = {
            "template": style.template(self.lang),
            "shapes": self.shapes,
            "annotations": self.annotations,
            "barmode": "overlay",
            **self.scales,
        }
        return Plot(self.data, layout, self.width, self.height, alt)


def over_rows(
    rows: Rows,
    x_range: tuple[float, float],
    lang: Language = "id",
    below: float = 0,
    log: bool = False,
) -> tuple[Canvas, Axes]:
    """Return a canvas to be laid over a table's plot column.

    y is px from the top of the table; x runs over the plot column, with `INSET` px
    kept free at each side and `below` px under the last row for labels.
    """
    height = rows.bottom + below
    canvas = Canvas(rows.width, height, lang)
    axes = canvas.axes((INSET, 0, rows.width - 2 * INSET, height), x_range, (height, 0), log)
    return canvas, axes
