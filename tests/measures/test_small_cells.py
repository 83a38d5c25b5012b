"""Small cells, with an attacker who knows every printed number and every total."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.measures.small_cells import (
    hide_small,
    hide_small_table,
    merge_small_neighbours,
)

COUNTS = st.integers(0, 12)


def recoverable(
    sizes: npt.NDArray[np.int64], hidden: npt.NDArray[np.bool_]
) -> list[tuple[int, int]]:
    """Solve the linear equations of the totals: hidden counts with one value only."""
    places = np.argwhere(hidden)
    equations = np.zeros((sum(sizes.shape), len(places)))
    for k, (row, column) in enumerate(places):
        equations[row, k] = equations[sizes.shape[0] + column, k] = 1
    rank = np.linalg.matrix_rank(equations) if len(places) else 0
    fixed = []
    for k, place in enumerate(places):
        unit = np.zeros((1, len(places)))
        unit[0, k] = 1
        if np.linalg.matrix_rank(np.vstack([equations, unit])) == rank:
            fixed.append((int(place[0]), int(place[1])))
    return fixed


@given(
    st.integers(2, 5).flatmap(
        lambda c: st.lists(st.lists(COUNTS, min_size=c, max_size=c), min_size=2, max_size=5)
    )
)
def test_no_hidden_count_follows_from_the_totals(table: list[list[int]]) -> None:
    """Exact algebra as the attacker; every small count is hidden."""
    sizes = np.array(table)
    marks = hide_small_table(pd.DataFrame(sizes)).to_numpy()
    hidden = marks != ""
    assert hidden[(sizes > 0) & (sizes < 5)].all()
    assert recoverable(sizes, hidden) == []
    if not ((sizes > 0) & (sizes < 5)).any():
        assert not hidden.any()


@given(st.lists(COUNTS, min_size=2, max_size=8))
def test_a_total_gives_no_hidden_count_away(counts: list[int]) -> None:
    """At least two counts are hidden, and together they are at least five where they can be."""
    series = pd.Series(counts)
    marks = hide_small(series)
    hidden = marks.ne("")
    small = (series > 0) & (series < 5)
    assert hidden[small].all()
    assert hidden.any() == small.any()
    if small.any():
        assert hidden.sum() >= 2
        assert series[hidden].sum() >= 5 or hidden.all()


def test_the_smallest_other_count_goes_too() -> None:
    """3, 20, 8: with 3 alone hidden it would be n − 28, so 8 is hidden as well."""
    marks = hide_small(pd.Series({"TNI": 3, "PNS": 20, "POLRI": 8}))
    assert marks.to_dict() == {"TNI": "primary", "PNS": "", "POLRI": "secondary"}


def test_hidden_in_one_period_hidden_in_the_other() -> None:
    """POLRI has 6 now and had 3 before: shown beside each other, it stays hidden."""
    marks = hide_small(pd.Series({"TNI": 9, "PNS": 20, "POLRI": 6}), also=["POLRI"])
    assert marks.to_dict() == {"TNI": "secondary", "PNS": "", "POLRI": "primary"}


def test_two_small_counts_that_stay_small_together() -> None:
    """1 and 2 are 3 persons together: a third class is hidden."""
    assert hide_small(pd.Series([1, 2, 7, 30])).tolist() == ["primary", "primary", "secondary", ""]


def test_nothing_small_nothing_hidden() -> None:
    assert hide_small(pd.Series([5, 0, 9])).tolist() == ["", "", ""]


def test_neighbours_are_merged_smallest_first() -> None:
    """2, 9, 3, 4, 0: 2 goes to 9 (11); 3 goes to its smaller neighbour 4 (7)."""
    assert merge_small_neighbours([2, 9, 3, 4, 0]) == [(0, 1), (2, 3), (4,)]


@given(st.lists(COUNTS, min_size=1, max_size=8))
def test_merged_classes_cover_all_and_are_large(counts: list[int]) -> None:
    groups = merge_small_neighbours(counts)
    assert [place for group in groups for place in group] == list(range(len(counts)))
    sizes = [sum(counts[place] for place in group) for group in groups]
    assert all(size == 0 or size >= 5 for size in sizes) or len(groups) == 1


@pytest.mark.parametrize("smallest", [0, 1])
def test_no_threshold_hides_nothing(smallest: int) -> None:
    assert hide_small(pd.Series([1, 2]), smallest).tolist() == ["", ""]
    assert merge_small_neighbours([1, 2], smallest) == [(0,), (1,)]
