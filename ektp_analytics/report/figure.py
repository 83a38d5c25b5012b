"""Charts as blocks: a plotly figure alone, or laid over the empty column of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ektp_analytics.report.blocks import Block
from ektp_analytics.report.grid import TEXT_WIDTH, Table
from ektp_analytics.report.markup import element, json_script, plain

if TYPE_CHECKING:
    import plotly.graph_objects as go

PLOTLY_MIME = "application/vnd.plotly.v1+json"
INSET = 13  # px left and right of the axis, where its outer tick labels and marks reach


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawn figure: plotly's data and layout, its size in px and what it shows in words.

    Parameters
    ----------
    data, layout
        Plain plotly JSON.
    width, height
        Size in px.
    alt
        Alternative text, written from the numbers.
    """

    data: Sequence[Mapping[str, Any]]
    layout: Mapping[str, Any]
    width: float
    height: float
    alt: str

    def to_json(self) -> dict[str, Any]:
        """Return the figure as plotly JSON with its size set."""
        sized = {**self.layout, "width": self.width, "height": self.height, "autosize": False}
        return {"data": [dict(trace) for trace in self.data], "layout": sized}

    def html(self, place: str = "") -> Markup:
        """Return the div the page draws the figure in; `place` is its CSS position."""
        return element(
            "div",
            json_script(self.to_json()),
            class_="plot",
            role="img",
            aria_label=plain(self.alt),
            data_height=f"{self.height:g}",
            data_width=f"{self.width:g}",
            style=f"width:{self.width:g}px;height:{self.height:g}px;{place}",
        )

    @property
    def figure(self) -> go.Figure:
        """The figure as plotly's own object, to be changed at will."""
        import plotly.graph_objects as go

        return go.Figure(self.to_json())


@dataclass(frozen=True, slots=True)
class Chart(Block):
    """A chart with caption above and source below.

    Parameters
    ----------
    plot
        The figure.
    label, caption
        ``Gambar 1`` and what the chart shows.
    source
        Line under it: n, how to read the marks, source, cut-off date.
    """

    plot: Plot
    label: str = ""
    caption: str = ""
    source: str = ""

    @property
    def alt(self) -> str:
        """The alternative text."""
        return plain(self.plot.alt)

    @property
    def figure(self) -> go.Figure:
        """The figure as plotly's own object."""
        return self.plot.figure

    def html(self) -> Markup:
        """Return the figure with caption and source."""
        return _figure(self.label, self.caption, self.plot.html(), self.source, "chart")

    def text(self) -> str:
        """Return caption and alternative text."""
        return f"{self.label}. {plain(self.caption)}: {self.alt}".lstrip(". ")

    def _repr_mimebundle_(
        self, include: Sequence[str] | None = None, exclude: Sequence[str] | None = None
    ) -> dict[str, Any]:
        drawn = self.plot.to_json()
        return {"text/html": str(self.html()), "text/plain": self.text(), PLOTLY_MIME: drawn}


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the rows of a table lie under the chart over it, in px from its top.

    Parameters
    ----------
    left, width
        Place of the plot column.
    head
        Height of the head.
    edges
        Top edge of each row, and the bottom edge of the last.
    """

    left: float
    width: float
    head: float
    edges: Sequence[float]

    @property
    def centres(self) -> list[float]:
        """Middle of each row."""
        return [(top + end) / 2 for top, end in pairwise(self.edges)]

    @property
    def bottom(self) -> float:
        """Bottom edge of the table."""
        return self.edges[-1]


def rows_of(table: Table) -> Rows:
    """Return where the plot column and the rows of a table lie."""
    widths = table.widths()
    place = next(i for i, column in enumerate(table.columns) if column.plot)
    head = table.head_px()
    edges = list(accumulate(table.row_heights(), initial=head))
    return Rows(sum(widths[:place]), widths[place], head, edges)


@dataclass(frozen=True, slots=True)
class TableChart(Block):
    """A table with a chart over its empty column; numbers stay text.

    Parameters
    ----------
    table
        Table with one column whose `plot` is set; its caption and source are not used.
    plot
        Figure in px coordinates of the table (see `rows_of`).
    label, caption, source
        As for `Chart`.
    """

    table: Table
    plot: Plot
    label: str = ""
    caption: str = ""
    source: str = ""

    @property
    def alt(self) -> str:
        """The alternative text."""
        return plain(self.plot.alt)

    @property
    def figure(self) -> go.Figure:
        """The figure alone with the row names as ticks, as plotly's own object."""
        return self.alone().figure

    def html(self) -> Markup:
        """Return the table and the figure over it."""
        rows = rows_of(self.table)
        place = f"left:{rows.left:g}px;top:0"
        below = max(self.plot.height - rows.bottom, 0)
        overlaid = element(
            "div",
            self.table.table_html(),
            self.plot.html(place),
            class_="over-table",
            style=f"width:{self.table.width:g}px;padding-bottom:{below:g}px",
        )
        return _figure(self.label, self.caption, overlaid, self.source, "chart table-chart")

    def alone(self) -> Plot:
        """Return the figure to be shown without its table: row names become ticks."""
        rows = rows_of(self.table)
        first = self.table.columns[0].key
        names = [plain(row.cell(first).plain()) for row in self.table.rows]
        layout = dict(self.plot.layout)
        axis = {**layout.get("yaxis", {}), "visible": True, "showticklabels": True}
        axis |= {"tickvals": rows.centres, "ticktext": names, "automargin": True}
        margin = {**layout.get("margin", {}), "l": 190, "r": 30}
        layout |= {"yaxis": axis, "margin": margin}
        width = max(TEXT_WIDTH, self.plot.width + 190)
        return replace(self.plot, layout=layout, width=width)

    def text(self) -> str:
        """Return caption, alternative text and the table."""
        title = f"{self.label}. {plain(self.caption)}: {self.alt}".lstrip(". ")
        return f"{title}\n{self.table.lines()}"

    def _repr_mimebundle_(
        self, include: Sequence[str] | None = None, exclude: Sequence[str] | None = None
    ) -> dict[str, Any]:
        drawn = self.alone().to_json()
        return {"text/html": str(self.html()), "text/plain": self.text(), PLOTLY_MIME: drawn}


def _figure(label: str, caption: str, drawn: Markup, source: str, classes: str) -> Markup:
    number = element("b", f"{label}.") if label else ""
    titled = element("figcaption", number, " " if number else "", caption)
    line = element("p", source, class_="source") if source else ""
    anchor = label.lower().replace(" ", "-") or None
    return element(
        "figure", titled if label or caption else "", drawn, line, class_=classes, id=anchor
    )
