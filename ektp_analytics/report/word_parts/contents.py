"""The table of contents: a field Word brings up to date, filled with links from the start."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.word_parts import markup
from ektp_analytics.report.word_parts.body import Body, Entry

DEEPEST = 2
_CODE = f'TOC \\o "1-{DEEPEST}" \\h \\z \\u'
_HEADING = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}bookmarkStart"
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
    The lines are links. Page numbers are known to Word alone: the first update of the field
    (F9) adds them.
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


def _line(entry: Entry, first: bool, last: bool) -> str:
    """Return one line; the first opens the field, the last closes it."""
    shown = markup.run(entry.words)
    link = f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{shown}</w:hyperlink>'
    opening = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
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
