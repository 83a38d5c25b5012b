"""Nine elements on the bands."""

import pandas as pd

from ektp_analytics.report.charts.elements import elements
from ektp_analytics.report.charts.style import ATTENTION


def rows():
    return pd.DataFrame(
        [
            {"key": "prosedur", "n": 402, "nrr": 3.239, "index": 80.97, "grade": "B",
             "low": 79.3, "high": 82.6},
            {"key": "waktu", "n": 404, "nrr": 3.002, "index": 75.06, "grade": "C",
             "low": 73.03, "high": 77.09},
            {"key": "biaya", "n": 0, "nrr": None, "index": None, "grade": None,
             "low": None, "high": None},
        ]
    )  # fmt: skip


def test_lowest_first_and_absent_last(edition, bands, sound):
    """Sorted by index; an element nobody answered is named and has no mark."""
    chart = elements(rows(), bands, edition, ikm=78.0, n=404)
    sound(chart)
    frame = chart.table.to_frame()
    assert frame["Unsur"].tolist() == (
        ["Waktu penyelesaian", "Sistem, mekanisme, dan prosedur", "Biaya/tarif"]
    )
    assert frame["Indeks"].tolist() == ["75,06", "80,97", "–"]
    assert frame["NRR"].tolist() == ["3,002", "3,239", "–"]
    assert frame["Catatan"].tolist() == ["batas C/B", "", "tidak dijawab"]


def test_an_interval_across_a_boundary_is_an_open_diamond(edition, bands, sound, marks_of):
    """73,03–77,09 crosses 76,61."""
    figure = sound(elements(rows(), bands, edition, ikm=78.0, n=404))
    assert marks_of(figure, "diamond") == [75.06]
    assert marks_of(figure, "circle") == [80.97]
    diamond = next(t for t in figure["data"] if t.get("marker", {}).get("symbol") == "diamond")
    assert diamond["marker"]["line"]["color"] == ATTENTION
    assert diamond["marker"]["color"] == "#FFFFFF"


def test_marks_lie_on_their_rows(edition, bands, sound):
    """Y is px from the top of the table."""
    from ektp_analytics.report.figure import rows_of

    chart = elements(rows(), bands, edition, ikm=None, n=404)
    figure = sound(chart)
    centres = [round(c, 6) for c in rows_of(chart.table).centres]
    circle = next(t for t in figure["data"] if t.get("marker", {}).get("symbol") == "circle")
    assert circle["y"] == [centres[1]]


def test_the_unit_line_and_notes(edition, bands, sound, words_of):
    """The index of the unit is a labelled line; own remarks stand in the note."""
    chart = elements(rows(), bands, edition, ikm=78.02, n=404, notes={"biaya": "diganti"})
    assert "IKM<br>78,02" in words_of(sound(chart))
    assert chart.table.to_frame()["Catatan"].tolist()[2] == "diganti"
    assert "D 25,00–64,99" in chart.source
    none = elements(rows().iloc[:0], bands, edition, ikm=None, n=0)
    assert none.alt == "Tidak ada unsur yang dapat dinilai."
