"""Grade bands of PermenPAN-RB 14/2017 under a chart."""

import pytest

from ektp_analytics.report.charts.bands import (
    axis_start,
    bands_from,
    crossed,
    draw_bands,
    label_cuts,
)
from ektp_analytics.report.charts.canvas import Canvas


def test_bands_are_sorted_from_the_lowest(bands):
    """D is the lowest grade."""
    assert [band.letter for band in bands_from(bands.iloc[::-1])] == list("DCBA")


@pytest.mark.parametrize(
    ("low", "high", "letters"),
    [
        (73.03, 77.09, ("C", "B")),
        (85.39, 88.68, ("B", "A")),
        (77.0, 88.30, None),
        (76.60, 76.61, ("C", "B")),
        (76.61, 80.0, None),
    ],
)
def test_an_interval_crosses_where_the_better_band_begins(bands, low, high, letters):
    """PermenPAN-RB 14/2017: C ends at 76,60, B begins at 76,61."""
    assert crossed(low, high, bands_from(bands)) == letters


def test_the_axis_is_cut_only_where_nothing_is_lost(bands):
    """The scale of the law begins at 25."""
    grades = bands_from(bands)
    assert axis_start(grades, [75.0, 96.9]) == 60
    assert axis_start(grades, [50.0]) == 25
    assert axis_start(grades, []) == 25


def test_bands_meet_and_cuts_are_named(bands):
    """No gap is drawn between 76,60 and 76,61; the labels print the limits of the law."""
    canvas = Canvas(100, 100)
    axes = canvas.axes((0, 0, 100, 100), (60, 100), (100, 0))
    draw_bands(axes, bands_from(bands), 60, 0, 100)
    label_cuts(axes, bands_from(bands), 60, 100)
    filled = [s for s in canvas.shapes if s["type"] == "rect"]
    assert [(s["x0"], s["x1"]) for s in filled] == [
        (60, 65.0),
        (65.0, 76.61),
        (76.61, 88.31),
        (88.31, 100.0),
    ]
    assert [a["text"] for a in canvas.annotations] == ["60", "65", "76,61", "88,31", "100"]
