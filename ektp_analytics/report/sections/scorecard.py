"""Bab IV: the four principles, and where each of them loses points."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import headlines, numbers
from ektp_analytics.report.blocks import Block, Headline, Paragraph
from ektp_analytics.report.charts.points_lost import points_lost
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import (
    indicator_name,
    notices,
    principle_name,
    reason_words,
    short_period,
    value_words,
)
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.scoring.scorecard import IndicatorLine

SMALL_N = (5, 30)  # from 5 to 29: scored and marked (DESIGN of the scores)


def scorecard_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the scorecard; with nothing scored it says why, principle by principle."""
    lang = edition.lang
    worst = worst_lines(run)
    names = [indicator_name(run, line.value.code, lang) for line in worst]
    head = Headline(
        headlines.points_lost([_lowered(name) for name in names], lang),
        tell("scorecard.kicker", lang),
        _lead(run, lang),
    )
    chart = points_lost(
        line_frame(run, lang),
        principle_heads(run),
        edition,
        remarks=_remarks(run, lang),
        source=tell("scorecard.source", lang, period=short_period(run, lang)),
    )
    blocks: list[Block | str] = [head, chart]
    said = _said(run, lang)
    blocks += [Paragraph(sentence) for sentence in said]
    return Section([*blocks, *notices(run, edition, *run.sources)])


def worst_lines(run: PeriodRun, most: int = 3) -> list[IndicatorLine]:
    """Return the indicators that cost their principle most, the costliest first.

    Only principles assessed in full are compared; where there is none, all that is scored.
    """
    full = {p.key for p in run.scorecard.principles if p.status == "ok"}
    lines = [line for line in run.scorecard.lines if line.points_lost]
    chosen = [line for line in lines if line.value.principle in full] or lines
    return sorted(chosen, key=lambda line: -(line.points_lost or 0))[:most]


def line_frame(run: PeriodRun, lang: Language) -> pd.DataFrame:
    """Return the scored indicators as `points_lost` takes them."""
    return pd.DataFrame([_line(run, line, lang) for line in run.scorecard.lines])


def principle_heads(run: PeriodRun) -> pd.DataFrame:
    """Return the principles as `points_lost` takes them."""
    return pd.DataFrame(
        [
            {
                "key": p.key,
                "score": p.score,
                "status": p.status,
                "weight_assessed": p.weight_assessed,
            }
            for p in run.scorecard.principles
        ]
    )


def _line(run: PeriodRun, line: IndicatorLine, lang: Language) -> dict[str, Any]:
    value = line.value
    scored = value.score is not None
    small = scored and value.n is not None and SMALL_N[0] <= value.n < SMALL_N[1]
    sampled = run.catalogue[value.code].uncertainty != "complete_count"
    return {
        "principle": value.principle,
        "name": indicator_name(run, value.code, lang),
        "value_text": "" if value.value is None else value_words(value.value, value.unit, lang),
        "score": value.score,
        "weight": line.effective_weight if scored else None,
        "status": value.status,
        "reason": _short_reason(line, lang),
        "small_n": small and sampled,
    }


def _short_reason(line: IndicatorLine, lang: Language) -> str:
    if line.assessed or line.value.reason is None:
        return ""
    if line.value.reason.code in ("source_missing", "no_source_for_indicator"):
        return tell("scorecard.short_missing", lang)
    return reason_words(line.value.reason, lang)


def _lead(run: PeriodRun, lang: Language) -> str:
    overall = run.scorecard.overall
    bounds = numbers.interval(overall.bounds, 1, lang)
    if overall.score is None:
        lacking = [
            principle_name(p.key, lang) for p in run.scorecard.principles if p.status != "ok"
        ]
        names = numbers.joined(lacking, lang)
        return tell("scorecard.no_overall", lang, names=names, bounds=bounds)
    return tell(
        "scorecard.overall",
        lang,
        score=numbers.number(overall.score, 1, lang),
        interval=numbers.interval(overall.interval, 1, lang),
        geometric=numbers.number(overall.geometric, 1, lang),
        bounds=bounds,
        choices=numbers.interval(overall.choices_range, 1, lang),
    )


def _remarks(run: PeriodRun, lang: Language) -> tuple[str, ...]:
    catalogue = run.scorecard.catalogue
    return (tell("scorecard.catalogue", lang, version=catalogue.version),)


def _said(run: PeriodRun, lang: Language) -> list[str]:
    """Return how much of each score rests on the survey, and what its notes say."""
    said = []
    shares = [
        tell(
            "scorecard.from_survey_part",
            lang,
            name=principle_name(p.key, lang),
            share=numbers.percent(p.from_survey, 0, lang),
        )
        for p in run.scorecard.principles
        if p.from_survey is not None
    ]
    if shares:
        said.append(tell("scorecard.from_survey", lang, listed="; ".join(shares)))
    for principle in run.scorecard.principles:
        for note in principle.notes:
            words = reason_words(note, lang)
            said.append(f"**{principle_name(principle.key, lang)}:** {words}.")
    return said


def _lowered(name: str) -> str:
    """Return a name as it stands inside a sentence; an abbreviation keeps its capitals."""
    first = name.split(" ", 1)[0]
    return name if first.isupper() else name[:1].lower() + name[1:]
