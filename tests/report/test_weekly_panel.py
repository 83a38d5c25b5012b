"""The weekly on-time share as a panel: cut at 0 and 100, with the verdict of its last week."""

from datetime import date

import pandas as pd
import pytest

from ektp_analytics.indicators.control_series import ControlSeries
from ektp_analytics.report.weekly_panel import weekly_panel


def series(last: float, signal: bool, limits: str = "firm") -> ControlSeries:
    points = pd.DataFrame(
        {
            "start": [date(2025, 10, 6), date(2025, 10, 13), date(2025, 10, 20)],
            "value": pd.array([90.0, last, None], dtype="Float64"),
            "signal": [False, signal, False],
        }
    )
    return ControlSeries("week", points, 88.0, -5.0, 120.0, limits)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("last", "signal", "limits", "move"),
    [
        (50.0, True, "firm", "down"),
        (99.0, True, "firm", "up"),
        (89.0, False, "firm", "same"),
        (50.0, True, "none", "no previous"),
    ],
)
def test_the_verdict_is_that_of_the_last_week_with_a_value(
    last: float, signal: bool, limits: str, move: str
) -> None:
    """A direction only where a rule of the chart is broken; the blank week says nothing."""
    assert weekly_panel(series(last, signal, limits)).move == move


def test_limits_stay_on_the_scale_of_a_share() -> None:
    """-5 and 120 % are no shares."""
    panel = weekly_panel(series(89.0, signal=False))
    assert (panel.lower, panel.upper) == (0.0, 100.0)
