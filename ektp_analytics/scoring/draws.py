"""Simulated data and choices, drawn once from one seed and shared by every comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import expit, logit, ndtri

from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.aggregate import Floats, Layout
from ektp_analytics.scoring.goalposts import FULL_SCORE
from ektp_analytics.scoring.settings import ScoreSettings

CONFIDENCE = 0.95
Z = float(ndtri(0.5 + CONFIDENCE / 2))

CHOICE_STREAM = 1_000_000  # far from the streams of data draws


@dataclass(frozen=True, slots=True)
class Observed:
    """The assessed indicators of one scorecard as arrays in catalogue order, length K.

    Parameters
    ----------
    value
        NaN where not assessed.
    floor, target
        Goalposts.
    low, high
        Ends of the 95 % interval; equal to the value where there is none.
    lowest, highest
        Ends of the possible range, infinite where there is none.
    judged
        Whether the floor is a judgment.
    correlation
        Shape (K, K), of the sampling errors.
    """

    value: Floats
    floor: Floats
    target: Floats
    low: Floats
    high: Floats
    lowest: Floats
    highest: Floats
    judged: Floats
    correlation: Floats

    @property
    def noisy(self) -> bool:
        """Whether any assessed indicator has an interval."""
        return bool((self.high > self.low).any())

    def scores(self, values: Floats | None = None, floors: Floats | None = None) -> Floats:
        """Return capped scores of observed or simulated values at own or drawn floors."""
        at = self.value if values is None else values
        floor = self.floor if floors is None else floors
        return np.clip(FULL_SCORE * (at - floor) / (self.target - floor), 0.0, FULL_SCORE)


def observe(values: Sequence[IndicatorValue], catalogue: Catalogue) -> Observed:
    """Gather the scored values of one office, one per scored indicator of the catalogue."""
    by_code = {value.code: value for value in values}
    ordered = [by_code[item.code] for item in catalogue.scored]
    items = catalogue.scored
    assessed = [v.score is not None for v in ordered]
    value = _column([v.value if a else None for v, a in zip(ordered, assessed, strict=True)])
    ends = [v.interval if a else None for v, a in zip(ordered, assessed, strict=True)]
    return Observed(
        value=value,
        # Goalposts of unassessed lines are placeholders; their value is NaN anyway.
        floor=np.array([0.0 if v.floor is None else v.floor for v in ordered]),
        target=np.array([1.0 if v.target is None else v.target for v in ordered]),
        low=np.fmin(_column([pair[0] if pair else None for pair in ends]), value),
        high=np.fmax(_column([pair[1] if pair else None for pair in ends]), value),
        lowest=np.array([-np.inf if i.low is None else i.low for i in items]),
        highest=np.array([np.inf if i.high is None else i.high for i in items]),
        judged=np.array([float(i.floor_is_judgment) for i in items]),
        correlation=_correlation(ordered, [i.sources[0] for i in items]),
    )


def _column(numbers: Sequence[float | None]) -> Floats:
    return np.array([np.nan if number is None else number for number in numbers])


def _correlation(values: Sequence[IndicatorValue], sources: Sequence[str]) -> Floats:
    """Return the correlation of sampling errors.

    Indicators of one source rest on the same people or requests. Where their correlation
    is not given (``inputs["correlation"]``, by code) it is taken as one, which makes the
    interval of a mean as wide as it can be; across sources it is zero.
    """
    origin = [
        source if value.interval and value.score is not None else value.code
        for value, source in zip(values, sources, strict=True)
    ]  # what has no noise is correlated with nothing
    names = np.array(origin)
    matrix: Floats = np.equal.outer(names, names).astype(float)
    place = {value.code: k for k, value in enumerate(values)}
    for k, value in enumerate(values):
        for code, r in (value.inputs.get("correlation") or {}).items():
            if code in place and code != value.code and origin[k] == origin[place[code]]:
                matrix[k, place[code]] = matrix[place[code], k] = r
    return matrix


def data_draws(observed: Observed, draws: int, seed: int, stream: int = 0) -> Floats:
    """Draw values whose median is the value and whose 95 % limits are its interval.

    Parameters
    ----------
    observed
        Values with intervals.
    draws
        Number of rows N.
    seed, stream
        Seed of the run, and the number of the independent stream within it.

    Returns
    -------
    ndarray
        Shape (N, K). A value bounded on both sides moves on the logit of its range, one
        bounded below on the logarithm, any other on its own scale; a value that stands at
        a bound moves on its own scale and is held inside the range.
    """
    rng = np.random.default_rng([seed, stream])
    normals = rng.standard_normal((draws, len(observed.value))) @ _factor(observed.correlation)
    drawn = np.tile(observed.value, (draws, 1))
    moving = observed.high > observed.low
    lowest, highest = observed.lowest[moving], observed.highest[moving]
    limits = np.stack([observed.low, observed.value, observed.high])[:, moving]
    drawn[:, moving] = np.clip(_drawn(normals[:, moving], limits, lowest, highest), lowest, highest)
    return drawn


def _drawn(normals: Floats, limits: Floats, lowest: Floats, highest: Floats) -> Floats:
    """Turn standard normals (N, K) into draws, low, middle and high (3, K) kept as they are."""
    points = _on_own_scale(limits, lowest, highest)
    own = np.isfinite(points).all(axis=0)
    points = np.where(own, points, limits)
    below, above = np.diff(points, axis=0) / Z
    moved: Floats = points[1] + normals * np.where(normals < 0, below, above)
    bounded = own & np.isfinite(lowest) & np.isfinite(highest)
    positive = own & np.isfinite(lowest) & ~np.isfinite(highest)
    span = highest[bounded] - lowest[bounded]
    moved[:, bounded] = lowest[bounded] + span * expit(moved[:, bounded])
    moved[:, positive] = lowest[positive] + np.exp(moved[:, positive])
    return moved


def _on_own_scale(limits: Floats, lowest: Floats, highest: Floats) -> Floats:
    """Return values on the scale they move on, infinite where they stand at a bound."""
    below, above = np.isfinite(lowest), np.isfinite(highest)
    points = limits.copy()
    bounded, positive = below & above, below & ~above
    with np.errstate(divide="ignore"):
        place = (limits - lowest)[:, bounded] / (highest - lowest)[bounded]
        points[:, bounded] = logit(place)
        points[:, positive] = np.log((limits - lowest)[:, positive])
    return points


def _factor(correlation: Floats) -> Floats:
    """Return F with FᵀF the nearest correlation matrix that has no negative eigenvalue."""
    values, vectors = np.linalg.eigh(correlation)
    factor = np.sqrt(np.clip(values, 0.0, None))[:, None] * vectors.T
    return np.asarray(factor / np.sqrt((factor**2).sum(axis=0)))


@dataclass(frozen=True, slots=True)
class Choices:
    """Drawn choices; row 0 holds the choices the scorecard was made with.

    Parameters
    ----------
    indicator_factors, aspect_factors
        Shapes (N, K) and (N, A): what each weight is multiplied by before it is
        renormalised.
    floors
        Shape (N, K): floors, moved where they are judgments.
    """

    indicator_factors: Floats
    aspect_factors: Floats
    floors: Floats


def choice_draws(observed: Observed, layout: Layout, settings: ScoreSettings) -> Choices:
    """Draw weights and floors for the range over choices.

    They depend on the seed and the catalogue alone, so that two periods or two offices
    are always compared under the same choices.
    """
    indicator_factors, aspect_factors, shifts = _common_draws(
        settings, len(layout.codes), len(layout.aspects)
    )
    floors = observed.floor + shifts * observed.judged * (observed.target - observed.floor)
    return Choices(
        indicator_factors,
        aspect_factors,
        np.clip(floors, observed.lowest, observed.highest),
    )


@lru_cache(maxsize=4)
def _common_draws(
    settings: ScoreSettings, indicators: int, aspects: int
) -> tuple[Floats, Floats, Floats]:
    """Draw what every office shares: factors of both levels and shifts of floors."""
    rng = np.random.default_rng([settings.seed, CHOICE_STREAM])
    spread, draws = settings.weight_spread, settings.draws
    indicator_factors = rng.uniform(1 - spread, 1 + spread, (draws, indicators))
    aspect_factors = rng.uniform(1 - spread, 1 + spread, (draws, aspects))
    shifts = rng.uniform(-1, 1, (draws, indicators)) * settings.floor_spread
    for own, neutral in ((indicator_factors, 1.0), (aspect_factors, 1.0), (shifts, 0.0)):
        own[0] = neutral
        own.flags.writeable = False
    return indicator_factors, aspect_factors, shifts
