"""The one record, filled."""

from __future__ import annotations

import pytest

from ektp_analytics.errors import because
from ektp_analytics.indicators.results import estimated, partial_if, share
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.measures.proportions import Interval
from ektp_analytics.measures.survival import Estimate


def test_a_share_with_wilsons_interval() -> None:
    """Newcombe (1998), table I: 81 of 263 has 0.2553 to 0.3662 by Wilson's method."""
    found = share("x", 81, 263)
    assert found.value == pytest.approx(30.798, abs=1e-3)
    assert found.interval == pytest.approx((25.53, 36.62), abs=5e-3)


def test_a_complete_count_has_no_interval_and_no_trial_no_value() -> None:
    assert share("x", 1, 2, complete=True).interval is None
    nothing = share("x", 0, 0)
    assert (nothing.value, nothing.status, nothing.n) == (None, "not computable", 0)


def test_a_second_reason_stands_beside_the_first() -> None:
    first, second = because("no_data"), because("no_promise")
    value = partial_if(partial_if(share("x", 1, 2), True, first), True, second)
    assert (value.status, value.reason, value.notes) == ("partial", first, (second,))
    absent = IndicatorValue(code="x", status="not computable", reason=first)
    assert partial_if(absent, True, second) is absent


def test_an_estimate_keeps_why_it_has_no_interval() -> None:
    found = estimated("x", Estimate(0.5, Interval(None, None, because("one_cluster_only"))), 4)
    assert (found.value, found.interval) == (50.0, None)
    assert found.interval_reason is not None and found.interval_reason.code == "one_cluster_only"
    absent = estimated("x", Estimate(None, Interval(None, None), because("no_data")), 0)
    assert (absent.value, absent.status) == (None, "not computable")
