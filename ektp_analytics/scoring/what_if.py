"""What the score would be with another value, and what value a target would take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ektp_analytics.errors import Language, Reason, because, refuse
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.goalposts import FULL_SCORE, Goalposts
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.scorecard import Scorecard

if TYPE_CHECKING:
    import pandas as pd

PERCENT = 100.0
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A scorecard beside the one that changed values would give."""

    before: Scorecard
    after: Scorecard
    changed: Mapping[str, float]

    def gain(self, principle: str) -> float | None:
        """Return the points a principle would gain; None if it has no score before."""
        old, new = self.before[principle].score, self.after[principle].score
        return None if old is None or new is None else new - old

    def to_frame(self, lang: Language = "id") -> pd.DataFrame:
        """Return one row per principle and one for the whole.

        Returns
        -------
        pandas.DataFrame
            Columns key, name, before, after, gain (``Float64``).
        """
        import pandas as pd

        table = self.before.to_frame(lang)[["key", "name"]].copy()
        for name, card in (("before", self.before), ("after", self.after)):
            table[name] = pd.array(card.to_frame(lang)["score"].tolist(), dtype="Float64")
        return table.assign(gain=table["after"] - table["before"])


def what_if(card: Scorecard, changes: Mapping[str, float]) -> WhatIf:
    """Score the same office again with some values changed.

    Parameters
    ----------
    card
        The scorecard as it is.
    changes
        Indicator code to the value it is supposed to have, in its own unit.

    Returns
    -------
    WhatIf
        A supposed value has no interval and carries a note that says what it is.

    Raises
    ------
    Refused
        If a code is unknown or not scored, or a value lies outside its range.
    """
    for code in changes:
        if not card.catalogue[code].scored:
            raise refuse("indicator_not_scored", value=code)
    given = [
        _supposed(line.value, changes[line.value.code])
        if line.value.code in changes
        else as_given(line.value)
        for line in card.lines
    ]
    shown = [as_given(value) for value in card.shown]
    after = score([*given, *shown], card.catalogue, settings=card.settings)
    return WhatIf(card, after, dict(changes))


def _supposed(value: IndicatorValue, number: float) -> IndicatorValue:
    return replace(
        value,
        value=float(number),
        n=None,
        interval=None,
        interval_reason=because("supposed_value"),
        status="ok",
        reason=None,
        notes=(because("supposed_value"),),
    )


def as_given(value: IndicatorValue) -> IndicatorValue:
    """Take off the marks that scoring adds, so that they are not added twice."""
    marks = {"small_n", "score_above_target", "score_below_floor"}
    return replace(value, notes=tuple(note for note in value.notes if note.code not in marks))


@dataclass(frozen=True, slots=True)
class Needed:
    """The value one indicator would need for its principle to reach a score.

    Parameters
    ----------
    code
        The indicator.
    value
        Value in its own unit; None with a `reason` where this indicator alone is not
        enough, or nothing more is needed.
    reason
        Why there is no value.
    """

    code: str
    value: float | None
    reason: Reason | None = None


def needed_for(card: Scorecard, principle: str, target: float) -> tuple[Needed, ...]:
    """Return, for each assessed indicator, the value that alone would reach a target.

    Parameters
    ----------
    card
        The scorecard as it is.
    principle
        Key of the principle.
    target
        Score wanted, 0–100.

    Returns
    -------
    tuple of Needed
        The indicators with most to give first.
    """
    now = card[principle].score
    lines = [line for line in card[principle].lines if line.points_lost is not None]
    lines.sort(key=lambda line: line.points_lost or 0.0, reverse=True)
    if now is None:
        return ()
    missing = target - now
    found = []
    for line in lines:
        code = line.value.code
        if missing <= TOLERANCE:
            found.append(Needed(code, None, because("target_already_reached")))
        elif (line.points_lost or 0.0) + TOLERANCE < missing:
            found.append(Needed(code, None, because("not_enough_alone")))
        else:
            score_needed = (line.value.score or 0.0) + PERCENT * missing / line.effective_weight
            posts = Goalposts(line.value.floor or 0.0, line.value.target or 0.0)
            found.append(Needed(code, posts.value_for(min(score_needed, FULL_SCORE))))
    return tuple(found)


def needed_frame(card: Scorecard, target: float, lang: Language = "id") -> pd.DataFrame:
    """Return, for every principle, the value of each indicator that alone would reach a target.

    Parameters
    ----------
    card
        The scorecard as it is.
    target
        Score wanted of every principle, 0–100.
    lang
        Language of names and reasons.

    Returns
    -------
    pandas.DataFrame
        Columns principle, code, name, value (now), needed, unit, reason (why there is none).
    """
    import pandas as pd

    rows = [
        {
            "principle": item.key,
            "code": need.code,
            "name": card.catalogue[need.code].name[lang],
            "value": card.line(need.code).value.value,
            "needed": need.value,
            "unit": card.catalogue[need.code].unit,
            "reason": need.reason.text(lang) if need.reason else "",
        }
        for item in card.principles
        for need in needed_for(card, item.key, target)
    ]
    columns = ["principle", "code", "name", "value", "needed", "unit", "reason"]
    return pd.DataFrame(rows, columns=columns).astype({"value": "Float64", "needed": "Float64"})
