"""The on-time share by week as a panel of the trend chart."""

from __future__ import annotations

from ektp_analytics.errors import Language
from ektp_analytics.indicators.control_series import ControlSeries
from ektp_analytics.report.charts.trend import TrendPanel
from ektp_analytics.report.wording import Move, say

FULL = 100.0


def weekly_panel(series: ControlSeries, lang: Language = "id") -> TrendPanel:
    """Return a series of weekly on-time shares as the trend chart takes it.

    Parameters
    ----------
    series
        What `on_time_series` gives by week.
    lang
        Language of the panel's name.

    Returns
    -------
    TrendPanel
        Limits are cut at 0 and 100 %; the verdict is that of the last week with a value.
    """
    return TrendPanel(
        name=say("weekly.name", lang),
        points=series.points,
        grain="week",
        centre=series.centre,
        lower=None if series.lower is None else max(series.lower, 0.0),
        upper=None if series.upper is None else min(series.upper, FULL),
        limits=series.limits,
        move=last_move(series),
        unit="%",
    )


def last_move(series: ControlSeries) -> Move:
    """Return where the last value went: up or down only if it breaks a rule of the chart."""
    if series.limits == "none" or series.centre is None:
        return "no previous"
    if not series.last_signal:
        return "same"
    last = float(series.points["value"].dropna().iloc[-1])
    return "up" if last > series.centre else "down"
