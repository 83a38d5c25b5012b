"""Measures over time."""

import datetime as dt

import pandas as pd
import pytest

from ektp_analytics.report.charts.trend import TrendPanel, trend


def points(values, freq="MS", **more):
    starts = pd.date_range("2024-01-01", periods=len(values), freq=freq)
    return pd.DataFrame({"start": starts, "value": values, **more})


def panel(values, **settings):
    more = {k: settings.pop(k) for k in ("signal", "low", "high") if k in settings}
    return TrendPanel(name="Selesai (%)", points=points(values, **more), unit="%", **settings)


FIRM = {"centre": 80.0, "lower": 76.6, "upper": 83.4, "limits": "firm"}


def test_a_signal_is_a_diamond_and_is_named(edition, sound, marks_of, words_of):
    """Wheeler: one point outside the natural limits is a signal."""
    values = [80.0] * 11 + [70.7]
    made = panel(values, move="down", signal=[False] * 11 + [True], **FIRM)
    chart = trend([made], edition)
    figure = sound(chart)
    assert marks_of(figure, "diamond") == [11]
    assert "<b>turun di luar variasi wajar</b>" in words_of(figure)
    assert "<b>70,7%</b>" in words_of(figure)
    assert any(s["type"] == "path" for s in figure["layout"]["shapes"])
    assert "2,66" in chart.source


def test_provisional_limits_raise_no_signal(edition, sound, marks_of):
    """8 to 11 points: limits are shown and nothing is flagged."""
    made = panel(
        [80.0] * 8 + [60.0], signal=[False] * 8 + [True], **{**FIRM, "limits": "provisional"}
    )
    chart = trend([made], edition)
    assert marks_of(sound(chart), "diamond") == []
    assert "sementara" in chart.source


def test_without_limits_none_are_drawn(edition, sound):
    """Fewer than 8 points, or survey scores of varying n: whiskers instead of limits."""
    chart = trend([panel([80.0, 81.0], low=[79.0, 80.0], high=[81.0, 82.0])], edition)
    figure = sound(chart)
    assert not any(s["type"] == "rect" for s in figure["layout"]["shapes"])
    assert "kendali XmR" not in chart.source
    assert "selang kepercayaan" in chart.source


def test_a_blank_period_breaks_the_line(edition, sound):
    """No data is not zero and is not bridged; a lone point stays visible."""
    figure = sound(trend([panel([80.0, None, 81.0, 82.0], **FIRM)], edition))
    line = next(t for t in figure["data"] if t["mode"] == "lines")
    assert line["y"] == [80.0, None, 81.0, 82.0]
    assert 0 in [x for t in figure["data"] if t["mode"] == "markers" for x in t["x"]]


@pytest.mark.parametrize(
    ("grain", "freq", "count", "first"),
    [
        ("quarter", "QS", 12, "I"),
        ("semester", "6MS", 4, "I"),
        ("month", "MS", 36, "Jan"),
        ("week", "W-MON", 104, "Jan"),
        ("year", "YS", 5, "2024"),
    ],
)
def test_ticks_by_grain(edition, sound, words_of, grain, freq, count, first):
    """Quarters are Roman, months by name, years written once; labels do not overlap."""
    made = TrendPanel(name="x", points=points([1.0 * i for i in range(count)], freq), grain=grain)
    figure = sound(trend([made], edition))
    words = words_of(figure)
    assert first in words
    assert words.count("2024") == 1
    ticks = [a["x"] for a in figure["layout"]["annotations"] if a["yshift"] == -6]
    assert len(ticks) <= 15


def test_no_data_and_one_point(edition, sound, words_of):
    """A new office has an empty or a one-point history."""
    empty = TrendPanel(name="Kosong", points=points([None]), move="no previous")
    lone = pd.DataFrame({"start": [dt.date(2025, 1, 1)], "value": [3.0]})
    chart = trend([empty, TrendPanel(name="Satu", points=lone, move="no previous")], edition)
    assert "tidak ada data" in words_of(sound(chart))
    assert "Satu: 1 titik antara 3,0 dan 3,0, terakhir 3,0" in chart.alt
