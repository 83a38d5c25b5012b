"""The drafted follow-up plan, and what became of the last one."""

from __future__ import annotations

from typing import Any

from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.numbers import ABSENT
from ektp_analytics.report.sections.context import not_delivered, value_words
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.plan import planned_actions, state_words
from ektp_analytics.report.wording import say
from ektp_analytics.report.workbook_sheets.sheet import Sheet
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.scoring.planned_action import PlannedAction

_WIDTHS = (6, 34, 18, 70, 18, 20, 38, 22)
_WORDS = range(1, len(_WIDTHS))


def write_follow_up(sheet: Sheet, run: PeriodRun) -> None:
    """Write the plan with room to change it, and the record of last period's actions."""
    lang = sheet.lang
    row = sheet.title(tell("workbook.plan_title", lang), tell("workbook.plan_note", lang))
    row = _write_plan(sheet, run, row)
    sheet.text(row, 0, say("table.follow_up_done", lang), "heading")
    if "follow_up" in run.sources:
        _write_done(sheet, run, row + 1)
    else:
        sheet.text(row + 1, 0, not_delivered("follow_up", lang))
    sheet.widths(*_WIDTHS)
    sheet.finish(columns=len(_WIDTHS))


def _write_plan(sheet: Sheet, run: PeriodRun, row: int) -> int:
    lang, actions = sheet.lang, planned_actions(run)
    own = ("action", "goal", "until", "responsible")
    heads = [say("head.number", lang), say("head.priority", lang), tell("workbook.state", lang)]
    heads += [tell(f"workbook.plan_{name}", lang) for name in own]
    sheet.heads(row, [*heads, tell("workbook.proposed_by", lang)], words=_WORDS)
    for place, action in enumerate(actions, row + 1):
        _write_action(sheet, place, place - row, action)
    if not actions:
        sheet.text(row + 1, 0, tell("workbook.plan_empty", lang), "note")
    return row + max(len(actions), 1) + 3


def _write_action(sheet: Sheet, row: int, number: int, action: PlannedAction) -> None:
    lang = sheet.lang
    goal = ABSENT
    if action.goal is not None:
        goal = f"≥ {value_words(action.goal, action.unit, lang)}"
        goal += f" ({action.goal_grade})" if action.goal_grade else ""
    sheet.number(row, 0, number)
    sheet.text(row, 1, action.subject[lang], "row")
    sheet.text(row, 2, state_words(action, lang) or ABSENT, "row")
    sheet.text(row, 3, action.action[lang], "row")
    sheet.text(row, 4, goal, "row")
    sheet.day(row, 5, action.due)
    sheet.text(row, 6, action.responsible[lang] if action.responsible else ABSENT, "row")
    basis = f", {action.basis}" if action.basis else ""
    sheet.text(row, 7, tell(f"workbook.by_{action.source}", lang) + basis, "row")


def _write_done(sheet: Sheet, run: PeriodRun, row: int) -> None:
    lang = sheet.lang
    heads = [say("head.number", lang), say("head.priority", lang), say("head.due", lang)]
    heads += [say("head.activity", lang), tell("workbook.done_on", lang), ""]
    heads += [say("head.responsible", lang).replace("\n", " "), say("head.evidence", lang)]
    sheet.heads(row, heads, words=_WORDS)
    optional = ("due", "done_on", "responsible", "evidence")
    found = records(run.data.tables["follow_up"], ("subject", "action"), optional)
    for place, entry in enumerate(found, row + 1):
        _write_done_row(sheet, place, place - row, entry)


def _write_done_row(sheet: Sheet, row: int, number: int, entry: dict[str, Any]) -> None:
    sheet.number(row, 0, number)
    sheet.text(row, 1, entry["subject"] or ABSENT, "row")
    sheet.day(row, 2, entry["due"])
    sheet.text(row, 3, entry["action"] or ABSENT, "row")
    sheet.day(row, 4, entry["done_on"])
    sheet.text(row, 5, "", "row")
    sheet.text(row, 6, entry["responsible"] or ABSENT, "row")
    sheet.text(row, 7, entry["evidence"] or ABSENT, "row")
