"""The foot rows of the processing sheet, each recomputed by hand.

PermenPAN-RB 14/2017, annex: NRR = sum / questionnaires, weighted NRR = NRR x 1/9 (printed
0.11 there), index = sum of weighted NRR x 25.
"""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.errors import Refused
from ektp_analytics.measures.grade_bands import GradeBand
from ektp_analytics.measures.printed_number import half_up
from ektp_analytics.measures.processing_sheet_audit import audit_processing_sheet
from ektp_analytics.measures.published_figures import AuditResult, Check

BANDS = (
    GradeBand("B", Fraction("76.61"), Fraction("88.30"), "Baik", "14/2017"),
    GradeBand("A", Fraction("88.31"), Fraction("100.00"), "Sangat Baik", "14/2017"),
)
NINE = [f"U{i}" for i in range(1, 10)]


def comma(value: Fraction, decimals: int) -> str:
    scaled = str(int(half_up(value, decimals) * 10**decimals)).zfill(decimals + 1)
    return f"{scaled[:-decimals]},{scaled[-decimals:]}"


def answers(rows: list[list[int | None]], columns: list[str] = NINE) -> pd.DataFrame:
    texts = [["" if a is None else str(a) for a in row] for row in rows]
    return pd.DataFrame(texts, columns=columns, index=range(6, 6 + len(rows)), dtype="str")


def feet(*figures: tuple[int, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(figures), columns=["row", "kind", "column", "text"])


def whole_foot(sums: list[int], n: int, weight: Fraction) -> pd.DataFrame:
    """Print the foot as offices do: three decimals for means, two for the index."""
    means = [Fraction(s, n) for s in sums]
    found = [(90, "sum", c, str(s)) for c, s in zip(NINE, sums, strict=True)]
    found += [(91, "mean", c, comma(m, 3)) for c, m in zip(NINE, means, strict=True)]
    found += [(92, "weighted", c, comma(m * weight, 3)) for c, m in zip(NINE, means, strict=True)]
    total = sum(means, Fraction(0)) * weight
    found += [(92, "weighted", "Ket", comma(total, 3)), (93, "index", "Ket", comma(total * 25, 2))]
    return feet(*found)


def at(result: AuditResult, row: int, column: str) -> Check:
    (found,) = [c for c in result.checks if (c.row, c.column) == (row, column)]
    return found


TWO = answers([[4, 3, 3, 4, 3, 3, 4, 3, 3], [3, 3, 4, 4, 3, 4, 4, 3, 3]])
"""Sums 7 6 7 8 6 7 8 6 6 = 61; means 3.5 3 3.5 4 3 3.5 4 3 3; index 61/18 x 25 = 84.7222."""


def test_the_annex_by_hand() -> None:
    """U1: 4 + 3 = 7, 7/2 = 3.500, x 1/9 = 0.389; Σ = 30.5/9 = 3.389; x 25 = 84.72, B."""
    foot = feet(
        (8, "sum", "U1", "7"),
        (9, "mean", "U1", "3,500"),
        (10, "weighted", "U1", "0,389"),
        (10, "weighted", "Ket", "3,389"),
        (11, "index", "Ket", "84,72"),
        (12, "grade", "Ket", "B (Baik)"),
    )
    result = audit_processing_sheet(TWO, foot, BANDS)
    assert [c.verdict for c in result.checks] == [
        "follows", "follows", "rounded", "rounded", "rounded", "follows",
    ]  # fmt: skip
    assert result.checks[4].recomputed == pytest.approx(84.7222, abs=5e-5)


@pytest.mark.parametrize(
    ("index", "weight"), [("83,88", "0,11"), ("84,64", "0,111"), ("84,71", "0,1111")]
)
def test_the_rounded_weights_are_recognised_and_named(index: str, weight: str) -> None:
    """30.5 x 25 = 762.5; x 0.11 = 83.875, x 0.111 = 84.6375, x 0.1111 = 84.71375."""
    check = at(audit_processing_sheet(TWO, feet((11, "index", "Ket", index))), 11, "Ket")
    assert check.verdict == "rounded"
    assert weight in check.explanation.text("id")


def test_each_slip_is_accused_and_undone() -> None:
    """61 swapped is 16; 3,500 swapped is 3,050; 84,72 with a digit lost is 8,72."""
    foot = feet((8, "sum", "Ket", "16"), (9, "mean", "U1", "3,050"), (11, "index", "Ket", "87,42"))
    result = audit_processing_sheet(TWO, foot)
    assert [c.verdict for c in result.checks] == ["does not follow"] * 3
    assert [c.recomputed for c in result.checks[:2]] == [61, 3.5]
    first = [(r.would_be, r.slip) for c in result.checks for r in c.repairs]
    assert ("61", "digits swapped") in first
    assert ("3,500", "digits swapped") in first
    assert ("84,72", "digits swapped") in first


def test_a_cut_figure_is_not_accused() -> None:
    """0.38888… cut is 0,388; rounded 0,389."""
    check = at(audit_processing_sheet(TWO, feet((10, "weighted", "U1", "0,388"))), 10, "U1")
    assert check.verdict == "truncated"


def test_blanks_may_be_divided_by_either_count() -> None:
    """Answers 4, 3 and a blank: 7/2 = 3.50 of those who answered, 7/3 = 2.33 of all."""
    sheet = answers([[4, 4], [3, 3], [None, 4]], ["U1", "U2"])
    for text, words in (("3,50", "7 ÷ 2"), ("2,33", "semua kuesioner")):
        check = at(audit_processing_sheet(sheet, feet((9, "mean", "U1", text))), 9, "U1")
        assert check.ok
        assert words in check.explanation.text("id")
    assert not audit_processing_sheet(sheet, feet((9, "mean", "U1", "3,00"))).ok


def test_an_unreadable_answer_stops_the_accusation() -> None:
    """A 5 among the answers of U1: its figures and the index cannot be recomputed."""
    sheet = answers([[5, 4], [3, 3]], ["U1", "U2"])
    foot = feet((9, "sum", "U1", "9"), (9, "sum", "U2", "7"), (10, "index", "Ket", "12,00"))
    result = audit_processing_sheet(sheet, foot)
    assert [c.verdict for c in result.checks] == ["not checkable", "follows", "not checkable"]
    assert "baris 6" in str(result.checks[0].explanation)


def test_fewer_than_nine_elements_have_their_own_weight() -> None:
    """Two elements, means 3.5 and 3.5, weight 1/2: 3.5 x 25 = 87.50."""
    sheet = answers([[4, 4], [3, 3]], ["U1", "U2"])
    assert audit_processing_sheet(sheet, feet((10, "index", "Ket", "87,50"))).ok


def test_no_foot_and_no_answers() -> None:
    """Without printed figures there is nothing to check; without answers nothing to check by."""
    with pytest.raises(Refused):
        audit_processing_sheet(TWO, feet())
    empty = audit_processing_sheet(answers([], ["U1"]), feet((3, "sum", "U1", "9")))
    assert [c.verdict for c in empty.checks] == ["not checkable"]


@given(
    st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=2, max_size=30),
    st.sampled_from([Fraction(1, 9), Fraction("0.1111"), Fraction("0.111"), Fraction("0.11")]),
)
def test_a_clean_sheet_is_never_accused(rows: list[list[int]], weight: Fraction) -> None:
    """Whatever the answers, a foot computed from them with any usual weight follows."""
    sums = [sum(column) for column in zip(*rows, strict=True)]
    sheet = answers([list(row) for row in rows])
    assert audit_processing_sheet(sheet, whole_foot(sums, len(rows), weight)).ok


@given(
    st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=5, max_size=30),
    st.integers(0, 8),
    st.integers(1, 20),
)
def test_a_wrong_sum_is_always_accused(rows: list[list[int]], place: int, error: int) -> None:
    """One element's sum off by any amount contradicts the answers."""
    sums = [sum(column) for column in zip(*rows, strict=True)]
    foot = whole_foot(sums, len(rows), Fraction(1, 9))
    foot.loc[place, "text"] = str(sums[place] + error)
    result = audit_processing_sheet(answers([list(row) for row in rows]), foot)
    assert [(c.check, c.column) for c in result.accused] == [("element_sum", NINE[place])]
