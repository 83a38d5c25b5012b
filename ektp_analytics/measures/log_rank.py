"""Test whether groups finish at the same pace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ektp_analytics.errors import Reason, because
from ektp_analytics.measures.time_counts import IntArray, TimeCounts

FEWEST_GROUPS = 2


@dataclass(frozen=True, slots=True)
class LogRank:
    """Log-rank test between groups.

    `statistic` is chi-squared with `degrees` degrees of freedom; None with a reason where
    fewer than two groups hold data or nothing can be compared.
    """

    statistic: float | None
    degrees: int | None
    p_value: float | None
    groups: int
    reason: Reason | None = None


def log_rank(groups: Mapping[str, TimeCounts]) -> LogRank:
    """Compare the curves of two or more groups.

    Parameters
    ----------
    groups
        Counts of each group, on one time scale. Empty groups are left out.

    Notes
    -----
    Mantel (1966), Cancer Chemotherapy Reports 50:163; for more than two groups Peto and
    Peto (1972), J. R. Stat. Soc. A 135:185. For two groups the statistic is the square
    of that of ``scipy.stats.logrank``. Taken over counts and in floating point: scipy
    1.17 multiplies four whole numbers, which overflows above some fifty thousand requests.
    """
    held = [counts for counts in groups.values() if counts.n]
    if len(held) < FEWEST_GROUPS:
        return LogRank(None, None, None, len(held), because("fewer_than_two_groups"))
    times = np.unique(np.concatenate([counts.finished.points for counts in held]))
    at_risk = np.array([_at_risk(counts, times) for counts in held])
    finished = np.array([_finished_at(counts, times) for counts in held])
    excess, covariance = _observed_less_expected(at_risk, finished)
    degrees = int(np.linalg.matrix_rank(covariance)) if times.size else 0
    if degrees == 0:
        return LogRank(None, None, None, len(held), because("groups_never_overlap"))
    from scipy.stats import chi2

    statistic = float(excess @ np.linalg.pinv(covariance, hermitian=True) @ excess)
    return LogRank(statistic, degrees, float(chi2.sf(statistic, degrees)), len(held))


def _at_risk(counts: TimeCounts, times: IntArray) -> npt.NDArray[np.float64]:
    """How many of a group are under observation just before each time."""
    left = np.full(times.size, float(counts.n))
    for part in (counts.finished, counts.open):
        gone = np.concatenate([[0], np.cumsum(part.numbers)])
        left -= gone[np.searchsorted(part.points, times, side="left")]
    return left


def _finished_at(counts: TimeCounts, times: IntArray) -> npt.NDArray[np.float64]:
    found = np.zeros(times.size)
    found[np.searchsorted(times, counts.finished.points)] = counts.finished.numbers
    return found


def _observed_less_expected(
    at_risk: npt.NDArray[np.float64], finished: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Sum observed minus expected and the hypergeometric covariance over the times."""
    total, events = at_risk.sum(axis=0), finished.sum(axis=0)
    share = at_risk / total
    excess = (finished - share * events).sum(axis=1)
    # With one request left at risk the variance is zero.
    spread = np.where(total > 1, events * (total - events) / np.maximum(total - 1, 1), 0.0)
    covariance = np.diag((share * spread).sum(axis=1)) - (share * spread) @ share.T
    return excess, covariance
