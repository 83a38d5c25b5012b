"""The built-in template."""

from io import BytesIO

import docx

from ektp_analytics.report.word_parts.signature import FIELDS
from ektp_analytics.report.word_template import template_bytes


def test_it_has_every_mark_an_office_may_use() -> None:
    document = docx.Document(BytesIO(template_bytes()))
    words = document.element.body.xml
    for mark in ("isi", "kop_kantor", "alamat", "lambang", *FIELDS):
        assert f"{{{{ {mark} }}}}" in words
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert "{{ periode }}" in section.header.paragraphs[0].text
    assert "{{ label }}" in section.first_page_footer.paragraphs[0].text


def test_it_is_the_same_at_every_call() -> None:
    again = template_bytes.__wrapped__()
    assert again == template_bytes()


def test_styles_carry_one_face_and_the_language() -> None:
    """Headings of Word's own outline, without the blue italics they come with."""
    document = docx.Document(BytesIO(template_bytes()))
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Caption", "Title"):
        assert document.styles[name].font.name == "Calibri"
        assert document.styles[name].font.italic is False
    assert 'w:val="id-ID"' in document.styles.element.xml
