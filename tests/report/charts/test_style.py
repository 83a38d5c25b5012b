"""Colours that hold on paper without colour."""

import pytest

from ektp_analytics.report.charts import style


def grey(color):
    """ITU-R BT.601 luma, as a grey print or pdftoppm -gray makes it."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def contrast(color):
    """WCAG 2.2 contrast ratio against white."""

    def linear(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    parts = [linear(int(color[i : i + 2], 16) / 255) for i in (1, 3, 5)]
    luminance = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    return 1.05 / (luminance + 0.05)


def test_attention_prints_darker_than_bars():
    """In a grey print what asks for attention stands out by being darker."""
    assert grey(style.ATTENTION) + 30 < grey(style.BAR)


@pytest.mark.parametrize("color", [style.INK, style.GREY_1, style.BLUE, style.ATTENTION])
def test_colours_of_words_can_be_read(color):
    """WCAG 2.2, 1.4.3: contrast of at least 4.5 for text."""
    assert contrast(color) >= 4.5


def test_neighbouring_bands_differ_in_grey():
    """Bands are lettered too, but must not merge."""
    assert grey(style.BAND_LIGHT) - grey(style.BAND_DARK) > 10


def test_marks_follow_the_language():
    """Plotly's separators: decimal mark first."""
    assert style.template("id")["layout"]["separators"] == ",."
    assert style.template("en")["layout"]["separators"] == ".,"
