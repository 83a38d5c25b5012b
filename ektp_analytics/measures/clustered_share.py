"""A share counted over clusters, such as counters over days, with an interval that knows it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.special import ndtri

from ektp_analytics.errors import because
from ektp_analytics.measures.proportions import CONFIDENCE, Interval
from ektp_analytics.measures.survival import Estimate

FEWEST_CLUSTERS = 2


def clustered_share(
    hits: Sequence[int], trials: Sequence[int], confidence: float = CONFIDENCE
) -> Estimate:
    """Estimate a share whose trials come in clusters.

    Parameters
    ----------
    hits, trials
        Counts per cluster, shape (k,), ``0 <= hits <= trials``; clusters without trials
        are left out.
    confidence
        Level of the interval.

    Returns
    -------
    Estimate
        Σ hits ÷ Σ trials as a fraction. The interval is None with a reason where fewer
        than two clusters have trials.

    Raises
    ------
    ValueError
        If a cluster has more hits than trials.

    Notes
    -----
    Variance of the ratio by linearisation over clusters, k / (k − 1) · Σ (x − p·n)² / N²
    (Cochran, Sampling Techniques, 3rd ed. 1977, section 9A.1). Interval: Wilson's with the
    effective number of trials N ÷ design effect (Korn and Graubard 1998, Survey Methodol.
    24:193; Franco and others 2019, J. Surv. Stat. Methodol. 7:334, who recommend Wilson).
    A design effect below one is taken as one. Where the share is 0 or 1 the clusters show
    no spread, and each counts as a single trial.
    """
    x, n = (np.asarray(counts, dtype=float) for counts in (hits, trials))
    if (x < 0).any() or (x > n).any():
        raise ValueError("a cluster has more hits than trials")
    x, n = x[n > 0], n[n > 0]
    whole = float(n.sum())
    if not whole:
        reason = because("no_data")
        return Estimate(None, Interval(None, None, reason), reason)
    share = float(x.sum()) / whole
    if n.size < FEWEST_CLUSTERS:
        return Estimate(share, Interval(None, None, because("one_cluster_only")))
    effective = float(n.size) if share in (0.0, 1.0) else whole / _design_effect(x, n, share)
    return Estimate(share, _wilson(share, effective, confidence))


def _design_effect(
    x: np.ndarray[tuple[int], np.dtype[np.float64]],
    n: np.ndarray[tuple[int], np.dtype[np.float64]],
    share: float,
) -> float:
    """Return the variance over clusters relative to that of independent trials."""
    k, whole = n.size, float(n.sum())
    variance = k / (k - 1) * float(((x - share * n) ** 2).sum()) / whole**2
    return max(variance * (whole - 1) / (share * (1 - share)), 1.0)


def _wilson(share: float, n: float, confidence: float) -> Interval:
    """Return Wilson's score interval for any, also fractional, number of trials."""
    z = float(ndtri((1 + confidence) / 2))
    spread = z**2 / n
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))
