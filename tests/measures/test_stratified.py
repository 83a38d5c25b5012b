"""Stratified means against R's survey package, and the index weighted by users served."""

from fractions import Fraction
from math import sqrt
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.measures.answer_tally import merge_tallies, tally_answers
from ektp_analytics.measures.index_interval import index_variance
from ektp_analytics.measures.mean_index import mean_index
from ektp_analytics.measures.rounding import exact
from ektp_analytics.measures.stratified import Stratum, stratified_mean, weighted_index

APISTRAT = Path(__file__).parents[2].parent / "shared/data/apistrat.csv"
ELEMENTS = [f"u{place}" for place in range(1, 6)]


def answers(*rows):
    return tally_answers(pd.DataFrame(rows, columns=ELEMENTS, dtype="Int64"), ELEMENTS)


def flat(value, n):
    return answers(*[[value] * 5] * n)


def mixed(n, start=0):
    return answers(*[[1 + (start + i + j) % 4 for j in range(5)] for i in range(n)])


def test_apistrat_mean_and_standard_error():
    """R survey 4.5: svymean(~api00, svydesign(id=~1, strata=~stype, fpc=~fpc)) 662.29 (9.4089)."""
    if not APISTRAT.exists():
        pytest.skip("apistrat is not beside this checkout")
    schools = pd.read_csv(APISTRAT)
    strata = []
    for _, rows in schools.groupby("stype"):
        scores, n = rows["api00"], len(rows)
        size = int(rows["fpc"].iloc[0])
        strata.append(Stratum(size, n, Fraction(int(scores.sum()), n), exact(scores.var() / n)))
    mean, variance = stratified_mean(strata, finite_population=True)
    assert round(float(mean), 2) == 662.29
    assert round(sqrt(variance), 4) == 9.4089


def test_weights_that_do_not_add_to_one_are_normalised():
    """Open case C19: 0.4, 0.3, 0.3, 0.1 on 80, 70, 60, 50 give 69.09, not 76.00."""
    strata = [
        Stratum(size, 10, Fraction(mean), Fraction(1))
        for size, mean in zip((4, 3, 3, 1), (80, 70, 60, 50), strict=True)
    ]
    assert round(float(stratified_mean(strata)[0]), 2) == 69.09


def test_users_served_weigh_the_groups():
    """A 100.00 served 90, B 75.00 served 10: 97.50, whatever the numbers asked."""
    told = weighted_index({"A": flat(4, 5), "B": flat(3, 45)}, {"A": 90, "B": 10})
    assert told.index == Fraction(195, 2)
    assert told.strata == (("A",), ("B",))
    assert told.merged == ()
    assert told.interval.reason.code == "no_variance"


def test_interval_adds_the_variances_of_the_strata():
    """Var = Σ W² v with n − H degrees of freedom (Cochran 1977, theorem 5.3)."""
    groups = {"A": mixed(12), "B": mixed(9, start=1)}
    told = weighted_index(groups, {"A": 300, "B": 100})
    expected = (9 * index_variance(groups["A"]) + index_variance(groups["B"])) / 16
    assert told.interval.standard_error == pytest.approx(sqrt(expected))
    assert told.interval.degrees == 21 - 2
    drawn = weighted_index(groups, {"A": 300, "B": 100}, random_sample=True)
    unseen = (9 * index_variance(groups["A"]) * 0.96 + index_variance(groups["B"]) * 0.91) / 16
    assert drawn.interval.standard_error == pytest.approx(sqrt(unseen))


def test_strata_of_one_and_of_none_are_merged_and_listed():
    groups = {"A": mixed(12), "B": mixed(1), "C": mixed(8), "E": mixed(1, start=2)}
    told = weighted_index(groups, {"A": 100, "B": 5, "C": 40, "D": 7, "E": 9})
    assert told.merged == ("B", "D", "E")
    assert told.strata == (("A",), ("C",), ("B", "D", "E"))
    assert [note.code for note in told.interval.notes] == ["strata_merged"]


def test_a_lone_stratum_of_one_joins_the_group_that_served_fewest():
    groups = {"A": mixed(12), "B": mixed(1), "C": mixed(8)}
    told = weighted_index(groups, {"A": 100, "B": 5, "C": 40})
    assert told.strata == (("A",), ("B", "C"))


def test_a_stratum_without_an_answer_to_an_element_is_merged():
    lacking = tally_answers(
        pd.DataFrame([[3, 3, 3, 3, None]] * 3, columns=ELEMENTS, dtype="Int64"), ELEMENTS, 4
    )
    whole = tally_answers(
        pd.DataFrame([[3, 3, 3, 3, 2]] * 9, columns=ELEMENTS, dtype="Int64"), ELEMENTS, 4
    )
    told = weighted_index({"A": whole, "B": lacking}, {"A": 10, "B": 10})
    assert told.merged == ("A", "B")
    assert told.index == mean_index(merge_tallies([whole, lacking]))


def test_unknown_numbers_served_are_said_by_name():
    told = weighted_index({"A": flat(4, 5), "B": flat(3, 5)}, {"A": 90})
    assert told.index is None
    assert "B" in str(told.interval.reason)
    assert weighted_index({}, {}).interval.reason.code == "no_answers"


@given(st.integers(2, 20), st.integers(2, 20))
def test_weights_proportional_to_the_sample_give_the_pooled_index(first, second):
    groups = {"A": mixed(first), "B": mixed(second, start=1)}
    told = weighted_index(groups, {"A": 10 * first, "B": 10 * second})
    assert told.index == mean_index(merge_tallies(groups.values()))
