"""Start and end stamps of requests, as they stood on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from ektp_analytics.measures.time_counts import IntArray

BoolArray = npt.NDArray[np.bool_]
Stamps = pd.Series
SECONDS_PER_DAY = 86_400
ONE_DAY = np.timedelta64(1, "D")
EXCLUSIONS = ("reversed", "cancelled", "no_start", "started_later")


@dataclass(frozen=True, slots=True)
class ViewedRequests:
    """Requests as they stood at 24:00 of one day, cancelled and later ones left out.

    Parameters
    ----------
    rows
        Positions of the requests in the table given; int64, shape (k,).
    started
        Start moments, local; datetime64[us], shape (k,).
    ended
        End moments, NaT where the request is open; datetime64[us], shape (k,).
    date_only
        True where start or end is a date without a time of day; shape (k,).
    as_of
        The day of the view.
    left_out
        Why a request of the table given is left out, as its place in ``EXCLUSIONS``; -1 where
        it is not; int64, shape of the table.
    """

    rows: IntArray
    started: npt.NDArray[np.datetime64]
    ended: npt.NDArray[np.datetime64]
    date_only: BoolArray
    as_of: date
    left_out: IntArray

    @property
    def excluded(self) -> Mapping[str, int]:
        """Requests left out, by reason."""
        return self.excluded_of(np.arange(self.left_out.size))

    def excluded_of(self, places: IntArray) -> dict[str, int]:
        """Count the requests left out among those at some places of the table, by reason."""
        reasons = self.left_out[places]
        return {name: int((reasons == k).sum()) for k, name in enumerate(EXCLUSIONS)}

    @property
    def is_open(self) -> BoolArray:
        """True where the request is not finished; shape (k,)."""
        return np.isnat(self.ended)

    @property
    def start_day(self) -> npt.NDArray[np.datetime64]:
        """Start day of each request; shape (k,)."""
        return self.started.astype("datetime64[D]")

    @property
    def last_day(self) -> npt.NDArray[np.datetime64]:
        """End day, the view day where open; a finish at 24:00 belongs to the day it ends."""
        ends = np.where(self.is_open, np.datetime64(self.as_of), self.ended)
        at_midnight = ~self.is_open & ~self.date_only & (ends == ends.astype("datetime64[D]"))
        days = ends.astype("datetime64[D]") - at_midnight.astype(np.int64) * ONE_DAY
        latest: npt.NDArray[np.datetime64] = np.maximum(days, self.start_day)
        return latest

    def seconds(self) -> npt.NDArray[np.float64]:
        """Elapsed seconds to the end, or to the view; 24 hours a day for dates only."""
        view = np.datetime64(self.as_of + timedelta(days=1), "us")
        elapsed = pd.Series(np.where(self.is_open, view, self.ended) - self.started)
        by_stamp = elapsed.dt.total_seconds().to_numpy()
        return np.where(self.date_only, self.days() * float(SECONDS_PER_DAY), by_stamp)

    def days(self) -> IntArray:
        """Calendar days after the start day; int64, shape (k,)."""
        return (self.last_day - self.start_day).astype(np.int64)


def view_requests(
    start: Stamps,
    end: Stamps,
    as_of: date | str,
    *,
    cancelled: npt.ArrayLike | None = None,
    date_only: bool | npt.ArrayLike | None = None,
    zone: str | None = None,
) -> ViewedRequests:
    """See requests as they stood at 24:00 of a day.

    Parameters
    ----------
    start, end
        Moments in local time, datetime64, shape (k,); with a zone of their own they are
        turned into `zone` first. No end means open.
    as_of
        The day of the view. Later ends are unknown, so such requests are open; requests
        started later are left out.
    cancelled
        True where a request was withdrawn or refused; such requests are left out.
    date_only
        True where the stamps are dates without a time of day, as one answer or row by
        row. None: if every stamp of either column is at midnight, all are.
    zone
        IANA name of the office's zone.

    Returns
    -------
    ViewedRequests
        Reversed pairs are left out and counted in ``excluded``.
    """
    day = as_date(as_of)
    started, ended = (local_stamps(stamps, zone) for stamps in (start, end))
    plain = _date_only(started, ended, date_only)
    withdrawn = _mask(cancelled, started.size)
    view = np.datetime64(day + timedelta(days=1), "us")
    reasons = np.select(
        [_is_reversed(started, ended, plain), withdrawn, np.isnat(started), started >= view],
        list(range(len(EXCLUSIONS))),
        default=-1,
    )
    # A date is over at its own 24:00, a moment at 24:00 is not later than the view.
    unknown = np.where(plain, ended >= view, ended > view)
    ended = np.where(unknown, np.datetime64("NaT"), ended)
    kept = reasons < 0
    return ViewedRequests(
        np.flatnonzero(kept), started[kept], ended[kept], plain[kept], day, reasons
    )


def as_date(day: date | str) -> date:
    """Read a view date given as a date or as ISO text."""
    return pd.Timestamp(day).date()


def local_stamps(stamps: Stamps, zone: str | None) -> npt.NDArray[np.datetime64]:
    """Give moments in local time without a zone; datetime64[us], same shape.

    Raises
    ------
    ValueError
        If the moments carry a zone and no `zone` is named to turn them into.
    TypeError
        If they are not moments.
    """
    given = pd.Series(stamps)
    if isinstance(given.dtype, pd.DatetimeTZDtype):
        if zone is None:
            raise ValueError("stamps carry a time zone; name the zone of the office")
        given = given.dt.tz_convert(zone).dt.tz_localize(None)
    if given.isna().all():
        return np.full(given.size, np.datetime64("NaT"), "datetime64[us]")
    if not pd.api.types.is_datetime64_dtype(given.dtype):
        raise TypeError(f"stamps are datetime64, not {given.dtype}; read the file first")
    return given.to_numpy("datetime64[us]")


def holds_dates_only(stamps: npt.NDArray[np.datetime64]) -> bool:
    """Say whether a column has stamps and every one is at midnight."""
    known = stamps[~np.isnat(stamps)]
    return bool(known.size) and bool((known == known.astype("datetime64[D]")).all())


def _date_only(
    started: npt.NDArray[np.datetime64],
    ended: npt.NDArray[np.datetime64],
    declared: bool | npt.ArrayLike | None,
) -> BoolArray:
    if declared is None:
        declared = holds_dates_only(started) or holds_dates_only(ended)
    return _mask(declared, started.size)


def _mask(given: bool | npt.ArrayLike | None, size: int) -> BoolArray:
    if given is None:
        return np.zeros(size, dtype=bool)
    return np.broadcast_to(np.asarray(given, dtype=bool), (size,))


def _is_reversed(
    started: npt.NDArray[np.datetime64], ended: npt.NDArray[np.datetime64], plain: BoolArray
) -> BoolArray:
    by_day = ended.astype("datetime64[D]") < started.astype("datetime64[D]")
    return np.where(plain, by_day, ended < started)
