"""One sheet for each indicator that has a value or inputs: from its inputs to its score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ektp_analytics.errors import Language
from ektp_analytics.indicators.satisfaction import ektp_survey
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.sections.context import INDEX_PER_ANSWER, notice_words, reason_words
from ektp_analytics.report.sections.phrases import known, tell
from ektp_analytics.report.wording import say
from ektp_analytics.report.workbook_sheets.recipes import recipe_for
from ektp_analytics.report.workbook_sheets.sheet import Sheet
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.scoring.scorecard import IndicatorLine

SURVEY_PREFIX = "skm_"
ANSWERS = (1, 2, 3, 4)
LONGEST_IN_CELL = 20  # characters; longer words take two columns
# Decimals and sign of a value, by its unit.
UNITS: Mapping[str, tuple[int, str]] = {"percent": (2, "%"), "index": (2, ""), "ratio": (4, "")}
Given = Mapping[str, tuple[str, float]]


@dataclass(frozen=True, slots=True)
class IndicatorPlaces:
    """Addresses of an indicator's value and score, for formulas on other sheets."""

    value: str
    score: str


def has_sheet(value: IndicatorValue) -> bool:
    """Say whether there is anything to show on a sheet of its own."""
    return value.value is not None or bool(value.inputs)


def write_indicator(
    sheet: Sheet, run: PeriodRun, value: IndicatorValue, line: IndicatorLine | None, totals: Given
) -> IndicatorPlaces:
    """Write what an indicator means, its inputs, its value and its score.

    Parameters
    ----------
    sheet
        An empty sheet.
    run, value
        The run, and the indicator with its goalposts.
    line
        Its line of the scorecard; None if it is shown and not scored.
    totals
        Inputs that other sheets add up: formula and value by name.

    Returns
    -------
    IndicatorPlaces
    """
    lang, item = sheet.lang, run.catalogue[value.code]
    principle = run.catalogue.principles[item.principle][lang]
    aspect = run.catalogue.aspects[item.group][lang]
    notice = notice_words(run, *item.sources)
    row = sheet.title(item.name[lang], f"{principle} · {aspect}", notice)
    sheet.link(row - 1, 0, tell("workbook.sheet_indicators", lang), tell("workbook.back", lang))
    row = _write_meaning(sheet, run, value, row + 1)
    row, cells = _write_inputs(sheet, value, totals, row)
    row, mean = _write_answers(sheet, run, value, row)
    row, places = _write_result(sheet, value, line, row, _formula(value, cells, mean))
    _write_remarks(sheet, run, value, row)
    sheet.widths(40, 18, 62)
    sheet.finish(columns=3)
    return places


def _write_meaning(sheet: Sheet, run: PeriodRun, value: IndicatorValue, row: int) -> int:
    lang, item = sheet.lang, run.catalogue[value.code]
    files = "; ".join(f"{s.file} (SHA-256 {s.sha256})" for s in value.sources)
    pairs = (
        ("definition", item.definition[lang]),
        ("formula", item.formula[lang]),
        ("basis", value.legal_basis or item.legal_basis),
        ("code", value.code),
        ("files", files or numbers.ABSENT),
    )
    for place, (name, words) in enumerate(pairs, row):
        sheet.text(place, 0, tell(f"workbook.{name}", lang), "row")
        sheet.merge(place, 1, 2, words, "row")
    return row + len(pairs) + 1


def _write_inputs(
    sheet: Sheet, value: IndicatorValue, totals: Given, row: int
) -> tuple[int, dict[str, str]]:
    """Write every input; return the cells of the figures by name."""
    lang = sheet.lang
    cells: dict[str, str] = {}
    if not value.inputs:
        return row, cells
    sheet.text(row, 0, tell("workbook.inputs", lang), "heading")
    for place, (name, figure) in enumerate(value.inputs.items(), row + 1):
        sheet.text(place, 0, input_name(name, lang), "row")
        if not isinstance(figure, int | float) or isinstance(figure, bool):
            words = _words(figure, lang)
            if len(words) > LONGEST_IN_CELL:
                sheet.merge(place, 1, 2, words)
            else:
                sheet.text(place, 1, words, "row", "right")
            continue
        decimals = 0 if float(figure).is_integer() else 4
        formula, total = totals.get(name, ("", None))
        if formula and total == figure:
            sheet.formula(place, 1, formula, figure, decimals)
        else:
            sheet.number(place, 1, figure, decimals)
        cells[name] = sheet.at(place, 1)
    return row + len(value.inputs) + 2, cells


def _write_answers(
    sheet: Sheet, run: PeriodRun, value: IndicatorValue, row: int
) -> tuple[int, str]:
    """Write how often each answer was given to a survey element; return the mean's cell."""
    element = value.code.removeprefix(SURVEY_PREFIX)
    carried = value.status == "carried" or "survey" not in run.sources
    if not value.code.startswith(SURVEY_PREFIX) or value.value is None or carried:
        return row, ""
    lang, tally = sheet.lang, ektp_survey(run.data)[0].tally
    counts = tally.values(element)
    sheet.text(row, 0, tell("workbook.answers", lang), "heading")
    sheet.heads(row + 1, (tell("workbook.answer", lang), tell("workbook.count", lang)))
    for place, answer in enumerate(ANSWERS, row + 2):
        sheet.number(place, 0, answer, look="row")
        sheet.number(place, 1, counts[answer])
    last = row + 1 + len(ANSWERS)
    answers, given = (sheet.span((row + 2, at), (last, at)) for at in (0, 1))
    mean = tally.mean(element)
    sheet.text(last + 1, 0, say("table.nrr", lang), "opening")
    formula = f"SUMPRODUCT({answers},{given})/SUM({given})"
    sheet.formula(last + 1, 1, formula, None if mean is None else float(mean), 6, "opening")
    return last + 3, sheet.at(last + 1, 1)


def _formula(value: IndicatorValue, cells: Mapping[str, str], mean: str) -> str:
    """Return the live formula of the value; empty where its inputs do not give it."""
    if mean:
        return f"{mean}*{INDEX_PER_ANSWER}"
    recipe = recipe_for(value)
    return recipe.formula(cells) if recipe else ""


def _write_result(
    sheet: Sheet, value: IndicatorValue, line: IndicatorLine | None, row: int, formula: str
) -> tuple[int, IndicatorPlaces]:
    """Write value, n, interval, goalposts and score."""
    lang = sheet.lang
    decimals, sign = UNITS.get(value.unit, (2, ""))
    sheet.text(row, 0, tell("workbook.result", lang), "heading")
    _write_own_value(sheet, value, row + 1, formula)
    sheet.text(row + 2, 0, "n", "row")
    sheet.number(row + 2, 1, value.n)
    low, high = value.interval or (None, None)
    figures = (("low", low), ("high", high), ("floor", value.floor), ("target", value.target))
    for place, (name, figure) in enumerate(figures, row + 3):
        sheet.text(place, 0, tell(f"workbook.{name}", lang), "row")
        sheet.number(place, 1, figure, decimals, "row", sign)
    at = row + 3 + len(figures)
    sheet.text(at, 0, tell("workbook.score", lang), "result")
    if line is not None and line.assessed:
        cells = (sheet.at(r, 1) for r in (row + 1, at - 2, at - 1))
        sheet.formula(at, 1, score_formula(*cells), value.score, 2, "result")
    else:
        sheet.number(at, 1, None, 2, "result")
    places = [sheet.at(r, 1, outside=True) for r in (row + 1, at)]
    return at + 2, IndicatorPlaces(places[0], places[1])


def _write_own_value(sheet: Sheet, value: IndicatorValue, row: int, formula: str) -> None:
    """Write the value, live where its inputs give it, and say which it is."""
    lang = sheet.lang
    decimals, sign = UNITS.get(value.unit, (2, ""))
    sheet.text(row, 0, say("head.value", lang), "result")
    if formula:
        sheet.formula(row, 1, formula, value.value, decimals, "result", sign)
    else:
        sheet.number(row, 1, value.value, decimals, "result", sign)
    if value.value is not None:
        note = "live_value" if formula else "value_from_rows"
        sheet.text(row, 2, tell(f"workbook.{note}", lang), "remark")


def score_formula(value: str, floor: str, target: str) -> str:
    """Return the score of a value between its goalposts, held between 0 and 100."""
    return f"MAX(0,MIN(100,100*({value}-{floor})/({target}-{floor})))"


def _write_remarks(sheet: Sheet, run: PeriodRun, value: IndicatorValue, row: int) -> None:
    lang = sheet.lang
    sheet.text(row, 0, say("head.status", lang), "row")
    sheet.merge(row, 1, 2, wording.name_of("status", value.status, lang), "row")
    remarks = [reason_words(value.reason, lang), *(note.text(lang) for note in value.notes)]
    sheet.text(row + 1, 0, tell("workbook.remarks", lang), "row")
    sheet.merge(row + 1, 1, 2, "; ".join(r for r in remarks if r) or numbers.ABSENT, "row")
    name, figure = counter_words(run, value, lang)
    if name:
        sheet.text(row + 2, 0, tell("workbook.counter", lang), "row")
        sheet.merge(row + 2, 1, 2, f"{name}: {figure}", "row")


def counter_words(run: PeriodRun, value: IndicatorValue, lang: Language) -> tuple[str, str]:
    """Return name and printed figure of what stands beside a gameable indicator."""
    if not value.counter:
        return "", ""
    key = str(value.counter.get("name", ""))
    names = run.catalogue.counters.get(key)
    figure = value.counter.get("value")
    unit = str(value.counter.get("unit", ""))
    printed = numbers.number(figure, 0 if unit == "count" else 2, lang)
    if figure is not None and unit and known(f"workbook.unit_{unit}"):
        printed = f"{printed} {tell(f'workbook.unit_{unit}', lang)}"
    return (names[lang] if names else key), printed


def input_name(name: str, lang: Language) -> str:
    """Return the words for an input; its key where it has none yet."""
    if name.startswith(SURVEY_PREFIX):
        return wording.name_of("element", name.removeprefix(SURVEY_PREFIX), lang)
    key = f"workbook.input_{name}"
    return tell(key, lang) if known(key) else name.replace("_", " ")


def _words(figure: Any, lang: Language) -> str:
    """Return an input that is no single figure in words."""
    if figure is None:
        return numbers.ABSENT
    if isinstance(figure, list | tuple):
        return numbers.DASH.join(_words(part, lang) for part in figure)
    if isinstance(figure, dict):
        return "; ".join(f"{input_name(str(k), lang)} {_words(v, lang)}" for k, v in figure.items())
    if isinstance(figure, float):
        return numbers.number(figure, 2, lang)
    return (input_name(figure, lang) if known(f"workbook.input_{figure}") else str(figure)) or (
        numbers.ABSENT
    )
