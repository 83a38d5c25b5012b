"""Bab V: conclusions written from the numbers, and the signature."""

from __future__ import annotations

from ektp_analytics.errors import Language
from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.blocks import Block, Bullets, Headline, Together
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.approval import signatures
from ektp_analytics.report.sections.case_study import figure_counts
from ektp_analytics.report.sections.context import (
    flows,
    foreign,
    in_sentence,
    lowered,
    notices,
    principle_name,
    report_kind,
    signed,
    waiting_sources,
)
from ektp_analytics.report.sections.evidence import evidence_counts
from ektp_analytics.report.sections.follow_up import ranked_elements
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.plan import first_actions, without_dot
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun

MOST_ADVICE = 7


def conclusion_page(run: PeriodRun, edition: Edition) -> Section:
    """Return Bab V of the ministry's outline, signed where an official answers for it."""
    lang = edition.lang
    head = Headline(
        tell("conclusion.headline", lang),
        tell("conclusion.kicker", lang),
        new_page=not flows(run),
    )
    said = _conclusions(run, lang)
    last: list[Block | str] = [Bullets(said, tell("conclusion.conclusions", lang))]
    if advice := _advice(run, lang):
        last.append(Bullets(advice, tell("conclusion.advice", lang)))
    last += notices(run, edition, *run.sources)
    if not signed(run):
        return Section([head, *last])
    # Nobody signs on a page that holds nothing of what is signed.
    last += signatures(run, lang)[-1:]
    keep = 2 if advice else 1
    return Section([head, *last[: keep - 1], Together(last[keep - 1 :])])


def _conclusions(run: PeriodRun, lang: Language) -> list[str]:
    if report_kind(run) == "case_study":
        return _case_study(run, lang)
    return [
        *_satisfaction(run, lang),
        *_waiting(run, lang),
        *_coverage(run, lang),
        *_governance(run, lang),
        *_missing(run, lang),
    ]


def _case_study(run: PeriodRun, lang: Language) -> list[str]:
    said = [tell("summary.figures", lang, **figure_counts(run, lang))]
    if "evidence" in run.sources:
        said.append(tell("summary.statements", lang, **evidence_counts(run, lang)))
    return [*said, *_missing(run, lang), tell("conclusion.case_study", lang)]


def _satisfaction(run: PeriodRun, lang: Language) -> list[str]:
    if "survey" not in run.sources:
        return [tell("conclusion.no_survey", lang)]
    summary = unit_survey(run.data).summary
    if summary.index is None:
        return [tell("conclusion.no_index", lang)]
    words = {
        "index": numbers.number(summary.index, 2, lang),
        "grade": summary.grade,
        "label": wording.grade_word(summary.label, lang),
        "n": numbers.number(summary.n, 0, lang),
        "interval": numbers.interval(summary.interval, 2, lang),
    }
    key = "conclusion.index" if summary.interval else "conclusion.index_plain"
    ranked = ranked_elements(run)
    weakest, best = ranked[0], ranked[-1]
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
    waiting = waiting_sources(run)
    if not waiting:
        return []
    count = numbers.number(sum(waiting.values()), 0, lang)
    if flows(run):  # the files are named on the page of what is not assessed
        return [tell("conclusion.missing_in_short", lang, count=count)]
    names = numbers.joined([in_sentence("source", s, lang) for s in waiting], lang)
    return [tell("conclusion.missing", lang, count=count, names=names)]


def _advice(run: PeriodRun, lang: Language) -> list[str]:
    if foreign(run):
        return []
    return [
        f"**{action.subject[lang]}:** {lowered(without_dot(action.action[lang]))}."
        for action in first_actions(run, MOST_ADVICE)
    ]
