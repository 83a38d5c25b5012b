"""One workbook per source for an office to fill in: drop-downs, hints, an example row."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from ektp_analytics.sources.data_rows import EXAMPLE_MARK
from ektp_analytics.sources.schema import Column, SourceSchema, schema
from ektp_analytics.sources.templates.words import help_text, options, template_columns, words
from ektp_analytics.standards.publications import publication_items
from ektp_analytics.workspace import Office

# Rows that carry drop-downs and formats below the example row.
ROWS_READY = 2_000
_FIRST_ROW = 2
# Limits of Excel: letters of a hint's title and text, and of a list inside a validation.
_TITLE_LENGTH, _HINT_LENGTH, _LIST_LENGTH = 32, 255, 255
_WIDTHS = {"datetime": 18, "date": 13, "time": 10, "answer": 12, "count": 12, "region_code": 14}
_WIDEST = 24
_FORMATS = {
    "key": "@", "text": "@", "region_code": "@", "category": "@", "boolean": "@",
    "datetime": "dd/mm/yyyy hh:mm", "date": "dd/mm/yyyy", "time": "hh:mm", "count": "0",
    "money": "0", "number": "General", "answer": "0",
}  # fmt: skip
_PLAIN_EXAMPLES: Mapping[str, str | float] = {
    "region_code": "99.01.01", "key": "A-0001", "count": 0, "money": 0, "number": 87.5,
}  # fmt: skip
_EXAMPLE_DAY = datetime(2025, 1, 6, 9, 15)
# Fixed, so that equal templates are equal bytes.
_CREATED = datetime(2025, 1, 1)


def template_workbook(
    source: str, office: Office | None = None, headers: Mapping[str, str] | None = None
) -> bytes:
    """Return the template of one source as the bytes of an XLSX file.

    Parameters
    ----------
    source
        Key of the source.
    office
        Its kecamatan and services become drop-downs; its name stands in the help.
    headers
        The office's own headers by key; only these columns are asked for then.

    Returns
    -------
    bytes
        Sheet ``Data`` with frozen header and an example row that reading skips, sheet
        ``Petunjuk`` with the meaning of every column, hidden sheet ``Pilihan``.
    """
    import xlsxwriter

    known = schema(source)
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    book.set_properties({"title": f"Templat {known.name['id']}", "created": _CREATED})
    columns = [c for c in template_columns(known) if headers is None or c.key in headers]
    titles = [(headers or {}).get(c.key, c.label) for c in columns]
    _Sheets(book, known, columns, titles, office).write()
    book.close()
    return memory.getvalue()


class _Sheets:
    """The sheets of one template while they are written."""

    def __init__(
        self,
        book: Any,
        known: SourceSchema,
        columns: Sequence[Column],
        titles: Sequence[str],
        office: Office | None,
    ) -> None:
        self.book, self.known, self.office = book, known, office
        self.columns, self.titles = columns, titles
        self.data = book.add_worksheet(words()["sheet_data"])
        self.help = book.add_worksheet(words()["sheet_help"])
        self.lists = book.add_worksheet(words()["sheet_lists"])
        self.lists_used = 0

    def write(self) -> None:
        """Write all sheets."""
        self._write_header()
        for position, column in enumerate(self.columns):
            self._write_column(position, column)
        if self.known.key == "publications":
            self._write_required_items()
        self.data.freeze_panes(1, 1)
        self._write_help()
        self.lists.hide()

    def _write_header(self) -> None:
        look = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
        plain = self.book.add_format(look)
        required = self.book.add_format({**look, "bg_color": "#DDE7F0"})
        for position, column in enumerate(self.columns):
            title = self.titles[position]
            self.data.write_string(0, position, title, required if column.required else plain)

    def _write_column(self, position: int, column: Column) -> None:
        cell = self.book.add_format({"num_format": _FORMATS[column.kind]})
        self.data.set_column(position, position, _WIDTHS.get(column.kind, _WIDEST), cell)
        example = self.book.add_format(
            {"num_format": _FORMATS[column.kind], "italic": True, "font_color": "#7A7A7A"}
        )
        self._write_example(position, column, example)
        self.data.data_validation(
            _FIRST_ROW,
            position,
            _FIRST_ROW + ROWS_READY - 1,
            position,
            self._rule(position, column),
        )

    def _write_example(self, position: int, column: Column, look: Any) -> None:
        if position == 0:
            self.data.write_string(1, 0, EXAMPLE_MARK, look)
            return
        value = _example(self.known.key, column, position)
        if isinstance(value, datetime):
            self.data.write_datetime(1, position, value, look)
        elif isinstance(value, int | float):
            self.data.write_number(1, position, value, look)
        else:
            self.data.write_string(1, position, value, look)

    def _rule(self, position: int, column: Column) -> dict[str, Any]:
        """Return the drop-down of a column, or just its hint."""
        hint = {
            "input_title": self.titles[position][:_TITLE_LENGTH],
            "input_message": help_text(self.known.key, column)[:_HINT_LENGTH],
            "error_type": "warning",
        }
        offered = self._offered(column)
        if not offered:
            return {"validate": "any", **hint}
        source = list(offered) if len(",".join(offered)) <= _LIST_LENGTH else self._listed(offered)
        return {"validate": "list", "source": source, **hint}

    def _offered(self, column: Column) -> Sequence[str]:
        if self.office and column.key == "service" and column.kind == "text":
            return self.office.ektp_services
        if self.office and column.key == "kecamatan" and column.kind == "text":
            return [k.name for k in self.office.kecamatan]
        if self.office and column.kind == "region_code":
            return [k.code for k in self.office.kecamatan]
        return options(column)

    def _listed(self, offered: Sequence[str]) -> str:
        """Put a long list on the hidden sheet and return where it stands."""
        from xlsxwriter.utility import xl_range_abs

        position = self.lists_used
        self.lists.write_column(0, position, offered)
        self.lists_used += 1
        place = xl_range_abs(0, position, len(offered) - 1, position)
        return f"={words()['sheet_lists']}!{place}"

    def _write_required_items(self) -> None:
        """Name everything that must be published, so that only the state is left to fill in."""
        places = {column.key: position for position, column in enumerate(self.columns)}
        for row, item in enumerate(publication_items(), start=_FIRST_ROW):
            self.data.write_string(row, places["item"], item.label["id"])
            if "required_by" in places:
                self.data.write_string(row, places["required_by"], item.basis)

    def _write_help(self) -> None:
        bold = self.book.add_format({"bold": True})
        wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        names = {
            "name": self.known.name["id"], "row": self.known.row["id"],
            "office": self.office.id if self.office else "kantor", "file": f"{self.known.key}.xlsx",
        }  # fmt: skip
        self.help.write_string(0, 0, words()["help_title"].format_map(names), bold)
        lines = [line.format_map(names) for line in words()["help_lines"]]
        self.help.write_column(1, 0, lines)
        top = len(lines) + 2
        self.help.write_row(top, 0, words()["help_heads"], bold)
        for row, (title, column) in enumerate(zip(self.titles, self.columns, strict=True), top + 1):
            need = words()["required" if column.required else "optional"]
            self.help.write_row(row, 0, [title, need, help_text(self.known.key, column)], wrapped)
        self.help.set_column(0, 0, 34)
        self.help.set_column(1, 1, 14)
        self.help.set_column(2, 2, 90)


def _example(source: str, column: Column, position: int) -> str | float | datetime:
    """Return an example of what stands in a column."""
    own = words()["examples"].get(source, {})
    if column.key in own:
        example: str | int = own[column.key]
        return example
    offered = options(column)
    if column.kind == "answer":
        return int(offered[-1])
    if offered:
        return offered[0]
    if column.kind == "datetime":
        return _EXAMPLE_DAY + timedelta(hours=position)
    if column.kind == "date":
        return _EXAMPLE_DAY.replace(hour=0, minute=0)
    return _PLAIN_EXAMPLES.get(column.kind, column.label.casefold())
