"""Whether indicators moved beyond noise between two periods, in the words of the report."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ektp_analytics.errors import Language, because
from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.measures.change import Change, Reading, moved_beyond_noise

_NUMBERS = ("before", "now", "difference", "low", "high", "low_alone", "high_alone")


@dataclass(frozen=True, slots=True)
class IndicatorChanges:
    """What happened to every indicator between two periods.

    Parameters
    ----------
    catalogue
        The catalogue both were judged by.
    changes
        Code to its change; Holm's correction runs over the indicators of a principle.
    before, after
        The values compared, by code.
    left_out
        Indicators assessed in one of the periods only.
    """

    catalogue: Catalogue
    changes: Mapping[str, Change]
    before: Mapping[str, IndicatorValue]
    after: Mapping[str, IndicatorValue]
    left_out: tuple[str, ...] = ()

    def moved(self, verdict: str) -> tuple[str, ...]:
        """Return the codes with a verdict (``up``, ``down``), in catalogue order."""
        return tuple(code for code, change in self.changes.items() if change.verdict == verdict)

    def to_frame(self, lang: Language = "id") -> pd.DataFrame:
        """Return one row per indicator.

        Returns
        -------
        pandas.DataFrame
            ``code``, ``principle``, ``name``, ``unit``, ``before``, ``now``,
            ``difference``, ``low``, ``high`` (interval of the difference at the level
            Holm's procedure gives it: it excludes 0 exactly where the value moved),
            ``low_alone``, ``high_alone`` (95 % interval of this indicator by itself),
            ``move`` (``up``, ``down``, ``same``, ``not comparable``), ``better`` (boolean:
            moved in the good direction), ``verdict`` (the words of the report), ``reason``.
        """
        rows = [self._row(code, change, lang) for code, change in self.changes.items()]
        numbers = dict.fromkeys(_NUMBERS, "Float64")
        return pd.DataFrame(rows).astype({**numbers, "better": "boolean"})

    def _row(self, code: str, change: Change, lang: Language) -> dict[str, object]:
        item = self.catalogue[code]
        before, after = self.before.get(code), self.after.get(code)
        low, high = change.interval_in_family or (None, None)
        low_alone, high_alone = change.interval or (None, None)
        good = {"up": "higher", "down": "lower"}.get(change.verdict)
        return {
            "code": code,
            "principle": item.principle,
            "name": item.label(lang),
            "unit": item.unit,
            "before": before.value if before else None,
            "now": after.value if after else None,
            "difference": change.difference,
            "low": low,
            "high": high,
            "low_alone": low_alone,
            "high_alone": high_alone,
            "move": "same" if change.verdict == "unchanged" else change.verdict,
            "better": None if good is None else good == item.direction,
            "verdict": change.word(lang),
            "reason": change.reason.text(lang) if change.reason else "",
        }


def indicator_changes(
    before: Sequence[IndicatorValue],
    after: Sequence[IndicatorValue],
    catalogue: Catalogue,
    earlier: Catalogue | None = None,
) -> IndicatorChanges:
    """Judge every indicator between two periods of one office.

    Parameters
    ----------
    before, after
        Values of the earlier and the later period; none earlier makes everything not
        comparable.
    catalogue
        Whose material steps decide for complete counts.
    earlier
        The catalogue the earlier values were made with, where it is another.

    Returns
    -------
    IndicatorChanges
        A sampled or event-based value moved if the interval of the difference excludes 0
        after Holm over its principle; a complete count if it changed by the catalogue's
        material step. A carried value gives no change.
    """
    sides = [{v.code: v for v in values} for values in (before, after)]
    bases = [(made.version, made.mapping) for made in (earlier or catalogue, catalogue)]
    found: dict[str, Change] = {}
    for principle in catalogue.principles:
        codes = [i.code for i in catalogue.indicators.values() if i.principle == principle]
        pairs = {
            code: (
                _reading(sides[0].get(code), bases[0], catalogue, "change_no_before"),
                _reading(sides[1].get(code), bases[1], catalogue, "change_no_after"),
            )
            for code in codes
        }
        found |= moved_beyond_noise(pairs, {code: catalogue[code].material for code in codes})
    in_order = {code: found[code] for code in catalogue.indicators}
    assessed = [{code for code, v in side.items() if _fresh(v)} for side in sides]
    return IndicatorChanges(
        catalogue, in_order, sides[0], sides[1], tuple(sorted(assessed[0] ^ assessed[1]))
    )


def _fresh(value: IndicatorValue) -> bool:
    return value.value is not None and value.status != "carried"


def _reading(
    value: IndicatorValue | None, basis: Hashable, catalogue: Catalogue, absent: str
) -> Reading:
    """Return a value as one side of a comparison, with what is known of its noise.

    What an indicator rests on is part of the basis: a value from all services, or from a
    stand-in for its source, is not compared with one that is whole.
    """
    if value is None or value.value is None:
        return Reading(value=None, reason=value.reason if value else because(absent))
    return Reading(
        value=value.value,
        basis=(basis, value.reason.code if value.status == "partial" and value.reason else ""),
        complete=catalogue[value.code].uncertainty == "complete_count",
        interval=value.interval,
        reason=because("carried_has_no_change") if value.status == "carried" else None,
    )
