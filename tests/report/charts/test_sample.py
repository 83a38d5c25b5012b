"""Respondents against the sample required."""

import pandas as pd

from ektp_analytics.report.charts.sample import sample
from ektp_analytics.report.charts.style import ATTENTION, BAR


def rows():
    return pd.DataFrame(
        [
            {"name": "Rekam & cetak", "users": 4906, "required": 159, "respondents": 171},
            {"name": "Pindah", "users": 946, "required": 31, "respondents": 24},
            {"name": "Lainnya", "users": None, "required": None, "respondents": 9},
        ]
    )


def test_verdicts_in_words(edition, sound):
    """171 − 159 = +12; 24 of 31 is 7 short; without N nothing is judged."""
    chart = sample(rows(), edition, total={"users": 11482, "required": 372, "respondents": 404})
    sound(chart)
    assert chart.table.to_frame()["Status"].tolist() == (
        ["terpenuhi (+12)", "kurang 7", "tidak dinilai", "terpenuhi (+32)"]
    )
    assert "Layanan yang kurang: satu." in chart.alt


def test_bars_start_at_zero_and_short_ones_are_dark(edition, sound):
    """A bar's length is its count."""
    figure = sound(sample(rows(), edition))
    bar = next(trace for trace in figure["data"] if trace["type"] == "bar")
    assert bar["x"] == [171, 24, 9]
    assert bar["marker"]["color"] == [BAR, ATTENTION, BAR]
    assert figure["layout"]["xaxis"]["range"][0] == 0


def test_thirty_services_fit_a_page(edition, sound):
    """A4 leaves 252 mm = 952 px of text height."""
    many = pd.DataFrame([{"name": f"Layanan {i}", "respondents": i} for i in range(30)])
    assert sound(sample(many, edition))["layout"]["height"] < 952 - 150
