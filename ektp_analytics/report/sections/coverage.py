"""Bab III: recording and possession of the card in every kecamatan."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.coverage import Coverage
from ektp_analytics.indicators.participation import office_coverage
from ektp_analytics.report import headlines, numbers, wording
from ektp_analytics.report.blocks import Block, Bullets, Columns, Headline
from ektp_analytics.report.charts.coverage import coverage
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import notices, reason_words, source_line
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.standards.lookup import standard

TARGET = "coverage_targets.recording"
FULL = 100.0
# Points under the target from which a kecamatan is marked; a choice of presentation,
# printed under the chart.
ATTENTION_GAP = 3.0
MOST_NAMED = 3
ABOVE_FULL = "†"
_OPTIONAL = ("not_recorded", "biometric_failure")


def coverage_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the page of coverage; empty without registration counts."""
    if "registrations" not in run.sources:
        return Section()
    lang = edition.lang
    found = office_coverage(run.data)
    target = float(standard(TARGET, on=run.period.end).value)
    table = coverage_frame(run, found)
    rated = table["recording_coverage"].dropna()
    reached = int(rated.ge(target).sum())
    head = headlines.coverage(found.total.recording_coverage, reached, len(table), target, lang)
    chart = coverage(
        table,
        edition,
        total=_total(found, table),
        total_name=run.office.region,
        target=target,
        attention_below=math.floor(target - ATTENTION_GAP),
        remarks=_remarks(run, found, table, lang),
        source=source_line(run, "registrations", lang),
    )
    sides = Columns(
        [
            [Bullets(_reading(found, table, target, lang), tell("coverage.know", lang))],
            [Bullets(_limits(run, lang), tell("coverage.limits", lang))],
        ]
    )
    blocks: list[Block | str] = [Headline(head, tell("elements.kicker", lang)), chart, sides]
    return Section([*blocks, *notices(run, edition, "registrations")])


def coverage_frame(run: PeriodRun, found: Coverage) -> pd.DataFrame:
    """Return the kecamatan as their chart takes them, on the common date."""
    table = found.to_frame().rename(columns={"kecamatan": "name"})
    table["note"] = [_sign(row.recording_coverage) for row in found.rows]
    registrations = run.data.tables["registrations"]
    if found.as_of is not None:
        on_day = registrations["as_of"].eq(pd.Timestamp(found.as_of))
        registrations = registrations[on_day]
    for name in _OPTIONAL:
        if name in registrations and len(registrations) == len(table):
            table[name] = registrations[name].to_numpy()
    return table


def furthest_behind(run: PeriodRun, most: int = MOST_NAMED) -> list[str]:
    """Return the names of the kecamatan with the lowest recording coverage, lowest first."""
    if "registrations" not in run.sources:
        return []
    rows = [r for r in office_coverage(run.data).rows if r.recording_coverage is not None]
    return [r.kecamatan for r in sorted(rows, key=lambda r: r.recording_coverage or 0)[:most]]


def _sign(rate: float | None) -> str | None:
    return ABOVE_FULL if rate is not None and rate > FULL else None


def _total(found: Coverage, table: pd.DataFrame) -> dict[str, Any]:
    whole = {
        name: getattr(found.total, name)
        for name in ("obligated", "recorded", "holders", "recording_coverage", "card_possession")
    }
    for name in _OPTIONAL:
        if name in table and table[name].notna().all():
            whole[name] = int(table[name].sum())
    return whole


def _remarks(
    run: PeriodRun, found: Coverage, table: pd.DataFrame, lang: Language
) -> tuple[str, ...]:
    said = [tell("coverage.base", lang, base=_base(run, lang), day=numbers.day(found.as_of, lang))]
    if table["note"].notna().any():
        said.append(tell("coverage.above", lang, sign=ABOVE_FULL))
    if any(name in table and table[name].isna().any() for name in _OPTIONAL):
        said.append(tell("coverage.blank", lang))
    return tuple(said)


def _base(run: PeriodRun, lang: Language) -> str:
    table = run.data.tables["registrations"]
    if "base_source" in table and table["base_source"].notna().any():
        named = sorted(set(table["base_source"].dropna().astype(str)))
        return numbers.joined(named, lang)
    return tell("coverage.base_unknown", lang)


def _reading(found: Coverage, table: pd.DataFrame, target: float, lang: Language) -> list[str]:
    rated = table.dropna(subset=["recording_coverage"]).sort_values("recording_coverage")
    said = []
    low = rated[rated["recording_coverage"].lt(target)]
    if not low.empty:
        named = [
            f"{row['name']} ({numbers.percent(row['recording_coverage'], 2, lang)})"
            for _, row in low.head(MOST_NAMED).iterrows()
        ]
        key = "coverage.lowest" if len(low) > MOST_NAMED else "coverage.all_low"
        count = wording.capital(wording.spelled(len(low), lang))
        said.append(tell(key, lang, count=count, names=numbers.joined(named, lang)))
    said += _without_card(rated, found, lang)
    for field in ("recording_coverage", "card_possession"):
        if reason := found.total.reasons.get(field):
            said.append(tell(f"coverage.absent_{field}", lang, why=reason_words(reason, lang)))
    return said


def _without_card(rated: pd.DataFrame, found: Coverage, lang: Language) -> list[str]:
    """Say where most of the recorded still wait for their card."""
    both = rated.dropna(subset=["card_possession"])
    if both.empty or found.total.recorded is None or found.total.holders is None:
        return []
    gaps = (both["recording_coverage"] - both["card_possession"]).astype(float)
    widest = both.iloc[int(gaps.to_numpy().argmax())]
    waiting = max(found.total.recorded - found.total.holders, 0)
    return [
        tell(
            "coverage.waiting",
            lang,
            count=numbers.number(waiting, 0, lang),
            name=widest["name"],
            gap=numbers.number(float(gaps.max()), 2, lang),
        )
    ]


def _limits(run: PeriodRun, lang: Language) -> list[str]:
    said = [tell("coverage.limit_stock", lang), tell("coverage.limit_base", lang)]
    if any("split_from" in k for k in run.office.profile.get("kecamatan", ())):
        said.append(tell("coverage.limit_split", lang))
    return said
