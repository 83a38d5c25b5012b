"""Blocks show themselves as HTML and as plain words."""

from html.parser import HTMLParser

import pytest

from ektp_analytics.report.blocks import (
    Bullet,
    Bullets,
    Callout,
    Columns,
    Headline,
    KeyNumber,
    KeyRow,
    Note,
    PageBreak,
    Paragraph,
    Together,
)
from ektp_analytics.report.figure import Chart, Plot

NASTY = '<script>alert(1)</script> & "A" 😀 مرحبا'
VOID = {"br", "col", "img", "hr"}


class Balance(HTMLParser):
    """Checks that every element is closed in order."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.words, self.tags = [], "", []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


def read(block):
    seen = Balance()
    seen.feed(block._repr_mimebundle_()["text/html"])
    assert not seen.open
    return seen


EVERY = [
    Headline(NASTY, NASTY, NASTY),
    Paragraph(NASTY),
    Bullets([NASTY, Bullet(NASTY, "down", attention=True)], NASTY),
    KeyNumber(NASTY, NASTY, NASTY, [NASTY]),
    KeyRow([KeyNumber(NASTY, NASTY)]),
    Note(NASTY, NASTY),
    Callout(NASTY, NASTY),
    Columns([[NASTY], [Paragraph(NASTY)]]),
    Together([NASTY]),
]


@pytest.mark.parametrize("block", EVERY, ids=lambda block: type(block).__name__)
def test_text_is_shown_as_text(block):
    """HTML standard: what a file says is words, never elements."""
    seen = read(block)
    assert "script" not in seen.tags
    assert NASTY in seen.words


@pytest.mark.parametrize("block", EVERY, ids=lambda block: type(block).__name__)
def test_a_terminal_gets_plain_words(block):
    """A notebook without HTML still shows the words, unescaped."""
    assert "& " in block._repr_mimebundle_()["text/plain"]
    assert "&amp;" not in block.text()


def test_a_headline_is_a_heading_and_starts_a_page():
    """The outline of the PDF is made from h2; a page starts with its finding."""
    assert "h2" in read(Headline("Temuan")).tags
    assert "new-page" in str(Headline("Temuan").html())
    assert "new-page" not in str(Headline("Temuan", new_page=False).html())


def test_an_empty_list_says_so():
    """A section without content is never silently blank."""
    assert "Tidak ada." in read(Bullets([], "Kendala", "Tidak ada.")).words


def test_marks_are_drawn_not_written():
    """Glyphs such as ▼ fall back to another font; marks are empty elements."""
    html = str(Bullets([Bullet("x", "down", attention=True)]).html())
    assert 'class="mark mark-down attention"' in html
    assert "▼" not in html


def test_columns_share_the_width_as_asked():
    """Two columns 1 : 2 make tracks 1fr and 2fr that may shrink below their content."""
    style = "grid-template-columns: minmax(0, 1fr) minmax(0, 2fr)"
    assert style in str(Columns([["a"], ["b"]], [1, 2]).html())


def test_a_page_break_is_a_break():
    """One element that carries the break."""
    assert 'class="page-break"' in str(PageBreak().html())


def test_the_words_of_a_block_are_without_the_data_of_its_charts() -> None:
    """What a terminal prints of a chart beside a paragraph: its caption and its source."""
    chart = Chart(
        Plot([{"y": [12345.678]}], {}, 300, 200, "Grafik"), "Gambar 1", "Lama menunggu", "n = 7"
    )
    words = Columns([["Kiri"], [chart]]).text()
    assert words == "Kiri Gambar 1. Lama menunggu n = 7"
