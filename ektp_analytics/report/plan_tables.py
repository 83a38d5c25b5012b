"""The follow-up plan and last period's promises as the report prints them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.measures.change import Change
from ektp_analytics.periods import Period
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.action_tables import follow_up_plan as plan_grid
from ektp_analytics.report.blocks import Mark
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.grid import Cell, Column, Row, Table
from ektp_analytics.report.wording import say
from ektp_analytics.scoring.planned_action import FollowUpPlan, PlannedAction
from ektp_analytics.scoring.promises import Promise

LAST_QUARTER = 4
MONTHS_PER_QUARTER = 3
_DECIMALS = {"percent": 1, "index": 2, "ratio": 3}


def plan_table(plan: FollowUpPlan, edition: Edition, *, key: str = "follow_up_plan") -> Table:
    """Print a follow-up plan.

    Parameters
    ----------
    plan
        The plan in the order of its priority.
    edition
        Language and numbering.
    key
        Key of the table's number.

    Returns
    -------
    Table
        Subject, state, action with whose proposal it is, measure of success, quarters of
        the year after the period, responsible unit.
    """
    start = Period.parse(plan.period).end + timedelta(days=1)
    return plan_grid(
        plan_rows(plan, edition.lang),
        edition,
        year=start.year,
        period_label=numbers.period(plan.period, edition.lang, short=True),
        source=say("plan.source", edition.lang),
        key=key,
    )


def plan_rows(plan: FollowUpPlan, lang: Language = "id") -> pd.DataFrame:
    """Return a plan as `action_tables.follow_up_plan` takes it.

    Returns
    -------
    pandas.DataFrame
        ``subject, state, action, measure, quarters, responsible``.
    """
    start = Period.parse(plan.period).end + timedelta(days=1)
    columns = ["subject", "state", "action", "measure", "quarters", "responsible"]
    rows = [_planned(action, start, lang) for action in plan.actions]
    return pd.DataFrame(rows, columns=columns)


def _planned(action: PlannedAction, start: date, lang: Language) -> dict[str, Any]:
    proposed = say(f"plan.from_{action.source}", lang, basis=action.basis)
    late = f"; **{say('plan.overdue', lang)}**" if action.overdue else ""
    return {
        "subject": action.subject[lang],
        "state": _state(action, lang),
        "action": f"{action.action[lang]} ({proposed}{late})",
        "measure": _measure(action, lang),
        "quarters": quarters_until(start, action.due),
        "responsible": action.responsible[lang] if action.responsible else None,
    }


def _state(action: PlannedAction, lang: Language) -> str | None:
    if action.cause == "missing":
        return say("plan.missing_state", lang)
    if action.value is None:
        return None
    grade = f" · {action.grade}" if action.grade else ""
    return _value(action.value, action.unit, lang) + grade


def _measure(action: PlannedAction, lang: Language) -> str | None:
    if action.cause == "missing":
        return say("plan.missing_goal", lang)
    if action.goal is None:
        return None
    goal = _value(action.goal, action.unit, lang)
    if action.goal_grade:
        return say("plan.goal_grade", lang, goal=goal, grade=action.goal_grade)
    return say("plan.goal", lang, goal=goal)


def _value(value: float, unit: str, lang: Language) -> str:
    sign = "%" if unit == "percent" else ""
    return numbers.number(value, _DECIMALS.get(unit, 1), lang) + sign


def quarters_until(start: date, due: date | None) -> list[int]:
    """Return the quarters of the plan's year that an action runs through.

    Parameters
    ----------
    start
        First day after the period; its year is the plan's year.
    due
        Day by which the action should be done.

    Returns
    -------
    list of int
        From the quarter of `start` to that of `due`, at most to the year's end; the first
        alone where the day has passed, none where there is no day.
    """
    if due is None:
        return []
    first = _quarter(start)
    last = LAST_QUARTER if due.year > start.year else _quarter(due)
    return list(range(first, max(first, last) + 1)) if due >= start else [first]


def _quarter(day: date) -> int:
    return (day.month - 1) // MONTHS_PER_QUARTER + 1


def promises_table(
    promises: Sequence[Promise], edition: Edition, *, key: str = "follow_up_done"
) -> Table:
    """Print last period's promises, and how their indicator moved.

    Parameters
    ----------
    promises
        What `promises_due` gives.
    edition
        Language and numbering.
    key
        Key of the table's number.

    Returns
    -------
    Table
        Action and subject, due day, done or not, evidence, change of the indicator.
    """
    lang = edition.lang
    columns = [
        Column("action", say("head.activity", lang), 206),
        Column("due", say("head.due", lang), 104),
        Column("status", say("head.status", lang), 120),
        Column("evidence", say("head.evidence", lang), 96),
        Column("moved", say("plan.moved", lang), 116),
    ]
    return Table(
        columns,
        [_promised(promise, lang) for promise in promises],
        edition.table_label(key),
        say("table.follow_up_done", lang),
        say("plan.moved_source", lang) if promises else "",
        empty=say("table.no_follow_up", lang),
    )


def _promised(promise: Promise, lang: Language) -> Row:
    own = promise.promised
    undone = promise.state == "not done"
    words = say("table.undone", lang)
    status = Cell(words, "", "diamond", "attention", strong=True)
    if own.done_on is not None:
        late = say("plan.overdue", lang) if promise.state == "done late" else ""
        day = numbers.short_day(own.done_on, lang)
        status = Cell(say("table.done", lang, date=day), late, "check")
    return Row(
        {
            "action": Cell(own.action, own.subject, strong=undone),
            "due": numbers.day(own.due, lang),
            "status": status,
            "evidence": own.evidence or numbers.ABSENT,
            "moved": _moved(promise, lang),
        }
    )


def _moved(promise: Promise, lang: Language) -> Cell:
    change = promise.change
    if change is None or change.difference is None:
        return Cell(promise.verdict(lang), tone="muted")
    words = wording.capital(promise.verdict(lang))
    note = numbers.signed(change.difference, 1, lang)
    if promise.better is None:
        return Cell(words, note, "dot")
    judged = say("plan.better" if promise.better else "plan.worse", lang)
    return Cell(words, f"{note}, {judged}", _arrow(change), strong=not promise.better)


def _arrow(change: Change) -> Mark:
    return "up" if change.verdict == "up" else "down"
