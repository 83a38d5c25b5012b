"""How full each column is."""

import pandas as pd

from ektp_analytics.report.charts.filled import filled


def rows():
    return pd.DataFrame(
        {
            "source": ["survey", "survey", "service_log", "service_log"],
            "column": ["Waktu penyelesaian", "Saran", "Waktu daftar", "Waktu rekam"],
            "filled": [420, 26, 2986, 720],
            "rows": [420, 420, 2986, 2986],
        }
    )


def test_only_columns_with_blanks_have_a_bar(edition, sound):
    """26 of 420 is 6.2 %; full columns are counted beside the file."""
    chart = filled(rows(), edition)
    bars = next(t for t in sound(chart)["data"] if t["type"] == "bar")
    assert [round(x, 1) for x in bars["x"]] == [6.2, 24.1]
    frame = chart.table.to_frame()
    assert frame["Bagian"].tolist() == ["", "6,2%", "", "24,1%"]
    assert chart.table.rows[0].cell("plot").text == "1 dari 2 kolom terisi penuh"
    assert "Survei SKM (n = 420)" in frame.iloc[0, 0]


def test_no_blank_anywhere(edition, sound):
    """Nothing to point at is said, not drawn."""
    chart = filled(rows().assign(filled=rows()["rows"]), edition)
    sound(chart)
    assert chart.alt == "Semua kolom terisi penuh."


def test_an_empty_file_has_no_share(edition, sound):
    """No rows: no division, no bar."""
    chart = filled(rows().assign(filled=0, rows=0), edition)
    sound(chart)
    assert len(chart.table.rows) == 2
    sound(filled(rows().iloc[:0], edition))
