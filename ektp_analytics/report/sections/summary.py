"""Ringkasan eksekutif: the index, the four principles, what moved, what is missing."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.measures.survey_means import IndexSummary
from ektp_analytics.report import headlines, numbers
from ektp_analytics.report.blocks import Block, Bullets, Columns, Heading, Headline, KeyNumber
from ektp_analytics.report.charts.index_strip import index_strip
from ektp_analytics.report.charts.principles import principles
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import (
    band_frame,
    in_sentence,
    notices,
    reason_words,
    source_line,
)
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun


def summary_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the executive summary."""
    lang = edition.lang
    blocks: list[Block | str] = [_headline(run, lang)]
    if "survey" in run.sources:
        blocks.append(_index_columns(run, edition))
    blocks.append(Heading(tell("summary.principles", lang)))
    blocks.append(
        principles(
            principle_frame(run, lang),
            edition,
            remarks=_joint(run, lang),
            source=tell("scorecard.source", lang, period=run.period.label(lang)),
        )
    )
    blocks.append(Bullets(_missing(run, lang), tell("summary.missing", lang)))
    return Section([*blocks, *notices(run, edition, *run.sources)])


def _headline(run: PeriodRun, lang: Language) -> Headline:
    summary = unit_survey(run.data).summary if "survey" in run.sources else None
    in_time = run.value("legal_time_limit").value
    words = headlines.summary(
        summary.index if summary else None,
        (summary.label if summary else None) or "",
        "no previous",
        in_time,
        str(run.value("legal_time_limit").inputs.get("limits", "")),
        lang,
    )
    return Headline(words, tell("summary.kicker", lang))


def _index_columns(run: PeriodRun, edition: Edition) -> Columns:
    lang = edition.lang
    summary = unit_survey(run.data).summary
    number = KeyNumber(
        tell("cover.index", lang),
        numbers.number(summary.index, 2, lang),
        tell("cover.grade", lang, grade=summary.grade, label=summary.label)
        if summary.grade
        else tell("cover.index_absent", lang),
        _index_notes(run, summary, lang),
    )
    bands = band_frame(run.period.end, lang)
    strip = index_strip(
        summary.index,
        summary.interval,
        bands,
        edition,
        distances=(summary.to_next_band, _to_lower(summary, bands)),
        source=source_line(run, "survey", lang),
    )
    return Columns([[number], [strip]], widths=(0.62, 1.38))


def _index_notes(run: PeriodRun, summary: IndexSummary, lang: Language) -> list[str]:
    notes = []
    if summary.interval:
        interval = numbers.interval(summary.interval, 2, lang)
        notes.append(tell("summary.interval", lang, interval=interval))
    counted = numbers.number(summary.n, 0, lang)
    served = run.office.users_served(run.period)
    if served is None:
        notes.append(tell("summary.n", lang, n=counted))
    else:
        users = numbers.number(served, 0, lang)
        notes.append(tell("summary.n_of", lang, n=counted, users=users))
    return notes


def _to_lower(summary: IndexSummary, bands: pd.DataFrame) -> float | None:
    """Return the points down to the upper limit of the next worse band."""
    if summary.index is None:
        return None
    below = bands.loc[bands["upper"].lt(summary.index), "upper"]
    return None if below.empty else round(summary.index - float(below.max()), 2)


def principle_frame(run: PeriodRun, lang: Language) -> pd.DataFrame:
    """Return the principles as their chart takes them."""
    return pd.DataFrame([_principle(run, p.key, lang) for p in run.scorecard.principles])


def _principle(run: PeriodRun, key: str, lang: Language) -> dict[str, Any]:
    found = run.scorecard[key]
    low, high = found.interval or (None, None)
    return {
        "key": key,
        "score": found.score,
        "status": found.status,
        "weight_assessed": found.weight_assessed,
        "low": low,
        "high": high,
        "bound_low": found.bounds[0],
        "bound_high": found.bounds[1],
        "previous": None,
        "change": None,
        "move": "no previous" if found.status == "ok" else "not comparable",
        "reason": reason_words(found.reasons.get("score"), lang) if found.score is None else "",
    }


def _joint(run: PeriodRun, lang: Language) -> tuple[str, ...]:
    overall = run.scorecard.overall
    if overall.score is None:
        return (tell("summary.no_joint", lang),)
    return ()


def _missing(run: PeriodRun, lang: Language) -> list[str]:
    """Return one line per source that indicators wait for, with their names."""
    waiting: dict[str, list[str]] = {}
    for value in run.values:
        if value.reason is not None and value.reason.code == "source_missing":
            indicator = run.catalogue[value.code]
            waiting.setdefault(indicator.sources[0], []).append(indicator.name[lang])
    return [
        tell(
            "summary.missing_line",
            lang,
            source=in_sentence("source", source, lang),
            count=len(names),
        )
        for source, names in waiting.items()
    ]
