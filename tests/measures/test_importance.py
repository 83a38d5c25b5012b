"""Importance beside performance: quadrants, Tki, customer satisfaction index, gap."""

import pandas as pd
import pytest

from ektp_analytics.measures import reliability
from ektp_analytics.measures.importance import gap, importance_performance, satisfaction_index

PERFORMANCE = pd.DataFrame(
    {"waktu": [2, 2, 3, 1], "biaya": [4, 4, 4, 4], "sarana": [2, 3, 2, 1], "produk": [4, 4, 3, 4]}
)
IMPORTANCE = pd.DataFrame(
    {"waktu": [4, 4, 4, 4], "biaya": [4, 4, 4, 3], "sarana": [2, 2, 3, 2], "produk": [2, 3, 2, 3]}
)


def test_quadrants_by_the_grand_means():
    """Worked by hand: X̄ 2, 4, 2, 3.75 (cut 2.9375); Ȳ 4, 3.75, 2.25, 2.5 (cut 3.125)."""
    told = importance_performance(PERFORMANCE, IMPORTANCE)
    assert told.table["quadrant"].to_dict() == {
        "waktu": "A",
        "biaya": "B",
        "sarana": "C",
        "produk": "D",
    }
    assert (told.performance_cut, told.importance_cut) == (2.9375, 3.125)
    assert told.table.loc["waktu", "tki"] == 50
    assert told.table.loc["produk", "tki"] == 150
    assert told.meaning("waktu") == "prioritas utama"


def test_a_mean_on_the_line_counts_as_high():
    same = pd.DataFrame({"a": [3, 3], "b": [3, 3]})
    assert set(importance_performance(same, same).table["quadrant"]) == {"B"}


def test_satisfaction_index_worked_by_hand():
    """ΣMIS = 12.5; Σ MIS·MSS = 8 + 15 + 4.5 + 9.375 = 36.875; / 12.5 / 4 = 0.7375, puas."""
    told = satisfaction_index(PERFORMANCE, IMPORTANCE)
    assert told.value == pytest.approx(0.7375)
    assert told.percent == pytest.approx(73.75)
    assert told.label() == "puas"
    assert told.table["weight"].sum() == pytest.approx(1)
    assert told.table["score"].sum() / 4 == pytest.approx(0.7375)


def test_the_level_follows_two_decimals():
    """(39 · 3 + 11 · 4) / 50 / 4 = 0.805 rounds half-up to 0.81, sangat puas."""
    performance = pd.DataFrame({"a": [3] * 39 + [4] * 11})
    importance = pd.DataFrame({"a": [4] * 50})
    told = satisfaction_index(performance, importance)
    assert told.value == pytest.approx(0.805)
    assert (told.level, told.label()) == (5, "sangat puas")


def test_gap_is_rounded_after_the_subtraction():
    """3.375 − 3.244 = 0.131, printed 0.13; rounded first it would be 3.38 − 3.24 = 0.14."""
    performance = pd.DataFrame({"a": [3] * 625 + [4] * 375})
    importance = pd.DataFrame({"a": [3] * 756 + [4] * 244})
    told = gap(performance, importance)
    assert told.loc["a", "gap"] == 0.13
    assert told.loc["a", "gap_unrounded"] == pytest.approx(0.131)


def test_only_respondents_who_rated_both_count():
    performance = pd.DataFrame({"a": [4, 1, None], "b": [2, 2, 2]})
    importance = pd.DataFrame({"a": [4, None, 2], "b": [4, 4, 4]})
    told = gap(performance, importance)
    assert told["n"].to_dict() == {"a": 1, "b": 3}
    assert told["gap"].to_dict() == {"a": 0, "b": -2}


@pytest.mark.parametrize("importance", [None, pd.DataFrame({"other": [1, 2, 3, 4]})])
def test_without_an_importance_question_there_is_no_analysis(importance):
    """A satisfaction survey alone has no importance question."""
    told = importance_performance(PERFORMANCE, importance)
    assert told.reason.code == "importance_not_asked"
    assert told.table.empty
    assert told.left_out == tuple(PERFORMANCE.columns)
    index = satisfaction_index(PERFORMANCE, importance)
    assert (index.value, index.percent, index.label()) == (None, None, None)
    assert gap(PERFORMANCE, importance).empty


def test_the_thesis_functions_are_found_in_one_place():
    assert reliability.importance_performance is importance_performance
    assert reliability.satisfaction_index is satisfaction_index
    assert reliability.gap is gap
