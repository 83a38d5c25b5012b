"""Kaplan–Meier curves from counts: shares finished by a time and quantiles of time."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from ektp_analytics.errors import Reason, because
from ektp_analytics.measures.proportions import CONFIDENCE, Interval, wilson
from ektp_analytics.measures.time_counts import IntArray, TimeCounts

FloatArray = npt.NDArray[np.float64]

#: scipy needs one element per request; above this many the same product is taken over
#: the counts, so that a hundred million requests need no more memory than their tally.
LARGEST_EXPANDED = 1_000_000
#: Products of fractions may miss a quantile by rounding, such as 3/4 x 2/3 for one half.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Curve:
    """Estimated share finished at each time something finished.

    Parameters
    ----------
    times
        Times at which something finished, ascending, in the unit of the counts; shape (k,).
    finished_share
        F(t) = 1 − S(t) of Kaplan and Meier (1958), JASA 53:457; shape (k,).
    low, high
        Pointwise log–log Greenwood limits of F(t); NaN where F is 1, shape (k,).
    counts
        What the curve was estimated from.
    confidence
        Level of the limits.
    """

    times: IntArray
    finished_share: FloatArray
    low: FloatArray
    high: FloatArray
    counts: TimeCounts
    confidence: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval; None with a reason where it cannot be given."""

    value: float | None
    interval: Interval
    reason: Reason | None = None


def kaplan_meier(counts: TimeCounts, confidence: float = CONFIDENCE) -> Curve:
    """Estimate the share finished over time, open requests being right-censored.

    Parameters
    ----------
    counts
        Finished requests by time and open ones by age. An open request of the same time
        as a finished one counts as still open then.
    confidence
        Level of the pointwise limits.

    Notes
    -----
    ``scipy.stats.ecdf`` on censored data, with its "log-log" limits (exponential
    Greenwood; Kalbfleisch and Prentice 1980, p. 15).
    """
    if counts.finished.total == 0:
        nothing = np.empty(0)
        return Curve(np.empty(0, np.int64), nothing, nothing, nothing, counts, confidence)
    estimate = _by_scipy if counts.n <= LARGEST_EXPANDED else _by_counts
    times, share, low, high = estimate(counts, confidence)
    return Curve(times.astype(np.int64), share, low, high, counts, confidence)


def share_finished(curve: Curve, time: int) -> Estimate:
    """Read off the share finished by a time.

    Parameters
    ----------
    curve
        From `kaplan_meier`.
    time
        In the unit of the curve.

    Returns
    -------
    Estimate
        Fraction from 0 to 1. None with the reason ``no_data``, or with
        ``limit_not_observed`` where everything still under observation is younger than
        `time`: the curve then says nothing about it.

    Notes
    -----
    Interval: log–log Greenwood. Where nothing is open, Wilson on all; where F is 0,
    Wilson on those at risk at `time`; where F is 1, Wilson on those finished.
    """
    counts = curve.counts
    if counts.n == 0:
        return _without(because("no_data"))
    place = int(np.searchsorted(curve.times, time, side="right")) - 1
    share = float(curve.finished_share[place]) if place >= 0 else 0.0
    if share < 1 - ROUNDING and counts.longest < time:
        return _without(because("limit_not_observed"))
    finished = counts.finished.up_to(time)
    if counts.open.total == 0:
        return Estimate(finished / counts.n, wilson(finished, counts.n, curve.confidence))
    if place < 0:
        return Estimate(0.0, wilson(0, counts.at_risk(time), curve.confidence))
    if share >= 1 - ROUNDING:
        return Estimate(1.0, wilson(finished, finished, curve.confidence))
    return Estimate(share, Interval(float(curve.low[place]), float(curve.high[place])))


def time_quantile(curve: Curve, q: float) -> Estimate:
    """Find the first time by which a share of the requests is finished.

    Parameters
    ----------
    curve
        From `kaplan_meier`.
    q
        Share between 0 and 1; 0.5 is the median.

    Returns
    -------
    Estimate
        In the unit of the curve: the first time with F ≥ q. None with the reason
        ``quantile_not_reached`` where the curve ends below `q`. Either end of the
        interval is None where its limit never reaches `q`, both where they fall on one
        time: many finished in one unit is no certainty.

    Notes
    -----
    The interval holds the times whose pointwise interval contains `q` (Brookmeyer and
    Crowley 1982, Biometrics 38:29).
    """
    if curve.counts.n == 0:
        return _without(because("no_data"))
    first, last = _interval_places(curve, q)
    low, high = (_time_at(curve, reached) for reached in (first, last))
    open_end = because("interval_end_not_reached") if low is None or high is None else None
    interval = Interval(low, high, open_end)
    if low is not None and low == high:
        interval = Interval(None, None, because("interval_ends_on_one_time"))
    value = _time_at(curve, curve.finished_share >= q - ROUNDING)
    if value is None:
        return Estimate(None, interval, because("quantile_not_reached", percent=round(100 * q)))
    return Estimate(value, interval)


def _interval_places(curve: Curve, q: float) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Say where the upper and where the lower limit of F reaches `q`."""
    done = np.cumsum(curve.counts.finished.numbers)
    n = curve.counts.n if curve.counts.open.total == 0 else int(done[-1]) if done.size else 0
    # A Wilson limit of k in n reaches q where k lies within z standard errors of n q.
    spread = float(ndtri((1 + curve.confidence) / 2)) * np.sqrt(n * q * (1 - q))
    if curve.counts.open.total == 0:
        return done >= n * q - spread, done >= n * q + spread
    complete = curve.finished_share >= 1 - ROUNDING
    upper = np.where(complete, True, curve.high >= q)
    lower = np.where(complete, n >= n * q + spread, curve.low >= q)
    return upper, lower


def _time_at(curve: Curve, reached: npt.NDArray[np.bool_]) -> float | None:
    return float(curve.times[int(np.argmax(reached))]) if reached.any() else None


def _without(reason: Reason) -> Estimate:
    return Estimate(None, Interval(None, None, reason), reason)


def _by_scipy(
    counts: TimeCounts, confidence: float
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    from scipy.stats import CensoredData, ecdf

    finished, still_open = (c.expanded().astype(float) for c in (counts.finished, counts.open))
    curve: Any = ecdf(CensoredData(uncensored=finished, right=still_open)).cdf
    with warnings.catch_warnings():
        # scipy warns of the undefined limits where F is 0 or 1; share_finished replaces them.
        warnings.simplefilter("ignore", RuntimeWarning)
        band = curve.confidence_interval(confidence, method="log-log")
    here = np.searchsorted(curve.quantiles, counts.finished.points)
    return (
        curve.quantiles[here],
        curve.probabilities[here],
        band.low.probabilities[here],
        band.high.probabilities[here],
    )


def _by_counts(
    counts: TimeCounts, confidence: float
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    times, finished = counts.finished.points, counts.finished.numbers.astype(float)
    gone = np.concatenate([[0], np.cumsum(counts.open.numbers)])
    left_open = gone[np.searchsorted(counts.open.points, times, side="left")]
    at_risk = counts.n - (np.cumsum(finished) - finished) - left_open
    with np.errstate(divide="ignore", invalid="ignore"):
        survival = np.cumprod((at_risk - finished) / at_risk)
        greenwood = np.cumsum(finished / (at_risk * (at_risk - finished)))
        width = float(ndtri((1 + confidence) / 2)) * np.sqrt(greenwood) / np.log(survival)
        low, high = (1 - survival ** np.exp(sign * width) for sign in (1, -1))
    return times.astype(float), 1 - survival, low, high
