"""Shares of many groups, drawn together where a group is small: beta-binomial shrinkage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

PRIOR_STRENGTH_CAP = 1e6
"""Groups that differ no more than chance allows share one rate: the prior is capped here."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ShrunkShares:
    """Group shares after shrinkage.

    Parameters
    ----------
    shares
        Posterior mean share of each group, fractions; shape (k,).
    raw
        Observed shares; shape (k,).
    mean, strength
        Common share, and how many observations the prior is worth.
    """

    shares: Floats
    raw: Floats
    mean: float
    strength: float


def shrink_shares(hits: Sequence[int], trials: Sequence[int]) -> ShrunkShares:
    """Shrink the shares of groups towards their common share.

    Parameters
    ----------
    hits, trials
        Counts per group, shape (k,), k ≥ 2; every group has trials.

    Returns
    -------
    ShrunkShares

    Notes
    -----
    Method of moments for the beta-binomial (Kleinman 1973, J. Am. Stat. Assoc. 68:46) with
    weights w = n / Σ n: m = Σ x / Σ n, S = Σ w (p − m)², and the intraclass correlation is
    (S / (m (1 − m)) − Σ w (1 − w) / n) / (Σ w (1 − w) − Σ w (1 − w) / n). The strength is
    s = a + b = 1 / correlation − 1; the shrunk share is (x + s·m) / (n + s).
    """
    x, n = np.asarray(hits, dtype=float), np.asarray(trials, dtype=float)
    if x.size < 2 or (n <= 0).any():  # noqa: PLR2004 - one group has nothing to compare with
        raise ValueError("at least two groups with trials are needed")
    means, strengths = prior_moments(x[np.newaxis], n)
    mean, strength = float(means[0]), float(strengths[0])
    return ShrunkShares((x + strength * mean) / (n + strength), x / n, mean, strength)


def prior_moments(hits: Floats, trials: Floats) -> tuple[Floats, Floats]:
    """Return common share and prior strength a + b by moments, for many sets of groups.

    Parameters
    ----------
    hits
        Shape (m, k): one row per set of groups.
    trials
        Shape (k,), the same for every row.

    Returns
    -------
    tuple of ndarray
        Means and strengths, shape (m,). The strength is the cap where groups differ no more
        than by chance, where all alike hit or missed, and where one trial per group tells
        nothing apart.
    """
    weights = trials / trials.sum()
    mean = hits.sum(axis=1) / trials.sum()
    spread = (weights * (hits / trials - mean[:, np.newaxis]) ** 2).sum(axis=1)
    scale = float((weights * (1 - weights) / trials).sum())
    room = float((weights * (1 - weights)).sum()) - scale
    variance = mean * (1 - mean)
    if room <= 0:
        return mean, np.full(mean.size, PRIOR_STRENGTH_CAP)
    relative = np.divide(spread, variance, out=np.zeros_like(spread), where=variance > 0)
    correlation = (relative - scale) / room
    least = 1 / PRIOR_STRENGTH_CAP
    found = np.maximum((1 - correlation) / np.maximum(correlation, least), 0.0)
    return mean, np.where(correlation <= least, PRIOR_STRENGTH_CAP, found)
