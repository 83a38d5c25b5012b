"""Bab III: how long people wait, by the legal clock and by their own."""

from __future__ import annotations

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import headlines, numbers
from ektp_analytics.report.blocks import Block, Bullets, Columns, Headline
from ektp_analytics.report.charts.completion import completion
from ektp_analytics.report.charts.stages import stages
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.grid import Cell
from ektp_analytics.report.sections.context import notices, source_line
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.sections.waiting_figures import (
    CITIZEN,
    HOURS_PER_DAY,
    LEGAL,
    Clock,
    clock,
    curve_frame,
    limit_frame,
    limit_in_force,
    office_share_in_time,
    open_by_age,
    opening_backlog,
    stage_frame,
)
from ektp_analytics.report.tables import plain_table
from ektp_analytics.report.wording import median_words
from ektp_analytics.scoring.period_run import PeriodRun

LONG_HOURS = 14.0 * HOURS_PER_DAY  # UU 23/2006, the older limit, printed beside
TABLE_WIDTH = 270


def waiting_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the page on waiting; empty without a service log."""
    if "service_log" not in run.sources:
        return Section()
    lang = edition.lang
    legal, citizen = clock(run, *LEGAL), clock(run, *CITIZEN)
    if legal is None:
        return Section()
    clocks = {tell("waiting.legal_curve", lang): legal}
    if citizen is not None:
        clocks[tell("waiting.citizen_curve", lang)] = citizen
    limits = limit_frame(run, lang)
    head = Headline(_headline(legal, limits, lang), tell("elements.kicker", lang))
    chart = completion(
        curve_frame(clocks),
        limits,
        edition,
        counted=_counted(legal, citizen, lang),
        source=source_line(run, "service_log", lang),
    )
    _, hours = limit_in_force(run)
    stretches = stages(
        stage_frame(run, lang),
        edition,
        limit_hours=hours,
        source=source_line(run, "service_log", lang),
    )
    below = Columns(
        [
            [_open_table(run, legal, hours, edition)],
            [Bullets(_reading(run, legal, citizen, hours, lang), tell("waiting.reading", lang))],
        ],
        widths=(0.86, 1.14),
    )
    blocks: list[Block | str] = [head, chart, stretches, below]
    return Section([*blocks, *notices(run, edition, "service_log")])


def _headline(legal: Clock, limits: pd.DataFrame, lang: Language) -> str:
    laws = limits[limits["kind"].eq("law")].sort_values("hours")
    shares = [
        (share, str(name))
        for hours, name in zip(laws["hours"], laws["name"], strict=True)
        if (share := legal.share_at(float(hours))) is not None
    ]
    return headlines.completion(shares if legal.result.n else [], lang)


def _counted(legal: Clock, citizen: Clock | None, lang: Language) -> list[str]:
    said = [_counts("legal", legal, lang)]
    if citizen is not None:
        said.append(_counts("citizen", citizen, lang))
    return said


def _counts(name: str, one: Clock, lang: Language) -> str:
    return tell(
        f"waiting.counted_{name}",
        lang,
        n=numbers.number(one.result.n, 0, lang),
        finished=numbers.number(one.result.finished, 0, lang),
        open=numbers.number(one.result.open, 0, lang),
    )


def _open_table(run: PeriodRun, legal: Clock, hours: float, edition: Edition) -> Block:
    lang = edition.lang
    counts = open_by_age(legal, hours, LONG_HOURS)
    total = sum(counts)
    limit, long = numbers.limit(hours, lang), numbers.limit(LONG_HOURS, lang)
    names = [
        tell("waiting.age_under", lang, limit=limit),
        tell("waiting.age_between", lang, limit=limit, long=long),
        tell("waiting.age_over", lang, long=long),
    ]
    cells = [Cell(name) for name in names]
    if counts[-1]:
        cells[-1] = Cell(names[-1], "", "diamond", "attention", strong=True)
    heads = [tell(f"waiting.head_{n}", lang) for n in ("age", "count", "share")]
    rows = [
        [cell, numbers.number(count, 0, lang), _part(count, total, lang)]
        for cell, count in zip(cells, counts, strict=True)
    ]
    rows.append(
        [tell("waiting.open", lang), numbers.number(total, 0, lang), _part(total, total, lang)]
    )
    return plain_table(
        pd.DataFrame(rows, columns=heads, dtype=object),
        edition,
        key="open_requests",
        caption=tell("waiting.open_caption", lang),
        kinds=("row", "row", "row", "total"),
        widths=dict(zip(heads, (160, 52, 58), strict=True)),
        width=TABLE_WIDTH,
    )


def _part(count: int, total: int, lang: Language) -> str:
    return numbers.percent(100 * count / total, 1, lang) if total else numbers.ABSENT


def _reading(
    run: PeriodRun, legal: Clock, citizen: Clock | None, hours: float, lang: Language
) -> list[str]:
    result = legal.result
    said = [
        tell(
            "waiting.median",
            lang,
            median=median_words(result.median_hours, lang),
            p90=tell("waiting.not_reached", lang)
            if result.p90_hours is None
            else numbers.duration(result.p90_hours, lang),
        )
    ]
    if citizen is not None and citizen.result.median_hours is not None:
        median = numbers.duration(citizen.result.median_hours, lang)
        said.append(tell("waiting.citizen", lang, median=median))
    own = office_share_in_time(run, hours)
    if own is not None:
        words = {"share": numbers.percent(own, 1, lang), "limit": numbers.limit(hours, lang)}
        said.append(tell("waiting.own", lang, **words))
    return [*said, *_backlog(run, lang), *_incomplete(run, lang)]


def _backlog(run: PeriodRun, lang: Language) -> list[str]:
    text, _ = limit_in_force(run)
    found = opening_backlog(run, text)
    if found is None:
        return []
    if not found.n:
        return [tell("waiting.no_backlog", lang)]
    return [
        tell(
            "waiting.backlog",
            lang,
            n=numbers.number(found.n, 0, lang),
            past=numbers.number(found.past_limit, 0, lang),
            oldest=numbers.duration(found.oldest_hours, lang),
        )
    ]


def _incomplete(run: PeriodRun, lang: Language) -> list[str]:
    waiting = run.value("legal_time_limit").inputs.get("not_declared_complete")
    if not waiting:
        return []
    return [tell("waiting.incomplete", lang, n=numbers.number(waiting, 0, lang))]
