"""The drafted follow-up plan, and what became of the last one."""

from __future__ import annotations

from typing import Any

from ektp_analytics.report import numbers
from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.numbers import ABSENT
from ektp_analytics.report.sections.actions import plan_year, proposed_actions
from ektp_analytics.report.sections.context import not_delivered, short_period
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.wording import say
from ektp_analytics.report.workbook_sheets.sheet import Sheet
from ektp_analytics.scoring.period_run import PeriodRun

QUARTERS = (1, 2, 3, 4)
_WIDTHS = (6, 30, 16, 56, 32, 7, 7, 7, 7, 26, 20)
PLANNED = "■"


def write_follow_up(sheet: Sheet, run: PeriodRun) -> None:
    """Write the plan with room to change it, and the record of last period's actions."""
    lang = sheet.lang
    year = plan_year(run)
    row = sheet.title(
        say("table.follow_up_plan", lang, year=year), tell("workbook.plan_note", lang)
    )
    row = _write_plan(sheet, run, row)
    sheet.text(row, 0, say("table.follow_up_done", lang), "heading")
    if "follow_up" in run.sources:
        _write_done(sheet, run, row + 1)
    else:
        sheet.text(row + 1, 0, not_delivered("follow_up", lang))
    sheet.widths(*_WIDTHS)
    sheet.finish(columns=len(_WIDTHS))


def _write_plan(sheet: Sheet, run: PeriodRun, row: int) -> int:
    lang, actions = sheet.lang, proposed_actions(run, sheet.lang)
    state = say("head.state", lang, period=short_period(run, lang)).replace("\n", " ")
    heads = [say("head.number", lang), say("head.priority", lang), state]
    heads += [say("head.activity", lang), say("head.measure", lang).replace("\n", " ")]
    heads += [f"TW {numbers.ROMAN[q - 1]}" if lang == "id" else f"Q{q}" for q in QUARTERS]
    heads.append(say("head.responsible", lang).replace("\n", " "))
    sheet.heads(row, heads, words=(1, 2, 3, 4, 9))
    for place, action in enumerate(actions, row + 1):
        sheet.number(place, 0, place - row)
        words = (action.subject, action.state, action.action, action.measure)
        for column, text in enumerate(words, 1):
            sheet.text(place, column, text or ABSENT, "row")
        for quarter in QUARTERS:
            mark = PLANNED if quarter in action.quarters else ""
            sheet.text(place, 4 + quarter, mark, "row", "center")
        sheet.text(place, 9, action.responsible or ABSENT, "row")
    if not actions:
        sheet.text(row + 1, 0, say("table.no_plan", lang), "note")
    return row + max(len(actions), 1) + 3


def _write_done(sheet: Sheet, run: PeriodRun, row: int) -> None:
    lang = sheet.lang
    heads = ("number", "priority", "due", "activity", "evidence")
    names = [say(f"head.{name}", lang) for name in heads]
    responsible = say("head.responsible", lang).replace("\n", " ")
    heads_row = [*names, "", "", "", "", responsible, tell("workbook.done_on", lang)]
    sheet.heads(row, heads_row, words=range(1, len(heads_row)))
    optional = ("due", "done_on", "responsible", "evidence")
    found = records(run.data.tables["follow_up"], ("subject", "action"), optional)
    for place, entry in enumerate(found, row + 1):
        _write_done_row(sheet, place, place - row, entry)


def _write_done_row(sheet: Sheet, row: int, number: int, entry: dict[str, Any]) -> None:
    sheet.number(row, 0, number)
    sheet.text(row, 1, entry["subject"] or ABSENT, "row")
    sheet.day(row, 2, entry["due"])
    sheet.text(row, 3, entry["action"] or ABSENT, "row")
    sheet.text(row, 4, entry["evidence"] or ABSENT, "row")
    for column in range(5, 9):
        sheet.text(row, column, "", "row")
    sheet.text(row, 9, entry["responsible"] or ABSENT, "row")
    sheet.day(row, 10, entry["done_on"])
