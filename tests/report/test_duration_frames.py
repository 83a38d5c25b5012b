"""Durations side by side, absent figures missing."""

import pandas as pd

from ektp_analytics.measures.durations import time_to_event
from ektp_analytics.report.duration_frames import durations_frame

START = pd.Timestamp("2025-01-06 08:00")


def log(*hours: float | None) -> pd.DataFrame:
    """Return requests begun at one moment and finished after so many hours."""
    ends = [pd.NaT if h is None else START + pd.Timedelta(hours=h) for h in hours]
    return pd.DataFrame({"start": [START] * len(hours), "end": pd.to_datetime(ends)})


def test_counts_and_shares_by_hand() -> None:
    """Two of four within 24 hours, one late, one open past the limit."""
    results = {"semua": time_to_event(log(1, 24, 30, None), "24h", "2025-01-31")}
    row = durations_frame(results).loc["semua"]
    assert [row[name] for name in ("n", "finished", "open", "late")] == [4, 3, 1, 2]
    assert row["within_limit"] == 50.0
    assert row["within_limit_low"] < 50.0 < row["within_limit_high"]


def test_a_median_not_reached_is_missing() -> None:
    """Three of four are still open: no median, and no zero in its place."""
    results = {"terbuka": time_to_event(log(1, None, None, None), "24h", "2025-01-31")}
    row = durations_frame(results).loc["terbuka"]
    assert pd.isna(row["median_hours"])
    assert row["closed_only_median_hours"] == 1.0


def test_no_groups_no_rows() -> None:
    """A log without channels gives an empty table with its columns."""
    table = durations_frame({})
    assert len(table) == 0
    assert "within_limit" in table
