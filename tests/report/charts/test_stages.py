"""Stages between the stamps."""

import pandas as pd

from ektp_analytics.report.charts.stages import stages


def rows():
    return pd.DataFrame(
        [
            {"name": "A → B", "control": "office", "n": 11652, "median": 0.35, "p90": 0.87},
            {"name": "B → C", "control": "centre", "n": 11645, "median": 3.5, "p90": 41.8},
            {"name": "C → D", "control": "office", "n": 10, "median": 2.2, "p90": None},
            {"name": "D → E", "control": "office", "n": 0, "median": None, "p90": None},
            {"name": "Semua", "control": "office", "n": 9, "median": 6.5, "p90": 29, "total": True},
        ]
    )


def test_durations_and_quantiles_not_reached(edition, sound):
    """A quantile not reached is said; without cases there is a dash."""
    chart = stages(rows(), edition, limit_hours=24)
    sound(chart)
    frame = chart.table.to_frame()
    assert frame["Median"].tolist() == ["21 menit", "3,5 jam", "2,2 jam", "–", "6,5 jam"]
    assert frame["P90"].tolist() == ["52 menit", "41,8 jam", "belum tercapai", "–", "29,0 jam"]
    assert frame["Kendali"].tolist()[:2] == ["Kantor", "Pusat"]
    assert "Garis tegak: 24 jam." in chart.source
    assert "tidak dapat dijumlahkan" in chart.source


def test_the_centre_is_a_diamond(edition, sound, marks_of):
    """Shape, not colour alone, says who waits for whom."""
    figure = sound(stages(rows(), edition, limit_hours=24))
    assert marks_of(figure, "diamond") == [3.5]
    assert marks_of(figure, "circle") == [0.35, 2.2, 6.5]


def test_an_open_whisker_is_dotted(edition, sound):
    """P90 not reached: the line runs to the edge without a cap."""
    figure = sound(stages(rows(), edition, limit_hours=None))
    assert sum(s["line"].get("dash") == "dot" for s in figure["layout"]["shapes"]) == 1


def test_zero_durations_can_be_drawn(edition, sound):
    """Stamps in the same minute have no logarithm; they are drawn at one minute."""
    table = rows().iloc[[0]].assign(median=0.0, p90=0.0)
    assert sound(stages(table, edition, limit_hours=None))
