"""One worksheet: guarded words, figures, live formulas with their values, print layout."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from textwrap import wrap
from typing import Any

from ektp_analytics.errors import Language
from ektp_analytics.report.markup import clean, plain
from ektp_analytics.report.numbers import ABSENT, is_absent
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.workbook_sheets.styles import Styles

LONGEST_TEXT = 32_000  # a cell holds 32,767 characters
LONGEST_NAME = 31  # characters of a sheet's name
LONGEST_MARGIN_TEXT = 60  # characters of each part of header and footer; 255 together
A4 = 9
TITLE_CHARACTERS = 110  # of a line under the title, so that it stays on the printed page
DEFAULT_WIDTH = 8.43  # characters
LINE_POINTS, ROW_POINTS = 13.5, 15.0
CHARACTERS_PER_WIDTH = 1.05  # our type is a little smaller than the one widths are told in
WRAPPED = ("row", "row link", "head", "remark")
# A cell that starts so is a formula to some program (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")

Value = float | int | None


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """What stands around every sheet: unit, period, label and whether it is a draft."""

    unit: str
    period: str
    label: str
    lang: Language
    draft: bool = False


def sheet_name(words: str, taken: Sequence[str] = ()) -> str:
    """Return a name Excel takes for a sheet, unlike the names already taken."""
    whole = " ".join(_FORBIDDEN.sub(" ", clean(words)).split()).strip(" '")
    cut = whole[: LONGEST_NAME + 1].rsplit(" ", 1)[0] if len(whole) > LONGEST_NAME else whole
    name = cut[:LONGEST_NAME].rstrip(" '") or "Lembar"
    used = {other.casefold() for other in taken}
    number = 2
    given = name
    while given.casefold() in used:
        suffix = f" {number}"
        given = name[: LONGEST_NAME - len(suffix)] + suffix
        number += 1
    return given


def looks_like_formula(words: str) -> bool:
    """Say whether a program could read words as a formula."""
    return words.startswith(FORMULA_STARTS) and words != ABSENT


class Sheet:
    """One worksheet under construction.

    Parameters
    ----------
    book
        xlsxwriter's workbook.
    name
        Name of the sheet, from `sheet_name`.
    styles, info
        Cell formats; what stands in header and footer.
    landscape
        Whether it prints across.
    colour
        Colour of its tab.
    """

    def __init__(
        self,
        book: Any,
        name: str,
        styles: Styles,
        info: SheetInfo,
        *,
        landscape: bool = False,
        colour: str = "",
    ) -> None:
        self.name = name
        self.info = info
        self.lang: Language = info.lang
        self._styles = styles
        self._sheet = book.add_worksheet(name)
        self._last = (0, 0)
        self._widths: dict[int, float] = {}
        self._heights: dict[int, float] = {}
        self._wrapped: list[tuple[int, int, int, str]] = []
        if colour:
            self._sheet.set_tab_color(colour)
        if landscape:
            self._sheet.set_landscape()

    def text(self, row: int, column: int, words: object, look: str = "", align: str = "") -> None:
        """Write words; they stay words whatever they start with."""
        shown = plain(words)
        cut = shown if len(shown) <= LONGEST_TEXT else shown[:LONGEST_TEXT] + "…"
        style = self._styles.text(look, align, guarded=looks_like_formula(cut))
        self._sheet.write_string(row, column, cut, style)
        if look in WRAPPED:
            self._wrapped.append((row, column, column, cut))
        self._reach(row, column)

    def number(
        self,
        row: int,
        column: int,
        value: Value,
        decimals: int = 0,
        look: str = "row",
        unit: str = "",
    ) -> None:
        """Write a figure; an absent one is a dash and never 0."""
        if value is None or is_absent(value):
            self.text(row, column, ABSENT, look, "right")
            return
        self._sheet.write_number(row, column, value, self._styles.number(look, decimals, unit))
        self._reach(row, column)

    def formula(
        self,
        row: int,
        column: int,
        formula: str,
        value: float | str | None,
        decimals: int = 0,
        look: str = "row",
        unit: str = "",
        align: str = "right",
    ) -> None:
        """Write a live formula with the value it has now."""
        style = self._styles.number(look, decimals, unit, align)
        stored = ABSENT if value is None else value
        self._sheet.write_formula(row, column, f"={formula}", style, stored)
        self._reach(row, column)

    def day(self, row: int, column: int, value: date | None, look: str = "row") -> None:
        """Write a day."""
        if value is None or is_absent(value):
            self.text(row, column, ABSENT, look)
            return
        self._sheet.write_datetime(row, column, value, self._styles.date(look))
        self._reach(row, column)

    def link(self, row: int, column: int, target: str, words: str, look: str = "link") -> None:
        """Write words that lead to another sheet."""
        address = "internal:'" + target.replace("'", "''") + "'!A1"
        self._sheet.write_url(row, column, address, self._styles.text(look), plain(words))
        if look in WRAPPED:
            self._wrapped.append((row, column, column, plain(words)))
        self._reach(row, column)

    def merge(self, row: int, first: int, last: int, words: object, look: str = "row") -> None:
        """Write words over several columns."""
        shown = plain(words)[:LONGEST_TEXT]
        style = self._styles.text(look, "left", guarded=looks_like_formula(shown))
        self._sheet.merge_range(row, first, row, last, "", style)
        self._sheet.write_string(row, first, shown, style)
        self._wrapped.append((row, first, last, shown))
        self._reach(row, last)

    def heads(self, row: int, names: Sequence[str], words: Collection[int] = (0,)) -> None:
        """Write a head row; the heads of columns of `words` stand left, of figures right."""
        for column, name in enumerate(names):
            self.text(row, column, name, "head", "left" if column in words else "right")

    def title(self, words: str, *more: str) -> int:
        """Write the title, what stands under it and the label; return the next free row."""
        self.text(0, 0, words, "title")
        told = (f"{self.info.unit} · {self.info.period}", *more)
        lines = [part for line in told for part in wrap(line, TITLE_CHARACTERS)]
        for row, line in enumerate(lines, 1):
            self.text(row, 0, line, "subtitle")
        row = len(lines) + 1
        if self.info.label:
            self.text(row, 0, self.info.label, "label")
            row += 1
        return row + 1

    def widths(self, *widths: float) -> None:
        """Set the widths of the first columns, in characters."""
        for column, width in enumerate(widths):
            self._widths[column] = width
            self._sheet.set_column(column, column, width)

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self._heights[row] = points

    def freeze(self, row: int, column: int = 0) -> None:
        """Keep everything above and left of a cell in sight."""
        self._sheet.freeze_panes(row, column)

    def filter(self, first: int, last: int, columns: int) -> None:
        """Offer filters on a head row."""
        if last > first:
            self._sheet.autofilter(first, 0, last, columns - 1)

    def at(self, row: int, column: int, *, outside: bool = False) -> str:
        """Return the fixed address of a cell, with its sheet for use on another one."""
        from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

        cell: str = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        return f"{quote_sheetname(self.name)}!{cell}" if outside else cell

    def span(self, first: tuple[int, int], last: tuple[int, int], *, outside: bool = False) -> str:
        """Return the fixed address of a block of cells."""
        return f"{self.at(*first, outside=outside)}:{self.at(*last)}"

    def finish(self, *, repeat: tuple[int, int] | None = None, columns: int = 0) -> None:
        """Make rows high enough and fix what prints: area, repeated heads, margins."""
        sheet = self._sheet
        for row, points in (self._needed() | self._heights).items():
            sheet.set_row(row, points)
        sheet.set_paper(A4)
        sheet.set_margins(left=0.6, right=0.5, top=0.9, bottom=0.8)
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, self._last[0], max(self._last[1], columns - 1))
        if repeat:
            sheet.repeat_rows(*repeat)
        sheet.hide_gridlines(2)
        draft = tell("workbook.draft", self.lang) + " · " if self.info.draft else ""
        sheet.set_header(f"&L{_margin(self.info.unit)}&R{draft}{_margin(self.info.period)}")
        page = tell("workbook.page", self.lang, page="&P", pages="&N")
        sheet.set_footer(f"&L{_margin(self.info.label)}&R{page}")

    def _needed(self) -> dict[int, float]:
        """Return the height of every row whose words take more than one line."""
        needed: dict[int, float] = {}
        for row, first, last, words in self._wrapped:
            width = sum(self._widths.get(c, DEFAULT_WIDTH) for c in range(first, last + 1))
            room = max(1, int(width * CHARACTERS_PER_WIDTH) - 1)
            lines = _lines(words, room)
            if lines > 1:
                needed[row] = max(needed.get(row, ROW_POINTS), LINE_POINTS * lines + 2)
        return needed

    def _reach(self, row: int, column: int) -> None:
        self._last = (max(self._last[0], row), max(self._last[1], column))


@lru_cache(maxsize=8192)
def _lines(words: str, room: int) -> int:
    """Return how many lines words take; most words are the same in the next office."""
    return sum(len(wrap(p, room)) if len(p) > room else 1 for p in words.split("\n"))


def _margin(words: str) -> str:
    """Return words for a header or footer, where an ampersand starts a command."""
    return clean(words)[:LONGEST_MARGIN_TEXT].replace("&", "&&")
