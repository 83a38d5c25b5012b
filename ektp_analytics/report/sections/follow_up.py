"""Bab IV: strengths, weaknesses, the follow-up plan, and what became of the last one."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import headlines, numbers, wording
from ektp_analytics.report.action_tables import follow_up_done, follow_up_plan
from ektp_analytics.report.blocks import Block, Columns, Headline, Paragraph
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.actions import (
    best_indicators,
    costliest_indicators,
    plan_frame,
    plan_year,
    proposed_actions,
    strongest_elements,
    weakest_elements,
)
from ektp_analytics.report.sections.context import (
    indicator_name,
    not_delivered,
    notices,
    report_kind,
    short_period,
    value_words,
)
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import plain_table
from ektp_analytics.scoring.period_run import PeriodRun

HALF_WIDTH = 310


def follow_up_page(run: PeriodRun, edition: Edition) -> Section:
    """Return strengths and weaknesses, the drafted plan and last period's follow-up."""
    lang = edition.lang
    if report_kind(run) == "case_study":
        return _remedies(run, edition)
    actions = proposed_actions(run, lang)
    head = Headline(
        headlines.follow_up(len(actions), None, 0, lang), tell("scorecard.kicker", lang)
    )
    plan = follow_up_plan(
        plan_frame(actions),
        edition,
        year=plan_year(run),
        period_label=short_period(run, lang),
        source=tell(f"follow_up.plan_source_{report_kind(run)}", lang),
    )
    blocks: list[Block | str] = [head, _both_sides(run, edition), plan, *_last(run, edition)]
    return Section([*blocks, *notices(run, edition, "survey")])


def _both_sides(run: PeriodRun, edition: Edition) -> Columns:
    lang = edition.lang
    strong = [_element(e, lang) for e in strongest_elements(run)]
    strong += [_indicator(run, line, lang) for line in best_indicators(run)]
    weak = [_element(e, lang) for e in weakest_elements(run)]
    weak += [_indicator(run, line, lang) for line in costliest_indicators(run)]
    return Columns([[_side(strong, "strong", edition)], [_side(weak, "weak", edition)]])


def _element(element: Any, lang: Language) -> tuple[str, str]:
    name = wording.name_of("element", element.key, lang)
    return name, f"{numbers.number(element.index, 2, lang)} · {element.grade}"


def _indicator(run: PeriodRun, line: Any, lang: Language) -> tuple[str, str]:
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
        widths={heads[0]: 210, heads[1]: 100},
        width=HALF_WIDTH,
    )


def _last(run: PeriodRun, edition: Edition) -> list[Block | str]:
    """Return what became of the last plan, or the line that its record is missing."""
    lang = edition.lang
    if "follow_up" not in run.sources:
        title = tell("follow_up.last", lang)
        return [Paragraph(f"**{title}** {not_delivered('follow_up', lang)}.")]
    table = run.data.tables["follow_up"]
    for name in ("done_on", "due"):
        if name not in table:
            table = table.assign(**{name: pd.NaT})
    return [follow_up_done(table, edition)]


def _remedies(run: PeriodRun, edition: Edition) -> Section:
    """Return the remedies the case study proposes, with what would measure each."""
    lang = edition.lang
    rows = []
    for place, codes in enumerate(_MEASURED_BY, 1):
        names = [indicator_name(run, code, lang) for code in codes]
        rows.append(
            {
                tell("follow_up.head_remedy", lang): tell(f"follow_up.remedy_{place}", lang),
                tell("follow_up.head_measured", lang): numbers.joined(names, lang),
            }
        )
    table = plain_table(
        pd.DataFrame(rows),
        edition,
        key="remedies",
        caption=tell("follow_up.remedies", lang),
        source=tell("follow_up.remedies_source", lang),
        widths={
            tell("follow_up.head_remedy", lang): 350,
            tell("follow_up.head_measured", lang): 290,
        },
    )
    head = Headline(tell("follow_up.remedies_headline", lang), tell("scorecard.kicker", lang))
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
