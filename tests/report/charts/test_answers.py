"""Answers to one question."""

import pandas as pd

from ektp_analytics.report.charts.answers import answers


def test_products_are_shown(edition, sound, words_of):
    """24 × 1, 72 × 2, 187 × 3 and 121 × 4 make the sum 1,213."""
    table = pd.DataFrame(
        {"value": [1, 2, 3, 4], "label": ["a", "b", "c", "d"], "count": [24, 72, 187, 121]}
    )
    words = words_of(sound(answers(table, edition)))
    assert "<b>187</b> × 3 = 561" in words
    assert "<b>121</b> × 4 = 484" in words


def test_nobody_answered(edition, sound):
    """All counts zero."""
    table = pd.DataFrame({"value": [1, 2], "label": ["a", "b"], "count": [0, 0]})
    assert sound(answers(table, edition))["data"][0]["x"] == [0, 0]
