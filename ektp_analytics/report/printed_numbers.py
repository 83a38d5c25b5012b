"""Put the page numbers into a table of contents that has been printed already.

On which page a heading stands is known only after the print. The places for the numbers are
therefore printed with stand-ins, between them all ten digits, and the stand-ins are changed for
the numbers in the PDF: the digits are of one width, so nothing else moves. A second print
would take as long as the first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ektp_analytics.report.page_numbers import SIZE
from ektp_analytics.report.pdf_file import opened_pdf

DIGITS = "0123456789"
_TOLERANCE = 0.005  # px of a font size as the browser writes it; the style's have one decimal
_SAME_WIDTH = 0.02  # px by which the browser rounds the place of a digit
_TEXT = re.compile(
    rb"BT\s+/(?P<font>\w+) (?P<size>[\d.]+) Tf\s+"
    rb"1 0 0 -1 (?P<x>-?[\d.]+) (?P<y>-?[\d.]+) Tm\s+(?P<shown>.*?)ET",
    re.DOTALL,
)
_GLYPH = re.compile(rb"<((?:[0-9A-F]{4})+)>")
_ADVANCE = re.compile(rb"(-?[\d.]+) 0 Td")


@dataclass(frozen=True, slots=True)
class _Printed:
    """A stand-in as it stands in the content of a page: where, its glyphs, and their width."""

    page: int
    start: int
    end: int
    font: bytes
    size: bytes
    x: float
    y: bytes
    glyphs: tuple[bytes, ...]
    advances: tuple[float, ...]


def stand_ins(count: int) -> tuple[str, ...]:
    """Return what is printed in so many places until their numbers are known."""
    if not count:
        return ()
    wide = max(2, -(-len(DIGITS) // count))
    digits = DIGITS * (count * wide // len(DIGITS) + 1)
    return tuple(digits[i * wide : (i + 1) * wide] for i in range(count))


def changed_pages(
    content: bytes, written: Sequence[str], numbers: Sequence[str]
) -> dict[int, bytes] | None:
    """Return the drawing commands of the pages of contents, with numbers for stand-ins.

    Parameters
    ----------
    content
        The PDF as printed.
    written
        The stand-ins, in their order.
    numbers
        The number for each; empty leaves its place empty.

    Returns
    -------
    dict or None
        Commands by index of the page; None where the stand-ins are not found just as they were
        written, and the page must be printed again.
    """
    with opened_pdf(content) as pdf:
        pages, found = _found(pdf, len(written))
    glyphs = _glyph_of_digit(found, written)
    width = _width(found)
    if not glyphs or width is None or not set("".join(numbers)) <= set(glyphs):
        return None
    changes = list(zip(found, numbers, strict=True))
    return {
        page: _changed(commands, [c for c in changes if c[0].page == page], glyphs, width)
        for page, commands in pages.items()
    }


def _found(pdf: Any, count: int) -> tuple[dict[int, bytes], list[_Printed]]:
    """Return the stand-ins in the order they are printed in, and the commands of their pages."""
    pages: dict[int, bytes] = {}
    found: list[_Printed] = []
    for number, page in enumerate(pdf.pages):
        commands = page.Contents.read_bytes()
        here = [
            _printed(number, text)
            for text in _TEXT.finditer(commands)
            if abs(float(text["size"]) - SIZE) < _TOLERANCE
        ]
        if here:
            pages[number] = commands
            found += here
        if len(found) >= count:
            break
    return pages, found


def _printed(page: int, text: re.Match[bytes]) -> _Printed:
    together = b"".join(_GLYPH.findall(text["shown"]))
    glyphs = tuple(together[i : i + 4] for i in range(0, len(together), 4))
    advances = tuple(float(advance) for advance in _ADVANCE.findall(text["shown"]))
    where = (page, text.start(), text.end(), text["font"], text["size"], float(text["x"]))
    return _Printed(*where, text["y"], glyphs, advances)


def _glyph_of_digit(found: Sequence[_Printed], written: Sequence[str]) -> Mapping[str, bytes]:
    """Return the glyph of each digit; none where what is printed is not what was written."""
    if [len(place.glyphs) for place in found] != [len(words) for words in written]:
        return {}
    pairs = {
        pair
        for place, words in zip(found, written, strict=True)
        for pair in zip(words, place.glyphs, strict=True)
    }
    glyphs = dict(pairs)
    return glyphs if len(glyphs) == len(pairs) == len(set(glyphs.values())) else {}


def _width(found: Sequence[_Printed]) -> float | None:
    """Return the width of a digit; None where they differ or are not written apart."""
    widths = [width for place in found for width in place.advances]
    apart = all(len(place.advances) == len(place.glyphs) - 1 for place in found)
    if not widths or not apart or max(widths) - min(widths) > _SAME_WIDTH:
        return None
    return widths[0]


def _changed(
    content: bytes,
    changes: Sequence[tuple[_Printed, str]],
    glyphs: Mapping[str, bytes],
    width: float,
) -> bytes:
    """Return the commands of a page with the numbers, which end where the stand-ins ended."""
    pieces: list[bytes] = []
    end = 0
    for place, number in changes:
        x = place.x + width * (len(place.glyphs) - len(number))
        step = f"\n{width:.7g} 0 Td ".encode()
        shown = step.join(b"<" + glyphs[digit] + b"> Tj" for digit in number)
        head = b"BT\n/%b %b Tf\n1 0 0 -1 %b %b Tm\n"
        text = head % (place.font, place.size, f"{x:.7g}".encode(), place.y) + shown + b"\nET"
        pieces += [content[end : place.start], text if number else b""]
        end = place.end
    return b"".join([*pieces, content[end:]])
