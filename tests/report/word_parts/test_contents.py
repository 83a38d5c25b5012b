"""The table of contents of the Word file: its page numbers fill themselves in at opening."""

from io import BytesIO

import docx

from ektp_analytics.report.blocks import Headline
from ektp_analytics.report.word_parts.body import Body
from ektp_analytics.report.word_parts.contents import write_contents
from ektp_analytics.report.word_parts.render import write_blocks
from ektp_analytics.report.word_template import template_bytes

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _document():
    document = docx.Document(BytesIO(template_bytes()))
    place = document.add_paragraph()
    body = Body(document, place._p, lambda plot: None)
    write_blocks(body, [Headline("Satu", "Bab I"), Headline("Dua", "Bab II")])
    write_contents(body)
    stream = BytesIO()
    document.save(stream)
    return docx.Document(BytesIO(stream.getvalue()))


def test_every_line_asks_for_the_page_of_its_heading() -> None:
    """One PAGEREF field per line, each to a bookmark that is there (ECMA-376, 17.16.5.45)."""
    element = _document().element
    codes = [node.text.split() for node in element.iter(f"{W}instrText") if "PAGEREF" in node.text]
    marks = {node.get(f"{W}name") for node in element.iter(f"{W}bookmarkStart")}
    assert len(codes) == 4
    assert {code[1] for code in codes} <= marks


def test_the_document_asks_to_be_brought_up_to_date() -> None:
    """``updateFields`` stands once in the settings, in the order of the schema (17.15.1)."""
    names = [node.tag.removeprefix(W) for node in _document().settings.element]
    assert names.count("updateFields") == 1
    assert names.index("updateFields") < names.index("compat")
