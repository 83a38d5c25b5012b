"""The follow-up plan (rencana tindak lanjut): a draft from what is weakest and costs most.

Order: the weakest survey elements first, as the reports under PermenPAN-RB 14/2017 have
them; then the indicators that cost their principle most; then what must be recorded so
that it can be assessed at all. What the office has planned itself takes the place of
proposals.
"""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ektp_analytics.framework.catalogue import OVERALL
from ektp_analytics.framework.remedies import Remedy, remedies, source_remedies
from ektp_analytics.framework.subjects import SURVEY_PREFIX
from ektp_analytics.measures.rounding import round_half_up
from ektp_analytics.periods import Period
from ektp_analytics.scoring.own_actions import OwnAction, own_actions
from ektp_analytics.scoring.planned_action import Cause, FollowUpPlan, PlannedAction, Words
from ektp_analytics.scoring.scorecard import IndicatorLine, Scorecard
from ektp_analytics.standards.skm import band_of, bands

if TYPE_CHECKING:
    import pandas as pd

WEAKEST_ELEMENTS = 3  # elements of a plan; the best band is never called weak
LARGEST_LOSSES = 4  # further indicators
LEAST_LOSS = 1.0  # points; the step by which a principle counts as moved
MISSING_SOURCES = 3  # sources to start recording, the heaviest first
NO_FILE = frozenset({"source_missing", "no_source_for_indicator"})


def follow_up_plan(
    card: Scorecard,
    own: pd.DataFrame | None = None,
    *,
    elements: int = WEAKEST_ELEMENTS,
    losses: int = LARGEST_LOSSES,
    missing: int = MISSING_SOURCES,
) -> FollowUpPlan:
    """Draft the follow-up plan of one office after one period.

    Parameters
    ----------
    card
        The scorecard of the period.
    own
        The office's follow-up file: ``subject``, ``action``, optional ``due``, ``done_on``,
        ``responsible``. What was not done by the end of the period stays in the plan.
    elements, losses, missing
        At most so many weak elements, costly indicators and sources to record.

    Returns
    -------
    FollowUpPlan
    """
    end = Period.parse(card.period).end
    planned = _still_to_do(own, card, end)
    weak = _weakest_elements(card, elements, end)
    costly = _largest_losses(card, losses, weak, end)
    lines: list[tuple[Cause, IndicatorLine]] = [("element", line) for line in weak]
    lines += [("loss", line) for line in costly]
    actions: list[PlannedAction] = []
    for cause, line in lines:
        mine = [action for action in planned if action.code == line.value.code]
        actions += mine or _proposed(line, cause, card, end)
    placed = {line.value.code for _, line in lines}
    actions += [action for action in planned if action.code not in placed]
    actions += _recording(card, missing, end)
    return FollowUpPlan(office=card.office, period=card.period, actions=tuple(actions))


def _weakest_elements(card: Scorecard, most: int, on: date) -> list[IndicatorLine]:
    """Return the lowest survey elements that are not in the best band, the lowest first."""
    found = [line for line in card.lines if _grade(line, on) and not _is_best(line, on)]
    return sorted(found, key=lambda line: line.value.value or 0.0)[:most]


def _largest_losses(
    card: Scorecard, most: int, chosen: list[IndicatorLine], on: date
) -> list[IndicatorLine]:
    rest = [line for line in card.lines if line not in chosen and not _is_best(line, on)]
    found = [line for line in rest if (line.points_lost or 0.0) >= LEAST_LOSS]
    return sorted(found, key=lambda line: -(line.points_lost or 0.0))[:most]


def _proposed(line: IndicatorLine, cause: Cause, card: Scorecard, end: date) -> list[PlannedAction]:
    state = _state(line, card, end)
    found = remedies().get(line.value.code, ())
    return [_draft(remedy, cause, end, state) for remedy in found]


def _draft(remedy: Remedy, cause: Cause, end: date, about: dict[str, Any]) -> PlannedAction:
    return PlannedAction(
        **about,
        cause=cause,
        action=remedy.action,
        responsible=remedy.responsible,
        due=months_after(end, remedy.months),
        source=remedy.source,
        basis=remedy.basis,
    )


def _state(line: IndicatorLine, card: Scorecard, on: date) -> dict[str, Any]:
    """Return what an action says about the indicator it is for."""
    value = line.value
    goal, goal_grade = _goal(line, on)
    return {
        "code": value.code,
        "subject": card.catalogue[value.code].name,
        "value": value.value,
        "unit": card.catalogue[value.code].unit,
        "grade": _grade(line, on),
        "points_lost": line.points_lost,
        "goal": goal,
        "goal_grade": goal_grade,
    }


def _grade(line: IndicatorLine, on: date) -> str | None:
    """Return the band of an assessed survey element; None for anything else."""
    value = line.value.value
    if not line.value.code.startswith(SURVEY_PREFIX) or not line.assessed or value is None:
        return None
    return band_of(round_half_up(value), on).grade


def _is_best(line: IndicatorLine, on: date) -> bool:
    return _grade(line, on) == bands(on)[-1].grade


def _goal(line: IndicatorLine, on: date) -> tuple[float | None, str | None]:
    """Return the lower edge of the next better band, or half the way to the target."""
    scheme = bands(on)
    grades = [band.grade for band in scheme]
    grade = _grade(line, on)
    if grade is None or grade == grades[-1]:
        value, target = line.value.value, line.value.target
        return None if value is None or target is None else (value + target) / 2, None
    better = scheme[grades.index(grade) + 1]
    return float(better.lower), better.grade


def _recording(card: Scorecard, most: int, end: date) -> list[PlannedAction]:
    """Return what to record, for sources not delivered, by the weight that waits for them."""
    waiting: dict[str, float] = {}
    for line in card.lines:
        reason = line.value.reason
        if line.assessed or reason is None or reason.code not in NO_FILE:
            continue
        source = card.catalogue[line.value.code].sources[0]
        share = line.weight * float(card.catalogue.groups[OVERALL][line.value.principle])
        waiting[source] = waiting.get(source, 0.0) + share
    known = sorted(set(waiting) & set(source_remedies()), key=lambda s: (-waiting[s], s))
    return [_record(source, end) for source in known[:most]]


def _record(source: str, end: date) -> PlannedAction:
    remedy = source_remedies()[source]
    return _draft(remedy, "missing", end, {"code": source, "subject": remedy.subject})


def _still_to_do(own: pd.DataFrame | None, card: Scorecard, end: date) -> list[PlannedAction]:
    """Return the office's own actions not done by the end, the earliest due first."""
    lines = {line.value.code: line for line in card.lines}
    open_ones = [a for a in own_actions(own, card.catalogue, end) if a.done_on is None]
    open_ones.sort(key=lambda action: (action.due is None, action.due or end))
    found = []
    for action in open_ones:
        planned, line = _planned(action, end), lines.get(action.code or "")
        found.append(replace(planned, **_state(line, card, end)) if line else planned)
    return found


def _planned(action: OwnAction, end: date) -> PlannedAction:
    return PlannedAction(
        code=action.code,
        subject=_alike(action.subject),
        cause="office",
        action=_alike(action.action),
        responsible=_alike(action.responsible) if action.responsible else None,
        due=action.due,
        source="office",
        overdue=action.due is not None and action.due <= end,
    )


def _alike(words: str) -> Words:
    """Return an office's own words, which are the same in both languages."""
    return dict.fromkeys(("id", "en"), words)


def months_after(day: date, months: int) -> date:
    """Return the last day of the month so many months after a day's own."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])
