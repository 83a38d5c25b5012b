"""Build the principles and the whole from scored indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum

import numpy as np

from ektp_analytics.errors import Reason, because
from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.framework.indicator import Indicator
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.aggregate import (
    Floats,
    Layout,
    aspect_scores,
    effective_weights,
    geometric_mean,
    layout_of,
    principle_scores,
    weighted_mean,
)
from ektp_analytics.scoring.goalposts import FULL_SCORE
from ektp_analytics.scoring.scorecard import (
    AspectScore,
    IndicatorLine,
    OverallScore,
    Pair,
    PrincipleScore,
    PrincipleStatus,
    status_of,
)
from ektp_analytics.scoring.sensitivity import OVERALL
from ektp_analytics.scoring.settings import ScoreSettings

PERCENT = 100


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """Sampling intervals and ranges over choices, by principle and ``overall``."""

    intervals: Mapping[str, Pair | None]
    ranges: Mapping[str, Pair | None]
    simulated: bool = True

    @classmethod
    def not_simulated(cls, keys: Sequence[str]) -> Uncertainty:
        """Return what there is without a draw: nothing, by principle and ``overall``."""
        return cls(dict.fromkeys(keys), dict.fromkeys(keys), simulated=False)

    def reasons(self, key: str) -> dict[str, Reason]:
        """Return why the interval or the range of a score that exists is absent."""
        if not self.simulated:
            return dict.fromkeys(("interval", "choices_range"), because("not_simulated"))
        return {} if self.intervals[key] else {"interval": because("only_complete_counts")}


def principle_list(
    values: Sequence[IndicatorValue],
    catalogue: Catalogue,
    uncertainty: Uncertainty,
    settings: ScoreSettings,
) -> tuple[PrincipleScore, ...]:
    """Return the principles of a scorecard.

    Parameters
    ----------
    values
        One scored value per scored indicator, in catalogue order.
    catalogue
        Weights and places.
    uncertainty
        Computed beforehand from the same values.
    settings
        Least weight for a principle to be `ok`.
    """
    layout = layout_of(catalogue)
    scores = np.array([np.nan if value.score is None else value.score for value in values])
    lines = _lines(values, scores, catalogue, layout)
    aspects = _aspects(aspect_scores(scores, layout), layout)
    means = principle_scores(scores, layout)
    geometric = principle_scores(scores, layout, geometric=True)
    found = []
    for place, key in enumerate(layout.principles):
        inside = tuple(line for line in lines if line.value.principle == key)
        assessed = _weight_assessed(inside, catalogue)
        share = float(PERCENT * assessed)
        status = status_of(share, settings.minimum_weight)
        found.append(
            PrincipleScore(
                key=key,
                score=_number(means[place]),
                geometric=_number(geometric[place]),
                interval=uncertainty.intervals[key],
                choices_range=uncertainty.ranges[key],
                status=status,
                bounds=_bounds(inside, assessed),
                weight_assessed=share,
                from_survey=_from_survey(inside, catalogue),
                aspects=tuple(a for a in aspects if a.key.partition(".")[0] == key),
                lines=inside,
                reasons=_reasons(inside, uncertainty.reasons(key)),
                notes=(
                    *_status_notes(status, share, settings),
                    *_line_notes(inside, catalogue),
                    *((because("geometric_zero"),) if geometric[place] == 0 else ()),
                ),
            )
        )
    return tuple(found)


def overall_score(
    principles: Sequence[PrincipleScore], catalogue: Catalogue, uncertainty: Uncertainty
) -> OverallScore:
    """Return the mean of the principles, absent with a reason unless all are `ok`."""
    weights = layout_of(catalogue).principle_weights
    low, high = (
        float(weighted_mean([p.bounds[end] for p in principles], weights)) for end in (0, 1)
    )
    lacking = [p.key for p in principles if p.status != "ok"]
    if lacking:
        reason = because("overall_needs_all", **_named(lacking, catalogue.principles))
        return OverallScore(
            score=None,
            geometric=None,
            interval=None,
            choices_range=None,
            status="partial" if any(p.score is not None for p in principles) else "not assessed",
            bounds=(low, high),
            reasons=dict.fromkeys(("score", "geometric", "interval", "choices_range"), reason),
        )
    return OverallScore(
        score=float(weighted_mean([p.score for p in principles], weights)),
        geometric=float(geometric_mean([p.geometric for p in principles], weights)),
        interval=uncertainty.intervals[OVERALL],
        choices_range=uncertainty.ranges[OVERALL],
        status="ok",
        bounds=(low, high),
        reasons=uncertainty.reasons(OVERALL),
    )


def _lines(
    values: Sequence[IndicatorValue], scores: Floats, catalogue: Catalogue, layout: Layout
) -> list[IndicatorLine]:
    effective = PERCENT * effective_weights(~np.isnan(scores), layout)
    return [
        IndicatorLine(
            value=value,
            weight=float(PERCENT * catalogue.weight_in_principle(value.code)),
            effective_weight=float(share),
            points_lost=(
                None if value.score is None else float(share) * (FULL_SCORE - value.score) / PERCENT
            ),
        )
        for value, share in zip(values, effective, strict=True)
    ]


def _aspects(means: Floats, layout: Layout) -> list[AspectScore]:
    return [
        AspectScore(key=key, score=_number(mean), weight=PERCENT * float(weight))
        for key, mean, weight in zip(layout.aspects, means, layout.aspect_weights, strict=True)
        if weight > 0
    ]


def _weight_assessed(lines: Sequence[IndicatorLine], catalogue: Catalogue) -> Fraction:
    """Return the assessed part of a principle's full weight, exactly."""
    weights = (catalogue.weight_in_principle(line.value.code) for line in lines if line.assessed)
    return sum(weights, Fraction(0))


def _bounds(lines: Sequence[IndicatorLine], assessed: Fraction) -> Pair:
    """Return the score if everything missing were 0, and if it were 100.

    Weights are the full ones, not those renormalised over what is assessed.
    """
    low = fsum(line.weight * (line.value.score or 0.0) / PERCENT for line in lines)
    missing = float(PERCENT * (1 - assessed))
    return low, min(low + missing, FULL_SCORE)


def _from_survey(lines: Sequence[IndicatorLine], catalogue: Catalogue) -> float | None:
    """Return the percent of the score's weight that rests on the survey."""
    if not any(line.assessed for line in lines):
        return None
    survey = [line for line in lines if catalogue[line.value.code].from_survey]
    return fsum(line.effective_weight for line in survey)


def _reasons(lines: Sequence[IndicatorLine], others: dict[str, Reason]) -> dict[str, Reason]:
    if not any(line.assessed for line in lines):
        fields = ("score", "geometric", "interval", "choices_range", "from_survey")
        return dict.fromkeys(fields, because("nothing_assessed"))
    return others


def _status_notes(
    status: PrincipleStatus, share: float, settings: ScoreSettings
) -> tuple[Reason, ...]:
    if status != "partial":
        return ()
    share_en, least_en = f"{share:.1f}", f"{settings.minimum_weight:g}"
    note = because(
        "principle_partial",
        share_en=share_en,
        share_id=share_en.replace(".", ","),
        least_en=least_en,
        least_id=least_en.replace(".", ","),
    )
    return (note,)


def _line_notes(lines: Sequence[IndicatorLine], catalogue: Catalogue) -> tuple[Reason, ...]:
    """Say which values are carried and whose noise the interval leaves out."""
    used = [line.value for line in lines if line.assessed]
    carried = [v.code for v in used if v.status == "carried"]
    silent = [v.code for v in used if v.interval is None and _is_noisy(catalogue[v.code])]
    names = {code: item.name for code, item in catalogue.indicators.items()}
    notes = []
    if carried:
        notes.append(because("carried_values", **_named(carried, names)))
    if silent:
        notes.append(because("interval_leaves_out", **_named(silent, names)))
    return tuple(notes)


def _named(keys: Sequence[str], names: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the names of some keys as details of a sentence in both languages."""
    return {f"names_{lang}": "; ".join(names[key][lang] for key in keys) for lang in ("id", "en")}


def _is_noisy(indicator: Indicator) -> bool:
    return indicator.uncertainty != "complete_count"


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
