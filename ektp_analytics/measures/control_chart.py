"""XmR charts, which show whether a series varies beyond its own noise."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ektp_analytics.errors import Reason, because

FloatArray = npt.NDArray[np.float64]

#: 3 / d2 with d2 = 1.128 for ranges of two: Wheeler and Chambers, Understanding
#: Statistical Process Control, 2nd ed. 1992, chapter 3.
LIMIT_FACTOR = 2.66
#: D4 for ranges of two, upper limit of the moving range: the same book, table A.2.
RANGE_FACTOR = 3.267
#: From this many points on, limits stand and flags are given; from the other on, limits
#: are provisional and no flags are given.
POINTS_FOR_LIMITS = 12
POINTS_FOR_PROVISIONAL = 8
#: Rules of runs, after Western Electric (1956) and Nelson (1984), J. Qual. Technol. 16:237.
RUN_LENGTH = 8
TREND_LENGTH = 6

LEVELS = ("mean", "lower", "upper")
FLAGS = ("outside", "run", "trend")


@dataclass(frozen=True, slots=True)
class Phase:
    """Limits of one stretch of a series.

    `mean`, `lower` and `upper` are None with a `reason` where there are too few points or
    no variation. `provisional` limits carry a reason too, and no flags.
    """

    first: Hashable
    last: Hashable
    n: int
    mean: float | None
    lower: float | None
    upper: float | None
    provisional: bool
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class XmrChart:
    """An XmR chart.

    Parameters
    ----------
    points
        One row per period, indexed as the series: ``value``, ``mean``, ``lower``,
        ``upper`` (Float64), ``phase`` (int64), ``outside``, ``run``, ``trend`` (bool).
    phases
        Limits of each stretch between declared breaks.
    screened
        Whether outlying moving ranges were left out of the limits.
    """

    points: pd.DataFrame
    phases: tuple[Phase, ...]
    screened: bool

    def to_frame(self) -> pd.DataFrame:
        """Return the points."""
        return self.points


def xmr_chart(
    values: pd.Series, *, screen_outliers: bool = False, breaks: Sequence[Hashable] = ()
) -> XmrChart:
    """Draw up an XmR chart.

    Parameters
    ----------
    values
        One value per period, in order, NA where a period is blank; the index names the
        periods. Not for survey scores whose number of respondents varies.
    screen_outliers
        True leaves moving ranges above 3.267 times their mean out of the mean range
        before the limits are set, once; the centre line keeps all points.
    breaks
        Periods from which the process is declared to be a new one. Never inferred from
        the data. A run does not cross a break.

    Notes
    -----
    Limits: mean ± 2.66 mean moving range (Shewhart; Wheeler and Chambers 1992; Nelson
    1982, J. Qual. Technol. 14:172). Flags: a point outside the limits; 8 in a row on one
    side of the mean; 6 in a row rising or falling. A blank period neither breaks nor
    lengthens a run, and the moving range bridges it.

    Raises
    ------
    ValueError
        If a declared break is not a period of the series, or there is no period at all.
    """
    unknown = [label for label in breaks if label not in values.index]
    if unknown:
        raise ValueError(f"no such period for a break: {unknown}")
    phase = pd.Series(values.index.isin(list(breaks)), index=values.index).cumsum()
    parts = [
        _phase_points(part, screen_outliers) for _, part in values.astype("Float64").groupby(phase)
    ]
    if not parts:
        raise ValueError("a chart needs a series with at least one period")
    points = pd.concat([frame for frame, _ in parts])
    points.insert(1 + len(LEVELS), "phase", phase.to_numpy("int64"))
    return XmrChart(points, tuple(limits for _, limits in parts), screen_outliers)


def _phase_points(part: pd.Series, screen: bool) -> tuple[pd.DataFrame, Phase]:
    known = part.notna().to_numpy()
    seen = part[known].to_numpy("float64")
    limits = _limits(part, seen, screen)
    frame = pd.DataFrame({"value": part}, index=part.index)
    for name in LEVELS:
        level = getattr(limits, name)
        frame[name] = pd.array([pd.NA if level is None else level] * len(part), dtype="Float64")
    for name, flags in _flags(seen, limits).items():
        frame[name] = np.zeros(len(part), dtype=bool)
        frame.loc[known, name] = flags
    return frame, limits


def _limits(part: pd.Series, seen: FloatArray, screen: bool) -> Phase:
    place = (part.index[0], part.index[-1], seen.size)
    if seen.size < POINTS_FOR_PROVISIONAL:
        few = because("chart_too_few_points", n=seen.size, needed=POINTS_FOR_PROVISIONAL)
        return Phase(*place, None, None, None, False, few)
    mean, spread = float(seen.mean()), LIMIT_FACTOR * _mean_range(seen, screen)
    if np.ptp(seen) == 0 or spread == 0:
        return Phase(*place, None, None, None, False, because("chart_without_variation"))
    provisional = seen.size < POINTS_FOR_LIMITS
    details = {"n": seen.size, "needed": POINTS_FOR_LIMITS}
    reason = because("chart_limits_provisional", **details) if provisional else None
    return Phase(*place, mean, mean - spread, mean + spread, provisional, reason)


def _mean_range(seen: FloatArray, screen: bool) -> float:
    ranges = np.abs(np.diff(seen))
    if screen:
        ranges = ranges[ranges <= RANGE_FACTOR * ranges.mean()]
    return float(ranges.mean())


def _flags(seen: FloatArray, limits: Phase) -> dict[str, npt.NDArray[np.bool_]]:
    """Say which of the points seen break a rule; none where limits do not stand."""
    if limits.mean is None or limits.lower is None or limits.upper is None or limits.provisional:
        return {name: np.zeros(seen.size, dtype=bool) for name in FLAGS}
    side = np.sign(seen - limits.mean)
    # A trend of six points has five steps in one direction.
    steps = _in_runs(np.sign(np.diff(seen)), TREND_LENGTH - 1)
    trend = np.append(steps, False) | np.insert(steps, 0, False)
    outside = (seen < limits.lower) | (seen > limits.upper)
    return {"outside": outside, "run": _in_runs(side, RUN_LENGTH), "trend": trend}


def _in_runs(signs: FloatArray, length: int) -> npt.NDArray[np.bool_]:
    """Say which elements stand in a run of equal, non-zero signs at least so long."""
    series = pd.Series(signs)
    run = (series != series.shift()).cumsum()
    long_enough = series.groupby(run).transform("size") >= length
    return (long_enough & (series != 0)).to_numpy(dtype=bool)
