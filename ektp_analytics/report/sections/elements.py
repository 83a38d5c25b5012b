"""Bab III: the index of the unit and of each element, and how firm the letters are."""

from __future__ import annotations

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.measures.survey_means import ElementSummary, IndexSummary
from ektp_analytics.report import headlines, numbers, wording
from ektp_analytics.report.blocks import Block, Heading, Headline, Note, Paragraph
from ektp_analytics.report.charts.bands import bands_from, crossed
from ektp_analytics.report.charts.elements import elements
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import (
    band_frame,
    flows,
    foreign,
    notices,
    reason_words,
    source_line,
)
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import plain_table
from ektp_analytics.scoring.period_run import PeriodRun


def elements_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the page of the nine elements; empty without a survey."""
    if "survey" not in run.sources:
        return Section()
    lang = edition.lang
    summary = unit_survey(run.data).summary
    bands = band_frame(run.period.end, lang)
    table = element_frame(summary)
    near = near_cuts(summary, bands)
    chart = elements(
        table,
        bands,
        edition,
        ikm=summary.index,
        n=summary.n,
        notes=_own_notes(run, lang),
        reading=interval_reading(run, summary, lang),
        source=source_line(run, "survey", lang),
    )
    headline = headlines.elements(_ranked(table, lang), len(near), lang)
    blocks: list[Block | str] = [
        Headline(
            headline,
            tell("elements.kicker", lang),
            _lead(summary, lang),
            new_page=not flows(run),
        ),
        chart,
    ]
    blocks += _near_blocks(near, summary, bands, edition)
    if not foreign(run):
        blocks.append(_fee_note(lang))
    blocks += notices(run, edition, "survey")
    return Section(blocks)


def element_frame(summary: IndexSummary) -> pd.DataFrame:
    """Return the elements as the charts take them: key, n, nrr, index, grade, low, high."""
    return summary.to_frame().rename(columns={"element": "key"})


def near_cuts(
    summary: IndexSummary, bands: pd.DataFrame
) -> list[tuple[ElementSummary, tuple[str, str]]]:
    """Return the elements whose interval crosses a grade boundary, with the two letters."""
    grades = bands_from(bands)
    found = [
        (element, cut)
        for element in summary.elements
        if element.interval.bounds and (cut := crossed(*element.interval.bounds, grades))
    ]
    return sorted(found, key=lambda pair: pair[0].index or 0)


def interval_reading(run: PeriodRun, summary: IndexSummary, lang: Language) -> str:
    """Return the sentence on what the interval covers, or why there is none."""
    if summary.interval is None:
        why = reason_words(summary.reasons.get("interval"), lang)
        return tell("elements.no_interval", lang, why=why)
    method = str(run.office.survey.get("method", "voluntary"))
    known = method in ("random", "systematic") and run.office.users_served(run.period)
    key = "elements.interval_corrected" if known else "elements.interval_voluntary"
    return tell(key, lang, users=numbers.number(run.office.users_served(run.period), 0, lang))


def _ranked(table: pd.DataFrame, lang: Language) -> list[tuple[str, float, str]]:
    answered = table[table["index"].notna()].sort_values("index", kind="stable")
    return [
        (wording.name_of("element", str(key), lang), float(index), str(grade))
        for key, index, grade in zip(
            answered["key"], answered["index"], answered["grade"], strict=True
        )
    ]


def _lead(summary: IndexSummary, lang: Language) -> str:
    if summary.index is None:
        return tell("elements.lead_absent", lang)
    good = sum(element.grade in ("A", "B") for element in summary.elements)
    words = {
        "good": wording.capital(wording.spelled(good, lang)),
        "asked": wording.spelled(summary.elements_answered, lang),
        "count": numbers.number(summary.elements_answered, 0, lang),
        "index": numbers.number(summary.index, 2, lang),
        "grade": summary.grade,
        "label": wording.grade_word(summary.label, lang),
        "unrounded": numbers.number(summary.index_unrounded, 6, lang),
    }
    lead = tell("elements.lead", lang, **words)
    return f"{lead} {tell('elements.partial', lang, **words)}" if summary.partial else lead


def _own_notes(run: PeriodRun, lang: Language) -> dict[str, str]:
    replaced = run.office.survey.get("replaced_questions") or {}
    return {key: tell("elements.replaced", lang) for key in replaced}


def _near_blocks(
    near: list[tuple[ElementSummary, tuple[str, str]]],
    summary: IndexSummary,
    bands: pd.DataFrame,
    edition: Edition,
) -> list[Block | str]:
    lang = edition.lang
    blocks: list[Block | str] = [Heading(tell("elements.near_heading", lang))]
    unit = tell("elements.unit_flip", lang, **_flip_words(summary, lang))
    if not near:
        return [*blocks, Paragraph(f"{tell('elements.near_none', lang)} {unit}")]
    count = wording.capital(wording.spelled(len(near), lang))
    lead = "elements.near_lead" if len(near) > 1 else "elements.near_lead_one"
    blocks.append(Paragraph(f"{tell(lead, lang, count=count)} {unit}"))
    rows = [_near_row(element, cut, bands, lang) for element, cut in near]
    blocks.append(
        plain_table(
            pd.DataFrame(rows),
            edition,
            key="near_cuts",
            caption=tell("elements.near_caption", lang),
        )
    )
    return blocks


def _flip_words(summary: IndexSummary, lang: Language) -> dict[str, str]:
    moves = "" if summary.answers_to_flip is None else str(summary.answers_to_flip)
    given = sum(element.n for element in summary.elements)
    return {
        "moves": numbers.number(summary.answers_to_flip, 0, lang) if moves else "–",
        "answers": numbers.number(given, 0, lang),
        "letter": summary.flip_to or "–",
    }


def _near_row(
    element: ElementSummary, cut: tuple[str, str], bands: pd.DataFrame, lang: Language
) -> dict[str, str]:
    edge = float(bands.loc[bands["letter"].eq(cut[1]), "lower"].iloc[0])
    distance = abs(edge - (element.index or 0))
    return {
        tell("elements.head_element", lang): wording.name_of("element", element.key, lang),
        tell("elements.head_interval", lang): numbers.interval(element.interval.bounds, 2, lang),
        tell("elements.head_cut", lang): f"{cut[0]}/{cut[1]} ({numbers.number(edge, 2, lang)})",
        tell("elements.head_distance", lang): numbers.number(distance, 2, lang),
    }


def _fee_note(lang: Language) -> Note:
    return Note(tell("elements.fee_title", lang), tell("elements.fee", lang))
