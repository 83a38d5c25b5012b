"""Lampiran: the questionnaire as it was asked, with the words of its answers."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers
from ektp_analytics.report.blocks import Block, Bullets, Headline
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.grid import Cell
from ektp_analytics.report.sections.context import annex, flows, questionnaire_known
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import plain_table
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.sources.templates.survey_form import wording as asked_wording
from ektp_analytics.standards.skm import Element, elements

ROW = 19  # px of the least height of a row
_WIDTHS = (26, 296, 80, 80, 80, 80)
_ABOUT = ("service", "channel", "kecamatan", "sex", "age", "education", "occupation")


def questionnaire_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the questions asked and their four answers; empty where they are not known."""
    if not questionnaire_known(run):
        return Section()
    lang = edition.lang
    given = run.data.tables["survey"]
    asked = [e for e in elements(run.period.end) if e.key in given]
    head = Headline(
        tell("questionnaire.headline", lang),
        annex(run, "questionnaire", lang),
        new_page=not flows(run),
    )
    blocks: list[Block | str] = [head, tell("questionnaire.lead", lang, about=_about(given, lang))]
    blocks.append(_questions(run, asked, edition))
    if said := _remarks(run, asked, given, lang):
        blocks.append(Bullets(said, tell("questionnaire.know", lang)))
    return Section(blocks)


def _about(given: pd.DataFrame, lang: Language) -> str:
    """Return the sentence on what was asked about the respondent."""
    names = [
        tell(f"questionnaire.about_{key}", lang)
        for key in _ABOUT
        if key in given and given[key].notna().any()
    ]
    if not names:
        return tell("questionnaire.about_nothing", lang)
    return tell("questionnaire.about", lang, names=numbers.joined(names, lang))


def _questions(run: PeriodRun, asked: list[Element], edition: Edition) -> Block:
    lang = edition.lang
    heads = ["U", tell("questionnaire.head_question", lang), "1", "2", "3", "4"]
    rows = []
    for element in asked:
        question, note = _question(run, element, lang)
        answers = [Cell(words) for words in element.answers[lang]]
        cells = [Cell(str(element.number)), Cell(question, note), *answers]
        rows.append(dict(zip(heads, cells, strict=True)))
    table = plain_table(
        pd.DataFrame(rows, columns=heads, dtype=object),
        edition,
        key="questionnaire",
        caption=tell("questionnaire.caption", lang),
        align=dict.fromkeys(heads, "left"),
        widths=dict(zip(heads, _WIDTHS, strict=True)),
        source=tell("questionnaire.source", lang),
    )
    return replace(table, row_height=ROW)


def _question(run: PeriodRun, element: Element, lang: Language) -> tuple[str, str]:
    """Return a question as worded by the office, else what the element rates, and its name."""
    own = _own(run, "replaced_questions").get(element.key) or _own(run, "questions").get(
        element.key
    )
    if own or lang == "id":
        return asked_wording(run.office, element.key), element.label[lang]
    return element.meaning[lang], element.label[lang]


def _own(run: PeriodRun, part: str) -> dict[str, str]:
    return dict(run.office.survey.get(part) or {})


def _remarks(
    run: PeriodRun, asked: list[Element], given: pd.DataFrame, lang: Language
) -> list[str]:
    said = []
    replaced = [e for e in asked if e.key in _own(run, "replaced_questions")]
    if replaced:
        names = numbers.joined([e.label[lang] for e in replaced], lang)
        said.append(tell("questionnaire.replaced", lang, names=names))
    if not _own(run, "questions") and len(replaced) < len(asked):
        said.append(tell("questionnaire.standard_wording", lang))
    left_out = [e.label[lang] for e in elements(run.period.end) if e.key not in given]
    if left_out:
        said.append(tell("questionnaire.left_out", lang, names=numbers.joined(left_out, lang)))
    if "comment" in given:
        said.append(tell("questionnaire.comment", lang))
    return said
