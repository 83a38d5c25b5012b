"""Counts by time."""

from __future__ import annotations

import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.measures.time_counts import Counts, TimeCounts

numbers = st.lists(st.integers(0, 50), max_size=40)


@given(numbers, numbers)
def test_counts_of_parts_add_up(first: list[int], second: list[int]) -> None:
    """Counting the whole and adding the parts is the same."""
    assert Counts.of(first) + Counts.of(second) == Counts.of(first + second)
    assert Counts.sum([]) == Counts.of([])


@given(numbers.filter(bool))
def test_figures_of_counts_are_those_of_the_rows(rows: list[int]) -> None:
    """Against the standard library on the rows themselves."""
    counts = Counts.of(rows)
    assert counts.expanded().tolist() == sorted(rows)
    assert counts.middle() == statistics.median(rows)
    assert counts.largest == max(rows)
    assert counts.up_to(25) == sum(row <= 25 for row in rows)
    assert hash(counts) == hash(Counts.of(list(reversed(rows))))


def test_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle() -> None:
    """1, 2, 5, 9: (2 + 5) / 2."""
    assert Counts.of([9, 1, 5, 2]).middle() == 3.5
    assert Counts.of([]).middle() is None


def test_zero_counts_are_dropped() -> None:
    """A time that nothing took is not there."""
    assert Counts.of([3, 4], [0, 2]) == Counts.of([4, 4])
    assert Counts.of([3]).__eq__(3) is NotImplemented


@given(numbers, numbers, st.integers(0, 50))
def test_at_risk(finished: list[int], still_open: list[int], time: int) -> None:
    """Under observation just before a time: all that lasted at least so long."""
    counts = TimeCounts(Counts.of(finished), Counts.of(still_open))
    assert counts.at_risk(time) == int((np.array(finished + still_open) >= time).sum())
    assert counts.n == len(finished) + len(still_open)


def test_nothing_counted() -> None:
    """Empty counts add up to nothing."""
    assert TimeCounts().n == 0
    assert TimeCounts().longest == -1
    assert TimeCounts() + TimeCounts() == TimeCounts()
    assert Counts.of([]).total == pytest.approx(0)
