"""Share of a group of requests finished within a limit."""

from __future__ import annotations

from typing import Any

from ektp_analytics.errors import Reason, because
from ektp_analytics.measures.duration_tally import DurationTally, LimitCounts
from ektp_analytics.measures.limits import SECONDS_PER_HOUR, Limit
from ektp_analytics.measures.proportions import CONFIDENCE, Interval
from ektp_analytics.measures.survival import Curve, Estimate, kaplan_meier, share_finished
from ektp_analytics.measures.time_counts import TimeCounts

HOURS_PER_DAY = 24
#: From two days on, an age is said in days.
LONGEST_SAID_IN_HOURS = 48


def share_within(
    tally: DurationTally,
    limit: Limit,
    bound: str = "longest",
    confidence: float = CONFIDENCE,
    curve: Curve | None = None,
) -> Estimate:
    """Estimate the share finished within a limit.

    Parameters
    ----------
    tally
        Requests; it must have counted the limit.
    limit
        In hours: on the elapsed scale. In days: on the day count, open requests censored
        at view day − start day.
    bound
        For stamps that are dates: ``longest`` time they allow (lowest share) or
        ``shortest`` (highest share).
    confidence
        Level of the interval.
    curve
        A curve at hand, used where it was estimated from the counts the limit is read on.

    Returns
    -------
    Estimate
        Fraction from 0 to 1.
    """
    counts_within(tally, limit)
    scale, at, hours = _scale(tally, limit, bound)
    usable = curve is not None and curve.counts is scale and curve.confidence == confidence
    found = share_finished(curve if curve and usable else kaplan_meier(scale, confidence), at)
    if found.reason is None or found.reason.code != "limit_not_observed":
        return found
    reason = with_age("limit_not_observed", scale.longest * hours, limit=str(limit))
    return Estimate(None, Interval(None, None, reason), reason)


def _scale(tally: DurationTally, limit: Limit, bound: str) -> tuple[TimeCounts, int, float]:
    """Give the counts a limit is read on, its place there, and the hours of one unit."""
    if limit.seconds is None:
        counts = tally.days if limit.unit == "days" else tally.working_days
        if counts is None:
            raise ValueError(f"the limit {limit} needs a tally made with a working calendar")
        return counts, limit.amount, float(HOURS_PER_DAY)
    at, over = divmod(limit.seconds, tally.resolution)
    if over:
        raise ValueError(f"{limit} is no whole number of units of {tally.resolution} seconds")
    chosen: TimeCounts = getattr(tally, bound) if tally.date_only else tally.elapsed
    return chosen, at, tally.resolution / SECONDS_PER_HOUR


def counts_within(tally: DurationTally, limit: Limit) -> LimitCounts:
    """Give the counts of a limit the tally has counted.

    Raises
    ------
    ValueError
        If the tally has not counted it; names those it has.
    """
    if str(limit) not in tally.limits:
        counted = ", ".join(sorted(tally.limits)) or "none"
        raise ValueError(f"the tally has not counted the limit {limit}; it has: {counted}")
    return tally.limits[str(limit)]


def with_age(code: str, hours: float, **details: Any) -> Reason:
    """Make a reason that says how long was observed, in hours or in days."""
    if hours < LONGEST_SAID_IN_HOURS:
        return because(f"{code}_hours", hours=int(hours), **details)
    return because(f"{code}_days", days=int(hours // HOURS_PER_DAY), **details)
