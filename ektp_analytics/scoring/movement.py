"""Whether indicators and principles moved beyond noise between two scorecards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ektp_analytics.errors import Language, Reason, because
from ektp_analytics.indicators.change import IndicatorChanges, indicator_changes
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.measures.change import Change, Reading, moved_beyond_noise
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.scorecard import PrincipleScore, Scorecard
from ektp_analytics.scoring.what_if import as_given

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "principle", "code", "name", "before", "now", "difference", "low", "high", "verdict", "reason",
)  # fmt: skip
PRINCIPLE_STEP = 1.0  # points; the step that counts where a score rests on complete counts


@dataclass(frozen=True, slots=True)
class Movement:
    """Changes between two periods.

    Parameters
    ----------
    indicators, principles
        Code or key to what happened. Principles are compared on the indicators both
        periods have, and only where they are `ok` on them.
    left_out
        Indicators assessed in one period only.
    notes
        By principle, that it was compared on the common indicators.
    """

    indicators: Mapping[str, Change]
    principles: Mapping[str, Change]
    left_out: tuple[str, ...]
    notes: Mapping[str, Reason]


def movement(before: Scorecard, after: Scorecard) -> Movement:
    """Judge every indicator and every principle between two scorecards of one office.

    Indicators are judged by `indicators.change.indicator_changes`.

    Parameters
    ----------
    before, after
        Scorecards; another catalogue version makes everything not comparable.
    """
    found = _indicator_changes(before, after).changes
    usable = [{x.value.code for x in card.lines if _is_fresh(x.value)} for card in (before, after)]
    common, left_out = usable[0] & usable[1], usable[0] ^ usable[1]
    old, new = (_on_common(card, common) for card in (before, after))
    return Movement(
        indicators={i.code: found[i.code] for i in after.catalogue.scored},
        principles=_principle_changes(old, new),
        left_out=tuple(sorted(left_out)),
        notes=_notes(new, left_out, common),
    )


def _indicator_changes(before: Scorecard | None, after: Scorecard) -> IndicatorChanges:
    """Judge the values two cards were made from; none earlier makes nothing comparable."""
    earlier = before.catalogue if before is not None else None
    return indicator_changes(_values(before), _values(after), after.catalogue, earlier)


def _values(card: Scorecard | None) -> list[IndicatorValue]:
    return [] if card is None else [*(line.value for line in card.lines), *card.shown]


def _is_fresh(value: IndicatorValue) -> bool:
    return value.score is not None and value.status != "carried"


def _on_common(card: Scorecard, common: set[str]) -> Scorecard:
    """Score a card again on some of its indicators."""
    missing = because("no_data")
    values = [
        as_given(line.value)
        if line.value.code in common
        else replace(line.value, value=None, status="not assessed", reason=missing)
        for line in card.lines
    ]
    return score(values, card.catalogue, settings=card.settings)


def _principle_changes(before: Scorecard, after: Scorecard) -> dict[str, Change]:
    bases = [(card.catalogue.version, card.catalogue.mapping) for card in (before, after)]
    changes: dict[str, Change] = {}
    for old, new in zip(before.principles, after.principles, strict=True):
        readings = [_principle_reading(p, b) for p, b in zip((old, new), bases, strict=True)]
        pair = (readings[0], readings[1])
        changes |= moved_beyond_noise({new.key: pair}, PRINCIPLE_STEP)
    return changes


def _principle_reading(principle: PrincipleScore, basis: tuple[str, str]) -> Reading:
    if principle.status != "ok":
        return Reading(value=None, basis=basis, reason=because("not_comparable_principle"))
    return Reading(
        value=principle.score,
        basis=basis,
        complete=principle.interval is None,
        interval=principle.interval,
    )


def _notes(card: Scorecard, left_out: set[str], common: set[str]) -> dict[str, Reason]:
    notes = {}
    for key in card.catalogue.principles:
        codes = {i.code for i in card.catalogue.scored if i.principle == key}
        if codes & left_out:
            notes[key] = because("change_common_only", common=len(codes & common))
    return notes


def changes_frame(
    before: Scorecard | None, after: Scorecard, lang: Language = "id"
) -> pd.DataFrame:
    """Return what happened to every indicator since the period before, as a table.

    Parameters
    ----------
    before, after
        Scorecards of one office; nothing is comparable where there is no earlier one.
    lang
        Language of names and verdicts.

    Returns
    -------
    pandas.DataFrame
        One row per scored indicator, the columns `COLUMNS` of
        `indicators.change.IndicatorChanges.to_frame`: the interval of the difference
        excludes 0 exactly where the verdict is up or down.
    """
    table = _indicator_changes(before, after).to_frame(lang)
    scored = table["code"].isin([item.code for item in after.catalogue.scored])
    return table.loc[scored, list(COLUMNS)].reset_index(drop=True)
