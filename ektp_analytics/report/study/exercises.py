"""Exercises on the case study, each with its answer folded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ektp_analytics.errors import Language
from ektp_analytics.measures.agreement import cohen_kappa
from ektp_analytics.measures.explanations import slip_name
from ektp_analytics.measures.partition import PartitionAudit
from ektp_analytics.measures.published_figures import AuditResult
from ektp_analytics.report import numbers
from ektp_analytics.report.blocks import Block, Headline
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.markup import element, rich
from ektp_analytics.report.sections.case_study import partition_of
from ektp_analytics.report.sections.context import in_sentence
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.steps import Step, Steps
from ektp_analytics.report.study.figures import published, short_count, whole
from ektp_analytics.report.study.interpretation import wanted
from ektp_analytics.scoring.period_run import PeriodRun


@dataclass(frozen=True, slots=True)
class Fold(Block):
    """Words hidden until the reader opens them; printed pages show the title only."""

    title: str
    words: str

    def html(self) -> Markup:
        """Return the folded words."""
        return element("details", element("summary", self.title), element("p", rich(self.words)))


def exercises(run: PeriodRun, edition: Edition, audit: AuditResult) -> Section:
    """Return the exercises; every number in an answer is computed from the files.

    Parameters
    ----------
    run, edition
        The case study and the language.
    audit
        The audit of the printed figures.
    """
    lang = edition.lang
    parts = partition_of(published(run))
    if parts is None:
        return Section()
    pairs = [*_about_figures(run, audit, parts, lang), *_about_evidence(run, lang)]
    steps = [Step(question, [Fold(tell("study.answer", lang), said)]) for question, said in pairs]
    head = Headline(
        tell("study.exercises_headline", lang),
        tell("study.exercises_kicker", lang),
        new_page=False,
    )
    return Section([head, Steps(steps)])


def _about_figures(
    run: PeriodRun, audit: AuditResult, parts: PartitionAudit, lang: Language
) -> Iterator[tuple[str, str]]:
    table, first = published(run), parts.completions[0]
    counts = [first.pattern if p == short_count(run) else p for p in _printed(table, "part")]
    ends = {"low": numbers.number(first.totals[0], 0, lang)}
    ends["high"] = numbers.number(first.totals[-1], 0, lang)
    question = tell("study.q_total", lang, short=short_count(run))
    yield question, tell("study.a_total", lang, sum=" + ".join(counts), **ends)
    holders = parts.of(first.pattern)[0]
    if holders.repairs:
        would_be, slip = holders.repairs[0]
        words = {"would_be": would_be, "printed": holders.printed, "slip": slip_name(slip, lang)}
        due = numbers.number(holders.low, 2, lang)
        question = tell("study.q_holders", lang, printed=holders.printed)
        yield question, tell("study.a_holders", lang, due=due, **words)
    if parts.exceeds_bound:
        bounds = {"low": whole(parts)[0], "bound": parts.bound}
        shown = {name: numbers.number(value, 0, lang) for name, value in bounds.items()}
        yield tell("study.q_bound", lang), tell("study.a_bound", lang, **shown)
    for check in audit.accused:
        if check.explanation.code == "list_no_combination":
            yield _lone(check.printed, check.recomputed, table, lang)


def _lone(printed: str, nearest: Any, table: Any, lang: Language) -> tuple[str, str]:
    digits = "".join(c for c in printed if c.isdigit())
    same = [p for p in _printed(table, "part") if p == digits]
    words = {"nearest": numbers.number(nearest, 1, lang), "count": same[0] if same else digits}
    return tell("study.q_lone", lang, printed=printed), tell("study.a_lone", lang, **words)


def _about_evidence(run: PeriodRun, lang: Language) -> Iterator[tuple[str, str]]:
    first = ["hindering"] * 7 + ["supporting", "hindering", "supporting"]
    second = ["hindering"] * 7 + ["supporting", "supporting", "hindering"]
    kappa = numbers.number(cohen_kappa(first, second).value, 3, lang)
    yield tell("study.q_kappa", lang), tell("study.a_kappa", lang, kappa=kappa)
    waiting = wanted(run).most_common(1)
    if waiting:
        source, count = waiting[0]
        words = {"file": in_sentence("source", source, lang), "count": numbers.number(count)}
        yield tell("study.q_data", lang), tell("study.a_data", lang, **words)


def _printed(table: Any, role: str) -> list[str]:
    return list(table.loc[table["role"].eq(role), "printed"])
