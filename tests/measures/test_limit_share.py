"""Shares within a limit, decided to the second whatever the unit of the tally."""

from __future__ import annotations

import pandas as pd
import pytest

from ektp_analytics.measures.durations import time_to_event
from ektp_analytics.measures.limit_share import share_within, with_age
from ektp_analytics.measures.limits import Limit
from ektp_analytics.measures.request_tally import tally_durations

AS_OF = "2025-03-31"


def test_a_tally_must_have_counted_the_limit() -> None:
    """No share is made up from minutes for a limit that was not counted to the second."""
    start = pd.Series(pd.to_datetime(["2025-03-03 08:00:30"]))
    tally = tally_durations(start, start, AS_OF, limits=["24h"])
    with pytest.raises(ValueError, match="it has: 24h"):
        time_to_event(tally, "3d", AS_OF)
    days = tally_durations(start, start, AS_OF, limits=["24h"], resolution=7)
    with pytest.raises(ValueError, match="whole number"):
        share_within(days, Limit(24, "hours"))


def test_minutes_and_seconds_agree_on_the_limit() -> None:
    """24:00:00 and 24:00:01 in a tally by the minute: one within, one late."""
    start = pd.Series(pd.to_datetime(["2025-03-03 08:00:30"] * 2))
    end = start + pd.to_timedelta([86_400, 86_401], unit="s")
    for resolution in (1, 60):
        tally = tally_durations(start, end, AS_OF, limits=["24h"], resolution=resolution)
        found = time_to_event(tally, "24h", AS_OF)
        assert (found.within_limit, found.late) == (50, 1)


def test_working_days_need_a_tally_made_with_a_calendar() -> None:
    """Minutes do not tell working days."""
    start = pd.Series(pd.to_datetime(["2025-03-03 08:00:30"]))
    tally = tally_durations(start, start, AS_OF, limits=["24h"])
    with pytest.raises(ValueError, match="has not counted"):
        share_within(tally, Limit(3, "working_days"))


def test_ages_are_said_in_hours_up_to_two_days() -> None:
    """Forty-seven hours in hours, forty-nine as two days."""
    assert "47 jam" in str(with_age("quantile_not_reached", 47.9, percent=90))
    assert "2 hari" in str(with_age("quantile_not_reached", 49.0, percent=90))
