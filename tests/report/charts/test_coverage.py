"""Coverage per kecamatan."""

import pandas as pd

from ektp_analytics.report.charts.coverage import coverage


def rows():
    return pd.DataFrame(
        [
            {"code": "16.99.20", "name": "Karang", "obligated": 10480, "recorded": 9788,
             "recording_coverage": 93.4, "card_possession": 88.2},
            {"code": "16.99.17", "name": "Sembawa", "obligated": 25940, "recorded": 26098,
             "recording_coverage": 100.61, "card_possession": 98.8, "note": "†"},
            {"code": "16.99.05", "name": "Betung", "obligated": None, "recorded": 5,
             "recording_coverage": None, "card_possession": None, "note": "wajib KTP kosong"},
        ]
    )  # fmt: skip


TOTAL = {"obligated": None, "recorded": None, "recording_coverage": None, "card_possession": None}


def draw(table, edition, **settings):
    return coverage(
        table, edition, **{"total": TOTAL, "total_name": "Contoh", "target": 99.4, **settings}
    )


def test_sorted_uncapped_and_absent(edition, sound):
    """Above 100 percent is shown; a missing count has no rate and says why; so has the total."""
    chart = draw(rows(), edition)
    sound(chart)
    frame = chart.table.to_frame()
    assert frame["Kecamatan"].str[-7:].tolist() == ["Sembawa", "\xa0Karang", "\xa0Betung", "Contoh"]
    assert frame["Rekam %"].tolist() == ["100,61†", "93,40", "–", "–"]
    assert "wajib KTP kosong" in str(chart.html())


def test_diamonds_under_the_threshold(edition, sound, marks_of):
    """Under 96 percent a diamond, ring for held cards, only as told."""
    figure = sound(draw(rows(), edition, attention_below=96))
    assert marks_of(figure, "diamond") == [93.4]
    assert sorted(marks_of(figure, "circle", "#FFFFFF")) == [88.2, 98.8]
    plain = draw(rows(), edition)
    assert marks_of(sound(plain), "diamond") == []
    assert "Wajik" not in plain.source


def test_a_hidden_rate_is_a_triangle(edition, sound, marks_of):
    """The exact rate would reveal a small count."""
    table = rows().assign(hidden=[False, True, False], coverage_text=[None, "> 99,9", None])
    chart = draw(table, edition)
    assert marks_of(sound(chart), "triangle-right") == [100.61]
    assert chart.table.to_frame()["Rekam %"].tolist()[0] == "> 99,9†"
    assert "nilai tepat tidak ditampilkan" in chart.source


def test_forty_kecamatan_fit_one_page(edition, sound):
    """A4 leaves 952 px; 150 of them are kept for headline, caption and source."""
    many = pd.DataFrame(
        [{"code": f"16.99.{i:02d}", "name": f"Kecamatan {i}", "obligated": 1000, "recorded": 900,
          "recording_coverage": 90 + i / 5} for i in range(40)]
    )  # fmt: skip
    chart = draw(many, edition)
    assert sound(chart)["layout"]["height"] < 952 - 150
    assert "mencapai target 99,40%" in chart.alt


def test_the_gap_to_the_target(edition):
    """98.49 − 99.40 = −0.91 points."""
    total = {**TOTAL, "recording_coverage": 98.49}
    assert "selisih −0,91" in str(draw(rows(), edition, total=total).html())


def test_nothing_computable(edition, sound):
    """All rates absent."""
    chart = draw(rows().iloc[[2]], edition, target=None)
    sound(chart)
    assert chart.alt == "Cakupan 1 kecamatan tidak dapat dihitung."
