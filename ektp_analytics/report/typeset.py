"""How wide a text prints, so that tables and the charts over them agree on their rows.

A table-chart draws its marks over table rows whose heights must be known before the
browser lays them out. Widths are those of Source Sans Pro Regular, rounded up; a text
is rather given a line too many than one too few.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Advance widths of Source Sans Pro Regular 2.0 in thousandths of the type size, rounded
# up to the next 25; a letter not listed is taken as wide as a round capital or small one.
_LETTERS = {
    200: " \u00a0",
    250: "',.:;ij|·",
    275: "Il",
    300: "!f",
    350: "()-[]{}/\\rt",
    450: '"*?szx“”',
    475: "cvy†",
    500: "#$+0123456789<=>FJLY^_ek~–±×÷≤≥−",
    550: "VXagAESTZ`hnouΣ",
    600: "CPRbdpqBK",
    650: "&DGNU→",
    675: "HOQ",
    725: "w",
    800: "MW—",
    850: "%@m",
    950: "…",
}
_WIDTHS = {letter: width for width, letters in _LETTERS.items() for letter in letters}
_LOWER = 600
_UPPER = 700
_WIDE = 1300
_LAST_OF_BASIC_PLANE = 0xFFFF  # emoji lie beyond it
_BOLD_FACTOR = 1.05
_LINES_KEPT = 10_000  # a table is measured for itself and for the chart over it


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return about how wide a text prints, rather too much than too little.

    Parameters
    ----------
    text
        One line.
    size
        Type size in px.
    bold
        Whether it is set in semibold or bold.

    Returns
    -------
    float
        Width in px.
    """
    thousandths = sum(_advance(character) for character in text)
    return thousandths / 1000 * size * (_BOLD_FACTOR if bold else 1)


def line_count(text: str, width: float, size: float, bold: bool = False) -> int:
    """Return how many lines a text fills in a column `width` px wide (at least one)."""
    return sum(_wrapped(line, width, size, bold) for line in text.split("\n"))


@lru_cache(_LINES_KEPT)
def _wrapped(line: str, width: float, size: float, bold: bool) -> int:
    lines, used = 1, 0.0
    space = text_width(" ", size, bold)
    for word in line.split():
        needed = text_width(word, size, bold)
        if used and used + space + needed > width:
            lines, used = lines + 1, 0.0
        used += needed + (space if used else 0.0)
        if used > width:  # a word wider than its column is broken by the browser
            lines, used = lines + int(used // width), used % width
    return lines


def _advance(character: str) -> int:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.east_asian_width(character) in "WF" or ord(character) > _LAST_OF_BASIC_PLANE:
        return _WIDE
    return _UPPER if character.isupper() else _LOWER
