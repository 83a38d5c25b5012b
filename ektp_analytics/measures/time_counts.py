"""Counts by whole time unit: all that a duration statistic needs of the single rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How often each whole number occurs.

    Parameters
    ----------
    points
        The numbers that occur, ascending, each once; int64, shape (k,).
    numbers
        How often each occurs; int64, shape (k,).
    """

    points: IntArray
    numbers: IntArray

    @classmethod
    def of(cls, values: npt.ArrayLike, numbers: npt.ArrayLike | None = None) -> Counts:
        """Count whole numbers, or add up counts that are already there."""
        given = np.asarray(values, dtype=np.int64)
        if numbers is None:
            found, counted = np.unique(given, return_counts=True)
            return cls(found, counted.astype(np.int64))
        found, place = np.unique(given, return_inverse=True)
        added = np.zeros(found.size, dtype=np.int64)
        np.add.at(added, place, np.asarray(numbers, dtype=np.int64))
        return cls(found[added > 0], added[added > 0])

    @classmethod
    def sum(cls, parts: Sequence[Counts]) -> Counts:
        """Add up any number of counts."""
        points = [part.points for part in parts] or [np.empty(0, np.int64)]
        numbers = [part.numbers for part in parts] or [np.empty(0, np.int64)]
        return cls.of(np.concatenate(points), np.concatenate(numbers))

    def __add__(self, other: Counts) -> Counts:
        return Counts.sum([self, other])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Counts):
            return NotImplemented
        return np.array_equal(self.points, other.points) and np.array_equal(
            self.numbers, other.numbers
        )

    def __hash__(self) -> int:
        return hash((self.points.tobytes(), self.numbers.tobytes()))

    @property
    def total(self) -> int:
        """How many were counted."""
        return int(self.numbers.sum())

    @property
    def largest(self) -> int:
        """The largest number counted; -1 where nothing was counted."""
        return int(self.points[-1]) if self.points.size else -1

    def up_to(self, value: int) -> int:
        """How many are at most `value`."""
        return int(self.numbers[: np.searchsorted(self.points, value, side="right")].sum())

    def expanded(self) -> IntArray:
        """One number per thing counted, ascending; int64, shape (total,)."""
        return np.repeat(self.points, self.numbers)

    def middle(self) -> float | None:
        """Return the median: the mean of the two middle numbers where the count is even."""
        if self.total == 0:
            return None
        cumulated = np.cumsum(self.numbers)
        ranks = [(self.total - 1) // 2, self.total // 2]
        lower, upper = self.points[np.searchsorted(cumulated, ranks, side="right")]
        return float(lower + upper) / 2


NONE_COUNTED = Counts.of([])


@dataclass(frozen=True, slots=True)
class TimeCounts:
    """Counts by time of what is finished, and by age of what is still open."""

    finished: Counts = NONE_COUNTED
    open: Counts = NONE_COUNTED

    @classmethod
    def sum(cls, parts: Sequence[TimeCounts]) -> TimeCounts:
        """Add up any number of counts."""
        return cls(
            Counts.sum([part.finished for part in parts]), Counts.sum([p.open for p in parts])
        )

    def __add__(self, other: TimeCounts) -> TimeCounts:
        return TimeCounts.sum([self, other])

    @property
    def n(self) -> int:
        """Finished and open together."""
        return self.finished.total + self.open.total

    @property
    def longest(self) -> int:
        """The longest time or age seen; -1 where there is none."""
        return max(self.finished.largest, self.open.largest)

    def at_risk(self, time: int) -> int:
        """How many were still under observation just before `time`."""
        return self.n - self.finished.up_to(time - 1) - self.open.up_to(time - 1)
