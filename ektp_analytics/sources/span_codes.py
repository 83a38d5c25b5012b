"""What becomes of a request as one whole number, so that requests are counted by counting numbers.

A request that counts has a number from 0: its seconds (or days, where the stamps are dates),
how its calendar days differ from them, whether it has dates only, whether it is open. One
that is left out has a negative number that says why.
"""

# ruff: noqa: S608 - every word is our own or quoted

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from ektp_analytics.sources.cell_text import BLANKS
from ektp_analytics.sources.span_source import words

LEFT_OUT = {"reversed": -1, "cancelled": -2, "no_start": -3, "started_later": -4}
"""Codes of requests that do not count, by reason."""

_DAY = 86_400
_SECOND_US = 1_000_000
_DAY_US = _DAY * _SECOND_US
_YEAR_ONE_US = 719_162 * _DAY_US  # from 1 January of the year 1 to that of 1970
_MOST_DAYS = 1 << 20
_DENSE = 1 << 24  # smaller codes are counted by their place, larger and rarer ones by sorting

IntArray = npt.NDArray[np.int64]


def coded(spans: str, as_of: date, cancelled: Sequence[str], fields: str) -> str:
    """Return a query that gives every span its codes, as it stood at 24:00 of a day.

    Parameters
    ----------
    spans
        Table or view with ``s_at``, ``e_at``, ``s_time``, ``e_time``, ``status``.
    as_of
        Day of the view.
    cancelled
        Statuses, in small letters, of requests left out.
    fields
        What to select besides ``code`` and ``day_code``, each followed by a comma.
    """
    view = f"TIMESTAMP '{as_of + timedelta(days=1)} 00:00:00'"
    stated = f"[{words(sorted(set(cancelled) - BLANKS))}]::VARCHAR[]"
    why = (
        f"CASE WHEN {_REVERSED} THEN {LEFT_OUT['reversed']} "
        f"WHEN list_position({stated}, lower(status)) > 0 THEN {LEFT_OUT['cancelled']} "
        f"WHEN s_at IS NULL THEN {LEFT_OUT['no_start']} "
        f"WHEN s_at >= {view} THEN {LEFT_OUT['started_later']}"
    )
    seen = (
        "SELECT *, (s_at IS NOT NULL AND NOT s_time) OR (e_at IS NOT NULL AND NOT e_time) "
        f"AS plain, e_at IS NULL OR e_at > {view} OR (e_at = {view} AND plain) AS is_open, "
        f"{_moment('s_at')} AS started, "
        f"CASE WHEN is_open THEN {_moment(view)} ELSE {_moment('e_at')} END AS until"
    )
    # A finish at 24:00 belongs to the day it ends, a date to its own day.
    last = "CASE WHEN plain AND NOT is_open THEN until ELSE until - 1 END"
    measured = (
        f"SELECT *, greatest(({last}) // {_DAY_US} - started // {_DAY_US}, 0) AS days, "
        f"(until - started + {_SECOND_US - 1}) // {_SECOND_US} AS elapsed FROM ({seen} "
        f"FROM {spans})"
    )
    flags = "plain::BIGINT * 2 + is_open::BIGINT"
    by_second = f"elapsed * 16 + (days - elapsed // {_DAY} + 1) * 4"
    age = f"({_moment(view)} // {_DAY_US} - 1 - started // {_DAY_US})"
    return (
        f"SELECT {fields} {why} ELSE CASE WHEN plain THEN days * 16 ELSE {by_second} END "
        f"+ {flags} END AS code, {why} ELSE ({age} * {_MOST_DAYS} + days) * 4 + {flags} END "
        f"AS day_code FROM ({measured})"
    )


def _moment(stamp: str) -> str:
    """Return microseconds since the year 1: from 1970, a division would round old days up."""
    return f"(epoch_us({stamp}) + {_YEAR_ONE_US})"


_REVERSED = (
    "coalesce(CASE WHEN s_time AND e_time THEN e_at < s_at ELSE e_at::DATE < s_at::DATE END, false)"
)


class CodeCounts:
    """How often each code occurs; what was counted can be taken off again."""

    def __init__(self) -> None:
        self.dense = np.zeros(_DENSE, np.int64)  # memory is taken only where it is written
        self.sparse: list[tuple[IntArray, IntArray]] = []

    def add(self, codes: IntArray) -> None:
        """Count the codes of some rows; shape (k,)."""
        # A negative number read without its sign is a large one.
        near = codes.view(np.uint64) < _DENSE
        np.add.at(self.dense, codes[near], 1)
        self.add_counts(*np.unique(codes[~near], return_counts=True))

    def add_counts(self, codes: IntArray, numbers: IntArray) -> None:
        """Add counts of codes, negative where they are taken off."""
        self.sparse.append((codes, numbers))
        if sum(part.size for part, _ in self.sparse) > _DENSE:
            self.sparse = [_summed(self.sparse)]

    def count_of(self, code: int) -> int:
        """Return how often one code occurs."""
        held = int(self.dense[code]) if 0 <= code < _DENSE else 0
        return held + sum(int(numbers[codes == code].sum()) for codes, numbers in self.sparse)

    def counts(self) -> tuple[IntArray, IntArray]:
        """Return the codes that occur, ascending, and how often each does."""
        held = np.flatnonzero(self.dense)
        return _summed([*self.sparse, (held, self.dense[held])])


def _summed(parts: Sequence[tuple[IntArray, IntArray]]) -> tuple[IntArray, IntArray]:
    """Add up counts by code; codes that were all taken off are gone."""
    found, place = np.unique(np.concatenate([codes for codes, _ in parts]), return_inverse=True)
    added = np.zeros(found.size, np.int64)
    np.add.at(added, place, np.concatenate([numbers for _, numbers in parts]))
    return found[added != 0], added[added != 0]


def left_out(counts: CodeCounts) -> dict[str, int]:
    """Return how many requests were left out, by reason."""
    return {reason: counts.count_of(code) for reason, code in LEFT_OUT.items()}


def groups_by_second(counts: CodeCounts, as_of: date) -> pd.DataFrame:
    """Return the groups of requests by second: the columns of `SpanCounts.groups`."""
    codes, numbers = counts.counts()
    codes, numbers = codes[codes >= 0], numbers[codes >= 0]
    value, plain = codes >> 4, (codes & 2) > 0
    days = np.where(plain, value, value // _DAY + ((codes >> 2) & 3) - 1)
    seconds = np.where(plain, 0, value)
    return _groups(seconds, days, np.zeros_like(days), codes, numbers, as_of)


def groups_by_day(counts: CodeCounts, as_of: date) -> pd.DataFrame:
    """Return the groups of requests by start day and days; their seconds are 0."""
    codes, numbers = counts.counts()
    codes, numbers = codes[codes >= 0], numbers[codes >= 0]
    days, age = (codes >> 2) % _MOST_DAYS, (codes >> 2) // _MOST_DAYS
    return _groups(np.zeros_like(days), days, age, codes, numbers, as_of)


def _groups(
    seconds: IntArray,
    days: IntArray,
    age: IntArray,
    codes: IntArray,
    numbers: IntArray,
    as_of: date,
) -> pd.DataFrame:
    start = np.datetime64(as_of, "D") - age.astype("timedelta64[D]")
    return pd.DataFrame(
        {
            "seconds": seconds,
            "days": days,
            "start_day": start.astype("datetime64[us]"),
            "date_only": (codes & 2) > 0,
            "open": (codes & 1) > 0,
            "count": numbers,
        }
    )
