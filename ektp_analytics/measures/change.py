"""Whether a figure moved beyond noise between two periods: the one rule every report uses."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal, cast

from scipy.optimize import brentq
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from ektp_analytics.errors import Language, Reason, because
from ektp_analytics.measures.proportions import CONFIDENCE, Interval, difference_interval
from ektp_analytics.measures.rounding import exact

Verdict = Literal["up", "down", "unchanged", "not comparable"]

PERCENT = 100
QUANTILE_OF_STATED_INTERVAL = float(ndtri((1 + CONFIDENCE) / 2))
"""Normal quantile a stated 95 % interval is rescaled from, when Holm asks for a wider one."""

LARGEST_QUANTILE = 38.0
"""Beyond it the two-sided normal probability is zero in double precision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One figure in one period, with what is known about its noise.

    Parameters
    ----------
    value
        The figure; None with a `reason`.
    basis
        What must be equal for two readings to be compared: catalogue version, indicators
        assessed, boundary of the area.
    complete
        The figure is a complete count, without sampling or event noise.
    counts
        (hits, trials) of a share in percent.
    standard_error, degrees
        Standard error, and degrees of freedom (None: normal).
    interval
        A 95 % interval, where neither counts nor a standard error are at hand.
    reason
        Why the figure is absent or must not be compared (carried over, for example).
    """

    value: float | None
    basis: Hashable = None
    complete: bool = False
    counts: tuple[int, int] | None = None
    standard_error: float | None = None
    degrees: float | None = None
    interval: tuple[float, float] | None = None
    reason: Reason | None = None

    @classmethod
    def share(cls, hits: int, trials: int, basis: Hashable = None) -> Reading:
        """Read a share in percent from its counts; no trials means no value."""
        if not trials:
            return cls(value=None, basis=basis, reason=because("no_data"))
        return cls(value=PERCENT * hits / trials, basis=basis, counts=(hits, trials))

    def limits(self, quantile: float) -> Interval:
        """Return the limits of the figure at a normal or t quantile."""
        value = self.value or 0.0
        if self.counts is not None:
            return _wilson(*self.counts, quantile)
        if self.standard_error is not None:
            half = quantile * self.standard_error
            return Interval(value - half, value + half)
        low, high = self.interval or (value, value)
        scale = quantile / QUANTILE_OF_STATED_INTERVAL
        return Interval(value - scale * (value - low), value + scale * (high - value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to one figure between two periods.

    Parameters
    ----------
    verdict
        ``up``, ``down``, ``unchanged`` (not beyond noise) or ``not comparable``.
    difference
        After minus before, None where not comparable.
    interval
        95 % interval of the difference on its own; None for complete counts.
    interval_in_family
        Interval at the level Holm's procedure gives this figure within its family: it
        excludes zero exactly when the verdict is up or down.
    p_value, p_in_family
        Two-sided probability belonging to `interval`, and adjusted by Holm.
    material
        Least step that counts, for complete counts.
    reason
        Why the periods are not comparable.
    notes
        What must be said beside the difference.
    """

    verdict: Verdict
    difference: float | None = None
    interval: tuple[float, float] | None = None
    interval_in_family: tuple[float, float] | None = None
    p_value: float | None = None
    p_in_family: float | None = None
    material: float | None = None
    reason: Reason | None = None
    notes: tuple[Reason, ...] = ()

    def word(self, lang: Language = "id") -> str:
        """Return the verdict in words."""
        return because(f"change_{self.verdict.replace(' ', '_')}").text(lang)


def moved_beyond_noise(
    pairs: Mapping[str, tuple[Reading, Reading]],
    material: float | Mapping[str, float],
    confidence: float = CONFIDENCE,
) -> dict[str, Change]:
    """Judge the change of every figure of one family between two periods.

    Sampled and event-based figures moved if the interval of the difference excludes zero
    after Holm's step-down correction over the family (Holm, Scandinavian Journal of
    Statistics 6, 1979, 65–70). The interval combines the limits of the two periods (Zou
    and Donner, Statistics in Medicine 27, 2008, 1693–1702), which for two shares is
    Newcombe's hybrid score interval (Statistics in Medicine 17, 1998, 873–890, method 10).
    Complete counts moved if they changed by at least `material`. The periods are taken
    as independent.

    Parameters
    ----------
    pairs
        (before, after) by name; one call per family, a principle's indicators for example.
    material
        Least step of a complete count that matters, in its own unit; one for all, or by
        name.
    confidence
        Nominal coverage over the family.

    Returns
    -------
    dict of Change, in the order given
    """
    barred = {name: _why_not(*pair) for name, pair in pairs.items()}
    sampled = [n for n, pair in pairs.items() if barred[n] is None and not pair[0].complete]
    noisy = _judge_family({name: pairs[name] for name in sampled}, confidence)
    changes = {}
    for name, (before, after) in pairs.items():
        reason = barred[name]
        if reason is not None:
            changes[name] = Change(verdict="not comparable", reason=reason)
        elif name in noisy:
            changes[name] = noisy[name]
        else:
            step = material[name] if isinstance(material, Mapping) else material
            changes[name] = _judge_count(before, after, step)
    return changes


def _why_not(before: Reading, after: Reading) -> Reason | None:
    """Return why two readings cannot be compared, None if they can."""
    for reading, code in ((before, "change_no_before"), (after, "change_no_after")):
        if reading.reason is not None or reading.value is None:
            return reading.reason or because(code)
    if before.basis != after.basis:
        return because("change_basis_differs")
    if before.complete != after.complete:
        return because("change_kinds_differ")
    if not before.complete and not all(_noise_known(r) for r in (before, after)):
        return because("change_noise_unknown")
    return None


def _noise_known(reading: Reading) -> bool:
    low, high = reading.limits(QUANTILE_OF_STATED_INTERVAL)
    return low != high


def _judge_count(before: Reading, after: Reading, material: float) -> Change:
    step = exact(after.value or 0) - exact(before.value or 0)
    moved = abs(step) >= exact(material) and step != 0
    verdict: Verdict = "unchanged" if not moved else "up" if step > 0 else "down"
    return Change(verdict=verdict, difference=float(step), material=material)


def _judge_family(
    pairs: Mapping[str, tuple[Reading, Reading]], confidence: float
) -> dict[str, Change]:
    alone = {name: _probability(*pair) for name, pair in pairs.items()}
    adjusted = holm(alone)
    levels = _holm_levels(alone, 1 - confidence)
    changes = {}
    for name, pair in pairs.items():
        difference = _difference(*pair)
        moved = adjusted[name] < 1 - confidence
        verdict: Verdict = "unchanged" if not moved else "up" if difference > 0 else "down"
        changes[name] = Change(
            verdict=verdict,
            difference=difference,
            interval=change_interval(*pair, confidence),
            interval_in_family=change_interval(*pair, 1 - levels[name]),
            p_value=alone[name],
            p_in_family=adjusted[name],
        )
    return changes


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Return Holm's adjusted probabilities: running maximum of (m − rank + 1) · p, at most 1."""
    ranked = sorted(p_values, key=lambda name: p_values[name])
    adjusted: dict[str, float] = {}
    highest = 0.0
    for rank, name in enumerate(ranked):
        highest = max(highest, min(1.0, (len(ranked) - rank) * p_values[name]))
        adjusted[name] = highest
    return adjusted


def _holm_levels(p_values: Mapping[str, float], level: float) -> dict[str, float]:
    """Return the level at which Holm's procedure decides each figure.

    It stops at the first figure that fails, so all later ones are held to that level.
    """
    ranked = sorted(p_values, key=lambda name: p_values[name])
    levels: dict[str, float] = {}
    current, stopped = level, False
    for rank, name in enumerate(ranked):
        if not stopped:
            current = level / (len(ranked) - rank)
            stopped = p_values[name] >= current
        levels[name] = current
    return levels


def change_interval(
    before: Reading, after: Reading, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Return the interval of after minus before for two independent readings."""
    degrees = _welch_degrees(before, after)
    tail = (1 + confidence) / 2
    return _combined(
        before, after, float(ndtri(tail) if degrees is None else stdtrit(degrees, tail))
    )


def _combined(before: Reading, after: Reading, quantile: float) -> tuple[float, float]:
    ends = difference_interval(
        after.value or 0.0, after.limits(quantile), before.value or 0.0, before.limits(quantile)
    )
    return cast("tuple[float, float]", ends.pair)


def _probability(before: Reading, after: Reading) -> float:
    """Return one minus the confidence at which the interval of the difference touches zero."""
    difference = _difference(before, after)
    if difference == 0:
        return 1.0

    def room(quantile: float) -> float:
        """Return how far the limit that faces zero stays clear of it."""
        low, high = _combined(before, after, quantile)
        return low if difference > 0 else -high

    if room(LARGEST_QUANTILE) > 0:
        return 0.0
    quantile = float(brentq(room, 0.0, LARGEST_QUANTILE, xtol=1e-12))
    degrees = _welch_degrees(before, after)
    return 2 * float(ndtr(-quantile) if degrees is None else stdtr(degrees, -quantile))


def _difference(before: Reading, after: Reading) -> float:
    return (after.value or 0.0) - (before.value or 0.0)


def _welch_degrees(before: Reading, after: Reading) -> float | None:
    """Return Welch and Satterthwaite's degrees of freedom, None where a normal will do."""
    parts = [(r.standard_error, r.degrees) for r in (before, after) if r.counts is None]
    known = [(e**2, d) for e, d in parts if e is not None and d is not None]
    if len(known) < len((before, after)):
        return None
    return sum(v for v, _ in known) ** 2 / sum(v**2 / d for v, d in known)


def _wilson(hits: int, trials: int, quantile: float) -> Interval:
    """Return the Wilson score limits of a share in percent at any quantile."""
    share, spread = hits / trials, quantile**2 / trials
    middle = (share + spread / 2) / (1 + spread)
    half = quantile * sqrt(share * (1 - share) / trials + spread / (4 * trials)) / (1 + spread)
    return Interval(max(0.0, middle - half), min(1.0, middle + half)).times(PERCENT)
