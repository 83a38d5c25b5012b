"""The few pieces of WordprocessingML the report is made of, as text that is parsed once.

Every word that may come from a file passes `words`, which escapes it; the rest is ours.
(ECMA-376, Office Open XML, part 1.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ektp_analytics.report.markup import clean

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def parsed(xml: str) -> Any:
    """Return one element made of the pieces below, ready to be put into a document."""
    from docx.oxml import parse_xml

    return parse_xml(re.sub(r"^<(w:\w+)", rf"<\1 {NAMESPACES}", xml, count=1))


def attribute(value: object) -> str:
    """Return a text as a quoted attribute."""
    return quoteattr(clean(value))


def words(text: object) -> str:
    """Return the inside of a run: words escaped, line ends kept."""
    lines = escape(clean(text)).split("\n")
    return "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)


def run(
    text: object,
    *,
    bold: bool = False,
    italic: bool = False,
    colour: str = "",
    size: float = 0,
    font: str = "",
    style: str = "",
) -> str:
    """Return one run of words in one look; `size` in points, `colour` as ``#1B2733``."""
    look = f'<w:rStyle w:val="{style}"/>' if style else ""
    look += f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>' if font else ""
    look += "<w:b/><w:bCs/>" if bold else ""
    look += "<w:i/><w:iCs/>" if italic else ""
    look += f'<w:color w:val="{colour.lstrip("#")}"/>' if colour else ""
    look += f'<w:sz w:val="{round(2 * size)}"/><w:szCs w:val="{round(2 * size)}"/>' if size else ""
    return f"<w:r><w:rPr>{look}</w:rPr>{words(text)}</w:r>"


def runs(text: object, **look: Any) -> str:
    """Return words with ``**…**`` set in bold."""
    parts = _BOLD.split(clean(text))
    return "".join(
        run(part, **{**look, "bold": bool(place % 2) or look.get("bold", False)})
        for place, part in enumerate(parts)
        if part
    )


def paragraph(
    inside: str,
    style: str = "",
    *,
    align: str = "",
    keep: bool = False,
    new_page: bool = False,
    bookmark: tuple[int, str] | None = None,
) -> str:
    """Return one paragraph.

    Parameters
    ----------
    inside
        Its runs.
    style
        Id of its style.
    align
        ``right`` or ``center``.
    keep
        Whether it stays on the page of the next one.
    new_page
        Whether it starts a page.
    bookmark
        Number and name of a bookmark around it.
    """
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    look += "<w:keepNext/>" if keep else ""
    look += "<w:pageBreakBefore/>" if new_page else ""
    look += f'<w:jc w:val="{align}"/>' if align else ""
    if bookmark:
        number, name = bookmark
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        inside = f'{start}{inside}<w:bookmarkEnd w:id="{number}"/>'
    return f"<w:p><w:pPr>{look}</w:pPr>{inside}</w:p>"


def field(code: str, shown: object, **look: Any) -> str:
    """Return a field with the words it shows until Word computes it again."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    instruction = f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
    return (
        mark.format("begin")
        + instruction
        + mark.format("separate")
        + run(shown, **look)
        + mark.format("end")
    )


def borders(sides: Iterable[tuple[str, int, str]]) -> str:
    """Return borders as (side, eighths of a point, colour), the sides in the schema's order."""
    order = ("top", "left", "bottom", "right")
    given = {side: (size, colour) for side, size, colour in sides}
    return "".join(
        f'<w:{side} w:val="single" w:sz="{given[side][0]}" w:space="0" '
        f'w:color="{given[side][1].lstrip("#")}"/>'
        for side in order
        if side in given
    )
