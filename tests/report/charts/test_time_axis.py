"""Ticks people think in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.report.charts.time_axis import COARSE, time_labels, time_range, time_ticks


@given(st.floats(0.02, 10_000), st.floats(1, 1000))
def test_the_axis_holds_both_times(shortest, factor):
    """Every time lies between the ends, and the ends differ."""
    longest = min(shortest * factor, 17_520)
    for marks in (None, COARSE):
        low, high = time_range(shortest, longest, *([marks] if marks else []))
        assert low <= shortest
        assert longest <= high
        assert low < high
        assert time_ticks((low, high))[0] == low


def test_labels_leave_out_the_unit_between_hours():
    """1 jam, 3, 6, 12, 24 jam, 3 hari."""
    assert time_labels([1, 3, 6, 12, 24, 72, 168]) == (
        ["1 jam", "3", "6", "12", "24 jam", "3 hari", "7 hari"]
    )


@pytest.mark.parametrize("most", [2, 4, 11])
def test_ticks_are_thinned(most):
    """No more labels than there is room for."""
    assert len(time_ticks((1 / 60, 17_520), most)) <= most
