"""Ranks with their ranges; an office without a score has no place."""

import pandas as pd

from ektp_analytics.report.charts.league import league


def offices():
    return pd.DataFrame(
        [
            {"office": "Kabupaten Satu", "score": 80.2, "rank": 1, "rank_low": 1, "rank_high": 2},
            {"office": "Kota Dua", "score": 79.5, "rank": 2, "rank_low": 1, "rank_high": 3},
            {"office": "Kabupaten Tiga", "score": 71.0, "rank": 3, "rank_low": 3, "rank_high": 3},
            {"office": "Kota Empat", "score": None, "rank": None},
        ]
    )


def test_what_is_printed(edition, sound):
    """Score, rank and range as text; an office without a score says why it has no rank."""
    chart = league(offices(), edition, last=3)
    sound(chart)
    frame = chart.table.to_frame()
    assert frame["Skor"].tolist() == ["80,20", "79,50", "71,00", "–"]
    assert frame["Rentang"].tolist() == ["1–2", "1–3", "3–3", "–"]
    assert "tidak diperingkat" in chart.table.html()
    assert chart.alt == "Peringkat kantor: Kabupaten Satu 1; Kota Dua 2; Kabupaten Tiga 3."


def test_marks_and_axis(edition, sound, marks_of):
    """A dot for each rank; the axis runs from the first to the last rank of all offices."""
    figure = sound(league(offices().iloc[1:3], edition, last=45))
    assert marks_of(figure, "circle") == [2, 3]
    assert figure["layout"]["xaxis"]["range"] == [1, 45]


def test_one_office_and_none_ranked(edition, sound):
    """One office has the first rank of one; without a rank there is nothing to draw."""
    sound(league(offices().iloc[[0]], edition, last=1))
    none = league(offices().iloc[[3]], edition, last=1)
    assert sound(none)["data"] == []
    assert none.alt == "Tidak ada kantor yang dapat diperingkat."
