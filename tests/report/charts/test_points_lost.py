"""Points lost add up to what is missing from 100."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.report.charts.points_lost import largest_remainder, points_lost
from ektp_analytics.report.charts.style import ATTENTION


def rows():
    return pd.DataFrame(
        [
            {"principle": "rule_of_law", "name": "Bebas pungutan", "value_text": "99,6%",
             "score": 99.6, "weight": 25.0, "status": "ok"},
            {"principle": "rule_of_law", "name": "Batas 24 jam", "value_text": "70,7%",
             "score": 70.7, "weight": 75.0, "status": "partial", "small_n": True},
            {"principle": "rule_of_law", "name": "Loket buka", "value_text": None, "score": None,
             "weight": None, "status": "not assessed", "reason": "berkas tidak disampaikan"},
        ]
    )  # fmt: skip


HEADS = pd.DataFrame(
    [{"key": "rule_of_law", "score": 77.925, "status": "partial", "weight_assessed": 57}]
)


@given(st.lists(st.floats(0, 20), min_size=1, max_size=15))
def test_rounded_parts_make_the_rounded_whole(parts):
    """Largest-remainder (Hamilton) rounding keeps the sum and moves no part by a tenth."""
    made = largest_remainder(parts, sum(parts))
    assert abs(sum(made) - round(sum(parts), 1)) < 0.0501
    assert all(abs(a - b) < 0.1 + 1e-9 for a, b in zip(made, parts, strict=True))


def test_three_equal_thirds():
    """33.33 each of 100: one tenth more for one of them."""
    assert largest_remainder([100 / 3] * 3, 100.0) == [33.4, 33.3, 33.3]


def test_lines_are_sorted_and_add_up(edition, sound):
    """0.75 × 29.3 = 21.975 and 0.25 × 0.4 = 0.1 make 22.1 of 100 − 77.9."""
    chart = points_lost(rows(), HEADS, edition)
    sound(chart)
    frame = chart.table.to_frame()
    assert frame["Hilang"].tolist() == ["22,1", "22,0", "0,1", "–"]
    assert [n.strip() for n in frame.iloc[:, 0]] == (
        ["Supremasi hukum, sebagian (57% bobot dinilai)", "Batas 24 jam\xa0\xa0(n kecil)",
         "Bebas pungutan", "Loket buka"]
    )  # fmt: skip


def test_not_assessed_has_words_and_no_bar(edition, sound):
    """What is not assessed is not a bar of 100 lost points."""
    chart = points_lost(rows(), HEADS, edition)
    bars = next(t for t in sound(chart)["data"] if t["type"] == "bar")
    assert len(bars["x"]) == 2
    assert bars["marker"]["color"][0] == ATTENTION
    assert "berkas tidak disampaikan" in str(chart.html())
    assert chart.table.rows[3].kind == "muted"
    assert "Tidak diskor: 1 indikator" in chart.alt


def test_partial_values_are_starred(edition):
    """The star is explained only where it stands."""
    starred = points_lost(rows(), HEADS, edition)
    assert starred.table.to_frame()["Nilai"].tolist()[1] == "70,7% *"
    assert "* Nilai sebagian" in starred.source
    assert "*" not in points_lost(rows().assign(status="ok"), HEADS, edition).source


def test_weights_that_do_not_give_the_score_are_refused(edition):
    """The chart says that lost points add up; it is not drawn where they don't."""
    with pytest.raises(ValueError, match="weights must be those"):
        points_lost(rows(), HEADS.assign(score=50.0), edition)


def test_nothing_scored(edition, sound):
    """An office that delivered nothing."""
    head = HEADS.assign(score=None, status="not assessed", weight_assessed=0)
    chart = points_lost(rows().iloc[[2]], head, edition)
    assert sound(chart)["data"] == []
    assert chart.alt == "Tidak ada indikator yang diskor; 1 belum dinilai."


def test_forty_indicators_fit_a_page(edition, sound):
    """A4 leaves 952 px; 150 of them are kept for headline, caption and source."""
    many = pd.concat([rows().iloc[[0]].assign(weight=2.5)] * 40)
    empty = [HEADS.assign(key=k, score=None, status="not assessed") for k in ("a", "b", "c")]
    heads = pd.concat([HEADS.assign(score=99.6), *empty])
    assert sound(points_lost(many, heads, edition))["layout"]["height"] < 952 - 100
