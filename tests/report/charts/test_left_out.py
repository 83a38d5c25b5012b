"""What a principle's score becomes without one of its indicators."""

import pandas as pd

from ektp_analytics.report.charts.left_out import left_out


def rows():
    return pd.DataFrame(
        {
            "name": ["Tanpa pungutan", "Batas waktu", "Jadwal", "Satu-satunya"],
            "principle": ["rule_of_law", "rule_of_law", "transparency", "participation"],
            "without": [80.9, 96.3, 83.8, None],
            "change": [-7.7, 7.8, -6.0, None],
        }
    )


def test_sorted_by_size_and_signed(edition, sound):
    """7.8 comes before 7.7 whichever way it points; what has no rest comes last."""
    chart = left_out(rows(), edition)
    bars = next(t for t in sound(chart)["data"] if t["type"] == "bar")
    assert bars["x"] == [7.8, -7.7, -6.0]
    frame = chart.table.to_frame()
    assert frame["Perubahan"].tolist() == ["+7,8", "−7,7", "−6,0", "–"]
    assert "tidak ada indikator lain" in chart.table.rows[3].cell("plot").text


def test_bars_start_at_zero_inside_the_axis(edition, sound):
    """Both ends of the longest bars are on the axis."""
    low, high = sound(left_out(rows(), edition))["layout"]["xaxis"]["range"]
    assert low < -7.7
    assert high > 7.8


def test_the_rest_is_counted(edition, sound):
    """Nothing disappears without being counted."""
    chart = left_out(rows(), edition, most=2)
    sound(chart)
    assert len(chart.table.rows) == 2
    assert "2 indikator dengan perubahan lebih kecil" in chart.source


def test_no_rows_is_a_sentence(edition, sound):
    """Nothing assessed, nothing to leave out."""
    chart = left_out(rows().iloc[:0], edition)
    sound(chart)
    assert "Belum ada indikator" in chart.alt
