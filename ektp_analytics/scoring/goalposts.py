"""From an indicator's value to its score: floor 0, target 100, the cap last."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ektp_analytics.errors import Reason, because, refuse
from ektp_analytics.framework.indicator import Indicator
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.settings import DEFAULT_SETTINGS, ScoreSettings

FULL_SCORE = 100.0
SCORABLE = frozenset({"ok", "partial", "carried"})


@dataclass(frozen=True, slots=True)
class Goalposts:
    """The value that scores 0 and the value that scores 100; either may be the larger."""

    floor: float
    target: float

    def uncapped(self, value: float) -> float:
        """Return 100 · (value − floor) / (target − floor), which may leave 0–100."""
        return FULL_SCORE * (value - self.floor) / (self.target - self.floor)

    def value_for(self, score: float) -> float:
        """Return the value that would earn a score."""
        return self.floor + score / FULL_SCORE * (self.target - self.floor)


def capped(score: float) -> float:
    """Return the score held between 0 and 100."""
    return min(max(score, 0.0), FULL_SCORE)


def goalposts(indicator: Indicator, on: date) -> Goalposts | None:
    """Return the goalposts of an indicator on a day; None if it is shown and not scored."""
    target = indicator.target_on(on)
    if indicator.floor is None or target is None:
        return None
    return Goalposts(float(indicator.floor), target)


def score_indicator(
    value: IndicatorValue,
    indicator: Indicator,
    on: date,
    settings: ScoreSettings = DEFAULT_SETTINGS,
) -> IndicatorValue:
    """Fill in the goalposts and the score of one indicator.

    Parameters
    ----------
    value
        The value as computed from its source.
    indicator
        Its entry in the catalogue.
    on
        Last day of the period; decides the year's target.
    settings
        Least n to score and to mark.

    Returns
    -------
    IndicatorValue
        With floor, target, score_uncapped and score filled where it can be scored, and
        with the reason where it cannot.

    Raises
    ------
    Refused
        If the value lies outside the range the catalogue allows.
    """
    _check_range(value, indicator)
    posts = goalposts(indicator, on)
    filled: dict[str, Any] = {
        "principle": indicator.principle,
        "aspect": indicator.aspect,
        "unit": indicator.unit,
        "floor": posts.floor if posts else None,
        "target": posts.target if posts else None,
        "legal_basis": value.legal_basis or indicator.legal_basis,
    }
    obstacle = _obstacle(value, indicator, on, settings)
    if obstacle is not None or posts is None or value.value is None:
        filled |= {"score": None, "score_uncapped": None, "reason": value.reason or obstacle}
        return replace(value, **filled)
    uncapped = posts.uncapped(value.value)
    notes = (*value.notes, *_marks(value, uncapped, settings))
    return replace(value, **filled, score_uncapped=uncapped, score=capped(uncapped), notes=notes)


def _check_range(value: IndicatorValue, indicator: Indicator) -> None:
    if value.value is not None and not indicator.possible(value.value):
        raise refuse(
            "indicator_out_of_range",
            value=f"{value.value:g}",
            number=float(value.value),
            code=value.code,
            low=-math.inf if indicator.low is None else float(indicator.low),
            high=math.inf if indicator.high is None else float(indicator.high),
        )


def _obstacle(
    value: IndicatorValue, indicator: Indicator, on: date, settings: ScoreSettings
) -> Reason | None:
    """Return why a value cannot be scored, or None if it can."""
    if value.value is None or value.status not in SCORABLE:
        return value.reason or because("no_data")
    if not indicator.scored:
        return because("shown_not_scored")
    if on < indicator.valid_from:
        return because("indicator_not_yet_valid", day=indicator.valid_from.isoformat())
    if value.n is not None and value.n < settings.smallest_n:
        return because("n_too_small_to_score", n=value.n, least=settings.smallest_n)
    return None


def _marks(value: IndicatorValue, uncapped: float, settings: ScoreSettings) -> list[Reason]:
    marks = []
    if value.n is not None and value.n < settings.small_n:
        marks.append(because("small_n", n=value.n))
    if uncapped > FULL_SCORE:
        marks.append(because("score_above_target"))
    if uncapped < 0:
        marks.append(because("score_below_floor"))
    return marks
