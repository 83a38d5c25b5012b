"""Durations of many requests reduced to counts that add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType

import numpy as np
import pandas as pd

from ektp_analytics.measures.time_counts import Counts, IntArray, TimeCounts

ONE_MINUTE = 60
TIME_SCALES = ("elapsed", "shortest", "longest", "days", "working_days")
_Rows = tuple[IntArray, IntArray]  # values and their counts
_NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LimitCounts:
    """Requests against one limit, decided to the second.

    Parameters
    ----------
    within
        Finished within the limit, a finish exactly at it included.
    undecided
        Finished, but the stamps are dates and the limit falls between them.
    after
        Finished after the limit.
    open_past
        Still open after the limit has passed.
    open_not_past
        Still open, the limit not yet passed.
    """

    within: int = 0
    undecided: int = 0
    after: int = 0
    open_past: int = 0
    open_not_past: int = 0

    def __add__(self, other: LimitCounts) -> LimitCounts:
        return LimitCounts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def late(self) -> int:
        """Finished after the limit, and open past it."""
        return self.after + self.open_past


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationTally:
    """Durations of a group of requests as counts; tallies merge by ``+``.

    Parameters
    ----------
    resolution
        Seconds in a unit of the elapsed scales: 60 for tallies that leave an office, 1
        where the figures of a single table should be exact to the second. A duration
        counts in the unit it ends in, so a limit of whole units divides exactly.
    elapsed
        Counts by elapsed time. Requests with dates only: 24 hours a day.
    shortest, longest
        The same with the shortest and the longest time the stamps allow; they differ
        from `elapsed` only for requests with dates only.
    days
        Counts by calendar days after the start day.
    working_days
        Counts by working days after the start day; None where no calendar was given.
    limits
        Counts within each limit asked for, by its text (``24h``).
    excluded
        Requests left out, by reason: ``cancelled``, ``reversed``, ``no_start``,
        ``started_later``.
    date_only
        Requests whose stamps are dates without a time of day.
    """

    resolution: int = ONE_MINUTE
    elapsed: TimeCounts = field(default_factory=TimeCounts)
    shortest: TimeCounts = field(default_factory=TimeCounts)
    longest: TimeCounts = field(default_factory=TimeCounts)
    days: TimeCounts = field(default_factory=TimeCounts)
    working_days: TimeCounts | None = None
    limits: Mapping[str, LimitCounts] = field(default_factory=dict)
    excluded: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    date_only: int = 0

    def __add__(self, other: DurationTally) -> DurationTally:
        return merge([self, other])

    @property
    def shape(self) -> tuple[int, tuple[str, ...], bool]:
        """What two tallies must share to add up: resolution, limits, whether working days."""
        return self.resolution, tuple(sorted(self.limits)), self.working_days is not None

    @property
    def n(self) -> int:
        """Requests counted: finished and open."""
        return self.elapsed.n

    @property
    def finished(self) -> int:
        """Requests finished by the view date."""
        return self.elapsed.finished.total

    @property
    def open(self) -> int:
        """Requests still open at the view date."""
        return self.elapsed.open.total

    def to_frame(self) -> pd.DataFrame:
        """Write the tally as a table that can be stored and merged by adding counts.

        Returns
        -------
        DataFrame
            Columns ``scale`` (a time scale, ``limit``, ``excluded``, ``date_only``,
            ``resolution``), ``state`` (``finished`` or ``open``; a limit and its state
            such as ``24h within``; a reason), ``value`` (Int64: the time, the seconds of
            a unit, else NA) and ``count`` (int64).
        """
        scales, states, values, counts = zip(*self.counted(), strict=True)
        sizes = [len(count) for count in counts]
        blank = np.repeat([value is None for value in values], sizes)
        given = [np.zeros(n) if v is None else v for v, n in zip(values, sizes, strict=True)]
        numbers = np.concatenate(given, dtype=np.int64, casting="unsafe")
        columns = {
            "scale": np.repeat(np.array(scales, dtype=object), sizes),
            "state": np.repeat(np.array(states, dtype=object), sizes),
            "value": pd.arrays.IntegerArray(numbers, blank),
            "count": np.concatenate(counts),
        }
        return pd.DataFrame(columns).astype({"scale": "str", "state": "str"})

    def counted(self) -> Iterator[tuple[str, str, IntArray | None, IntArray]]:
        """Give the counts of each scale and state in turn: scale, state, values and counts.

        Values are None where a count has none.
        """
        yield "resolution", "seconds", _one(self.resolution), _one(0)
        yield "date_only", "requests", None, _one(self.date_only)
        for scale in TIME_SCALES:
            yield from _times_counted(scale, getattr(self, scale))
        for name, limit in self.limits.items():
            for f in fields(limit):
                yield "limit", f"{name} {f.name}", None, _one(getattr(limit, f.name))
        for reason, number in self.excluded.items():
            yield "excluded", reason, None, _one(number)

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> DurationTally:
        """Read a tally from the table of `to_frame`.

        Rows of the same scale, state and value add up, so the concatenated tables of
        many tallies give the merged tally.
        """
        return cls.from_columns(*(frame[name] for name in ("scale", "state", "value", "count")))

    @classmethod
    def from_columns(
        cls, scale: pd.Series, state: pd.Series, value: pd.Series, count: pd.Series
    ) -> DurationTally:
        """Read a tally from the columns of `to_frame`, texts also as categories."""
        values, counts = value.to_numpy("int64", na_value=0), count.to_numpy("int64")
        rows: dict[str, dict[str, _Rows]] = {}
        for (name, kind), places in _alike(scale, state):
            rows.setdefault(name, {})[kind] = values[places], counts[places]
        resolutions = set(rows["resolution"]["seconds"][0].tolist())
        if len(resolutions) != 1:
            raise ValueError(f"tallies of different resolution: {sorted(resolutions)}")
        return cls(
            resolution=int(resolutions.pop()),
            limits=_limits(_sums(rows.get("limit", {}))),
            excluded=_sums(rows.get("excluded", {})),
            date_only=sum(_sums(rows["date_only"]).values()),
            **{scale: _times(rows[scale]) for scale in TIME_SCALES if scale in rows},
        )


def _alike(scale: pd.Series, state: pd.Series) -> Iterator[tuple[tuple[str, str], IntArray]]:
    """Give the places of the rows of each scale and state, in order of appearance."""
    (of_scale, scales), (of_state, states) = pd.factorize(scale), pd.factorize(state)
    names, kinds = [str(text) for text in scales], [str(text) for text in states]
    both = of_scale * len(kinds) + of_state
    for key in pd.unique(both).tolist():
        name, kind = divmod(key, len(kinds))
        yield (names[name], kinds[kind]), np.flatnonzero(both == key)


def merge(tallies: Iterable[DurationTally]) -> DurationTally:
    """Merge any number of tallies of one shape, at least one.

    Raises
    ------
    ValueError
        If they differ in resolution, in the limits counted, or in whether working days
        were counted.
    """
    given = list(tallies)
    shapes = {tally.shape for tally in given}
    if len(shapes) != 1:
        raise ValueError(f"tallies of different shape do not add up: {shapes or 'none given'}")
    worked = [tally.working_days for tally in given if tally.working_days is not None]
    scales = {
        scale: TimeCounts.sum([getattr(tally, scale) for tally in given])
        for scale in ("elapsed", "shortest", "longest", "days")
    }
    return DurationTally(
        resolution=given[0].resolution,
        working_days=TimeCounts.sum(worked) if worked else None,
        limits={
            name: sum((tally.limits[name] for tally in given), LimitCounts())
            for name in given[0].limits
        },
        excluded={
            reason: sum(tally.excluded.get(reason, 0) for tally in given)
            for reason in dict.fromkeys(name for tally in given for name in tally.excluded)
        },
        date_only=sum(tally.date_only for tally in given),
        **scales,
    )


def _times_counted(
    scale: str, counts: TimeCounts | None
) -> Iterator[tuple[str, str, IntArray, IntArray]]:
    if counts is None:
        return
    # A row of zero, so that a scale without requests is still there when read back.
    yield scale, "finished", _one(0), _one(0)
    for state in ("finished", "open"):
        part: Counts = getattr(counts, state)
        yield scale, state, part.points, part.numbers


def _one(number: int) -> IntArray:
    return np.array([number], dtype=np.int64)


def _times(states: Mapping[str, _Rows]) -> TimeCounts:
    return TimeCounts(**{s: Counts.of(*states[s]) for s in ("finished", "open") if s in states})


def _limits(sums: Mapping[str, int]) -> dict[str, LimitCounts]:
    found: dict[str, dict[str, int]] = {}
    for text, number in sums.items():
        name, state = text.split(" ")
        found.setdefault(name, {})[state] = number
    return {name: LimitCounts(**states) for name, states in found.items()}


def _sums(states: Mapping[str, _Rows]) -> dict[str, int]:
    return {state: int(counts.sum()) for state, (_, counts) in states.items()}
