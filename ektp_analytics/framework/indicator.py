"""One indicator: what it means, where it stands, how its value becomes a score."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from ektp_analytics.errors import Language
from ektp_analytics.standards.lookup import standard

Uncertainty = Literal["sampled", "event", "complete_count"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator: what it means, where it comes from, how it becomes a score.

    Parameters
    ----------
    code
        Name used everywhere, ``legal_time_limit``.
    principle, aspect
        Where it stands in the scorecard.
    name, definition, formula
        Words by language, the formula in words.
    sources
        Sources it can be computed from, the main one first.
    unit
        ``percent``, ``index``, ``ratio``, ``hours``, ``days`` or ``count``.
    direction
        ``higher`` or ``lower``: which is better.
    low, high
        Ends of the range of possible values; None where there is none.
    floor, target
        Values that score 0 and 100; `target` may be the name of a standard. None for an
        indicator that is shown and not scored.
    floor_is_judgment
        The floor is a choice and is varied in the sensitivity run.
    material
        Change of a complete count worth reporting, in `unit`.
    uncertainty
        ``sampled``, ``event`` or ``complete_count``.
    counter
        Figure printed beside it because it could be gamed.
    legal_basis, legal_basis_verified
        Clause it rests on, and whether that clause was seen in a source that quotes it.
    weight
        Weight inside its aspect.
    """

    code: str
    principle: str
    aspect: str
    name: Mapping[str, str]
    definition: Mapping[str, str]
    formula: Mapping[str, str]
    sources: tuple[str, ...]
    unit: str
    direction: str
    low: float | None
    high: float | None
    floor: float | None
    target: float | str | None
    floor_is_judgment: bool
    material: float
    uncertainty: Uncertainty
    counter: str | None
    legal_basis: str
    valid_from: date
    scored: bool
    weight: Fraction
    legal_basis_verified: bool = False

    @property
    def group(self) -> str:
        """Name of its aspect with the principle, ``participation.reach``."""
        return f"{self.principle}.{self.aspect}"

    @property
    def from_survey(self) -> bool:
        """Whether its main source is the satisfaction survey."""
        return self.sources[0] == "survey"

    def label(self, lang: Language = "id") -> str:
        """Return its name in one language."""
        return self.name[lang]

    def target_on(self, day: date) -> float | None:
        """Return the target in force on a day.

        Raises
        ------
        Refused
            If the target is a standard and none was in force.
        """
        if isinstance(self.target, str):
            return float(standard(self.target, on=day).value)
        return self.target

    def possible(self, value: float) -> bool:
        """Say whether a value lies in the range of possible values."""
        return (
            math.isfinite(value)
            and (self.low is None or value >= self.low)
            and (self.high is None or value <= self.high)
        )
