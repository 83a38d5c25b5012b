"""Bab V: conclusions written from the numbers, and the signature."""

from __future__ import annotations

from ektp_analytics.errors import Language
from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.blocks import Block, Bullets, Headline
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.actions import proposed_actions, weakest_elements
from ektp_analytics.report.sections.approval import signatures
from ektp_analytics.report.sections.context import (
    in_sentence,
    notices,
    principle_name,
    report_kind,
    signed,
)
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun


def conclusion_page(run: PeriodRun, edition: Edition) -> Section:
    """Return Bab V of the ministry's outline, signed where an official answers for it."""
    lang = edition.lang
    head = Headline(tell("conclusion.headline", lang), tell("conclusion.kicker", lang))
    said = _conclusions(run, lang)
    blocks: list[Block | str] = [head, Bullets(said, tell("conclusion.conclusions", lang))]
    if advice := _advice(run, lang):
        blocks.append(Bullets(advice, tell("conclusion.advice", lang)))
    blocks += notices(run, edition, *run.sources)
    if signed(run):
        blocks += signatures(run, lang)[-1:]
    return Section(blocks)


def _conclusions(run: PeriodRun, lang: Language) -> list[str]:
    if report_kind(run) == "case_study":
        return [tell(f"conclusion.case_study_{i}", lang) for i in (1, 2, 3, 4)]
    return [
        *_satisfaction(run, lang),
        *_waiting(run, lang),
        *_coverage(run, lang),
        *_governance(run, lang),
        *_missing(run, lang),
    ]


def _satisfaction(run: PeriodRun, lang: Language) -> list[str]:
    if "survey" not in run.sources:
        return [tell("conclusion.no_survey", lang)]
    summary = unit_survey(run.data).summary
    if summary.index is None:
        return [tell("conclusion.no_index", lang)]
    words = {
        "index": numbers.number(summary.index, 2, lang),
        "grade": summary.grade,
        "label": summary.label,
        "n": numbers.number(summary.n, 0, lang),
        "interval": numbers.interval(summary.interval, 2, lang),
    }
    key = "conclusion.index" if summary.interval else "conclusion.index_plain"
    weakest = weakest_elements(run, 1)[0]
    best = max(summary.elements, key=lambda e: e.index or 0)
    ends = {
        "lowest": wording.name_of("element", weakest.key, lang).lower(),
        "low": numbers.number(weakest.index, 2, lang),
        "highest": wording.name_of("element", best.key, lang).lower(),
        "high": numbers.number(best.index, 2, lang),
    }
    return [tell(key, lang, **words), tell("conclusion.elements", lang, **ends)]


def _waiting(run: PeriodRun, lang: Language) -> list[str]:
    legal, promise = run.value("legal_time_limit"), run.value("promise_kept")
    said = []
    if legal.value is not None:
        said.append(
            tell(
                "conclusion.legal",
                lang,
                share=numbers.percent(legal.value, 1, lang),
                n=numbers.number(legal.n, 0, lang),
            )
        )
    if promise.value is not None:
        said.append(tell("conclusion.promise", lang, share=numbers.percent(promise.value, 1, lang)))
    return [" ".join(said)] if said else []


def _coverage(run: PeriodRun, lang: Language) -> list[str]:
    recorded, held = run.value("recording_coverage"), run.value("card_possession")
    if recorded.value is None or held.value is None:
        return []
    return [
        tell(
            "conclusion.coverage",
            lang,
            recorded=numbers.percent(recorded.value, 2, lang),
            held=numbers.percent(held.value, 2, lang),
        )
    ]


def _governance(run: PeriodRun, lang: Language) -> list[str]:
    told = []
    for found in run.scorecard.principles:
        name = principle_name(found.key, lang).lower()
        words = wording.status(found.status, found.weight_assessed, lang)
        if found.score is not None:
            score = numbers.number(found.score, 1, lang)
            words = score if found.status == "ok" else f"{score}, {words}"
        told.append(f"{name} {words}")
    return [tell("conclusion.principles", lang, listed="; ".join(told))]


def _missing(run: PeriodRun, lang: Language) -> list[str]:
    sources: dict[str, int] = {}
    for value in run.values:
        if value.reason is not None and value.reason.code == "source_missing":
            source = run.catalogue[value.code].sources[0]
            sources[source] = sources.get(source, 0) + 1
    if not sources:
        return []
    names = numbers.joined([in_sentence("source", s, lang) for s in sources], lang)
    count = numbers.number(sum(sources.values()), 0, lang)
    return [tell("conclusion.missing", lang, count=count, names=names)]


def _advice(run: PeriodRun, lang: Language) -> list[str]:
    return [f"**{a.subject}:** {_lowered(a.action)}." for a in proposed_actions(run, lang)]


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
