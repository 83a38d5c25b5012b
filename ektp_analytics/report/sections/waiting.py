"""Bab III: how long people wait, by the legal clock and by their own."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.labels import label
from ektp_analytics.indicators.request_report import RequestReport, request_report
from ektp_analytics.indicators.rule_of_law import LEGAL_LIMIT, as_limit
from ektp_analytics.measures.durations import DurationResult
from ektp_analytics.report import headlines, numbers
from ektp_analytics.report.blocks import Block, Bullets, Headline
from ektp_analytics.report.charts.completion import completion, share_at
from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import notices, reason_words, source_line
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import plain_table
from ektp_analytics.report.wording import median_words
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.standards.lookup import all_standards, standard

HOURS_PER_DAY = 24
PERCENT = 100
CLOCKS = ("legal", "citizen")


def waiting_page(run: PeriodRun, edition: Edition) -> Section:
    """Return both clocks with the limits on them; empty without a service log."""
    if "service_log" not in run.sources:
        return Section()
    lang = edition.lang
    found = request_report(run.data, lang)
    limits = limit_frame(run, found, lang)
    head = Headline(
        headlines.completion(_shares(found, limits, lang), lang), tell("elements.kicker", lang)
    )
    blocks: list[Block | str] = [head]
    if len(found.curves):
        blocks.append(
            completion(
                found.curves,
                limits,
                edition,
                counted=_counted(found, lang),
                source=source_line(run, "service_log", lang),
            )
        )
        blocks.append(_clock_table(found, edition))
    blocks.append(Bullets(_reading(found, lang), tell("waiting.reading", lang)))
    blocks += [
        tell("waiting.absent", lang, why=reason_words(reason, lang))
        for name, reason in found.reasons.items()
        if name in CLOCKS
    ]
    return Section([*blocks, *notices(run, edition, "service_log")])


def limit_frame(run: PeriodRun, found: RequestReport, lang: Language) -> pd.DataFrame:
    """Return the limits of the chart: the law in force, the older law, the promise.

    The limit of the law before the ministry's rule stays as a mark of comparison.
    """
    rows = records(found.limits, ("hours", "name", "kind", "basis"))
    for row in rows:
        if row["kind"] == "promise":
            row["name"] = tell("waiting.promise", lang, limit=row["name"])
        else:
            row["basis"] = standard(LEGAL_LIMIT, on=run.period.end).regulation
    known = {row["hours"] for row in rows}
    for law in all_standards():
        if law.key != LEGAL_LIMIT or law.valid_from > run.period.end:
            continue
        limit = as_limit(law)
        hours = float(limit.hours or limit.amount * HOURS_PER_DAY)
        if hours not in known:
            name = numbers.limit(hours, lang)
            rows.append({"hours": hours, "name": name, "kind": "law", "basis": law.regulation})
    return pd.DataFrame(rows)


def curve_share(found: RequestReport, clock: str, hours: float, lang: Language) -> float | None:
    """Return the percent of one clock's curve at a time, None without the curve."""
    rows = found.curves[found.curves["curve"].eq(label("curves", clock, lang))]
    if rows.empty:
        return None
    return share_at(records(rows.sort_values("hours"), ("hours", "share")), hours)


def _shares(found: RequestReport, limits: pd.DataFrame, lang: Language) -> list[tuple[float, str]]:
    if found.legal is None or not found.legal.n:
        return []
    laws = limits[limits["kind"].eq("law")].sort_values("hours")
    shares = [
        (curve_share(found, "legal", float(hours), lang), str(name))
        for hours, name in zip(laws["hours"], laws["name"], strict=True)
    ]
    return [(share, name) for share, name in shares if share is not None]


def _counted(found: RequestReport, lang: Language) -> list[str]:
    return [
        tell(
            f"waiting.counted_{name}",
            lang,
            n=numbers.number(one.n, 0, lang),
            finished=numbers.number(one.finished, 0, lang),
            open=numbers.number(one.open, 0, lang),
        )
        for name in CLOCKS
        if (one := getattr(found, name)) is not None
    ]


def _clock_table(found: RequestReport, edition: Edition) -> Block:
    lang = edition.lang
    heads = [tell(f"waiting.head_{n}", lang) for n in _HEADS]
    rows = [
        dict(zip(heads, _clock_row(name, one, lang), strict=True))
        for name in CLOCKS
        if (one := getattr(found, name)) is not None
    ]
    return plain_table(
        pd.DataFrame(rows),
        edition,
        key="clocks",
        caption=tell("waiting.clocks", lang),
        widths={heads[0]: 200},
        source=tell("waiting.clocks_source", lang),
    )


_HEADS = ("clock", "n", "open", "median", "p90", "limit", "within", "late")


def _clock_row(name: str, one: DurationResult, lang: Language) -> list[str]:
    within = numbers.percent(one.within_limit, 1, lang)
    if one.within_limit_interval is not None:
        within = f"{within} ({numbers.interval(one.within_limit_interval, 1, lang)})"
    return [
        tell(f"waiting.clock_{name}", lang),
        numbers.number(one.n, 0, lang),
        numbers.number(one.open, 0, lang),
        numbers.duration(one.median_hours, lang),
        numbers.duration(one.p90_hours, lang),
        _limit(one, lang),
        within,
        numbers.number(one.late, 0, lang),
    ]


def _limit(one: DurationResult, lang: Language) -> str:
    if one.limit is None:
        return numbers.ABSENT
    hours = one.limit.hours
    if hours is None and one.limit.unit == "days":
        hours = one.limit.amount * HOURS_PER_DAY
    return str(one.limit) if hours is None else numbers.limit(hours, lang)


def _reading(found: RequestReport, lang: Language) -> list[str]:
    said = []
    if found.legal is not None and found.legal.n:
        p90 = found.legal.p90_hours
        words: dict[str, Any] = {"median": median_words(found.legal.median_hours, lang)}
        words["p90"] = (
            tell("waiting.not_reached", lang) if p90 is None else numbers.duration(p90, lang)
        )
        said.append(tell("waiting.median", lang, **words))
    if found.citizen is not None and found.citizen.median_hours is not None:
        median = numbers.duration(found.citizen.median_hours, lang)
        said.append(tell("waiting.citizen", lang, median=median))
    if found.cancelled["n"].sum():
        count = numbers.number(int(found.cancelled["n"].sum()), 0, lang)
        said.append(tell("waiting.cancelled", lang, count=count))
    elif len(found.curves):
        said.append(tell("waiting.none_cancelled", lang))
    if not found.told_apart:
        said.append(tell("waiting.not_apart", lang))
    return said
