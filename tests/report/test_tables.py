"""Tables of the body print the figures they are given, and say what is absent."""

import pandas as pd

from ektp_analytics.report.edition import Edition
from ektp_analytics.report.grid import Cell
from ektp_analytics.report.tables import (
    changes_table,
    factors_table,
    plain_table,
    services_table,
)


def test_any_small_table():
    """Numbers stand right, words left, absent cells are dashes."""
    frame = pd.DataFrame({"Umur": ["< 24 jam", "Terbuka"], "Jumlah": ["70", None]})
    made = plain_table(frame, Edition(), key="open", caption="Terbuka", kinds=["row", "total"])
    assert [column.align for column in made.columns] == ["left", "right"]
    assert made.to_frame()["Jumlah"].tolist() == ["70", "–"]
    assert made.label == "Tabel 1"
    assert made.rows[1].kind == "total"


def test_cells_may_be_marked():
    """A marked cell keeps its mark."""
    frame = pd.DataFrame({"A": [Cell("lewat", mark="diamond", tone="attention", strong=True)]})
    assert "mark-diamond" in str(plain_table(frame, Edition(), key="x").html())


def test_changes_are_differences_of_the_printed_values():
    """70.7 − 79.0 = −8.3; nothing is compared where the basis differs."""
    table = pd.DataFrame(
        [
            {"name": "24 jam", "now": 70.7, "before": 79.0, "move": "down", "unit": "%",
             "mean": 80.0, "lower": 76.6, "upper": 83.4},
            {"name": "IKM", "now": 84.44, "before": 84.0, "move": "same", "decimals": 2},
            {"name": "Skor", "now": 70.0, "before": 60.0, "move": "not comparable"},
            {"name": "Baru", "now": None, "before": None, "move": "no previous"},
        ]
    )  # fmt: skip
    frame = changes_table(table, Edition(), now_label="TW IV", before_label="TW III").to_frame()
    assert frame["Selisih"].tolist() == ["−8,3", "+0,44", "–", "–"]
    assert frame["TW IV"].tolist() == ["70,7%", "84,44", "70,0", "–"]
    assert frame["Batas kendali"].tolist()[0] == "76,6–83,4"
    assert frame["Putusan"].tolist()[:2] == ["turun", "tidak berubah nyata"]


def test_services_and_factors():
    """Index with two decimals, n as a count, statements counted."""
    services = pd.DataFrame([{"name": "Rekam", "n": 1171, "index": 84.4, "grade": "B"}])
    frame = services_table(services, Edition()).to_frame()
    assert frame.iloc[0].tolist() == ["Rekam", "1.171", "84,40", "–", "B", ""]
    factors = pd.DataFrame([{"theme": "Blangko", "count": 7, "detail": "kosong 17 hari"}])
    assert factors_table(factors, Edition(), caption="x").to_frame().iloc[0, 0] == (
        "Blangko. kosong 17 hari"
    )
    none = pd.DataFrame({"theme": [], "count": []})
    assert "Belum ada pernyataan" in str(factors_table(none, Edition(), caption="x").html())
