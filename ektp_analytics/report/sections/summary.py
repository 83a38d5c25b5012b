"""Ringkasan eksekutif: the index, the four principles, what moved, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.rule_of_law import LEGAL_LIMIT, as_limit
from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.measures.survey_means import IndexSummary
from ektp_analytics.report import headlines, numbers
from ektp_analytics.report.blocks import (
    Block,
    Bullet,
    Bullets,
    Columns,
    Heading,
    Headline,
    KeyNumber,
    Mark,
)
from ektp_analytics.report.charts.index_strip import index_strip
from ektp_analytics.report.charts.principles import principles
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.principle_changes import principle_frame
from ektp_analytics.report.sections.case_study import figure_counts
from ektp_analytics.report.sections.context import (
    band_frame,
    in_sentence,
    notices,
    reason_words,
    report_kind,
    short_period,
    source_line,
    waiting_sources,
)
from ektp_analytics.report.sections.evidence import evidence_counts
from ektp_analytics.report.sections.history import (
    move_of,
    period_before,
    unit_index_change,
)
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.plan import short_plan
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.sections.trend import change_lines
from ektp_analytics.report.sections.unassessed import principles_table
from ektp_analytics.report.wording import Figure, Move, change, grade_word
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.standards.lookup import standard

MOST_CHANGES, MOST_ACTIONS = 4, 3
FEW_SOURCES = 2  # with more the list of what is missing needs half the width
STRIP_WIDTH = 440  # px
_MARKS: dict[Move, Mark] = {"up": "up", "down": "down", "same": "dot"}


def summary_page(run: PeriodRun, edition: Edition, history: Sequence[PeriodRun] = ()) -> Section:
    """Return the executive summary.

    Parameters
    ----------
    run, edition
        As for every page.
    history
        Earlier periods of the same kind, in order.
    """
    lang = edition.lang
    before = period_before(run, history)
    blocks: list[Block | str] = [_headline(run, before, lang)]
    if "survey" in run.sources:
        blocks.append(_index_columns(run, before, edition))
    blocks.append(_principles(run, before, edition))
    if report_kind(run) == "case_study":
        blocks.append(Bullets(_case_study(run, lang), tell("summary.found", lang)))
    else:
        changed = Bullets(_changes(run, before, lang), tell("summary.changed", lang))
        missing = Bullets(_missing(run, lang), tell("summary.missing", lang))
        few = len(waiting_sources(run)) <= FEW_SOURCES
        blocks.append(Columns([[changed], [missing]], widths=(1.4, 0.6) if few else ()))
        blocks.append(Heading(tell("summary.actions", lang)))
        blocks.append(short_plan(run, edition, MOST_ACTIONS))
    return Section([*blocks, *notices(run, edition, *run.sources)])


def _headline(run: PeriodRun, before: PeriodRun | None, lang: Language) -> Headline:
    if report_kind(run) == "case_study":
        return Headline(tell("summary.case_study", lang), tell("summary.kicker", lang))
    summary = unit_survey(run.data).summary if "survey" in run.sources else None
    limit = as_limit(standard(LEGAL_LIMIT, on=run.period.end))
    hours = limit.hours or limit.amount * 24
    words = headlines.summary(
        summary.index if summary else None,
        grade_word(summary.label if summary else None, lang),
        move_of(unit_index_change(run, before)),
        run.value("legal_time_limit").value,
        numbers.limit(hours, lang),
        lang,
    )
    return Headline(words, tell("summary.kicker", lang))


def _index_columns(run: PeriodRun, before: PeriodRun | None, edition: Edition) -> Columns:
    lang = edition.lang
    summary = unit_survey(run.data).summary
    grade = tell("cover.grade", lang, grade=summary.grade, label=grade_word(summary.label, lang))
    number = KeyNumber(
        tell("cover.index", lang),
        numbers.number(summary.index, 2, lang),
        grade if summary.grade else tell("cover.index_absent", lang),
        _index_notes(run, summary, lang),
    )
    bands = band_frame(run.period.end, lang)
    strip = index_strip(
        summary.index,
        summary.interval,
        bands,
        edition,
        previous=_previous_index(before, lang),
        distances=(summary.to_next_band, _to_lower(summary, bands)),
        width=STRIP_WIDTH,
        source=source_line(run, "survey", lang),
    )
    return Columns([[number], [strip]], widths=(0.58, 1.42))


def _previous_index(before: PeriodRun | None, lang: Language) -> tuple[str, float] | None:
    if before is None or "survey" not in before.sources:
        return None
    index = unit_survey(before.data).summary.index
    return None if index is None else (before.period.short_label(lang), index)


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
    notes += [f"{reason_words(n, lang).rstrip('.')}." for n in summary.notes if n.code in _FIRST]
    return notes


# What must be said on page one beside the index: complete cases tell another story.
_FIRST = ("complete_cases_differ", "single_respondent")


def _to_lower(summary: IndexSummary, bands: pd.DataFrame) -> float | None:
    """Return the points down to the upper limit of the next worse band."""
    if summary.index is None:
        return None
    below = bands.loc[bands["upper"].lt(summary.index), "upper"]
    return None if below.empty else round(summary.index - float(below.max()), 2)


def _principles(run: PeriodRun, before: PeriodRun | None, edition: Edition) -> Block:
    lang = edition.lang
    if not any(p.score is not None for p in run.scorecard.principles):
        return principles_table(run, edition)
    return principles(
        principle_frame(run.scorecard, before.scorecard if before else None, lang),
        edition,
        previous_label=short_period(before, lang) if before else "",
        remarks=_joint(run, lang),
        source=tell("scorecard.source", lang, period=short_period(run, lang)),
    )


def _joint(run: PeriodRun, lang: Language) -> tuple[str, ...]:
    overall = run.scorecard.overall
    if overall.score is None:
        return (tell("summary.no_joint", lang),)
    score = numbers.number(overall.score, 1, lang)
    interval = numbers.interval(overall.interval, 1, lang)
    return (tell("summary.joint", lang, score=score, interval=interval),)


def _changes(run: PeriodRun, before: PeriodRun | None, lang: Language) -> list[Bullet]:
    if before is None:
        return [Bullet(tell("summary.no_before", lang))]
    lines = []
    for row in change_lines(run, before, lang)[:MOST_CHANGES]:
        figure = Figure(
            name=row["name"],
            now=row["now"],
            before=row["before"],
            decimals=row["decimals"],
            unit=row["unit"],
            move=row["move"],
            complete=row["complete"],
        )
        down = row["move"] == "down"
        lines.append(Bullet(change(figure, lang), _MARKS.get(row["move"], "dash"), down))
    return lines


def _missing(run: PeriodRun, lang: Language) -> list[str]:
    """Name the files that were not delivered, and what follows from it."""
    waiting = waiting_sources(run)
    if not waiting:
        return [tell("summary.nothing_missing", lang)]
    told = [
        tell(
            "summary.missing_part",
            lang,
            source=in_sentence("source", source, lang),
            count=numbers.number(count, 0, lang),
        )
        for source, count in waiting.items()
    ]
    line = tell("summary.missing_line", lang, listed=numbers.joined(told, lang))
    return [line, tell("summary.not_zero", lang)]


def _case_study(run: PeriodRun, lang: Language) -> list[str]:
    found = [tell("summary.figures", lang, **figure_counts(run, lang))]
    if "evidence" in run.sources:
        counts = evidence_counts(run, lang)
        found.append(tell("summary.statements", lang, **counts))
    return [*found, tell("summary.not_zero", lang)]
