"""The audit of hidden counts, held to textbook cases, enumeration and an attacker's program."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.optimize import LinearConstraint, milp

from ektp_analytics.measures.cell_ranges import (
    feasible_ranges,
    protect_table,
    told_by_sums,
    told_closely,
)
from ektp_analytics.measures.small_cells import PRIMARY, SHOWN

SMALLEST = 5


def tables(most: int = 4, largest: int = 30) -> st.SearchStrategy[pd.DataFrame]:
    shapes = st.tuples(st.integers(1, most), st.integers(1, most))
    counts = st.integers(0, largest)
    return shapes.flatmap(lambda s: arrays.arrays(np.int64, s, elements=counts)).map(pd.DataFrame)


def test_two_hidden_in_a_row_and_two_in_a_column() -> None:
    """By hand: x + y = 5 along every line, so each lies in 0–5 (a switching square)."""
    counts = pd.DataFrame([[2, 3, 20], [3, 2, 30], [10, 10, 40]])
    marks = pd.DataFrame([[PRIMARY, PRIMARY, ""], [PRIMARY, PRIMARY, ""], ["", "", ""]])
    found = feasible_ranges(counts, marks)
    assert found["low"].tolist() == pytest.approx([0, 0, 0, 0])
    assert found["high"].tolist() == pytest.approx([5, 5, 5, 5])


def test_a_single_hidden_count_is_told_exactly() -> None:
    counts = pd.DataFrame([[2, 8], [9, 7]])
    marks = pd.DataFrame([[PRIMARY, ""], ["", ""]])
    found = feasible_ranges(counts, marks).iloc[0]
    assert (found["low"], found["high"]) == pytest.approx((2, 2))


@given(tables(most=3, largest=4))
@settings(max_examples=25)
def test_the_ranges_are_those_of_all_tables_that_fit(counts: pd.DataFrame) -> None:
    """Every table of whole numbers with the same totals and shown counts, by enumeration."""
    marks = counts.map(lambda count: PRIMARY if 0 < count < 3 else SHOWN)
    hidden = marks.to_numpy() != SHOWN
    fits = [
        trial
        for trial in _fillings(counts.to_numpy(), hidden)
        if (trial.sum(0) == counts.to_numpy().sum(0)).all()
        and (trial.sum(1) == counts.to_numpy().sum(1)).all()
    ]
    found = feasible_ranges(counts, marks)
    for row in found.itertuples():
        values = [trial[row.row, row.column] for trial in fits]
        assert row.low == pytest.approx(min(values))
        assert row.high == pytest.approx(max(values))


def _fillings(counts: np.ndarray, hidden: np.ndarray):
    """Yield every way to fill up to four hidden counts with 0 to 8; else the table itself."""
    places = np.argwhere(hidden)
    if len(places) > 4:
        from hypothesis import assume

        assume(False)
    for values in itertools.product(range(9), repeat=len(places)):
        trial = counts.copy()
        for (row, column), value in zip(places, values, strict=True):
            trial[row, column] = value
        yield trial


@given(tables())
@settings(max_examples=30)
def test_no_small_count_can_be_told_closer_than_the_threshold(counts: pd.DataFrame) -> None:
    """An attacker's own integer program, from the printed counts and totals alone."""
    marks = protect_table(counts, SMALLEST)
    printed = counts.where(marks.eq(SHOWN))
    for place in np.argwhere(marks.eq(PRIMARY).to_numpy()):
        low, high = attack(printed, counts.sum(axis=1), counts.sum(axis=0), tuple(place))
        assert high - low >= SMALLEST or marks.ne(SHOWN).all(axis=None)


@given(tables())
@settings(max_examples=30)
def test_every_small_count_is_hidden_and_nothing_without_need(counts: pd.DataFrame) -> None:
    marks = protect_table(counts, SMALLEST)
    small = (counts > 0) & (counts < SMALLEST)
    assert marks.eq(PRIMARY).equals(small)
    if not small.any(axis=None):
        assert marks.eq(SHOWN).all(axis=None)


def attack(
    printed: pd.DataFrame, rows: pd.Series, columns: pd.Series, place: tuple[int, int]
) -> tuple[float, float]:
    """Return the least and greatest whole number a hidden count can be."""
    shown = printed.to_numpy(dtype=float).ravel()
    r, c = printed.shape
    lines = np.vstack([np.kron(np.eye(r), np.ones(c)), np.kron(np.ones(r), np.eye(c))])
    totals = np.concatenate([rows, columns])
    known = np.diag((~np.isnan(shown)).astype(float))
    rules = [LinearConstraint(lines, totals, totals)]
    rules.append(LinearConstraint(known, np.nan_to_num(shown), np.nan_to_num(shown)))
    aim = np.zeros(r * c)
    aim[place[0] * c + place[1]] = 1
    whole = np.ones(r * c)
    low = milp(aim, constraints=rules, integrality=whole)
    high = milp(-aim, constraints=rules, integrality=whole)
    return float(low.fun), float(-high.fun)


def test_one_hidden_row_is_told_by_the_totals() -> None:
    """Office A hides 3 and 20, office B prints all: the sums less B tell A."""
    counts = pd.DataFrame({"L": [20, 30], "P": [3, 40]}, index=["A", "B"])
    marks = pd.DataFrame({"L": ["secondary", ""], "P": ["primary", ""]}, index=["A", "B"])
    assert told_closely(counts, marks)


def test_two_hidden_rows_hide_each_other() -> None:
    """P is 3 of 23 and 4 of 24, together 7: each may be any number from 0 to 7."""
    counts = pd.DataFrame({"L": [20, 20], "P": [3, 4]}, index=["A", "B"])
    marks = pd.DataFrame({"L": ["secondary"] * 2, "P": ["primary"] * 2}, index=["A", "B"])
    assert not told_closely(counts, marks)


def test_the_sum_of_units_is_hidden_where_it_tells_one_of_them() -> None:
    """A alone hides its 3; with B's 4 hidden too, and C printed, nobody is told."""
    one = pd.DataFrame({"L": [20, 30], "P": [3, 40]}, index=["A", "C"])
    assert told_by_sums(one) == {"L", "P"}
    two = pd.DataFrame({"L": [20, 20, 30], "P": [3, 4, 40]}, index=["A", "B", "C"])
    assert told_by_sums(two) == frozenset()
    assert told_by_sums(one * 10) == frozenset()
