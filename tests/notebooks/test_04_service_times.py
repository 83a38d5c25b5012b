"""The notebook on waiting shows both clocks, other limits, the channels and the weeks."""

from collections.abc import Callable
from typing import Any

from ektp_analytics.indicators.cohort import cohort
from ektp_analytics.indicators.service_times import time_to_completion
from ektp_analytics.report.duration_frames import durations_frame
from ektp_analytics.scoring.period_run import PeriodRun

NAME = "04_service_times"
LIMITS = ("24h", "3d", "3wd", "14d")


def test_limits_and_channels_are_the_librarys(
    shown: Callable[..., Any], tiny_run: PeriodRun
) -> None:
    """A longer limit never holds fewer requests; the channels add up to all."""
    rows = cohort(tiny_run.data, "complete_at").requests
    day = tiny_run.data.as_of
    table = durations_frame({k: time_to_completion(rows, day, limit=k) for k in LIMITS})
    assert shown(NAME).has_table(table)
    assert table.loc["24h", "within_limit"] <= table.loc["3d", "within_limit"]
    parts = durations_frame({k: time_to_completion(v, day) for k, v in rows.groupby("channel")})
    assert shown(NAME).has_table(parts)
    assert parts["n"].sum() == table.loc["24h", "n"]


def test_the_legal_share_is_the_indicators(shown: Callable[..., Any], tiny_run: PeriodRun) -> None:
    """The share within 24 hours is what the scorecard scores."""
    value = tiny_run.value("legal_time_limit").value
    rows = cohort(tiny_run.data, "complete_at").requests
    share = time_to_completion(rows, tiny_run.data.as_of).within_limit
    assert value is not None
    assert share is not None
    assert abs(value - share) < 1e-9
    assert f"{value:.6f}"[:7] in shown(NAME).text


def test_curve_and_weeks_are_drawn(shown: Callable[..., Any]) -> None:
    """The completion curve and the control chart both hold data."""
    assert len(shown(NAME).charts) >= 2
    assert "LogRank(" in shown(NAME).text
