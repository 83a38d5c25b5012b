"""Tables as the report prints them, with a blank column where a chart may lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from markupsafe import Markup

from ektp_analytics.report.blocks import Block, Mark, mark
from ektp_analytics.report.markup import element, plain, together
from ektp_analytics.report.typeset import line_count

Align = Literal["left", "right", "center"]
RowKind = Literal["row", "group", "total", "opening", "muted", "result"]

TEXT_WIDTH = 642  # px: 170 mm between the margins at 96 px to the inch
CELL_SIZE = 12.0
HEAD_SIZE = 11.2
NOTE_SIZE = 10.7
LINE = 15.6  # px per line of a cell
NOTE_LINE = 13.5
HEAD_LINE = 13.5
CELL_PADDING = 6  # px at each side
ROW_PADDING = 7  # px above and below together, of a row with more than one line
LONE_PADDING = 2
HEAD_PADDING = 8
PLOT_PADDING = 4
PLOT_TEXT_INDENT = 18  # words in a plot column start right of its axis
MARK_WIDTH = 16
PLOT_TICK_LINES = 1  # room in the head of a plot column for the ticks over the rows
WHOLE_ROWS = 26  # a table up to this long is not parted by a page break


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell.

    Parameters
    ----------
    text
        Words or a formatted number; ``**bold**`` is understood.
    note
        Second, smaller and greyer line.
    mark
        Symbol before the text.
    tone
        ``attention`` (orange, always with a mark or bold), ``muted`` (grey) or nothing.
    strong
        Whether the text is bold.
    span
        Number of columns it fills.
    code
        Whether it is set in a fixed-width face (hashes).
    hidden
        Whether the words are only heard, not seen, because the mark says it.
    flag, flagged
        Words after the text on its line; with a diamond and in orange if `flagged`.
    """

    text: str = ""
    note: str = ""
    mark: Mark = ""
    tone: Literal["", "attention", "muted"] = ""
    strong: bool = False
    span: int = 1
    code: bool = False
    hidden: bool = False
    flag: str = ""
    flagged: bool = True

    def html(self) -> Markup:
        """Return the inside of the cell."""
        words: object = element("b", self.text) if self.strong else self.text
        if self.code:
            words = element("code", self.text)
        if self.hidden:
            words = element("span", self.text, class_="only-heard")
        elif self.mark or self.tone == "attention":
            words = element("span", words, class_=self.tone or None)
        note = element("span", self.note, class_="cell-note") if self.note else ""
        return together(mark(self.mark, self.tone == "attention"), words, self._flag(), note)

    def plain(self) -> str:
        """Return the cell as text, its note after it."""
        parts = (plain(self.text), plain(self.flag), plain(self.note))
        return ", ".join(part for part in parts if part)

    def _flag(self) -> Markup:
        if not self.flag:
            return Markup("")
        tone = "flag attention" if self.flagged else "flag muted"
        diamond = mark("diamond", attention=True) if self.flagged else ""
        return element("span", diamond, self.flag, class_=tone)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in the rows, its head, its alignment and its width in px.

    `group` is a head over several neighbouring columns; `plot` marks the column a chart
    is laid over.
    """

    key: str
    head: str
    width: float
    align: Align = "left"
    group: str = ""
    plot: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: cells by column key, and what kind of row it is.

    ``group`` opens a group on a grey ground, ``total`` has a rule above and bold text,
    ``opening`` only the rule, ``muted`` is grey (nothing was delivered), ``result`` is the
    closing line of a calculation.
    """

    cells: Mapping[str, Cell | str]
    kind: RowKind = "row"

    def cell(self, key: str) -> Cell:
        """Return the cell of a column; empty if the row has none."""
        found = self.cells.get(key, "")
        return found if isinstance(found, Cell) else Cell(found)


@dataclass(frozen=True, slots=True)
class Table(Block):
    """A table with caption above and source below.

    Parameters
    ----------
    columns
        Columns from left to right; widths in px, scaled to `width` when printed.
    rows
        Rows from top to bottom.
    label, caption
        ``Tabel 1`` and what the table shows; no caption line if both are empty.
    source
        Line under the table.
    width
        Width of the table in px; `TEXT_WIDTH` fills the page.
    row_height, head_height
        Least heights in px; rows grow with their text.
    size
        Type size of the cells in px.
    empty
        Sentence printed in place of the rows if there are none.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    label: str = ""
    caption: str = ""
    source: str = ""
    width: float = TEXT_WIDTH
    row_height: float = 23
    head_height: float = 0
    size: float = CELL_SIZE
    empty: str = ""

    def html(self) -> Markup:
        """Return the table in a figure with its caption and source."""
        whole = " together" if len(self.rows) <= WHOLE_ROWS else ""
        parts = [self.caption_html(), self.table_html()]
        if not self.rows and self.empty:
            parts.append(element("p", self.empty, class_="empty"))
        parts.append(element("p", self.source, class_="source") if self.source else "")
        anchor = self.label.lower().replace(" ", "-") or None
        return element("div", *parts, class_=f"table-block{whole}", id=anchor)

    def caption_html(self) -> Markup | str:
        """Return the caption line, empty without one."""
        label = element("b", f"{self.label}.") if self.label else ""
        if not (label or self.caption):
            return ""
        return element("p", label, " " if label else "", self.caption, class_="caption")

    def table_html(self) -> Markup:
        """Return the bare table."""
        widths = self.widths()
        columns = (element("col", style=f"width:{width:.2f}px") for width in widths)
        heights = self.row_heights() if self.plotted else [self.row_height] * len(self.rows)
        body = (self._row(row, height) for row, height in zip(self.rows, heights, strict=True))
        padding = max((self.row_height - LINE * self.size / CELL_SIZE) / 2, 0)
        return element(
            "table",
            element("colgroup", *columns),
            self._head(),
            element("tbody", *body),
            class_="data" if self.plotted else "data reading",
            style=f"width:{self.width:g}px;font-size:{self.size:g}px;--pad:{padding:.2f}px",
        )

    @property
    def plotted(self) -> bool:
        """Whether a chart lies over one of the columns, so that heights must be exact."""
        return any(column.plot for column in self.columns)

    def widths(self) -> list[float]:
        """Return the column widths in px, together as wide as the table."""
        asked = sum(column.width for column in self.columns)
        return [column.width * self.width / asked for column in self.columns]

    def row_heights(self) -> list[float]:
        """Return the height of each row in px, from the lines its fullest cell takes."""
        widths = self.widths()
        return [self._row_height(row, widths) for row in self.rows]

    def head_px(self) -> float:
        """Return the height of the head in px."""
        widths = self.widths()
        lines = [
            line_count(column.head, width - PLOT_PADDING, HEAD_SIZE, bold=True) + PLOT_TICK_LINES
            if column.plot
            else line_count(column.head, self._room(place, widths), HEAD_SIZE, bold=True)
            for place, (column, width) in enumerate(zip(self.columns, widths, strict=True))
            if column.head
        ]
        grouped = any(column.group and not column.plot for column in self.columns)
        needed = max(lines, default=1) * HEAD_LINE + HEAD_PADDING + grouped * (HEAD_LINE + 8)
        return max(self.head_height, needed)

    def to_frame(self) -> pd.DataFrame:
        """Return the table as plain text: one column per head, one row per row."""
        heads, *records = self._words()
        return pd.DataFrame(records, columns=heads, dtype="str")

    def _words(self) -> list[list[str]]:
        """Return the heads and the rows in plain words, without the column a chart lies over."""
        shown = [column for column in self.columns if not column.plot]
        heads = [plain(column.head).replace("\n", " ") for column in shown]
        return [heads, *([row.cell(column.key).plain() for column in shown] for row in self.rows)]

    def lines(self) -> str:
        """Return heads and rows in plain text, each column as wide as its longest words."""
        rows = [[" ".join(words.split()) for words in row] for row in self._words()]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        padded = (zip(row, widths, strict=True) for row in rows)
        return "\n".join("  ".join(word.ljust(n) for word, n in row).rstrip() for row in padded)

    def text(self) -> str:
        """Return the caption and the table in plain text."""
        title = f"{self.label}. {plain(self.caption)}".strip(". ")
        return f"{title}\n{self.lines()}"

    def _row_height(self, row: Row, widths: Sequence[float]) -> float:
        tallest = self.row_height
        position = 0
        while position < len(self.columns):
            cell = row.cell(self.columns[position].key)
            plot = self.columns[position].plot
            width = self._room(position, widths, cell.span) - MARK_WIDTH * bool(cell.mark)
            width -= PLOT_TEXT_INDENT * plot
            size = NOTE_SIZE if plot else self.size
            bold = cell.strong or row.kind in ("group", "total")
            words = f"{plain(cell.text)} {plain(cell.flag)}".strip()
            lines = line_count(words, width, size, bold) if words else 0
            notes = line_count(plain(cell.note), width, NOTE_SIZE) if cell.note else 0
            line = NOTE_LINE if plot else LINE * self.size / CELL_SIZE
            padding = ROW_PADDING if lines + notes > 1 else LONE_PADDING
            tallest = max(tallest, lines * line + notes * NOTE_LINE + padding)
            position += max(cell.span, 1)
        return round(tallest, 1)

    def _room(self, first: int, widths: Sequence[float], span: int = 1) -> float:
        """Return how wide a text may be in the columns from `first` on."""
        last = first + span
        return _inner(sum(widths[first:last]), (first == 0) + (last >= len(widths)))

    def _head(self) -> Markup:
        height = self.head_px()
        if not any(column.head for column in self.columns):
            return Markup("")
        single = not any(column.group for column in self.columns)
        heads = (
            element("th", column.head, class_=_classes(column), scope="col")
            for column in self.columns
        )
        if single:
            return element("thead", element("tr", *heads, style=f"height:{height:g}px"))
        above = element("tr", *self._group_heads(), class_="groups")
        return element("thead", above, element("tr", *heads))

    def _group_heads(self) -> list[Markup]:
        heads: list[Markup] = []
        position = 0
        while position < len(self.columns):
            name = self.columns[position].group
            span = 1
            while name and position + span < len(self.columns):
                if self.columns[position + span].group != name:
                    break
                span += 1
            heads.append(
                element("th", name, colspan=span, scope="colgroup", class_="over" if name else "")
            )
            position += span
        return heads

    def _row(self, row: Row, height: float) -> Markup:
        cells: list[Markup] = []
        position = 0
        while position < len(self.columns):
            column = self.columns[position]
            cell = row.cell(column.key)
            first = position == 0 and row.kind != "result"
            cells.append(
                element(
                    "th" if first else "td",
                    element("span", cell.html(), class_="on-plot")
                    if column.plot and cell.text
                    else cell.html(),
                    class_=_classes(column, cell),
                    scope="row" if first else None,
                    colspan=cell.span if cell.span > 1 else None,
                )
            )
            position += max(cell.span, 1)
        return element("tr", *cells, class_=row.kind, style=f"height:{height:g}px")


def _classes(column: Column, cell: Cell | None = None) -> str | None:
    names: list[str] = [column.align] if column.align != "left" else []
    names += ["plot-space"] if column.plot else []
    names += ["told"] if column.plot and cell is not None and cell.text else []
    if cell is not None:
        names += ["strong"] if cell.strong else []
        names += ["muted"] if cell.tone == "muted" else []
    return " ".join(names) or None


def _inner(width: float, edges: int = 0) -> float:
    """Return the room for text; a column at the edge of the table has one padding less."""
    return width - (2 - edges) * CELL_PADDING
