"""Bab III: recording and possession of the card in every kecamatan."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.coverage import Coverage
from ektp_analytics.indicators.coverage_change import (
    CoverageChange,
    coverage_change,
    declared_splits,
)
from ektp_analytics.indicators.participation import office_coverage
from ektp_analytics.report import headlines, numbers, wording
from ektp_analytics.report.blocks import Block, Bullets, Columns, Headline
from ektp_analytics.report.charts.coverage import coverage
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import (
    flows,
    indicator_name,
    notices,
    reason_words,
    short_period,
    source_line,
)
from ektp_analytics.report.sections.history import period_before
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
_RATE = "recording_coverage"
DIGITAL = "ikd_activation"


def coverage_page(run: PeriodRun, edition: Edition, history: Sequence[PeriodRun] = ()) -> Section:
    """Return the page of coverage; empty without registration counts.

    Parameters
    ----------
    run, edition
        As for every page.
    history
        Earlier periods of the same kind; the one just before gives the changes.
    """
    if "registrations" not in run.sources:
        return Section()
    lang = edition.lang
    found = office_coverage(run.data)
    target = float(standard(TARGET, on=run.period.end).value)
    before = period_before(run, history)
    moved = change_since(run, before)
    table = with_changes(coverage_frame(run, found), moved)
    rated = table["recording_coverage"].dropna()
    reached = int(rated.ge(target).sum())
    head = headlines.coverage(found.total.recording_coverage, reached, len(table), target, lang)
    chart = coverage(
        table,
        edition,
        total=_total(found, table) | _total_change(moved),
        total_name=run.office.region,
        target=target,
        attention_below=math.floor(target - ATTENTION_GAP),
        remarks=[*_remarks(run, found, table, lang), *_compared(moved, before, lang)],
        source=source_line(run, "registrations", lang),
    )
    sides = Columns(
        [
            [
                Bullets(
                    [*_reading(found, table, target, lang), *_moved(moved, before, lang)],
                    tell("coverage.know", lang),
                )
            ],
            [Bullets([*_digital(run, lang), *_limits(run, lang)], tell("coverage.limits", lang))],
        ]
    )
    top = Headline(head, tell("elements.kicker", lang), new_page=not flows(run))
    blocks: list[Block | str] = [top, chart, sides]
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


def change_since(run: PeriodRun, before: PeriodRun | None) -> CoverageChange | None:
    """Return what changed since the period before; None without its registration counts."""
    if before is None or "registrations" not in before.sources:
        return None
    splits = declared_splits(run.office)
    return coverage_change(office_coverage(before.data), office_coverage(run.data), splits)


def with_changes(table: pd.DataFrame, moved: CoverageChange | None) -> pd.DataFrame:
    """Return the kecamatan with ``change``, points of the recording rate, joined by code."""
    if moved is None or moved.unmapped:
        return table
    points = {
        row.code: row.difference
        for row in moved.rows
        if row.rate == _RATE and row.difference is not None
    }
    keys = table["code"].fillna(table["name"])
    return table.assign(change=keys.map(points).astype("Float64"))


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


def _total_change(moved: CoverageChange | None) -> dict[str, Any]:
    return {"change": None if moved is None else moved.total(_RATE).difference}


def _compared(
    moved: CoverageChange | None, before: PeriodRun | None, lang: Language
) -> tuple[str, ...]:
    """Say against which day the changes are, or why kecamatan are not compared."""
    if moved is None or before is None:
        return ()
    if moved.unmapped:
        return (tell("coverage.unmapped", lang, codes=numbers.joined(moved.unmapped, lang)),)
    day = numbers.day(moved.before, lang)
    return (tell("coverage.compared", lang, period=short_period(before, lang), day=day),)


def _moved(moved: CoverageChange | None, before: PeriodRun | None, lang: Language) -> list[str]:
    """Say how much of the office's change comes from the count and how much from the base."""
    if moved is None or before is None:
        return []
    whole = moved.total(_RATE)
    if whole.difference is None:
        return [tell("coverage.not_compared", lang, why=reason_words(whole.reason, lang))]
    words = {
        name: numbers.signed(getattr(whole, name), 2, lang)
        for name in ("difference", "from_count", "from_base")
    }
    for name in ("count_added", "base_added"):
        words[name] = numbers.signed(getattr(whole, name), 0, lang)
    key = "coverage.moved" if whole.base_added else "coverage.moved_count"
    return [tell(key, lang, period=short_period(before, lang), **words)]


def _digital(run: PeriodRun, lang: Language) -> list[str]:
    """Say how many activated the digital identity, which is shown and not scored."""
    value = run.value(DIGITAL)
    name = indicator_name(run, DIGITAL, lang)
    if value.value is None:
        return []
    return [
        tell(
            "coverage.digital",
            lang,
            name=name,
            share=numbers.percent(value.value, 1, lang),
            n=numbers.number(value.n, 0, lang),
        )
    ]


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
