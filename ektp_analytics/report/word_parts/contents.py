"""The table of contents: a field Word brings up to date, filled with links from the start."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.word_parts import markup
from ektp_analytics.report.word_parts.body import Body, Entry

DEEPEST = 2
UNKNOWN_PAGE = "…"
_CODE = f'TOC \\o "1-{DEEPEST}" \\h \\z \\u'
_HEADING = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}bookmarkStart"
_UPDATE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}updateFields"
# What may stand behind it in the settings, in the order of the schema.
_AFTER_UPDATE = (
    *("w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:docVars", "w:rsids"),
    *("m:mathPr", "w:attachedSchema", "w:themeFontLang", "w:clrSchemeMapping"),
    *("w:doNotIncludeSubdocsInStats", "w:shapeDefaults", "w:decimalSymbol", "w:listSeparator"),
)
_NAME = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}name"


def write_contents(body: Body) -> None:
    """Write the table of contents on a page of its own before the first chapter,
    behind approval and foreword.

    Parameters
    ----------
    body
        A body whose blocks are all written; nothing is written without headings.

    Notes
    -----
    The lines are links with the page of their heading as a field. Pages are known to the
    word processor alone, so the document asks it to bring its fields up to date when it is
    opened (ECMA-376, 17.15.1.90 updateFields); until then an ellipsis stands there.
    """
    listed = [entry for entry in body.entries if entry.level <= DEEPEST]
    if not listed:
        return
    following = next((e for e in body.entries if not e.front), body.entries[0])
    first = _paragraph_of(body, following)
    title = markup.paragraph(
        markup.run(tell("word.contents", body.lang)), "JudulDaftar", new_page=True
    )
    first.addprevious(markup.parsed(title))
    for place, entry in enumerate(listed):
        first.addprevious(markup.parsed(_line(entry, place == 0, place == len(listed) - 1)))
    _ask_for_update(body.document)


def _ask_for_update(document: Any) -> None:
    """Ask the word processor to fill in page numbers when it opens the document."""
    settings = document.settings.element
    for old in settings.findall(_UPDATE):
        settings.remove(old)
    settings.insert_element_before(markup.parsed('<w:updateFields w:val="true"/>'), *_AFTER_UPDATE)


def _line(entry: Entry, first: bool, last: bool) -> str:
    """Return one line; the first opens the field, the last closes it."""
    number = markup.field(f"PAGEREF {entry.bookmark} \\h", UNKNOWN_PAGE)
    shown = f"{markup.run(entry.words)}<w:r><w:tab/></w:r>{number}"
    link = f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{shown}</w:hyperlink>'
    opening = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(_CODE)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    closing = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    inside = f"{opening if first else ''}{link}{closing if last else ''}"
    return markup.paragraph(inside, f"DaftarIsi{entry.level}")


def _paragraph_of(body: Body, entry: Entry) -> Any:
    """Return the paragraph of a heading."""
    marks = body.document.element.body.iter(_HEADING)
    return next(mark for mark in marks if mark.get(_NAME) == entry.bookmark).getparent()
