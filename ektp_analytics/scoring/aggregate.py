"""From indicator scores to principle scores: two levels of weighted means.

An aspect is the mean of its assessed indicators, a principle the mean of its assessed
aspects, each with its own weights renormalised over what is assessed. The geometric
variant takes the geometric mean over aspects and over principles, where one weak part
should not be bought off by a strong one; inside an aspect indicators stand for each
other and are always averaged. (The human development index is built the same way:
UNDP 2010, Human Development Report, technical note 1.)

All functions work on the last axis, so that one row and thousands of simulated rows go
through the same code.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from ektp_analytics.framework.catalogue import OVERALL, Catalogue

Floats = npt.NDArray[np.float64]

# Decimals kept of any mean: beyond them is only float noise, by which a principle of
# hundreds would come out as 99.99999999999999.
DECIMALS = 10


@dataclass(frozen=True, slots=True)
class Layout:
    """Where every scored indicator stands, as arrays.

    Parameters
    ----------
    codes, aspects, principles
        Names in catalogue order: K indicators, A aspects, P principles.
    in_aspect
        Shape (K, A), one where an indicator belongs to an aspect.
    in_principle
        Shape (A, P), one where an aspect belongs to a principle.
    indicator_weights, aspect_weights, principle_weights
        Shapes (K,), (A,), (P,).
    """

    codes: tuple[str, ...]
    aspects: tuple[str, ...]
    principles: tuple[str, ...]
    in_aspect: Floats
    in_principle: Floats
    indicator_weights: Floats
    aspect_weights: Floats
    principle_weights: Floats


@lru_cache(maxsize=16)
def layout_of(catalogue: Catalogue) -> Layout:
    """Return the layout of a catalogue under its mapping."""
    items = catalogue.scored
    aspects, principles = tuple(catalogue.aspects), tuple(catalogue.principles)
    groups = catalogue.groups
    aspect_weights = [
        groups[aspect.partition(".")[0]].get(aspect.partition(".")[2], 0) for aspect in aspects
    ]
    return Layout(
        codes=tuple(item.code for item in items),
        aspects=aspects,
        principles=principles,
        in_aspect=_membership([item.group for item in items], aspects),
        in_principle=_membership([aspect.partition(".")[0] for aspect in aspects], principles),
        indicator_weights=_fixed([groups[i.group][i.code] for i in items]),
        aspect_weights=_fixed(aspect_weights),
        principle_weights=_fixed([groups[OVERALL][p] for p in principles]),
    )


def _membership(owners: list[str], names: tuple[str, ...]) -> Floats:
    return _fixed([[owner == name for name in names] for owner in owners])


def _fixed(numbers: Any) -> Floats:
    """Return an array that nobody can write to, because every caller is given the same one."""
    array = np.array(numbers, dtype=float)
    array.flags.writeable = False
    return array


def aspect_scores(scores: Any, layout: Layout, indicator_weights: Any = None) -> Floats:
    """Return the mean score of every aspect over its assessed indicators.

    Parameters
    ----------
    scores
        Shape (..., K), 0–100, NaN where an indicator is not assessed.
    layout
        Where the indicators stand.
    indicator_weights
        Shape (..., K); the layout's own when left out. They need not sum to one.

    Returns
    -------
    ndarray
        Shape (..., A), NaN where nothing in the aspect is assessed.
    """
    given = np.asarray(scores, dtype=float)
    weights = layout.indicator_weights if indicator_weights is None else indicator_weights
    weights = np.where(np.isnan(given), 0.0, weights)
    total = weights @ layout.in_aspect
    return _ratio((weights * np.nan_to_num(given)) @ layout.in_aspect, total).round(DECIMALS)


def principle_scores(
    scores: Any,
    layout: Layout,
    *,
    indicator_weights: Any = None,
    aspect_weights: Any = None,
    geometric: bool = False,
) -> Floats:
    """Return the score of every principle over what is assessed.

    Parameters
    ----------
    scores
        Shape (..., K), 0–100, NaN where an indicator is not assessed.
    layout
        Where the indicators stand.
    indicator_weights, aspect_weights
        Shapes (..., K) and (..., A); the layout's own when left out.
    geometric
        Take the geometric mean over aspects.

    Returns
    -------
    ndarray
        Shape (..., P), NaN where nothing of the principle is assessed.
    """
    means = aspect_scores(scores, layout, indicator_weights)
    weights = layout.aspect_weights if aspect_weights is None else aspect_weights
    weights = np.where(np.isnan(means), 0.0, weights)
    total = weights @ layout.in_principle
    if not geometric:
        mean = _ratio((weights * np.nan_to_num(means)) @ layout.in_principle, total)
        return mean.round(DECIMALS)
    used = np.where(weights > 0, np.nan_to_num(means), 1.0)
    # A zero aspect makes the whole zero; it is kept out of the logarithms.
    zero = (used == 0) @ layout.in_principle > 0
    logs = np.log(np.where(used == 0, 1.0, used))
    mean = np.exp(_ratio((weights * logs) @ layout.in_principle, total))
    return np.where(zero, 0.0, mean.round(DECIMALS))


def weighted_mean(scores: Any, weights: Any) -> Floats:
    """Return Σ w·x / Σ w over the last axis.

    Weights are renormalised, so that the mean stays on the scale of the scores.

    Raises
    ------
    ValueError
        If a weight is blank or negative, or all are zero.
    """
    given, share = np.asarray(scores, dtype=float), _shares(weights)
    return np.asarray((given * share).sum(axis=-1)).round(DECIMALS)


def geometric_mean(scores: Any, weights: Any) -> Floats:
    """Return Π x^(w / Σ w) over the last axis.

    A zero gives zero, never the mean of the rest; a negative score has no geometric mean.

    Raises
    ------
    ValueError
        If a score is negative or blank, a weight is blank or negative, or all are zero.
    """
    given, share = np.asarray(scores, dtype=float), _shares(weights)
    if not (given >= 0).all():
        raise ValueError("scores: ≥ 0")
    used = np.where(share > 0, given, 1.0)
    zero = (used == 0).any(axis=-1)
    logs = np.log(np.where(used == 0, 1.0, used))
    return np.where(zero, 0.0, np.exp((logs * share).sum(axis=-1)).round(DECIMALS))


def _shares(weights: Any) -> Floats:
    given = np.asarray(weights, dtype=float)
    if not ((given >= 0).all() and (given.sum(axis=-1) > 0).all()):
        raise ValueError("weights: ≥ 0, Σ > 0")
    return np.asarray(given / given.sum(axis=-1, keepdims=True))


def effective_weights(assessed: Any, layout: Layout) -> Floats:
    """Return each assessed indicator's share of its principle's score.

    Parameters
    ----------
    assessed
        Shape (K,), true where an indicator is assessed.
    layout
        Where the indicators stand.

    Returns
    -------
    ndarray
        Shape (K,); zero where not assessed, summing to one within a principle that has
        anything assessed. A principle's score is Σ weight · score.
    """
    weights = np.where(assessed, layout.indicator_weights, 0.0)
    in_aspect = weights @ layout.in_aspect
    aspects = np.where(in_aspect > 0, layout.aspect_weights, 0.0)
    share = np.nan_to_num(_ratio(aspects, (aspects @ layout.in_principle) @ layout.in_principle.T))
    own = np.nan_to_num(_ratio(weights, in_aspect @ layout.in_aspect.T))
    result: Floats = own * (share @ layout.in_aspect.T)
    return result


def _ratio(numerator: Floats, denominator: Floats) -> Floats:
    """Divide, leaving NaN where there is nothing to divide by."""
    safe = np.where(denominator > 0, denominator, 1.0)
    return np.where(denominator > 0, numerator / safe, np.nan)
