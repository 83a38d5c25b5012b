"""Tallies hold what rows hold, and the tallies of parts add up to that of the whole."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.measures.answer_tally import (
    AnswerTally,
    merge_tallies,
    minimum_for,
    restrict,
    tally_answers,
    tally_by,
)

ELEMENTS = tuple("abcdef")


def table(rows):
    return pd.DataFrame(rows, columns=list(ELEMENTS), dtype="Int64")


answers = st.one_of(st.none(), st.integers(1, 4))
tables = st.lists(st.lists(answers, min_size=6, max_size=6), max_size=12)


def test_counts_sums_and_cross_products_of_three_rows():
    """Worked by hand: pairs count only rows that answer both elements."""
    frame = pd.DataFrame({"a": [1, 2, pd.NA], "b": [4, pd.NA, 3]}, dtype="Int64")
    tally = tally_answers(frame, ["a", "b"], minimum_answered=1)
    assert tally.values("a") == {1: 1, 2: 1, 3: 0, 4: 0}
    assert (tally.n, tally.blank("a"), tally.blank("b")) == (3, 1, 1)
    assert tally.both.tolist() == [[2, 1], [1, 2]]
    assert tally.sums.tolist() == [[3, 1], [4, 7]]
    assert tally.products.tolist() == [[5, 4], [4, 25]]
    assert tally.mean("b") == Fraction(7, 2)
    assert (tally.complete_n, tally.complete_mean("a")) == (1, 1)


def test_a_questionnaire_with_fewer_than_five_answers_is_kept_but_not_counted():
    """Completeness rule: at least 5 of the elements asked, or all if fewer were asked."""
    frame = table([[4] * 6, [4, 4, 4, 4, None, None], [1, 1, 1, 1, 1, None]])
    tally = tally_answers(frame, ELEMENTS)
    assert (tally.n, tally.below_minimum) == (2, 1)
    assert tally.values("a") == {1: 1, 2: 0, 3: 0, 4: 1}
    assert minimum_for(["a", "b", "c"]) == 3
    assert minimum_for(ELEMENTS) == 5


@pytest.mark.parametrize("wrong", [0, 5, 2.5, -1])
def test_an_answer_off_the_scale_is_refused_by_name(wrong):
    frame = table([[4] * 6]).astype("Float64")
    frame.loc[0, "c"] = wrong
    with pytest.raises(ValueError, match="'c'"):
        tally_answers(frame, ELEMENTS)


@given(tables, st.integers(0, 12), st.integers(0, 12))
def test_merged_parts_are_the_tally_of_all_rows(rows, one, other):
    cuts = sorted((min(one, len(rows)), min(other, len(rows))))
    parts = [rows[: cuts[0]], rows[cuts[0] : cuts[1]], rows[cuts[1] :]]
    whole = tally_answers(table(rows), ELEMENTS)
    first, second, third = (tally_answers(table(part), ELEMENTS) for part in parts)
    assert merge_tallies([first, second, third]) == whole
    assert first + (second + third) == (third + first) + second


@given(tables)
def test_a_tally_survives_its_record(rows):
    tally = tally_answers(table(rows), ELEMENTS)
    assert AnswerTally.from_record(tally.to_record()) == tally


@given(tables)
def test_complete_cases_are_the_rows_that_answer_every_element_in_use(rows):
    frame = table(rows)
    counted = frame[frame.notna().sum(axis=1) >= 5]
    in_use = counted.loc[:, counted.notna().any()]
    tally = tally_answers(frame, ELEMENTS)
    assert tally.complete_n == (len(in_use.dropna()) if len(counted) else 0)


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
def test_groups_keep_rows_without_a_group(dtype):
    service = pd.Series(["KTP", None, "KTP"], dtype=dtype)
    frame = table([[4] * 6, [3] * 6, [2] * 6]).assign(service=service)
    tallies = tally_by(frame, "service", ELEMENTS)
    assert {group: tally.n for group, tally in tallies.items()} == {"KTP": 2, None: 1}


def test_tallies_of_different_forms_do_not_merge():
    frame = table([[4] * 6])
    with pytest.raises(ValueError, match="different questionnaires"):
        merge_tallies([tally_answers(frame, ELEMENTS), tally_answers(frame, ELEMENTS[:5])])
    with pytest.raises(ValueError, match="no tally"):
        merge_tallies([])


def test_a_part_of_the_elements_keeps_their_pairs():
    rng = np.random.default_rng(7)
    frame = table(rng.integers(1, 5, (20, 6)).tolist())
    part = restrict(tally_answers(frame, ELEMENTS), ["e", "b"])
    assert part.products[0, 1] == int((frame["e"] * frame["b"]).sum())
    assert part.mean("b") == Fraction(int(frame["b"].sum()), 20)
