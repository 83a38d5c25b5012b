"""Shares of counted things and the difference of two shares, with their intervals."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ektp_analytics.errors import Reason, because

CONFIDENCE = 0.95
#: Below this expected count in any cell the chi-squared approximation is not used
#: (Cochran 1954, Biometrics 10:417).
SMALLEST_EXPECTED_COUNT = 5.0


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval; unpacks as ``low, high``.

    Both ends are None, with a `reason`, where no interval can be given.
    """

    low: float | None
    high: float | None
    reason: Reason | None = None

    def __iter__(self) -> Iterator[float | None]:
        return iter((self.low, self.high))

    @property
    def pair(self) -> tuple[float, float] | None:
        """The interval as a plain pair, None where it could not be computed."""
        if self.low is None or self.high is None:
            return None
        return self.low, self.high

    def times(self, factor: float) -> Interval:
        """Return the interval in another unit, for example percent with factor 100."""
        pair = self.pair
        return self if pair is None else Interval(pair[0] * factor, pair[1] * factor)


@dataclass(frozen=True, slots=True)
class ShareDifference:
    """First share minus second share, as fractions, with its interval and test.

    `test` names where the p-value comes from: ``chi-squared`` without continuity
    correction, or ``Fisher exact`` where an expected count is below five.
    """

    difference: float | None
    interval: Interval
    p_value: float | None
    test: str
    reason: Reason | None = None


def wilson(successes: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Give the Wilson score interval of a share.

    Parameters
    ----------
    successes, n
        Counts, ``0 <= successes <= n``.
    confidence
        Level between 0 and 1.

    Returns
    -------
    Interval
        Fractions from 0 to 1; both ends None with a reason where `n` is 0.

    Raises
    ------
    ValueError
        If the counts are negative or more succeeded than were tried.

    Notes
    -----
    Wilson (1927), JASA 22:209; method 3 of Newcombe (1998), Stat. Med. 17:857.
    Computed by ``scipy.stats.binomtest``.
    """
    _check_counts(successes, n)
    if n == 0:
        return Interval(None, None, because("no_data"))
    from scipy.stats import binomtest

    found = binomtest(int(successes), int(n)).proportion_ci(confidence, method="wilson")
    return Interval(float(found.low), float(found.high))


def share_difference(
    first: tuple[int, int], second: tuple[int, int], confidence: float = CONFIDENCE
) -> ShareDifference:
    """Compare two independent shares.

    Parameters
    ----------
    first, second
        ``(successes, n)`` of each.
    confidence
        Level of the interval.

    Returns
    -------
    ShareDifference
        ``first - second``; all None with a reason where either `n` is 0.

    Notes
    -----
    Interval: hybrid score, method 10 of Newcombe (1998), Stat. Med. 17:873.
    """
    for successes, n in (first, second):
        _check_counts(successes, n)
    if first[1] == 0 or second[1] == 0:
        reason = because("no_data")
        return ShareDifference(None, Interval(None, None, reason), None, "", reason)
    shares = first[0] / first[1], second[0] / second[1]
    interval = difference_interval(
        shares[0], wilson(*first, confidence), shares[1], wilson(*second, confidence)
    )
    p_value, test = _difference_test(first, second)
    return ShareDifference(shares[0] - shares[1], interval, p_value, test)


def difference_interval(
    first: float, first_interval: Interval, second: float, second_interval: Interval
) -> Interval:
    """Combine two estimates with their intervals into the interval of their difference.

    Parameters
    ----------
    first, second
        Independent estimates in one unit.
    first_interval, second_interval
        Their intervals at one level.

    Returns
    -------
    Interval
        Of ``first - second``; None with the reason of the interval that is missing.

    Notes
    -----
    Square-and-add: Newcombe (1998), Stat. Med. 17:873; Zou and Donner (2008),
    Stat. Med. 27:1693, who show that it holds for any estimates with good intervals,
    so it also serves shares read from Kaplan–Meier curves.
    """
    own, other = first_interval.pair, second_interval.pair
    if own is None or other is None:
        return Interval(None, None, first_interval.reason or second_interval.reason)
    difference = first - second
    return Interval(
        difference - math.hypot(first - own[0], other[1] - second),
        difference + math.hypot(own[1] - first, second - other[0]),
    )


def _difference_test(first: tuple[int, int], second: tuple[int, int]) -> tuple[float, str]:
    from scipy.stats import chi2_contingency, fisher_exact

    table = np.array([[k, n - k] for k, n in (first, second)], dtype=np.int64)
    total = first[1] + second[1]
    column = first[0] + second[0]
    smallest = min(first[1], second[1]) * min(column, total - column) / total
    if smallest < SMALLEST_EXPECTED_COUNT:
        return float(fisher_exact(table).pvalue), "Fisher exact"
    return float(chi2_contingency(table, correction=False).pvalue), "chi-squared"


def _check_counts(successes: int, n: int) -> None:
    if not 0 <= successes <= n:
        raise ValueError(f"expected 0 <= successes <= n, got {successes} of {n}")
