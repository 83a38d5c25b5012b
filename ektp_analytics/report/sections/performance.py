"""Lampiran: what was achieved of the office's own plan, by its IKU and Renja codes."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.framework.remedies import remedies
from ektp_analytics.framework.subjects import indicator_named
from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.report import numbers
from ektp_analytics.report.blocks import Block, Bullet, Bullets, Headline
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.grid import Cell
from ektp_analytics.report.sections.context import (
    annex,
    in_sentence,
    indicator_name,
    lowered,
    reason_words,
    short_period,
    source_line,
    value_words,
)
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.plan import planned_actions, quarter_of, without_dot
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import plain_table
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.workspace import PlannedPerformance
from ektp_analytics.workspace.performance import UNIT_INDEX

FULL = 100
_HEADS = ("code", "name", "target", "achieved", "percent", "source")
_WIDTHS = (64, 226, 70, 70, 76, 136)


@dataclass(frozen=True, slots=True)
class Achieved:
    """One performance indicator: what measures it, its value, and why there is none."""

    planned: PlannedPerformance
    name: str
    code: str = ""
    unit: str = ""
    value: float | None = None
    target: float | None = None
    source: str = ""
    remark: str = ""

    @property
    def percent(self) -> float | None:
        """Value as percent of the target; None where one of them is absent."""
        if self.value is None or self.target is None:
            return None
        return FULL * self.value / self.target


def performance_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the achieved performance; empty where the profile gives no codes."""
    found = achieved_performance(run, edition.lang)
    if not found:
        return Section()
    lang = edition.lang
    head = Headline(_headline(found, lang), annex(run, "performance", lang), new_page=False)
    blocks: list[Block | str] = [head, _table(run, found, edition)]
    if short := _short_of_target(run, found, lang):
        blocks.append(Bullets(short, tell("performance.short", lang)))
    return Section(blocks)


def achieved_performance(run: PeriodRun, lang: Language) -> list[Achieved]:
    """Return every performance indicator of the profile with what was achieved."""
    return [_achieved(run, planned, lang) for planned in run.office.performance]


def _achieved(run: PeriodRun, planned: PlannedPerformance, lang: Language) -> Achieved:
    target = planned.target(run.period)
    if planned.indicator == UNIT_INDEX:
        return _unit_index(run, planned, target, lang)
    code = indicator_named(planned.indicator, run.catalogue)
    if code is None:
        remark = tell("performance.unknown", lang, name=planned.indicator)
        return Achieved(planned, planned.name or planned.indicator, target=target, remark=remark)
    value, own = run.value(code), indicator_name(run, code, lang)
    source = run.catalogue[code].sources[0]
    return Achieved(
        planned,
        planned.name or own,
        code,
        value.unit,
        value.value,
        target,
        source_line(run, source, lang)
        if source in run.sources
        else in_sentence("source", source, lang),
        reason_words(value.reason, lang) if value.value is None else "",
    )


def _unit_index(
    run: PeriodRun, planned: PlannedPerformance, target: float | None, lang: Language
) -> Achieved:
    """Return the official index of all services, as the plan of most offices names it."""
    name = planned.name or tell("performance.unit_index", lang)
    source = in_sentence("source", "survey", lang)
    if "survey" not in run.sources:
        remark = tell("performance.no_survey", lang)
        return Achieved(planned, name, "", "index", None, target, source, remark)
    index = unit_survey(run.data).summary.index
    remark = "" if index is not None else tell("performance.no_index", lang)
    value = None if index is None else float(index)
    source = source_line(run, "survey", lang)
    return Achieved(planned, name, "", "index", value, target, source, remark)


def _headline(found: list[Achieved], lang: Language) -> str:
    rated = [item.percent for item in found if item.percent is not None]
    reached = sum(share >= FULL for share in rated)
    words = {
        "reached": numbers.number(reached, 0, lang),
        "count": numbers.number(len(found), 0, lang),
    }
    return tell("performance.headline" if rated else "performance.headline_none", lang, **words)


def _table(run: PeriodRun, found: list[Achieved], edition: Edition) -> Block:
    lang = edition.lang
    heads = [tell(f"performance.head_{name}", lang) for name in _HEADS]
    rows = [dict(zip(heads, _cells(item, lang), strict=True)) for item in found]
    notes = [tell("performance.reading", lang)]
    if any(item.value is None for item in found):
        notes.append(tell("performance.absent", lang))
    numeric = heads[2:5]
    return plain_table(
        pd.DataFrame(rows),
        edition,
        key="performance",
        caption=tell("performance.caption", lang, period=short_period(run, lang)),
        align=dict.fromkeys(numeric, "right"),
        widths=dict(zip(heads, _WIDTHS, strict=True)),
        source=edition.source_line(notes),
    )


def _short_of_target(run: PeriodRun, found: list[Achieved], lang: Language) -> list[Bullet]:
    """Return each indicator short of its target, with the first action planned for it."""
    actions = {action.code: action for action in reversed(planned_actions(run))}
    weakest = next((a for a in planned_actions(run) if a.cause == "element"), None)
    said = []
    for item in found:
        if item.percent is None or item.percent >= FULL:
            continue
        action = weakest if item.planned.indicator == UNIT_INDEX else actions.get(item.code)
        words = {"code": item.planned.code, "percent": numbers.percent(item.percent, 1, lang)}
        if action is not None:
            proposed = lowered(without_dot(action.action[lang]))
            words |= {"action": proposed, "due": quarter_of(action.due, lang)}
            key = "performance.short_action"
        elif remedy := next(iter(remedies().get(item.code, ())), None):
            words |= {"action": lowered(without_dot(remedy.action[lang]))}
            key = "performance.short_proposed"
        else:
            key = "performance.short_open"
        said.append(Bullet(tell(key, lang, **words), "down", True))
    return said


def _cells(item: Achieved, lang: Language) -> list[Cell]:
    share = item.percent
    low = share is not None and share < FULL
    remark = item.remark
    if not remark and item.target is None:
        remark = tell("performance.no_target", lang)
    return [
        Cell(item.planned.code),
        Cell(item.name, remark),
        Cell(value_words(item.target, item.unit, lang)),
        Cell(value_words(item.value, item.unit, lang), strong=True),
        Cell(
            numbers.percent(share, 1, lang), "", "down" if low else "", "attention" if low else ""
        ),
        Cell(item.source, item.planned.document),
    ]
