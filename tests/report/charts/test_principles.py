"""Four principles, assessed, partial, carried and not assessed."""

import pandas as pd

from ektp_analytics.report.charts.principles import principles


def rows():
    return pd.DataFrame(
        [
            {"key": "participation", "score": 84.4, "low": 81.5, "high": 87.1, "status": "ok",
             "weight_assessed": 100, "previous": 81.9, "change": 2.5, "move": "same"},
            {"key": "transparency", "score": 76.3, "low": 72.8, "high": 80.0, "status": "ok",
             "weight_assessed": 100, "previous": 80.0, "change": -3.7, "move": "down"},
            {"key": "accountability", "score": None, "status": "not assessed",
             "weight_assessed": 0, "reason": "berkas tidak disampaikan"},
            {"key": "rule_of_law", "score": 84.9, "low": 80.4, "high": 88.8, "status": "partial",
             "weight_assessed": 57, "bound_low": 48.4, "bound_high": 91.4, "change": 1.0,
             "move": "not comparable"},
        ]
    )  # fmt: skip


def test_what_is_printed(edition, sound):
    """Partial has its share and bounds; a fall has its sign; absent has its reason."""
    chart = principles(rows(), edition, previous_label="TW III 2025")
    sound(chart)
    frame = chart.table.to_frame()
    assert frame["Skor"].tolist() == ["84,4", "76,3", "–", "84,9"]
    assert frame["Selang 95%"].tolist()[3] == "80,4–88,8, batas 48,4–91,4"
    assert frame["Status"].tolist()[2:] == (
        ["Belum dinilai, berkas tidak disampaikan", "Sebagian, 57% bobot dinilai"]
    )
    assert frame["Terhadap TW III 2025"].tolist() == (
        ["+2,5, tidak berubah nyata", "−3,7, turun", "belum ada pembanding", "tidak dibandingkan"]
    )


def test_marks(edition, sound, marks_of):
    """Dot for assessed, open diamond for partial, nothing for not assessed."""
    figure = sound(principles(rows(), edition))
    assert marks_of(figure, "circle") == [84.4, 76.3]
    assert marks_of(figure, "diamond", "#FFFFFF") == [84.9]


def test_a_carried_score_is_a_ring(edition, sound, marks_of):
    """Carried over from an earlier period: drawn open."""
    table = rows().iloc[[0]].assign(status="carried")
    assert marks_of(sound(principles(table, edition)), "circle", "#FFFFFF") == [84.4]


def test_the_axis_holds_the_bounds(edition, sound):
    """Bounds reach further than the interval."""
    figure = sound(principles(rows(), edition))
    low, high = figure["layout"]["xaxis"]["range"]
    assert low <= 48.4
    assert high == 100
    assert "sumbu mulai 40" in principles(rows(), edition).table.columns[3].head


def test_nothing_assessed(edition, sound):
    """Four principles without a score are four sentences."""
    chart = principles(rows().iloc[[2]], edition)
    assert sound(chart)["data"] == []
    assert chart.alt == "Skor prinsip: Akuntabilitas belum dinilai."
