"""Pieces of WordprocessingML."""

from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.report.markup import clean
from ektp_analytics.report.word_parts import markup

TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
BREAK = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}br"


def said(xml: str) -> str:
    """Return the words of an element as a reader sees them."""
    lines = []
    for node in markup.parsed(xml).iter():
        if node.tag == TEXT:
            lines.append(node.text or "")
        elif node.tag == BREAK:
            lines.append("\n")
    return "".join(lines)


@given(st.text())
def test_any_words_come_back_as_they_are(words: str) -> None:
    """Names with &, <, quotes, emoji or Arabic letters; control characters are left out."""
    expected = clean(words).replace("\r\n", "\n").replace("\r", "\n")
    assert said(markup.paragraph(markup.run(words))) == expected


def test_bold_marks_become_bold_runs() -> None:
    element = markup.parsed(markup.paragraph(markup.runs("IKM **84,44** (B)")))
    bold = [node.getparent().getparent() for node in element.iter(TEXT.replace("}t", "}b"))]
    assert ["".join(t.text for t in run.iter(TEXT)) for run in bold] == ["84,44"]
    assert said(markup.paragraph(markup.runs("IKM **84,44** (B)"))) == "IKM 84,44 (B)"


def test_a_field_shows_its_last_value() -> None:
    xml = markup.paragraph(markup.field("SEQ Gambar \\* ARABIC \\r 3", "3"))
    assert said(xml) == "3"
    assert 'fldCharType="begin"' in xml


def test_borders_stand_in_the_order_of_the_schema() -> None:
    """ECMA-376 part 1, 17.4.38: top, left, bottom, right."""
    made = markup.borders([("bottom", 4, "#CFD5DA"), ("top", 8, "#1B2733")])
    assert made.index("w:top") < made.index("w:bottom")
