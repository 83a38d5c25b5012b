"""Reading the table a chart is given."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.report.charts.frame import decimals_of, records, ticks


def test_absent_values_become_none():
    """None, NaN, NaT and <NA> are one thing."""
    table = pd.DataFrame(
        {"a": [1.0, np.nan], "b": pd.array([1, pd.NA], dtype="Int64"), "c": ["x", None]}
    )
    assert records(table, ("a", "b"), ("c", "d"))[1] == {"a": None, "b": None, "c": None, "d": None}


def test_a_missing_column_is_named():
    """The message names what is missing and what there is."""
    with pytest.raises(ValueError, match="column index is missing; the table has: key, n"):
        records(pd.DataFrame({"key": [], "n": []}), ("key", "index"))


@given(st.floats(-1000, 1000), st.floats(0.01, 1000), st.integers(3, 9))
def test_ticks_are_few_inside_and_evenly_spaced(low, span, most):
    """1, 2 or 5 times a power of ten."""
    found = ticks(low, low + span, most)
    assert len(found) <= most
    assert all(low - span * 1e-6 <= tick <= low + span * (1 + 1e-6) for tick in found)
    steps = {round(b - a, 6) for a, b in pairwise(found)}
    assert len(steps) <= 1 or max(steps) - min(steps) < 1e-5 * span


def test_counts_get_whole_ticks():
    """There is no half respondent."""
    assert ticks(0, 1.02, 5, whole=True) == [0, 1]
    assert ticks(0, 174, 5) == [0, 50, 100, 150]


def test_decimals():
    """As many as needed and no more."""
    assert decimals_of([1, 2]) == 0
    assert decimals_of([0.5, 1]) == 1
    assert decimals_of([2.5996], 4) == 4
