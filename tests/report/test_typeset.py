"""Widths against the font itself."""

from pathlib import Path

import font_source_sans_pro
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.report.typeset import line_count, text_width

FONTS = Path(font_source_sans_pro.__file__).parent / "files"
PRINTABLE = "".join(chr(code) for code in range(32, 127))


@pytest.fixture(scope="module")
def advance():
    """Advance widths of Source Sans Pro Regular, from its hmtx table."""
    tools = pytest.importorskip("fontTools.ttLib")
    font = tools.TTFont(FONTS / "SourceSansPro-Regular.ttf")
    names, widths = font.getBestCmap(), font["hmtx"]
    return lambda letter: widths[names[ord(letter)]][0] / font["head"].unitsPerEm


def test_no_letter_is_taken_narrower_than_it_is(advance):
    """OpenType hmtx of Source Sans Pro; at most a tenth of an em too wide."""
    for letter in PRINTABLE + "·–×÷≤≥−→†":
        taken = text_width(letter, 1)
        assert advance(letter) - 0.001 <= taken <= advance(letter) + 0.1, letter


def test_lines_break_at_words():
    """Greedy line breaking, as browsers do without hyphenation."""
    assert line_count("satu", 100, 12) == 1
    assert line_count("satu dua", text_width("satu", 12) + 1, 12) == 2
    assert line_count("satu\ndua", 500, 12) == 2
    assert line_count("x" * 100, 100, 12) >= 100 * text_width("x", 12) // 100


@given(st.text(min_size=1, max_size=80), st.floats(40, 400), st.floats(1.1, 3))
def test_a_wider_column_never_needs_more_lines(text, width, factor):
    """Monotone in the width."""
    assert line_count(text, width * factor, 12) <= line_count(text, width, 12)
