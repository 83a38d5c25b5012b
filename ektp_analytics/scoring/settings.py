"""Choices of the scoring that an office or a researcher may set; all are printed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSettings:
    """How scores are made and how their uncertainty is simulated.

    Parameters
    ----------
    minimum_weight
        Share of a principle's weight, in percent, that assessed indicators must carry for
        the principle to be `ok`. The 65 % follows the rule of thumb of the Joint Research
        Centre for composite indicators (share of data per unit).
    smallest_n
        Below it a value is shown and not scored.
    small_n
        Below it a value is scored and marked.
    draws
        Simulation draws; 0 draws nothing, and gives neither intervals nor ranges.
    seed
        Seed of every simulation; printed.
    weight_spread
        In the range over choices each weight is multiplied by a factor between one minus
        and one plus this, independently at both levels. A judgment.
    floor_spread
        Floors that are judgments move by up to this share of the distance from floor to
        target, either way. A judgment.
    """

    minimum_weight: float = 65.0
    smallest_n: int = 5
    small_n: int = 30
    draws: int = 2000
    seed: int = 2017
    weight_spread: float = 0.5
    floor_spread: float = 0.25


DEFAULT_SETTINGS = ScoreSettings()
