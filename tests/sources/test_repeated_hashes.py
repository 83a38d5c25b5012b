"""Hashes that came more than once are found exactly, also where not all can be held."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.sources.repeated_hashes import RepeatedHashes

LARGEST = 2**64 - 1


def found(parts: list[list[int]], most: int) -> tuple[set[int], int]:
    """Return the repeated hashes of all passes, and how many passes there were."""
    arrays = [np.array(part, dtype=np.uint64) for part in parts]
    first = RepeatedHashes(most=most)
    for array in arrays:
        first.take(array)
    told = [first.repeated()]
    for remainder in first.remaining():
        again = RepeatedHashes(first.share, remainder, most=most)
        for array in arrays:
            again.take(array)
        told.append(again.repeated())
    every = np.concatenate(told).tolist()
    assert len(every) == len(set(every))
    return set(every), len(told)


@given(
    st.lists(st.lists(st.one_of(st.integers(0, 40), st.integers(0, LARGEST)), max_size=60)),
    st.integers(30, 400),
)
def test_every_repeated_hash_is_told_once(parts: list[list[int]], most: int) -> None:
    counted = Counter(value for part in parts for value in part)
    repeated, _ = found(parts, most)
    assert repeated == {value for value, times in counted.items() if times > 1}


def test_what_cannot_be_held_is_taken_in_passes() -> None:
    rng = np.random.default_rng(3)
    values = rng.integers(0, LARGEST, 4_000, dtype=np.uint64).tolist()
    repeated, passes = found([values, values[:7]], most=600)
    assert repeated == set(values[:7])
    assert passes == 8


def test_the_largest_and_the_smallest_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sorted in many parts: the first and the last part hold the ends."""
    monkeypatch.setattr("ektp_analytics.sources.repeated_hashes._SORTED_AT_ONCE", 2)
    repeated, _ = found([[0, LARGEST, 5], [LARGEST, 0, 6, 7, 8]], most=100)
    assert repeated == {0, LARGEST}
