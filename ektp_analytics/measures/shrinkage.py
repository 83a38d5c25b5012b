"""Shares of many groups, drawn together where a group is small: beta-binomial shrinkage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

PRIOR_STRENGTH_CAP = 1e6
"""Groups that differ no more than chance allows share one rate: the prior is capped here."""


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

    shares: npt.NDArray[np.float64]
    raw: npt.NDArray[np.float64]
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
    raw = x / n
    mean = float(x.sum() / n.sum())
    strength = _strength(raw, n, mean)
    return ShrunkShares((x + strength * mean) / (n + strength), raw, mean, strength)


def _strength(raw: npt.NDArray[np.float64], n: npt.NDArray[np.float64], mean: float) -> float:
    """Return a + b by moments; the cap where groups differ no more than by chance."""
    if mean in (0.0, 1.0):
        return PRIOR_STRENGTH_CAP
    weights = n / n.sum()
    spread = float((weights * (raw - mean) ** 2).sum())
    scale = float((weights * (1 - weights) / n).sum())
    room = float((weights * (1 - weights)).sum()) - scale
    if room <= 0:
        # One trial per group: nothing tells groups apart.
        return PRIOR_STRENGTH_CAP
    correlation = (spread / (mean * (1 - mean)) - scale) / room
    if correlation <= 1 / PRIOR_STRENGTH_CAP:
        return PRIOR_STRENGTH_CAP
    return max((1 - correlation) / correlation, 0.0)
