"""The scorecard as plain records: no NaN, every null with its reason beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ektp_analytics.errors import Language, Reason, because
from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.scorecard import (
    IndicatorLine,
    OverallScore,
    Pair,
    PrincipleScore,
    Scorecard,
)

DECIMALS = 6  # more would look like an identity number to the exit scan


def scorecard_record(card: Scorecard, lang: Language = "id") -> dict[str, Any]:
    """Return the record of the `score` command.

    Parameters
    ----------
    card
        The scorecard.
    lang
        Language of the reasons.

    Returns
    -------
    dict
        `office`, `period`, `principles`, `overall`, `reasons`, and what the scores were
        made with: `catalogue`, `mapping`, `seed`. Reasons of a principle's fields stand
        in the principle and, as ``participation.score``, also in the outer `reasons`.
    """
    principles = [_principle(item, card.catalogue, lang) for item in card.principles]
    reasons = {f"overall.{field}": r.text(lang) for field, r in card.overall.reasons.items()}
    for item in principles:
        reasons |= {f"{item['key']}.{field}": text for field, text in item["reasons"].items()}
    return {
        "office": card.office,
        "period": card.period,
        "principles": principles,
        "overall": _overall(card.overall, lang),
        "shown": [_shown(value, lang) for value in card.shown],
        "catalogue": card.catalogue.version,
        "mapping": card.catalogue.mapping,
        "seed": card.settings.seed,
        "draws": card.settings.draws,
        "reasons": reasons,
    }


def _principle(item: PrincipleScore, catalogue: Catalogue, lang: Language) -> dict[str, Any]:
    return {
        "key": item.key,
        "score": _number(item.score),
        "interval": _pair(item.interval),
        "choices_range": _pair(item.choices_range),
        "geometric": _number(item.geometric),
        "status": item.status,
        "bounds": _pair(item.bounds),
        "weight_assessed": _number(item.weight_assessed),
        "from_survey": _number(item.from_survey),
        "aspects": [
            {"key": a.key, "score": _number(a.score), "weight": _number(a.weight)}
            | {"reasons": {} if a.score is not None else {"score": _nothing(lang)}}
            for a in item.aspects
        ],
        "indicators": [_line(line, catalogue, lang) for line in item.lines],
        "notes": [note.text(lang) for note in item.notes],
        "reasons": _texts(item.reasons, lang),
    }


def _overall(item: OverallScore, lang: Language) -> dict[str, Any]:
    return {
        "score": _number(item.score),
        "interval": _pair(item.interval),
        "choices_range": _pair(item.choices_range),
        "geometric": _number(item.geometric),
        "status": item.status,
        "bounds": _pair(item.bounds),
        "reasons": _texts(item.reasons, lang),
    }


def _line(line: IndicatorLine, catalogue: Catalogue, lang: Language) -> dict[str, Any]:
    value = line.value
    indicator = catalogue[value.code]
    record = _value_fields(value, lang) | {
        "name": indicator.name[lang],
        "floor": _number(value.floor),
        "target": _number(value.target),
        "score": _number(value.score),
        "score_uncapped": _number(value.score_uncapped),
        "weight": _number(line.weight),
        "effective_weight": _number(line.effective_weight),
        "points_lost": _number(line.points_lost),
        "counter": value.counter,
    }
    why = value.reason or because("no_data")
    reasons = {f: why for f in ("value", "score", "score_uncapped") if record[f] is None}
    if record["points_lost"] is None:
        reasons["points_lost"] = why
    if record["interval"] is None:
        reasons["interval"] = _why_no_interval(value)
    if record["n"] is None:
        reasons["n"] = why if value.value is None else because("n_does_not_apply")
    if record["counter"] is None:
        missing = "counter_not_available" if indicator.counter else "no_counter"
        reasons["counter"] = value.counter_reason or because(missing)
    return record | {"reasons": _texts(reasons, lang)}


def _shown(value: IndicatorValue, lang: Language) -> dict[str, Any]:
    record = _value_fields(value, lang)
    why = value.reason or because("no_data")
    absent = {f: why for f in ("value", "n") if record[f] is None}
    if record["interval"] is None:
        absent["interval"] = _why_no_interval(value)
    return record | {"reasons": _texts(absent, lang)}


def _why_no_interval(value: IndicatorValue) -> Reason:
    """Say why no interval stands beside a value; a complete count is the rule without one."""
    if value.value is None:
        return value.reason or because("no_data")
    return value.interval_reason or because("complete_count")


def _value_fields(value: IndicatorValue, lang: Language) -> dict[str, Any]:
    return {
        "code": value.code,
        "principle": value.principle,
        "aspect": value.aspect,
        "value": _number(value.value),
        "unit": value.unit,
        "n": value.n,
        "interval": _pair(value.interval),
        "status": value.status,
        "reason": value.reason.text(lang) if value.reason else "",
        "notes": [note.text(lang) for note in value.notes],
        "sources": [{"file": s.file, "sha256": s.sha256} for s in value.sources],
        "legal_basis": value.legal_basis,
    }


def _texts(reasons: Mapping[str, Reason], lang: Language) -> dict[str, str]:
    return {field: reason.text(lang) for field, reason in reasons.items()}


def _nothing(lang: Language) -> str:
    return because("nothing_assessed").text(lang)


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def _pair(pair: Pair | None) -> list[float] | None:
    return None if pair is None else [round(end, DECIMALS) for end in pair]
