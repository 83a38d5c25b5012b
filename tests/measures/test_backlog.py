"""What was open when a period began."""

from __future__ import annotations

import pandas as pd
import pytest

from ektp_analytics.measures.backlog import Backlog, backlog


def stamps(*texts: str | None) -> pd.Series:
    return pd.Series(pd.to_datetime(pd.Series(texts, dtype="object"), format="ISO8601"))


START = stamps("2025-03-30 12:00", "2025-03-31 12:00", "2025-03-20 12:00", "2025-04-01 08:00")
END = stamps("2025-04-02 12:00", None, "2025-03-21 12:00", None)


def test_started_earlier_and_open_on_the_first_day() -> None:
    """By pencil for 1 April 2025: two open, aged 36 and 12 hours, one past 24 hours."""
    found = backlog(START, END, "2025-04-01", limit="24h")
    assert (found.n, found.past_limit) == (2, 1)
    assert (found.median_age_hours, found.oldest_hours) == (24, 36)


def test_cancelled_requests_are_left_out() -> None:
    """A log does not say when a request was cancelled."""
    found = backlog(START, END, "2025-04-01", cancelled=[True, False, False, False])
    assert (found.n, found.past_limit) == (1, None)


def test_backlogs_merge() -> None:
    """The backlog of two halves is that of the whole."""
    halves = [backlog(START[s], END[s], "2025-04-01", limit="24h") for s in (slice(2), slice(2, 4))]
    assert halves[0] + halves[1] == backlog(START, END, "2025-04-01", limit="24h")
    with pytest.raises(ValueError, match="limit"):
        halves[0] + Backlog()


def test_nothing_open() -> None:
    """No backlog has no age."""
    found = backlog(START, END, "2025-01-01", limit="24h")
    assert (found.n, found.past_limit) == (0, 0)
    assert found.median_age_hours is None
    assert found.oldest_hours is None
    assert found.reason is not None
    assert found.reason.text("en") == "no request was still open"
