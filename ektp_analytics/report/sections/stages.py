"""Bab III: where the time goes, what was left over, and who waits longer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.earlier_cohort import EarlierCohort, earlier_cohort
from ektp_analytics.indicators.group_differences import on_time_differences
from ektp_analytics.indicators.request_report import RequestReport, request_report
from ektp_analytics.indicators.rule_of_law import LEGAL_LIMIT, as_limit
from ektp_analytics.measures.backlog import Backlog
from ektp_analytics.measures.limits import Limit
from ektp_analytics.report import numbers
from ektp_analytics.report.blocks import Block, Bullets, Columns, Headline
from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.charts.stages import stages
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.grid import Cell
from ektp_analytics.report.sections.context import notices, source_line
from ektp_analytics.report.sections.history import period_before
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import plain_table
from ektp_analytics.report.wording import capital
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.standards.lookup import standard

HALF_WIDTH = 310
MOST_GROUPS = 6
HOURS_PER_DAY = 24
PERCENT = 100


def stages_page(run: PeriodRun, edition: Edition, history: Sequence[PeriodRun] = ()) -> Section:
    """Return the stages, the backlog, the last cohort read again, and groups apart.

    Parameters
    ----------
    run, edition
        As for every page.
    history
        Earlier periods of the same kind, in order.

    Returns
    -------
    Section
        Empty without a service log.
    """
    if "service_log" not in run.sources:
        return Section()
    lang = edition.lang
    found = request_report(run.data, lang)
    limit = as_limit(standard(LEGAL_LIMIT, on=run.period.end))
    chart = stages(
        found.stages,
        edition,
        limit_hours=_hours(limit),
        remarks=_central(found, limit, lang),
        source=source_line(run, "service_log", lang),
    )
    sides = Columns([[_left_over(found, edition)], [_groups(run, edition)]])
    again = _again(run, history, lang)
    blocks: list[Block | str] = [
        Headline(_headline(found, lang), tell("elements.kicker", lang)),
        chart,
        sides,
        Bullets([*again, tell("stages.incomplete_note", lang)], tell("stages.more", lang)),
    ]
    return Section([*blocks, *notices(run, edition, "service_log")])


def _hours(limit: Limit) -> float | None:
    if limit.hours is not None:
        return float(limit.hours)
    return float(limit.amount * HOURS_PER_DAY) if limit.unit == "days" else None


def _headline(found: RequestReport, lang: Language) -> str:
    """Name the slowest stage by its 90th percentile."""
    rows = records(found.stages, ("name", "p90", "total", "n"))
    known = [row for row in rows if row["p90"] is not None and not row["total"] and row["n"]]
    if not known:
        return tell("stages.headline_plain", lang)
    slowest = max(known, key=lambda row: row["p90"])
    name = str(slowest["name"])
    return tell("stages.headline", lang, name=name, p90=numbers.duration(slowest["p90"], lang))


def _central(found: RequestReport, limit: Limit, lang: Language) -> tuple[str, ...]:
    """Say how much of the time lay at the centre, shown and never subtracted."""
    split = found.central
    hours = _hours(limit)
    if split is None or not split.n or hours is None:
        return ()
    own = PERCENT * split.own.up_to(int(hours * 60)) / split.n
    return (
        tell(
            "stages.central",
            lang,
            n=numbers.number(split.n, 0, lang),
            share=numbers.percent(split.elsewhere_percent, 1, lang),
            own=numbers.percent(own, 1, lang),
            limit=numbers.limit(hours, lang),
        ),
    )


def _left_over(found: RequestReport, edition: Edition) -> Block:
    lang = edition.lang
    rows = [
        _backlog_row(tell("stages.backlog", lang), found.backlog, lang),
        _backlog_row(tell("stages.not_complete", lang), found.not_complete, lang),
    ]
    heads = [tell(f"stages.head_{n}", lang) for n in ("open", "n", "past", "oldest")]
    frame = pd.DataFrame(rows, columns=heads, dtype=object)
    return plain_table(
        frame,
        edition,
        key="backlog",
        caption=tell("stages.backlog_caption", lang),
        source=tell("stages.backlog_source", lang),
        widths=dict(zip(heads, (142, 46, 58, 64), strict=True)),
        align=dict.fromkeys(heads[1:], "right"),
        width=HALF_WIDTH,
    )


def _backlog_row(name: str, found: Backlog | None, lang: Language) -> list[Any]:
    if found is None:
        return [name, numbers.ABSENT, numbers.ABSENT, numbers.ABSENT]
    past = numbers.number(found.past_limit, 0, lang)
    cell: Any = Cell(past, "", "diamond", "attention", strong=True) if found.past_limit else past
    oldest = numbers.duration(found.oldest_hours, lang)
    return [name, numbers.number(found.n, 0, lang), cell, oldest]


def _groups(run: PeriodRun, edition: Edition) -> Block:
    """Return the groups that stand apart from all others, or that none does."""
    lang = edition.lang
    table = on_time_differences(run.data, lang)
    apart = records(table[table["move"].isin(["up", "down"])], _GROUP)
    apart.sort(key=lambda row: row["difference"])
    heads = [tell(f"stages.head_{n}", lang) for n in ("group", "n", "on_time", "difference")]
    rows = [
        [
            f"{row['attribute']}: {row['name']}",
            numbers.number(row["n"], 0, lang),
            numbers.percent(row["value"], 1, lang),
            numbers.signed(row["difference"], 1, lang),
        ]
        for row in apart[:MOST_GROUPS]
    ]
    compared = table.groupby("attribute", sort=False).size()
    told = [f"{str(name).lower()} ({count})" for name, count in compared.items()]
    return plain_table(
        pd.DataFrame(rows, columns=heads, dtype=object),
        edition,
        key="groups",
        caption=tell("stages.groups_caption", lang),
        source=tell("stages.groups_source", lang, listed=numbers.joined(told, lang) or "–"),
        widths=dict(zip(heads, (148, 44, 54, 64), strict=True)),
        align=dict.fromkeys(heads[1:], "right"),
        width=HALF_WIDTH,
        empty=tell("stages.groups_none", lang),
    )


_GROUP = ("attribute", "name", "n", "value", "difference", "move")


def _again(run: PeriodRun, history: Sequence[PeriodRun], lang: Language) -> list[str]:
    """Say how the requests of the period before stand with the longer view."""
    before = period_before(run, history)
    if before is None or not before.data.has("service_log", "application_id", "complete_at"):
        return [tell("stages.no_earlier", lang)]
    if not run.data.has("service_log", "application_id", "printed_at"):
        return [tell("stages.no_earlier", lang)]
    return [_cohort(earlier_cohort(run.data, before.data), lang)]


def _cohort(found: EarlierCohort, lang: Language) -> str:
    if found.now.value is None or found.then.value is None:
        return tell("stages.no_earlier", lang)
    return tell(
        "stages.again",
        lang,
        period=capital(found.period.label(lang)),
        then=numbers.percent(found.then.value, 1, lang),
        now=numbers.percent(found.now.value, 1, lang),
        open_then=numbers.number(found.then.inputs.get("open"), 0, lang),
        open_now=numbers.number(found.now.inputs.get("open"), 0, lang),
    )
