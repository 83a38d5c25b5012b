"""Number formats and cell formats of the workbook."""

from __future__ import annotations

from typing import Any

from ektp_analytics.errors import Language
from ektp_analytics.report.charts.style import ATTENTION, BLUE, GREY_1, GREY_2, GREY_3, GREY_4, INK

FONT = "Calibri"  # on every PC with Excel; LibreOffice has a face of the same widths
SIZE, TITLE_SIZE, HEADING_SIZE, NOTE_SIZE = 10, 15, 12, 9
# Windows' number of the language: a program that obeys it prints 84,44 on any computer.
_LOCALE: dict[Language, str] = {"id": "[$-421]", "en": "[$-809]"}

# Looks of table cells: their words keep a distance from the figure at their left.
RULED = ("head", "row", "foot", "opening", "group", "result")

Look = dict[str, Any]

_LOOKS: dict[str, Look] = {
    "": {},
    "plain": {"indent": 1},
    "title": {"font_size": TITLE_SIZE, "bold": True},
    "subtitle": {"font_color": GREY_1},
    "label": {"font_color": ATTENTION, "bold": True},
    "heading": {"font_size": HEADING_SIZE, "bold": True, "font_color": BLUE},
    "note": {"font_size": NOTE_SIZE, "font_color": GREY_1},
    "remark": {"font_size": NOTE_SIZE, "font_color": GREY_1, "text_wrap": True, "indent": 1},
    "head": {"bold": True, "bg_color": GREY_4, "bottom": 1, "bottom_color": INK, "text_wrap": True},
    "row": {"bottom": 1, "bottom_color": GREY_3, "valign": "top", "text_wrap": True},
    "group": {"bold": True, "bg_color": GREY_4, "bottom": 1, "bottom_color": GREY_2},
    "foot": {"bottom": 1, "bottom_color": GREY_3},
    "opening": {"bottom": 1, "bottom_color": GREY_3, "top": 1, "top_color": INK},
    "result": {"bold": True, "bg_color": GREY_4, "top": 1, "top_color": INK, "font_size": 11},
    "big": {"bold": True, "font_size": 28, "font_color": BLUE},
    "link": {"font_color": BLUE, "underline": 1},
    "row link": {
        "font_color": BLUE,
        "underline": 1,
        "bottom": 1,
        "bottom_color": GREY_3,
        "valign": "top",
        "text_wrap": True,
    },
}


def number_format(decimals: int = 0, unit: str = "", lang: Language = "id") -> str:
    """Return the number format of a figure.

    Parameters
    ----------
    decimals
        Digits after the mark.
    unit
        ``%`` behind the figure, which is stored as 0–100; nothing else.
    lang
        Language whose marks are printed.

    Returns
    -------
    str
        As ``[$-421]#,##0.00``; written the way the file format asks, with a decimal point.
    """
    digits = "." + "0" * decimals if decimals else ""
    suffix = f'"{unit}"' if unit else ""
    return f"{_LOCALE[lang]}#,##0{digits}{suffix}"


def date_format(lang: Language = "id") -> str:
    """Return the number format of a day: 31 Desember 2025."""
    return f"{_LOCALE[lang]}d mmmm yyyy"


class Styles:
    """The cell formats of one workbook, each made once.

    Parameters
    ----------
    book
        xlsxwriter's workbook.
    lang
        Language whose decimal and thousands marks are printed.
    """

    def __init__(self, book: Any, lang: Language) -> None:
        self._book = book
        self._lang = lang
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._asked: dict[tuple[Any, ...], Any] = {}  # most cells ask for what another has

    def text(self, look: str = "", align: str = "", guarded: bool = False) -> Any:
        """Return the format of words; `guarded` keeps Excel from ever reading a formula."""
        indent = {"indent": 1} if look in RULED and align in ("", "left") else {}
        side = align or ("left" if indent else "")
        return self._format(look, side, indent | ({"quote_prefix": True} if guarded else {}))

    def number(self, look: str, decimals: int, unit: str = "", align: str = "right") -> Any:
        """Return the format of a figure."""
        return self._format(look, align, {"num_format": number_format(decimals, unit, self._lang)})

    def date(self, look: str, align: str = "left") -> Any:
        """Return the format of a day."""
        return self._format(look, align, {"num_format": date_format(self._lang)})

    def _format(self, look: str, align: str, more: Look) -> Any:
        asked = (look, align, *more.items())
        if asked not in self._asked:
            self._asked[asked] = self._of(look, align, more)
        return self._asked[asked]

    def _of(self, look: str, align: str, more: Look) -> Any:
        wanted: Look = {
            "font_name": FONT,
            "font_size": SIZE,
            "font_color": INK,
            "valign": "vcenter",
        }
        wanted |= _LOOKS[look] | more | ({"align": align} if align else {})
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]
