"""Tables of the report as Word tables: real heads that repeat, rows that do not break."""

from __future__ import annotations

from collections.abc import Sequence

from ektp_analytics.report.blocks import Mark
from ektp_analytics.report.charts.style import ATTENTION, GREY_1, GREY_2, GREY_3, GREY_4, INK
from ektp_analytics.report.grid import Cell, Column, Row, Table
from ektp_analytics.report.word_parts import markup
from ektp_analytics.report.word_parts.body import TEXT_WIDTH, TWIPS_PER_PX, Body

SYMBOLS: dict[Mark, str] = {
    "dot": "●",
    "ring": "○",
    "diamond": "◇",
    "diamond-filled": "◆",
    "up": "▲",
    "down": "▼",
    "check": "✓",
    "square": "■",
    "dash": "–",
    "": "",
}
CELL_SIZE, HEAD_SIZE, NOTE_SIZE = 9.0, 8.5, 8.0  # points
NARROWEST = 28  # px; two figures of a number need them
WHOLE_ROWS = 15  # a table up to this long is not parted by a page break
CELL_MARGIN = 60  # twentieths of a point left and right
HAIR, RULE = 4, 8  # eighths of a point
MONOSPACED = "Courier New"


def write_table(body: Body, table: Table, *, titled: bool = True) -> None:
    """Write a table with caption above and source below.

    Parameters
    ----------
    body
        Where.
    table
        The table; a column a chart lies over is left out, the chart stands above.
    titled
        False where caption and source belong to the chart it is part of.
    """
    if titled:
        body.caption(table.label, table.caption)
    shown = [column for column in table.columns if not column.plot]
    if table.rows:
        body.put(_table(table, shown))
    elif table.empty:
        body.paragraph(table.empty, "Keterangan")
    if titled and table.source:
        body.paragraph(table.source, "Sumber")
    elif table.rows:
        body.paragraph("", "Sela")


def plain_grid(rows: Sequence[Sequence[str]], widths: Sequence[float], *, ruled: bool) -> str:
    """Return a small table of ready paragraphs, with hairlines between rows or without."""
    rule = markup.borders([("bottom", HAIR, GREY_3)]) if ruled else ""
    made = []
    for row in rows:
        cells = (_cell_xml(inside, width, rule) for inside, width in zip(row, widths, strict=True))
        made.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
    return _wrapped("".join(made), widths)


def _table(table: Table, columns: Sequence[Column]) -> str:
    asked = [max(column.width, NARROWEST) for column in columns]
    whole = min(table.width, TEXT_WIDTH)
    widths = [width * whole / sum(asked) for width in asked]
    kept = len(table.rows) - 1 if len(table.rows) <= WHOLE_ROWS else 0
    rows = "".join(
        _row(row, columns, widths, keep=place < kept) for place, row in enumerate(table.rows)
    )
    return _wrapped(_heads(columns, widths) + rows, widths)


def _wrapped(rows: str, widths: Sequence[float]) -> str:
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    margins = "".join(f'<w:{side} w:w="{CELL_MARGIN}" w:type="dxa"/>' for side in ("left", "right"))
    look = (
        f'<w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1"/>'
    )
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _heads(columns: Sequence[Column], widths: Sequence[float]) -> str:
    if not any(column.head for column in columns):
        return ""
    above = _group_heads(columns, widths) if any(column.group for column in columns) else ""
    rule = markup.borders([("bottom", RULE, INK)])
    cells = "".join(
        _cell_xml(_head(column.head, column.align), width, rule, bottom=True)
        for column, width in zip(columns, widths, strict=True)
    )
    return above + _tr(cells, head=True)


def _group_heads(columns: Sequence[Column], widths: Sequence[float]) -> str:
    """Return the row of heads that stand over several columns."""
    cells, place = [], 0
    while place < len(columns):
        name, span = columns[place].group, 1
        while name and place + span < len(columns) and columns[place + span].group == name:
            span += 1
        rule = markup.borders([("bottom", HAIR, GREY_2)]) if name else ""
        width = sum(widths[place : place + span])
        cells.append(_cell_xml(_head(name, "center"), width, rule, span=span, bottom=True))
        place += span
    return _tr("".join(cells), head=True)


def _head(words: str, align: str) -> str:
    inside = markup.runs(words, bold=True, colour=GREY_1, size=HEAD_SIZE)
    return markup.paragraph(inside, "Sel", align=_jc(align), keep=True)


def _row(row: Row, columns: Sequence[Column], widths: Sequence[float], *, keep: bool) -> str:
    cells, place = [], 0
    while place < len(columns):
        cell, column = row.cell(columns[place].key), columns[place]
        span = max(1, min(cell.span, len(columns) - place))
        width = sum(widths[place : place + span])
        inside = markup.paragraph(_inside(cell, row), "Sel", align=_jc(column.align), keep=keep)
        cells.append(_cell_xml(inside, width, _rules(row), span=span, ground=_ground(row)))
        place += span
    return _tr("".join(cells))


def _inside(cell: Cell, row: Row) -> str:
    """Return the runs of a cell: symbol, words, flag, and the note on its own line."""
    muted = row.kind == "muted" or cell.tone == "muted"
    colour = ATTENTION if cell.tone == "attention" else GREY_1 if muted else ""
    bold = cell.strong or row.kind in ("group", "total")
    symbol = f"{SYMBOLS[cell.mark]} " if cell.mark else ""
    made = markup.run(symbol, colour=colour, size=CELL_SIZE) if symbol else ""
    font = MONOSPACED if cell.code else ""
    if not cell.hidden:
        made += markup.runs(
            cell.text, bold=bold, italic=muted, colour=colour, size=CELL_SIZE, font=font
        )
    if cell.flag:
        mark = f" {SYMBOLS['diamond']} " if cell.flagged else " "
        tone = ATTENTION if cell.flagged else GREY_1
        made += markup.runs(mark + cell.flag, bold=cell.flagged, colour=tone, size=CELL_SIZE)
    if cell.note:
        made += "<w:r><w:br/></w:r>" if made else ""
        made += markup.runs(cell.note, colour=GREY_1, size=NOTE_SIZE)
    return made


def _rules(row: Row) -> str:
    above = row.kind in ("total", "opening", "result")
    sides = [("bottom", HAIR, GREY_3)] + ([("top", RULE, INK)] if above else [])
    return markup.borders(sides)


def _ground(row: Row) -> str:
    return GREY_4 if row.kind in ("group", "result") else ""


def _cell_xml(
    inside: str,
    width: float,
    rules: str = "",
    *,
    span: int = 1,
    ground: str = "",
    bottom: bool = False,
) -> str:
    look = f'<w:tcW w:w="{_twips(width)}" w:type="dxa"/>'
    look += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    look += f"<w:tcBorders>{rules}</w:tcBorders>" if rules else ""
    if ground:
        look += f'<w:shd w:val="clear" w:color="auto" w:fill="{ground.lstrip("#")}"/>'
    look += '<w:vAlign w:val="bottom"/>' if bottom else ""
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{inside}</w:tc>"


def _tr(cells: str, *, head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _twips(px: float) -> int:
    return round(px * TWIPS_PER_PX)


def _jc(align: str) -> str:
    return "" if align == "left" else align
