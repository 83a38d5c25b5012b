"""Lampiran: why the number is what it is, from the rows of the file to the letter."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.indicators.skm import SkmIndex
from ektp_analytics.report import headlines, numbers, wording
from ektp_analytics.report.blocks import (
    Block,
    Columns,
    Headline,
    Note,
)
from ektp_analytics.report.charts.answers import answers
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.processing_sheet import weights_table
from ektp_analytics.report.sections.context import (
    INDEX_PER_ANSWER,
    annex,
    band_frame,
    notices,
    source_line,
)
from ektp_analytics.report.sections.follow_up import ranked_elements
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.processing import weight_frame
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.steps import Step, Steps, Sum, Term, Working
from ektp_analytics.report.tables import plain_table
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.standards.skm import elements

STEPS_WIDTH = 608  # px beside the numbers of the steps
ARROW_DECIMALS = 6


def why_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the trace of the index; empty without an index."""
    if "survey" not in run.sources:
        return Section()
    survey = unit_survey(run.data)
    if survey.summary.index is None:
        return Section()
    lang = edition.lang
    read = run.sources["survey"].read
    head = Headline(
        headlines.why(read, survey.summary.index, lang),
        annex(run, "why", lang),
    )
    steps = Steps(
        [
            Step(tell("why.rows", lang), [_rows(run, survey, lang)]),
            _one_element(run, survey, edition),
            Step(tell("why.all", lang), [_all_elements(survey, edition)]),
            Step(
                tell("why.mean", lang, count=len(survey.tally.answered)),
                [_mean(survey, lang)],
            ),
            Step(tell("why.rounding", lang), [_letter(run, survey, lang)]),
            Step(tell("why.firm", lang), [_firm(survey, edition)]),
        ]
    )
    places = {name: annex(run, name, lang) for name in ("processing", "provenance")}
    note = Note(tell("why.check_title", lang), tell("why.check", lang, **places))
    return Section([head, steps, note, *notices(run, edition, "survey")])


def _rows(run: PeriodRun, survey: SkmIndex, lang: Language) -> Block:
    result = run.sources["survey"]
    n = survey.summary.n
    parts = {
        "below": survey.summary.below_minimum,
        "outside": survey.outside_period,
        "rejected": result.rejected,
        "repeats": result.repeats,
    }
    terms = [
        Term(numbers.number(result.read, 0, lang), tell("why.read", lang)),
        Term(numbers.number(n, 0, lang), tell("why.counted", lang), "="),
    ]
    terms += [
        Term(numbers.number(count, 0, lang), tell(f"why.{name}", lang), "+")
        for name, count in parts.items()
        if count
    ]
    file = result.files[0].file.rsplit("/", 1)[-1] if result.files else ""
    note = tell("why.rows_note", lang, file=file)
    return Sum(terms, note)


def _one_element(run: PeriodRun, survey: SkmIndex, edition: Edition) -> Step:
    lang = edition.lang
    chosen = ranked_elements(run)[0]
    labels = next(e.answers[lang] for e in elements(run.period.end) if e.key == chosen.key)
    counts = survey.tally.values(chosen.key)
    table = pd.DataFrame(
        [
            {"value": value, "label": label, "count": counts[value]}
            for value, label in enumerate(labels, 1)
        ]
    )
    chart = answers(table, edition, source=source_line(run, "survey", lang))
    total = sum(value * count for value, count in counts.items())
    line = Working(
        [
            f"Σ = {numbers.number(total, 0, lang)}",
            tell(
                "why.nrr",
                lang,
                total=numbers.number(total, 0, lang),
                n=numbers.number(chosen.n, 0, lang),
                nrr=numbers.number(chosen.nrr, ARROW_DECIMALS, lang),
            ),
            tell(
                "why.times",
                lang,
                index=numbers.number(INDEX_PER_ANSWER * (chosen.nrr or 0), 4, lang),
                grade=chosen.grade,
            ),
        ]
    )
    title = tell(
        "why.one",
        lang,
        name=wording.name_of("element", chosen.key, lang),
        n=numbers.number(chosen.n, 0, lang),
        blank=numbers.number(chosen.blank, 0, lang),
    )
    return Step(title, [chart, line])


def _all_elements(survey: SkmIndex, edition: Edition) -> Block:
    lang = edition.lang
    shown = [e for e in survey.summary.elements if e.nrr is not None]
    rows: list[dict[str, Any]] = [
        {"": tell("why.sum", lang)},
        {"": tell("why.valid", lang)},
        {"": "NRR"},
    ]
    for element in shown:
        name = wording.name_of("element_short", element.key, lang)
        total = round((element.nrr or 0) * element.n)
        rows[0][name] = numbers.number(total, 0, lang)
        rows[1][name] = numbers.number(element.n, 0, lang)
        rows[2][name] = numbers.number(element.nrr, 4, lang)
    frame = pd.DataFrame(rows)
    return plain_table(
        frame,
        edition,
        key="why_elements",
        numbered=False,
        width=STEPS_WIDTH,
        kinds=("row", "row", "total"),
        widths=dict.fromkeys(frame.columns, 60),
    )


def _mean(survey: SkmIndex, lang: Language) -> Block:
    means = [m for e in survey.tally.answered if (m := survey.tally.mean(e)) is not None]
    total, count = sum(means, Fraction(0)), len(means)
    index, digits = INDEX_PER_ANSWER * total / count, ARROW_DECIMALS
    return Working(
        [
            f"Σ NRR = {numbers.number(total, digits, lang)}",
            f"÷ {count} = {numbers.number(total / count, digits, lang)}",
            tell("why.index", lang, index=numbers.number(index, digits, lang)),
        ]
    )


def _letter(run: PeriodRun, survey: SkmIndex, lang: Language) -> Block:
    summary = survey.summary
    bands = band_frame(run.period.end, lang)
    band = bands[bands["letter"].eq(summary.grade or "")].iloc[0]
    lower, upper = (numbers.number(float(band[end]), 2, lang) for end in ("lower", "upper"))
    printed = numbers.number(summary.index, 2, lang)
    return Working(
        [
            numbers.number(summary.index_unrounded, ARROW_DECIMALS, lang),
            f"**{printed}**",
            f"{lower} ≤ {printed} ≤ {upper}",
        ],
        f"{summary.grade}, {wording.grade_word(summary.label, lang)}",
    )


def _firm(survey: SkmIndex, edition: Edition) -> Block:
    lang = edition.lang
    summary = survey.summary
    facts = [
        (tell("why.interval", lang), numbers.interval(summary.interval, 2, lang)),
        (tell("why.to_next", lang), numbers.number(summary.to_next_band, 2, lang)),
        (
            tell("why.flip", lang, letter=summary.flip_to or numbers.ABSENT),
            numbers.number(summary.answers_to_flip, 0, lang),
        ),
        (
            tell("why.complete", lang, n=numbers.number(summary.complete_n, 0, lang)),
            numbers.number(summary.index_complete_cases, 2, lang),
        ),
    ]
    heads = [tell("why.head_fact", lang), tell("why.head_value", lang)]
    table = plain_table(
        pd.DataFrame(facts, columns=heads),
        edition,
        key="why_firm",
        numbered=False,
        width=290,
        widths={heads[0]: 200, heads[1]: 90},
        align={heads[1]: "right"},
    )
    weights = weights_table(weight_frame(survey, lang), edition, width=290, key="why_weights")
    return Columns([[table], [weights]])
