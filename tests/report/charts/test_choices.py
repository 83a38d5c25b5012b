"""Sample and choices are drawn beside each other and never mixed."""

import pandas as pd

from ektp_analytics.report.charts.choices import choices
from ektp_analytics.report.charts.style import ATTENTION, GREY_3


def rows():
    return pd.DataFrame(
        [
            {"key": "participation", "score": 96.5, "status": "ok", "interval_low": None,
             "interval_high": None, "choices_low": 95.0, "choices_high": 97.6},
            {"key": "accountability", "score": 72.7, "status": "partial", "interval_low": 66.5,
             "interval_high": 78.3, "choices_low": 70.1, "choices_high": 73.7},
            {"key": "rule_of_law", "score": None, "status": "not assessed", "interval_low": None,
             "interval_high": None, "choices_low": None, "choices_high": None},
            {"key": "overall", "score": None, "status": "partial", "interval_low": None,
             "interval_high": None, "choices_low": None, "choices_high": None},
        ]
    )  # fmt: skip


def test_line_for_the_sample_band_for_the_choices(edition, sound):
    """Each score has its own interval and its own range, at the numbers given."""
    figure = sound(choices(rows(), edition))
    lines = [t for t in figure["data"] if t["mode"] == "lines"]
    assert [t["x"] for t in lines] == [[66.5, 78.3, None]]
    bands = [s for s in figure["layout"]["shapes"] if s.get("fillcolor") == GREY_3]
    assert [(s["x0"], s["x1"]) for s in bands] == [(95.0, 97.6), (70.1, 73.7)]


def test_partial_is_an_open_diamond(edition, sound, marks_of):
    """A partial score must not look like one that may be compared."""
    figure = sound(choices(rows(), edition))
    assert marks_of(figure, "diamond") == [72.7]
    assert marks_of(figure, "circle") == [96.5]
    assert any(
        t.get("marker", {}).get("line", {}).get("color") == ATTENTION for t in figure["data"]
    )


def test_what_is_not_assessed_has_words_and_no_mark(edition):
    """Not a dot at zero: the row says so."""
    chart = choices(rows(), edition)
    frame = chart.table.to_frame()
    assert frame["Skor"].tolist() == ["96,5", "72,7", "–", "–"]
    assert chart.table.rows[2].cell("plot").text == "belum dinilai"
    assert "Keseluruhan" in frame.iloc[3, 0]


def test_the_axis_holds_every_end(edition, sound):
    """The lowest end is 66.5; the axis starts at 60 and ends at 100."""
    axis = sound(choices(rows(), edition))["layout"]["xaxis"]["range"]
    assert axis == [60.0, 100.0]


def test_nothing_assessed_is_said(edition, sound):
    """An office with published figures only still gets a chart that says nothing is assessed."""
    empty = rows().assign(score=None, choices_low=None, choices_high=None, interval_low=None)
    chart = choices(empty, edition)
    sound(chart)
    assert "Belum ada prinsip" in chart.alt
