"""The index, its rounding, its grade, and the roll-ups that must not be mixed up."""

from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.errors import Reason
from ektp_analytics.measures.answer_tally import tally_answers
from ektp_analytics.measures.mean_index import (
    complete_case_index,
    element_index,
    grade_of,
    index_of_units,
    mean_index,
    to_next_band,
    weight_variants,
)
from ektp_analytics.measures.rounding import round_half_up

BANDS = [
    (25, "D", "Tidak baik"),
    (65.00, "C", "Kurang baik"),
    (76.61, "B", "Baik"),
    (88.31, "A", "Sangat baik"),
]
"""PermenPAN-RB 14/2017, annex."""

NINE = [f"u{place}" for place in range(1, 10)]
SEKADAU = Path(__file__).parents[2].parent / "shared/data/skm_sekadau_2019s1_respondents.csv"


def nine(rows):
    return tally_answers(pd.DataFrame(rows, columns=NINE, dtype="Int64"), NINE)


def with_total(people, total):
    """Make questionnaires whose answers add up to `total`, as even as they can be."""
    low, more = divmod(total, people * 9)
    answers = [low + 1] * more + [low] * (people * 9 - more)
    return nine([answers[9 * i : 9 * i + 9] for i in range(people)])


def printed(index):
    return str(round_half_up(index)), grade_of(index, BANDS).letter


@pytest.fixture
def sekadau():
    if not SEKADAU.exists():
        pytest.skip("the Sekadau rows are not beside this checkout")
    return tally_answers(pd.read_csv(SEKADAU), NINE)


def test_sekadau_rows(sekadau):
    """Kabupaten Sekadau, article 923, semester I 2019: 49 questionnaires.

    NRR sums 138 139 150 177 159 163 161 143 159, so 1389 · 25 / (9 · 49) = 78.7415.
    """
    sums = [sekadau.mean(element) * 49 for element in NINE]
    assert sums == [138, 139, 150, 177, 159, 163, 161, 143, 159]
    assert printed(mean_index(sekadau)) == ("78.74", "B")
    variants = weight_variants(sekadau)
    assert {weight: str(index) for weight, index in variants.items()} == {
        "0.11": "77.95",
        "0.111": "78.66",
    }


def test_all_answers_four_is_one_hundred():
    """Open case C01: 100.00 with exact weights; 0.11 loses a point."""
    tally = nine([[4] * 9] * 3)
    assert printed(mean_index(tally)) == ("100.00", "A")
    assert str(weight_variants(tally)["0.11"]) == "99.00"


def test_the_short_weight_changes_the_letter():
    """Open case C02: mean 3.55 is 88.75 A; with 0.11 it is 87.86 B."""
    tally = with_total(20, 639)
    assert printed(mean_index(tally)) == ("88.75", "A")
    assert printed(weight_variants(tally)["0.11"]) == ("87.86", "B")


@pytest.mark.parametrize(
    ("people", "total", "expected"),
    [
        (19, 604, ("88.30", "B")),  # C04: 88.3041 lies between the printed bands
        (19, 524, ("76.61", "B")),  # C05: 76.6082, graded as printed
        (5, 117, ("65.00", "C")),  # C08: exactly on the lower edge
    ],
)
def test_index_and_letter_agree_with_the_printed_two_decimals(people, total, expected):
    """Open cases C04, C05 and C08."""
    assert printed(mean_index(with_total(people, total))) == expected


def test_edges_belong_to_the_better_band():
    """Open cases C07 (half-up tie) and C08 (88.31 is A)."""
    assert grade_of("76.605", BANDS).letter == "B"
    assert grade_of("88.31", BANDS).letter == "A"
    assert grade_of(25, BANDS).letter == "D"
    with pytest.raises(ValueError, match="below every band"):
        grade_of("24.75", BANDS)


def test_bands_may_come_in_any_order():
    assert grade_of("76.61", list(reversed(BANDS))).letter == "B"


def test_the_mean_of_three_is_seventy_five():
    """Open case C14: mean × 25, not the min–max 66.67."""
    assert mean_index(nine([[3] * 9] * 4)) == 75


def test_no_rounding_before_the_last_step():
    """Open case C29: an NRR of 3.6207 must not be kept as 3.6 (29 answers adding to 105)."""
    frame = pd.DataFrame({"u1": [4] * 18 + [3] * 11})
    tally = tally_answers(frame, ["u1"])
    assert round(float(tally.mean("u1")), 4) == 3.6207
    assert str(round_half_up(element_index(tally, "u1"))) == "90.52"


def test_pooled_and_mean_of_units_are_two_figures():
    """Open case C13: unit A n 10 with 100, unit B n 90 with 75: 77.50 and 87.50."""
    units = index_of_units({"A": nine([[4] * 9] * 10), "B": nine([[3] * 9] * 90), "C": nine([])})
    assert (units.pooled, units.mean_of_units) == (Fraction(155, 2), Fraction(175, 2))
    assert units.without_answers == ("C",)


def test_every_element_weighs_the_same_whatever_its_blanks():
    """NRR over valid answers: element means 4 and 2 give 3 · 25, not the pooled mean of answers."""
    frame = pd.DataFrame({"u1": [4, pd.NA, pd.NA], "u2": [2, 2, 2]}, dtype="Int64")
    tally = tally_answers(frame, ["u1", "u2"], minimum_answered=1)
    assert mean_index(tally) == 75
    assert complete_case_index(tally) == 75
    empty = pd.DataFrame({"u1": [pd.NA, pd.NA], "u2": [2, 3]}, dtype="Int64")
    assert mean_index(tally_answers(empty, ["u1", "u2"], 1)) == Fraction(125, 2)


def test_short_weights_say_that_they_do_not_fit_other_forms():
    tally = tally_answers(pd.DataFrame({e: [3] for e in NINE[:8]}), NINE[:8])
    reason = weight_variants(tally)
    assert isinstance(reason, Reason)
    assert "8 unsur" in str(reason)
    fourteen = [f"u{place}" for place in range(1, 15)]
    older = tally_answers(pd.DataFrame({e: [4] for e in fourteen}), fourteen)
    assert {k: str(v) for k, v in weight_variants(older, ["0.071"]).items()} == {"0.071": "99.40"}


def test_points_to_the_next_band():
    """From the rounded index to the lower edge of the next better band; none in the best."""
    assert to_next_band("78.7415", BANDS) == Fraction(957, 100)
    assert to_next_band("88.305", BANDS) is None
    assert to_next_band(25, BANDS) == 40


def test_nobody_answered():
    assert mean_index(nine([])) is None
    assert index_of_units({"A": nine([])}).pooled is None


@given(st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=1, max_size=15))
def test_without_blanks_the_index_is_the_mean_of_all_answers(rows):
    total = sum(map(sum, rows))
    assert mean_index(nine(rows)) == Fraction(25 * total, 9 * len(rows))
    assert complete_case_index(nine(rows)) == mean_index(nine(rows))
