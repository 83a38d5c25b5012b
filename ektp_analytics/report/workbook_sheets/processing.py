"""The official processing sheet with live formulas that recompute the printed index.

PermenPAN-RB 14/2017, annex: one row per questionnaire, one column per element U1–U9, below
them Σ, NRR, weighted NRR and the index of the unit, beside them the key of the grades.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.indicators.skm import SkmIndex
from ektp_analytics.report import wording
from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.numbers import ABSENT
from ektp_analytics.report.processing_sheet import LEGAL_ORDER
from ektp_analytics.report.sections.context import INDEX_PER_ANSWER
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.processing import counted_answers, foot_frame
from ektp_analytics.report.wording import say
from ektp_analytics.report.workbook_sheets.grade_key import GradeKey, write_keys
from ektp_analytics.report.workbook_sheets.sheet import Sheet
from ektp_analytics.scoring.period_run import PeriodRun

FIRST, LAST = 1, len(LEGAL_ORDER)  # columns of U1 and U9
SUM_COLUMN = LAST + 1  # the row sum of the weighted NRRs
# Decimals kept before the last rounding: binary noise of a sum of nine means is far below
# them, so that 88.305 is rounded as the decimal it is.
NOISE_FREE_DECIMALS = 11
SUM, VALID, MEAN, WEIGHTED, INDEX, GRADE, UNIT, CHECKS = range(8)
KEYS = CHECKS + 7  # below the checks and two notes
_FIELDS = ("total", "n", "nrr", "weighted", "index", "grade")


@dataclass(frozen=True, slots=True)
class ProcessingPlaces:
    """Formulas by which other sheets take the index, its grade and name, and n."""

    index: str
    grade: str
    label: str
    respondents: str


@dataclass(frozen=True, slots=True)
class _Layout:
    """Rows of the sheet, from 0: head, first answer, number of answers."""

    head: int
    first: int
    count: int

    @property
    def last(self) -> int:
        return self.first + max(self.count, 1) - 1

    def foot(self, place: int) -> int:
        """Return the row of a foot row: Σ, n, NRR, weighted, index, grade, unit, checks."""
        return self.last + 1 + place


def write_processing(sheet: Sheet, run: PeriodRun) -> ProcessingPlaces:
    """Write answers, foot rows, keys and reconciliation.

    Parameters
    ----------
    sheet
        An empty sheet.
    run
        A run with a survey.

    Returns
    -------
    ProcessingPlaces
        Index, grade, label and n, for formulas on other sheets.
    """
    survey, lang = unit_survey(run.data), sheet.lang
    rule = tell("workbook.processing_rule", lang)
    notice = run.office.notices.get("survey", "").strip()
    top = sheet.title(tell("workbook.processing_title", lang), rule, notice)
    answers = counted_answers(run, survey)
    layout = _Layout(head=top, first=top + 2, count=len(answers))
    means = [sheet.at(layout.foot(MEAN), FIRST + place) for place in range(len(LEGAL_ORDER))]
    grades = [sheet.at(layout.foot(GRADE), FIRST + place) for place in range(len(LEGAL_ORDER))]
    elements = list(zip(means, grades, strict=True))
    key = write_keys(sheet, layout.foot(KEYS), run.period.end, survey, elements)
    _write_heads(sheet, layout, survey)
    _write_answers(sheet, layout, answers)
    _write_foot(sheet, layout, survey, key)
    places = _write_unit(sheet, layout, survey, key)
    _write_reconciliation(sheet, layout, survey)
    sheet.widths(24, *[11.5] * len(LEGAL_ORDER), 11)
    sheet.freeze(layout.first, 1)
    sheet.finish(repeat=(layout.head, layout.head + 1))
    return places


def _write_heads(sheet: Sheet, layout: _Layout, survey: SkmIndex) -> None:
    lang = sheet.lang
    sheet.text(layout.head, 0, say("table.respondent_head", lang), "head")
    sheet.text(layout.head + 1, 0, "", "head")
    sheet.text(layout.head, SUM_COLUMN, tell("workbook.row_sum", lang), "head", "right")
    sheet.text(layout.head + 1, SUM_COLUMN, "", "head")
    asked = set(survey.tally.elements)
    for place, key in enumerate(LEGAL_ORDER):
        name = wording.name_of("element_short", key, lang).replace("-\n", "").replace("\n", " ")
        words = name if key in asked else tell("workbook.not_asked", lang, name=name)
        sheet.text(layout.head, FIRST + place, f"U{place + 1}", "head", "right")
        sheet.text(layout.head + 1, FIRST + place, words, "head", "right")
    sheet.height(layout.head + 1, 30)


def _write_answers(sheet: Sheet, layout: _Layout, answers: pd.DataFrame) -> None:
    asked = [key for key in LEGAL_ORDER if key in answers]
    for number, row in enumerate(records(answers, asked)):
        at = layout.first + number
        sheet.number(at, 0, number + 1, look="foot")
        for place, key in enumerate(LEGAL_ORDER):
            if key in row:
                sheet.number(at, FIRST + place, row[key], look="foot")
    if answers.empty:
        sheet.text(layout.first, 0, tell("workbook.no_questionnaires", sheet.lang), "note")


def _write_foot(sheet: Sheet, layout: _Layout, survey: SkmIndex, key: GradeKey) -> None:
    lang = sheet.lang
    names = (
        say("table.sum", lang),
        say("table.valid", lang),
        say("table.nrr", lang),
        say("table.weighted", lang, count=len(survey.tally.answered) or "x"),
        say("table.element_index", lang),
        say("head.grade", lang),
    )
    for place, name in enumerate(names):
        look = "opening" if place == SUM else "foot"
        sheet.text(layout.foot(place), 0, name, look)
        sheet.text(layout.foot(place), SUM_COLUMN, "", look)
    given = {row["key"]: row for row in records(foot_frame(survey), ("key", *_FIELDS))}
    nothing: dict[str, Any] = dict.fromkeys(_FIELDS)
    for place, element in enumerate(LEGAL_ORDER):
        _write_element(sheet, layout, FIRST + place, given.get(element, nothing), key)


def _write_element(
    sheet: Sheet, layout: _Layout, column: int, values: dict[str, Any], key: GradeKey
) -> None:
    """Write the foot of one element; without an answer its means are dashes."""
    cells = sheet.span((layout.first, column), (layout.last, column))
    total, valid, mean, index = (
        sheet.at(layout.foot(place), column) for place in (SUM, VALID, MEAN, INDEX)
    )
    valid_row = sheet.span((layout.foot(VALID), FIRST), (layout.foot(VALID), LAST))
    lines = (
        (SUM, f"SUM({cells})", 0),
        (VALID, f"COUNT({cells})", 0),
        (MEAN, _if_any(valid, f"{total}/{valid}"), 4),
        (WEIGHTED, _if_any(valid, f'{mean}/COUNTIF({valid_row},">0")'), 4),
        (INDEX, _if_any(valid, two_decimals(f"{mean}*{INDEX_PER_ANSWER}")), 2),
        (GRADE, _if_any(valid, key.letter_of(index)), 0),
    )
    for place, formula, decimals in lines:
        value = values[_FIELDS[place]]
        counted = 0 if value is None and place in (SUM, VALID) else value
        look = "opening" if place == SUM else "foot"
        sheet.formula(layout.foot(place), column, formula, counted, decimals, look)


def _write_unit(sheet: Sheet, layout: _Layout, survey: SkmIndex, key: GradeKey) -> ProcessingPlaces:
    """Write the sum of the weighted NRRs and the index, grade and name of the unit."""
    summary, row = survey.summary, layout.foot(UNIT)
    weighted = sheet.span((layout.foot(WEIGHTED), FIRST), (layout.foot(WEIGHTED), LAST))
    some, exact = f"COUNT({weighted})", summary.index_unrounded
    mean = None if exact is None else exact / INDEX_PER_ANSWER
    total = layout.foot(WEIGHTED), SUM_COLUMN
    sheet.formula(*total, _if_any(some, f"SUM({weighted})"), mean, 4, "foot")
    sheet.text(row, 0, say("table.unit", sheet.lang), "result")
    for column in range(FIRST, SUM_COLUMN + 1):
        sheet.text(row, column, "", "result")
    index = sheet.at(row, FIRST)
    converted = two_decimals(f"{sheet.at(*total)}*{INDEX_PER_ANSWER}")
    sheet.formula(row, FIRST, _if_any(some, converted), summary.index, 2, "result")
    letter = _if_any(some, key.letter_of(index))
    sheet.formula(row, FIRST + 1, letter, summary.grade, look="result", align="center")
    name = _if_any(some, key.name_of(index))
    label = key.names.get(summary.grade or "")
    sheet.formula(row, FIRST + 2, name, label, look="result", align="left")
    at = [sheet.at(row, FIRST + place, outside=True) for place in range(3)]
    answered = sheet.span((layout.first, 0), (layout.last, 0), outside=True)
    return ProcessingPlaces(at[0], at[1], at[2], f"COUNT({answered})")


def _write_reconciliation(sheet: Sheet, layout: _Layout, survey: SkmIndex) -> None:
    """Write the index by shortened weights that circulate, for comparison only."""
    means = sheet.span((layout.foot(MEAN), FIRST), (layout.foot(MEAN), LAST))
    row = layout.foot(CHECKS) + 1
    for weight, value in survey.summary.weight_variants.items():
        if value is None:  # a weight that was never meant for so few elements
            continue
        shown = weight.replace(".", ",") if sheet.lang == "id" else weight
        sheet.text(row, 0, tell("workbook.by_weight", sheet.lang, weight=shown), "note")
        formula = _if_any(
            f"COUNT({means})", two_decimals(f"SUM({means})*{weight}*{INDEX_PER_ANSWER}")
        )
        sheet.formula(row, FIRST, formula, value, 2, "note")
        row += 1
    sheet.text(row, 0, say("table.processing_source", sheet.lang), "note")
    sheet.text(row + 1, 0, tell("workbook.live", sheet.lang), "note")


def two_decimals(value: str) -> str:
    """Return the formula that rounds half-up to two decimals, free of binary noise."""
    return f"ROUND(ROUND({value},{NOISE_FREE_DECIMALS}),2)"


def _if_any(count: str, formula: str) -> str:
    return f'IF({count}=0,"{ABSENT}",{formula})'
