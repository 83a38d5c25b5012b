"""The drafted follow-up plan as the pages print it."""

from __future__ import annotations

from datetime import date
from typing import Any

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.grid import Cell, Column, Row, Table
from ektp_analytics.report.sections.context import value_words
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.scoring.follow_up_plan import follow_up_plan
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.scoring.planned_action import PlannedAction

MONTHS_OF_A_QUARTER = 3


def planned_actions(run: PeriodRun) -> tuple[PlannedAction, ...]:
    """Return the actions of the plan in their order."""
    return follow_up_plan(run.scorecard, run.data.table("follow_up")).actions


def first_actions(run: PeriodRun, most: int) -> list[PlannedAction]:
    """Return the first action of each of the first subjects."""
    found: dict[str, PlannedAction] = {}
    for action in planned_actions(run):
        found.setdefault(action.subject["id"], action)
    return list(found.values())[:most]


def plan_table(run: PeriodRun, edition: Edition, *, source: str) -> Table:
    """Return the whole plan: what, how it stands, what to do, by when, by whom."""
    lang = edition.lang
    columns = [
        Column("number", "", 20),
        Column("subject", tell("plan.head_subject", lang), 138),
        Column("action", tell("plan.head_action", lang), 262),
        Column("goal", tell("plan.head_goal", lang), 66),
        Column("due", tell("plan.head_due", lang), 74),
        Column("responsible", tell("plan.head_responsible", lang), 90),
    ]
    rows: list[Row] = []
    before, place = "", 0
    for action in planned_actions(run):
        again = action.subject["id"] == before
        place += not again
        rows.append(Row(_cells(action, place, again, lang)))
        before = action.subject["id"]
    caption = tell("plan.caption", lang)
    empty = tell("plan.empty", lang)
    return Table(columns, rows, edition.table_label("plan"), caption, source, empty=empty)


def short_plan(run: PeriodRun, edition: Edition, most: int) -> Table:
    """Return the first actions for the summary."""
    lang = edition.lang
    columns = [
        Column("number", "", 22),
        Column("action", tell("plan.head_action", lang), 412),
        Column("responsible", tell("plan.head_responsible", lang), 116),
        Column("due", tell("plan.head_due", lang), 92),
    ]
    rows = [
        Row(
            {
                "number": Cell(str(place), strong=True),
                "action": without_dot(action.action[lang]),
                "responsible": action.responsible[lang] if action.responsible else numbers.ABSENT,
                "due": _due(action, lang),
            }
        )
        for place, action in enumerate(first_actions(run, most), 1)
    ]
    return Table(columns, rows, empty=tell("plan.empty", lang))


def state_words(action: PlannedAction, lang: Language) -> str:
    """Return how the subject of an action stands: ``74,15 · C``, ``44,5%``."""
    if action.value is None:
        return ""
    printed = value_words(action.value, action.unit, lang)
    return f"{printed} · {action.grade}" if action.grade else printed


def quarter_of(day: date | None, lang: Language) -> str:
    """Return the quarter a day lies in, in short: ``TW I 2026``."""
    if day is None:
        return numbers.ABSENT
    place = (day.month - 1) // MONTHS_OF_A_QUARTER + 1
    return numbers.period(f"{day.year}-Q{place}", lang, short=True)


def _cells(action: PlannedAction, place: int, again: bool, lang: Language) -> dict[str, Cell | str]:
    goal = ""
    if action.goal is not None and not again:
        goal = f"≥ {value_words(action.goal, action.unit, lang)}"
        goal += f" ({action.goal_grade})" if action.goal_grade else ""
    subject: dict[str, Any] = {"number": "", "subject": ""}
    if not again:
        name = Cell(action.subject[lang], state_words(action, lang), strong=True)
        subject = {"number": str(place), "subject": name}
    return {
        **subject,
        "action": without_dot(action.action[lang]),
        "goal": goal,
        "due": _due(action, lang),
        "responsible": action.responsible[lang] if action.responsible else numbers.ABSENT,
    }


def _due(action: PlannedAction, lang: Language) -> Cell | str:
    """Return the quarter an action is due in, marked where that day has passed."""
    quarter = quarter_of(action.due, lang)
    if not action.overdue:
        return quarter
    return Cell(quarter, tell("plan.overdue", lang), "diamond", "attention", strong=True)


def without_dot(words: str) -> str:
    """Return a sentence for a cell or another sentence, without its full stop."""
    return words.strip().rstrip(".")
