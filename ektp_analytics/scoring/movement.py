"""Whether indicators and principles moved beyond noise between two scorecards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ektp_analytics.errors import Language, Reason, because
from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.measures.change import Change, Reading, moved_beyond_noise
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.scorecard import PrincipleScore, Scorecard
from ektp_analytics.scoring.what_if import as_given

if TYPE_CHECKING:
    import pandas as pd

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

    Indicators of a principle form the family over which Holm's correction runs; complete
    counts moved when they changed by the catalogue's material step. Carried values give
    no change.

    Parameters
    ----------
    before, after
        Scorecards; another catalogue version makes everything not comparable.
    """
    first, second = (_by_code(card) for card in (before, after))
    indicators: dict[str, Change] = {}
    for principle in after.catalogue.principles:
        codes = [i.code for i in after.catalogue.scored if i.principle == principle]
        pairs = {
            code: (
                _reading(first.get(code), before.catalogue, code),
                _reading(second.get(code), after.catalogue, code),
            )
            for code in codes
        }
        steps = {code: after.catalogue[code].material for code in codes}
        indicators |= moved_beyond_noise(pairs, steps)
    usable = [{c for c, v in side.items() if _is_fresh(v)} for side in (first, second)]
    common, left_out = usable[0] & usable[1], usable[0] ^ usable[1]
    old, new = (_on_common(card, common) for card in (before, after))
    return Movement(
        indicators=indicators,
        principles=_principle_changes(old, new),
        left_out=tuple(sorted(left_out)),
        notes=_notes(new, left_out, common),
    )


def _by_code(card: Scorecard) -> dict[str, IndicatorValue]:
    return {line.value.code: line.value for line in card.lines}


def _is_fresh(value: IndicatorValue) -> bool:
    return value.score is not None and value.status != "carried"


def _reading(value: IndicatorValue | None, catalogue: Catalogue, code: str) -> Reading:
    """Return an indicator as a reading; its noise comes with its interval."""
    basis = (catalogue.version, catalogue.mapping)
    if value is None or value.value is None:
        reason = value.reason if value else None
        return Reading(value=None, basis=basis, reason=reason)
    carried = because("carried_has_no_change") if value.status == "carried" else None
    return Reading(
        value=value.value,
        basis=basis,
        complete=catalogue[code].uncertainty == "complete_count",
        interval=value.interval,
        reason=carried,
    )


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
        One row per scored indicator: principle, code, name, before, after, difference,
        low, high (95 % interval of the difference), verdict (in words), reason.
    """
    import pandas as pd

    first = _by_code(before) if before is not None else {}
    changes = movement(before, after).indicators if before is not None else {}
    rows = []
    for line in after.lines:
        value, change = line.value, changes.get(line.value.code)
        known = first.get(value.code)
        rows.append(
            {
                "principle": value.principle,
                "code": value.code,
                "name": after.catalogue[value.code].name[lang],
                "before": known.value if known else None,
                "after": value.value,
                **_judgment(change, lang),
            }
        )
    return pd.DataFrame(rows).astype(dict.fromkeys(_NUMBERS, "Float64"))


_NUMBERS = ("before", "after", "difference", "low", "high")


def _judgment(change: Change | None, lang: Language) -> dict[str, Any]:
    found = change or Change(verdict="not comparable", reason=because("change_no_before"))
    low, high = found.interval or (None, None)
    return {
        "difference": found.difference,
        "low": low,
        "high": high,
        "verdict": found.word(lang),
        "reason": found.reason.text(lang) if found.reason else "",
    }
