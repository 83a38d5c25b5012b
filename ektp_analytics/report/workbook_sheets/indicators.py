"""All indicators on one sheet: value, goalposts, live score, weight and points lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.sections.context import reason_words
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.wording import say
from ektp_analytics.report.workbook_sheets.indicator import UNITS, IndicatorPlaces, score_formula
from ektp_analytics.report.workbook_sheets.sheet import Sheet
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.scoring.scorecard import IndicatorLine

(
    NAME, VALUE, UNIT, N, LOW, HIGH, FLOOR, TARGET, SCORE, WEIGHT, EFFECTIVE, LOST, STATUS, REMARK,
    BASIS,
) = range(15)  # fmt: skip
_WIDTHS = (38, 11, 8, 10, 10, 10, 9, 9, 9, 9, 10, 9, 18, 60, 46)


@dataclass(frozen=True, slots=True)
class Linked:
    """The sheet of one indicator: its name and the addresses of value and score."""

    sheet: str
    places: IndicatorPlaces


def write_indicators(sheet: Sheet, run: PeriodRun, linked: Mapping[str, Linked]) -> dict[str, str]:
    """Write every indicator, principle by principle, then those shown and not scored.

    Parameters
    ----------
    sheet
        An empty sheet.
    run
        The run.
    linked
        Sheets of single indicators by code.

    Returns
    -------
    dict
        For each principle the formula of its score.
    """
    lang = sheet.lang
    head = sheet.title(tell("workbook.indicators_title", lang))
    sheet.heads(head, _heads(sheet), words=(NAME, STATUS, REMARK, BASIS))
    row, formulas = head + 1, {}
    for principle in run.scorecard.principles:
        _group(sheet, row, run.catalogue.principles[principle.key][lang])
        first = row + 1
        for line in principle.lines:
            row += 1
            _write_line(sheet, run, row, line, linked.get(line.value.code))
        scores, weights = (
            sheet.span((first, at), (row, at), outside=True) for at in (SCORE, EFFECTIVE)
        )
        formulas[principle.key] = f"SUMPRODUCT({scores},{weights})/100"
        row += 1
    if run.scorecard.shown:
        _group(sheet, row, tell("workbook.shown", lang))
        for value in run.scorecard.shown:
            row += 1
            _write_value(sheet, run, row, value, linked.get(value.code))
    sheet.widths(*_WIDTHS)
    sheet.freeze(head + 1, 1)
    sheet.finish(repeat=(head, head))
    return formulas


def _heads(sheet: Sheet) -> list[str]:
    lang = sheet.lang
    own = ("unit", "low", "high", "floor", "target", "score", "effective", "remarks", "basis")
    words = {name: tell(f"workbook.{name}", lang) for name in own}
    return [
        say("head.indicator", lang), say("head.value", lang), words["unit"], "n", words["low"],
        words["high"], words["floor"], words["target"], words["score"], say("head.weight", lang),
        words["effective"], say("head.lost", lang), say("head.status", lang), words["remarks"],
        words["basis"],
    ]  # fmt: skip


def _group(sheet: Sheet, row: int, words: str) -> None:
    sheet.text(row, NAME, words, "group")
    for column in range(VALUE, BASIS + 1):
        sheet.text(row, column, "", "group")


def _write_line(
    sheet: Sheet, run: PeriodRun, row: int, line: IndicatorLine, linked: Linked | None
) -> None:
    """Write a scored indicator; score and points lost are live."""
    value = line.value
    _write_value(sheet, run, row, value, linked)
    sheet.number(row, WEIGHT, line.weight, 2)
    sheet.number(row, EFFECTIVE, line.effective_weight, 2)
    if not line.assessed:
        return
    cells = (sheet.at(row, column) for column in (VALUE, FLOOR, TARGET))
    sheet.formula(row, SCORE, score_formula(*cells), value.score, 2)
    lost = f"{sheet.at(row, EFFECTIVE)}*(100-{sheet.at(row, SCORE)})/100"
    sheet.formula(row, LOST, lost, line.points_lost, 2)


def _write_value(
    sheet: Sheet, run: PeriodRun, row: int, value: IndicatorValue, linked: Linked | None
) -> None:
    lang, item = sheet.lang, run.catalogue[value.code]
    decimals, sign = UNITS.get(value.unit, (2, ""))
    if linked:
        sheet.link(row, NAME, linked.sheet, item.name[lang], "row link")
    else:
        sheet.text(row, NAME, item.name[lang], "row")
    if linked and value.value is not None:
        sheet.formula(row, VALUE, linked.places.value, value.value, decimals, unit=sign)
    else:
        sheet.number(row, VALUE, value.value, decimals, unit=sign)
    sheet.text(row, UNIT, tell(f"workbook.unit_{value.unit or item.unit}", lang), "row", "right")
    sheet.number(row, N, value.n)
    low, high = value.interval or (None, None)
    for column, figure in ((LOW, low), (HIGH, high), (FLOOR, value.floor), (TARGET, value.target)):
        sheet.number(row, column, figure, decimals)
    for column in (SCORE, WEIGHT, EFFECTIVE, LOST):
        sheet.number(row, column, None)
    sheet.text(row, STATUS, wording.name_of("status", value.status, lang), "row")
    remarks = [reason_words(value.reason, lang), *(note.text(lang) for note in value.notes)]
    sheet.text(row, REMARK, "; ".join(r for r in remarks if r) or numbers.ABSENT, "row")
    sheet.text(row, BASIS, value.legal_basis or item.legal_basis, "row")
