"""Series over time for control charts: the on-time share by week or month, the index by period."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from ektp_analytics.errors import Reason
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.on_time import due_requests
from ektp_analytics.indicators.satisfaction import ektp_survey, unit_survey
from ektp_analytics.measures.control_chart import FLAGS, Phase, xmr_chart

Grain = Literal["week", "month"]
PERCENT = 100
SMALLEST_N = 5
"""A week or month with fewer due requests is blank (the scores do not use fewer either)."""
_FREQUENCY = {"week": "W-SUN", "month": "M"}


@dataclass(frozen=True, slots=True)
class ControlSeries:
    """A series with the limits of its control chart.

    Parameters
    ----------
    grain
        ``week``, ``month`` or the kind of the periods.
    points
        One row per period in order: ``start`` (first day, date), ``value`` (percent or
        index points, Float64, NA where blank), ``n`` (Int64), ``signal`` (bool),
        ``outside``, ``run``, ``trend`` (bool, which rule); index series also ``low``,
        ``high`` (Float64).
    centre, lower, upper
        Mean and limits of the last stretch; None with the `reason`.
    limits
        ``firm``, ``provisional`` or ``none``.
    reason
        Why there are no limits, or only provisional ones.
    """

    grain: str
    points: pd.DataFrame
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    limits: Literal["firm", "provisional", "none"] = "none"
    reason: Reason | None = None

    @property
    def last_signal(self) -> bool:
        """Whether the last period that has a value breaks a rule."""
        known = self.points[self.points["value"].notna()]
        return bool(len(known) and known["signal"].iloc[-1])

    def to_frame(self) -> pd.DataFrame:
        """Return the points."""
        return self.points


def on_time_series(
    periods: Sequence[OfficeData], grain: Grain = "week", breaks: Sequence[date] = ()
) -> ControlSeries:
    """Return the share of requests within their legal limit, by week or month.

    Parameters
    ----------
    periods
        Periods in order, each with a service log; weeks cut by the end of a period are
        put together.
    grain
        ``week`` (Monday to Sunday) or ``month``.
    breaks
        First days of weeks or months from which the process is declared to be a new one.

    Returns
    -------
    ControlSeries
        A request belongs to the week its requirements were declared complete; only those
        whose limit had run out by the end of their period count.
    """
    if len(periods) == 1 and not breaks:
        return periods[0].once(("on_time_series", grain), lambda: _on_time(periods, grain, ()))
    return _on_time(periods, grain, breaks)


def _on_time(periods: Sequence[OfficeData], grain: Grain, breaks: Sequence[date]) -> ControlSeries:
    rows = [due_requests(data).rows for data in periods]
    judged = pd.concat([part[["complete_at", "on_time"]] for part in rows])
    when = judged["complete_at"].dt.to_period(_FREQUENCY[grain])
    counted = judged.groupby(when)["on_time"].agg(["sum", "count"])
    if counted.empty:
        return ControlSeries(grain, _points([], pd.DataFrame(), {}))
    every = pd.period_range(when.min(), when.max(), freq=_FREQUENCY[grain])
    counted = counted.reindex(every, fill_value=0)
    enough = counted["count"].ge(SMALLEST_N)
    share = (PERCENT * counted["sum"] / counted["count"].where(enough)).astype("Float64")
    starts = [period.start_time.date() for period in every]
    return _charted(grain, share.set_axis(starts), counted["count"].set_axis(starts), breaks)


def _charted(grain: str, values: pd.Series, n: pd.Series, breaks: Sequence[date]) -> ControlSeries:
    chart = xmr_chart(values, breaks=list(breaks))
    last = chart.phases[-1]
    points = _points(list(values.index), chart.points, {"n": n.tolist()})
    return ControlSeries(
        grain, points, last.mean, last.lower, last.upper, _standing(last), last.reason
    )


def _standing(phase: Phase) -> Literal["firm", "provisional", "none"]:
    if phase.mean is None:
        return "none"
    return "provisional" if phase.provisional else "firm"


def _points(
    starts: Sequence[Hashable], charted: pd.DataFrame, more: dict[str, list[int]]
) -> pd.DataFrame:
    frame = pd.DataFrame({"start": list(starts)})
    frame["value"] = pd.array(charted["value"].tolist() if len(charted) else [], dtype="Float64")
    frame["n"] = pd.array(more.get("n", []), dtype="Int64")
    for flag in FLAGS:
        frame[flag] = charted[flag].to_numpy() if len(charted) else pd.Series(dtype="bool")
    frame["signal"] = frame[list(FLAGS)].any(axis=1).astype("bool")
    return frame


def index_series(periods: Sequence[OfficeData], *, ektp: bool = False) -> ControlSeries:
    """Return the satisfaction index by period, each with its own interval and no limits.

    The number of respondents varies, so that control limits would not hold; whether the
    index moved is said by `measures.index_change`.

    Parameters
    ----------
    periods
        Periods in order; one without a survey is blank.
    ektp
        The e-KTP services instead of the whole unit.
    """
    rows = []
    for data in periods:
        row: dict[str, object] = {"start": data.period.start, "n": 0}
        if data.has("survey"):
            found = ektp_survey(data)[0] if ektp else unit_survey(data)
            low, high = found.summary.interval or (None, None)
            value = found.summary.index_unrounded
            row |= {"value": value, "low": low, "high": high, "n": found.tally.n}
        rows.append(row)
    columns = ["start", "value", "low", "high", "n"]
    numbers = dict.fromkeys(("value", "low", "high"), "Float64")
    points = pd.DataFrame(rows, columns=columns).astype({**numbers, "n": "Int64"})
    return ControlSeries(
        periods[-1].period.kind if periods else "quarter",
        points.assign(**dict.fromkeys((*FLAGS, "signal"), False)),
    )
