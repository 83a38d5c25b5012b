"""Bab IV: strengths and weaknesses, the follow-up plan, what became of the last one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.measures.survey_means import ElementSummary
from ektp_analytics.report import headlines, numbers, wording
from ektp_analytics.report.action_tables import follow_up_done
from ektp_analytics.report.blocks import Block, Columns, Headline, Paragraph
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import (
    flows,
    indicator_name,
    not_delivered,
    notices,
    report_kind,
    value_words,
)
from ektp_analytics.report.sections.drivers import drivers_table
from ektp_analytics.report.sections.evidence import evidence_counts, factor_blocks
from ektp_analytics.report.sections.history import period_before
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.plan import plan_table, planned_actions
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import plain_table
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.scoring.promises import promises_due, promises_frame
from ektp_analytics.scoring.scorecard import IndicatorLine

HALF_WIDTH = 310
MOST_SHOWN = 4


def strengths_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the strongest and weakest elements and indicators, and what was coded.

    With nothing scored the coded statements alone; empty without them too, and for a case
    study, which has a page of its own for them.
    """
    lang = edition.lang
    if not any(line.assessed for line in run.scorecard.lines):
        return _statements_alone(run, edition)
    ranked = ranked_elements(run)
    head = Headline(
        _headline(ranked, lang), tell("scorecard.kicker", lang), new_page=not flows(run)
    )
    strong = [_element(e, lang) for e in ranked[::-1][:MOST_SHOWN]]
    weak = [_element(e, lang) for e in ranked[:MOST_SHOWN]]
    lines = [line for line in _outside_survey(run) if line.points_lost is not None]
    best = sorted(lines, key=lambda line: -(line.value.score or 0))[:MOST_SHOWN]
    worst = sorted(lines, key=lambda line: -(line.points_lost or 0))[:MOST_SHOWN]
    weak += [_indicator(run, line, lang) for line in worst if line.points_lost]
    strong += [_indicator(run, line, lang) for line in best if line not in worst]
    sides = Columns([[_side(strong, "strong", edition)], [_side(weak, "weak", edition)]])
    reading = Paragraph(tell("follow_up.reading", lang), small=True)
    # By source: with one file alone it would repeat the two tables above it.
    told = drivers_table(run, edition) if len(run.sources) > 1 else []
    factors = factor_blocks(run, edition) if "evidence" in run.sources else []
    return Section(
        [head, sides, reading, *told, *factors, *notices(run, edition, "survey", "evidence")]
    )


def _statements_alone(run: PeriodRun, edition: Edition) -> Section:
    if "evidence" not in run.sources or report_kind(run) == "case_study":
        return Section()
    lang = edition.lang
    title = tell("evidence.headline", lang, **evidence_counts(run, lang))
    factors = factor_blocks(run, edition)
    head = Headline(title, tell("scorecard.kicker", lang), new_page=not flows(run))
    return Section([head, *factors, *notices(run, edition, "evidence")])


def follow_up_page(run: PeriodRun, edition: Edition, history: Sequence[PeriodRun] = ()) -> Section:
    """Return the drafted plan and what became of the last one."""
    lang = edition.lang
    if report_kind(run) == "case_study":
        return _remedies(run, edition)
    actions = planned_actions(run)
    promised = promises_due(run.data.table("follow_up"), _card_before(run, history), run.scorecard)
    done = sum(p.state != "not done" for p in promised) if promised else None
    subjects = len({action.subject["id"] for action in actions})
    head = Headline(
        headlines.follow_up(subjects, done, len(promised), lang),
        tell("scorecard.kicker", lang),
        new_page=not flows(run),
    )
    source = tell(f"follow_up.plan_source_{report_kind(run)}", lang)
    blocks: list[Block | str] = [head, plan_table(run, edition, source=source)]
    blocks += _last(run, promises_frame(promised, lang), edition)
    if not flows(run):  # else the conclusion follows on the page and says it
        blocks += notices(run, edition, "survey", "follow_up")
    return Section(blocks)


def ranked_elements(run: PeriodRun) -> list[ElementSummary]:
    """Return the survey's elements from the lowest index to the highest."""
    if "survey" not in run.sources:
        return []
    found = [e for e in unit_survey(run.data).summary.elements if e.index is not None]
    return sorted(found, key=lambda element: element.index or 0)


def _card_before(run: PeriodRun, history: Sequence[PeriodRun]) -> Any:
    before = period_before(run, history)
    return before.scorecard if before else None


def _outside_survey(run: PeriodRun) -> list[IndicatorLine]:
    return [
        line
        for line in run.scorecard.lines
        if line.assessed and not run.catalogue[line.value.code].from_survey
    ]


def _headline(ranked: list[ElementSummary], lang: Language) -> str:
    if not ranked:
        return tell("follow_up.strengths_plain", lang)
    names = [wording.name_of("element", e.key, lang).lower() for e in (ranked[-1], ranked[0])]
    return tell("follow_up.strengths", lang, highest=names[0], lowest=names[1])


def _element(element: ElementSummary, lang: Language) -> tuple[str, str]:
    name = wording.name_of("element", element.key, lang)
    return name, f"{numbers.number(element.index, 2, lang)} · {element.grade}"


def _indicator(run: PeriodRun, line: IndicatorLine, lang: Language) -> tuple[str, str]:
    value = line.value
    return indicator_name(run, value.code, lang), value_words(value.value, value.unit, lang)


def _side(rows: list[tuple[str, str]], name: str, edition: Edition) -> Block:
    lang = edition.lang
    heads = [tell("follow_up.head_subject", lang), tell("follow_up.head_state", lang)]
    return plain_table(
        pd.DataFrame(rows, columns=heads, dtype=object),
        edition,
        key=f"side_{name}",
        caption=tell(f"follow_up.{name}", lang),
        align={heads[1]: "right"},
        widths={heads[0]: 220, heads[1]: 90},
        width=HALF_WIDTH,
        empty=tell("follow_up.none_stand_out", lang),
    )


def _last(run: PeriodRun, promised: pd.DataFrame, edition: Edition) -> list[Block | str]:
    """Return what became of the last plan, or the line that its record is missing."""
    lang = edition.lang
    if "follow_up" not in run.sources:
        title = tell("follow_up.last", lang)
        return [Paragraph(f"**{title}** {not_delivered('follow_up', lang)}.")]
    late = promised["state"].ne("done")
    return [follow_up_done(promised.assign(late=late), edition)]


def _remedies(run: PeriodRun, edition: Edition) -> Section:
    """Return the remedies the case study proposes, with what would measure each."""
    lang = edition.lang
    heads = [tell("follow_up.head_remedy", lang), tell("follow_up.head_measured", lang)]
    rows = [
        [
            tell(f"follow_up.remedy_{place}", lang),
            "; ".join(indicator_name(run, code, lang) for code in codes),
        ]
        for place, codes in enumerate(_MEASURED_BY, 1)
    ]
    table = plain_table(
        pd.DataFrame(rows, columns=heads),
        edition,
        key="remedies",
        caption=tell("follow_up.remedies", lang),
        source=tell("follow_up.remedies_source", lang),
        widths=dict(zip(heads, (350, 290), strict=True)),
    )
    head = Headline(
        tell("follow_up.remedies_headline", lang),
        tell("scorecard.kicker", lang),
        new_page=False,
    )
    return Section([head, table, *notices(run, edition, "evidence")])


# What would measure each remedy of Asmawati (2023), in the order of the texts.
_MEASURED_BY = (
    ("outreach_delivered", "outreach_to_residents"),
    ("accountability_documents_published", "publication_freshness"),
    ("service_standards_published", "skm_prosedur"),
    ("staff_on_time", "counters_open"),
    ("opening_on_time",),
    ("sanction_follow_through",),
)
