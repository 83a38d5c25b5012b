"""Requests against a deadline of their own, and shares under limits that differ."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from ektp_analytics.errors import because
from ektp_analytics.measures.duration_tally import DurationTally
from ektp_analytics.measures.limit_share import share_within
from ektp_analytics.measures.limits import Limit
from ektp_analytics.measures.proportions import CONFIDENCE, Interval, wilson
from ektp_analytics.measures.request_clock import (
    ONE_DAY,
    Stamps,
    holds_dates_only,
    local_stamps,
    view_requests,
)
from ektp_analytics.measures.survival import Estimate


@dataclass(frozen=True, slots=True)
class DeadlineTally:
    """Requests by what became of their deadline; tallies merge by ``+``.

    Parameters
    ----------
    kept
        Finished by the deadline, also those whose deadline still lies ahead.
    late
        Finished after it.
    undecided
        Finished on a date without a time of day, the deadline within that day.
    open_past
        Still open, the deadline passed; also where it runs out at the very moment of the
        view, since a finish then would be known.
    not_due
        Still open, the deadline not yet passed.
    without_deadline
        No deadline stated.
    """

    kept: int = 0
    late: int = 0
    undecided: int = 0
    open_past: int = 0
    not_due: int = 0
    without_deadline: int = 0

    def __add__(self, other: DeadlineTally) -> DeadlineTally:
        return DeadlineTally(
            *(getattr(self, f.name) + getattr(other, f.name) for f in fields(self))
        )

    @property
    def decided(self) -> int:
        """Requests whose deadline was kept or missed."""
        return self.kept + self.late + self.open_past

    def kept_share(self, confidence: float = CONFIDENCE) -> Estimate:
        """Give kept ÷ (finished + open past the deadline), a fraction, with Wilson's interval.

        None with a reason where nothing is decided, or where dates leave some undecided;
        `kept_range` then gives what can be said.
        """
        reason = None
        if self.undecided:
            reason = because("deadline_undecided", undecided=self.undecided)
        elif self.decided == 0:
            reason = because("none_due_yet")
        if reason is not None:
            return Estimate(None, Interval(None, None, reason), reason)
        interval = wilson(self.kept, self.decided, confidence)
        return Estimate(self.kept / self.decided, interval)

    @property
    def kept_range(self) -> tuple[float, float] | None:
        """Lowest and highest share kept that the stamps allow; None where nothing is decided."""
        whole = self.decided + self.undecided
        if whole == 0:
            return None
        return self.kept / whole, (self.kept + self.undecided) / whole


def tally_deadlines(
    start: Stamps,
    end: Stamps,
    deadline: Stamps,
    as_of: date | str,
    *,
    deadline_is_date: bool | npt.ArrayLike | None = None,
    **how: Any,
) -> DeadlineTally:
    """Count the requests that kept a deadline of their own.

    Parameters
    ----------
    start, end, as_of, **how
        As for `request_clock.view_requests`.
    deadline
        Moment each request was due, shape (k,); NaT where none is stated.
    deadline_is_date
        True where the deadline is a date: it is then kept until 24:00 of that date, and a
        finish stamped 00:00:00 of the next date shows that next date and is late. None:
        if every deadline is at midnight, all are dates.
    """
    viewed = view_requests(start, end, as_of, **how)
    due = local_stamps(deadline, how.get("zone"))
    dates = holds_dates_only(due) if deadline_is_date is None else deadline_is_date
    dates = np.broadcast_to(np.asarray(dates, dtype=bool), due.shape)[viewed.rows]
    due = due[viewed.rows]
    due = np.where(dates, due + ONE_DAY, due)
    view = np.datetime64(viewed.as_of, "us") + ONE_DAY
    stated, still_open = ~np.isnat(due), viewed.is_open
    finished = stated & ~still_open
    latest = np.where(viewed.date_only, viewed.ended + ONE_DAY, viewed.ended)
    in_time = np.where(dates & ~viewed.date_only, latest < due, latest <= due)
    too_late = np.where(dates | viewed.date_only, viewed.ended >= due, viewed.ended > due)
    kept, late = finished & in_time, finished & too_late
    return DeadlineTally(
        kept=int(kept.sum()),
        late=int(late.sum()),
        undecided=int((finished & ~kept & ~late).sum()),
        open_past=int((stated & still_open & (view >= due)).sum()),
        not_due=int((stated & still_open & (view < due)).sum()),
        without_deadline=int((~stated).sum()),
    )


def share_within_own_limits(
    parts: Iterable[tuple[DurationTally, Limit]], confidence: float = CONFIDENCE
) -> Estimate:
    """Combine groups whose limits differ into one share finished within the own limit.

    Parameters
    ----------
    parts
        A tally and its limit per group, such as the requests before and after the day a
        legal limit changed. Groups without requests are left out.

    Returns
    -------
    Estimate
        Fraction from 0 to 1: the mean of the groups' shares, weighted by their requests.
        None with the reason of the first group that has no share.

    Notes
    -----
    Interval: square-and-add over the groups' own intervals (Zou and Donner 2008,
    Stat. Med. 27:1693).
    """
    held = [(tally, limit) for tally, limit in parts if tally.n]
    shares = [share_within(tally, limit, confidence=confidence) for tally, limit in held]
    missing = [share.reason for share in shares if share.reason is not None]
    if missing or not held:
        reason = missing[0] if missing else because("no_data")
        return Estimate(None, Interval(None, None, reason), reason)
    if len(shares) == 1:
        return shares[0]
    whole = sum(tally.n for tally, _ in held)
    weights = [tally.n / whole for tally, _ in held]
    value = sum(w * (s.value or 0.0) for w, s in zip(weights, shares, strict=True))
    below, above = (
        math.hypot(*(w * _gap(s, side) for w, s in zip(weights, shares, strict=True)))
        for side in (0, 1)
    )
    return Estimate(value, Interval(value - below, value + above))


def _gap(share: Estimate, side: int) -> float:
    ends = share.interval.pair
    return 0.0 if ends is None or share.value is None else ends[side] - share.value
