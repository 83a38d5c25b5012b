"""How far the lowest group truly stands behind the highest: an interval for their ratio."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ektp_analytics.errors import because
from ektp_analytics.measures.proportions import CONFIDENCE, Interval
from ektp_analytics.measures.shrinkage import (
    PRIOR_STRENGTH_CAP,
    Floats,
    ShrunkShares,
    prior_moments,
    shrink_shares,
)

DRAWS = 4_000
"""Enough for the ends of the interval to stand still in the second decimal."""
SEED = 2017
"""The seed of the scorecard, so that one seed is printed for all simulations."""
TWO_GROUPS = 2
JEFFREYS = 0.5
LEAST = 1e-6
"""Keeps a prior proper where every group either hit always or never."""


def extreme_pair(shrunk: ShrunkShares) -> tuple[int, int]:
    """Return the places of the group with the lowest and the one with the highest share."""
    lowest = int(shrunk.shares.argmin())
    others = np.delete(np.arange(shrunk.shares.size), lowest)
    return lowest, int(others[shrunk.shares[others].argmax()])


def extreme_ratio_interval(
    hits: Sequence[int], trials: Sequence[int], *, draws: int = DRAWS, seed: int = SEED
) -> Interval:
    """Return the 95 % interval of the true ratio between the two groups at the ends.

    Parameters
    ----------
    hits, trials
        Counts per group, shape (k,), k ≥ 2; every group has trials.
    draws, seed
        Of the simulation; it needs no rows, only these counts.

    Returns
    -------
    Interval
        In fractions, its upper end held at 1 (equal); absent where nobody or everybody hit.
        It is for the two groups named by `extreme_pair`.

    Notes
    -----
    The groups are picked because they are lowest and highest, which makes a plain interval
    too far from 1. A posterior for these two groups needs no correction for the picking
    (Senn 2008, American Statistician 62:206). The prior is the beta-binomial of
    `shrink_shares`, and its own uncertainty is carried by a parametric bootstrap: groups are
    drawn from it, the prior is estimated again, and the posteriors are mixed (Laird and
    Louis 1987, J. Am. Stat. Assoc. 82:739). With two groups there is nothing to estimate a
    prior from and no picking: Jeffreys' prior, Beta(½, ½), is used for both. The tests
    measure the coverage.
    """
    x, n = np.asarray(hits, dtype=float), np.asarray(trials, dtype=float)
    shrunk = shrink_shares(hits, trials)
    if shrunk.mean in (0.0, 1.0):
        return Interval(None, None, because("all_alike"))
    rng = np.random.default_rng(seed)
    if x.size == TWO_GROUPS:
        successes = failures = np.full(draws, JEFFREYS)
    else:
        successes, failures = _priors(shrunk, n, draws, rng)
    lowest, highest = extreme_pair(shrunk)
    low, high = (
        rng.beta(successes + x[place], failures + n[place] - x[place])
        for place in (lowest, highest)
    )
    tail = (1 - CONFIDENCE) / 2
    ends = np.quantile(low / high, [tail, 1 - tail])
    # Brown, Cai and DasGupta (2001), Statistical Science 16:101: no hit, the end is 0.
    least = 0.0 if x[lowest] == 0 else float(ends[0])
    return Interval(least, min(float(ends[1]), 1.0))


def _priors(
    shrunk: ShrunkShares, n: Floats, draws: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return a and b of the prior as re-estimated from groups drawn from it; shape (draws,)."""
    mean, strength = shrunk.mean, shrunk.strength
    shares = np.full((draws, n.size), mean)
    if strength < PRIOR_STRENGTH_CAP:
        a, b = (max(strength * part, LEAST) for part in (mean, 1 - mean))
        shares = rng.beta(a, b, shares.shape)
    hits = rng.binomial(n.astype("int64"), shares).astype("float64")
    means, strengths = prior_moments(hits, n)
    return np.maximum(strengths * means, LEAST), np.maximum(strengths * (1 - means), LEAST)
