"""Bab III: opening hours, attendance and discipline, and how the office goes out to people."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.report import headlines, numbers, wording
from ektp_analytics.report.blocks import Block, Headline
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import (
    indicator_name,
    reason_words,
    source_line,
)
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.tables import plain_table
from ektp_analytics.scoring.period_run import PeriodRun

OPENING = ("opening_on_time", "counters_open", "staff_on_time")
DISCIPLINE = ("sanction_follow_through",)
OUTREACH = ("outreach_delivered", "outreach_reach", "outreach_to_residents")
CHOSEN = {"opening": OPENING, "discipline": DISCIPLINE}


def conduct_part(run: PeriodRun, edition: Edition) -> list[Block | str]:
    """Return opening, attendance and discipline; empty without either file."""
    given = [source for source in CHOSEN if source in run.sources]
    if not given:
        return []
    lang = edition.lang
    head = Headline(headlines.opening(run.value("opening_on_time").value, lang), new_page=False)
    codes = [code for source in given for code in CHOSEN[source]]
    return [head, *_late(run, lang), _indicators(run, codes, "conduct", given, edition)]


def outreach_part(run: PeriodRun, edition: Edition) -> list[Block | str]:
    """Return the outreach events; empty without a file."""
    if "outreach" not in run.sources:
        return []
    lang = edition.lang
    delivered, reached = run.value("outreach_delivered"), run.value("outreach_reach")
    head = Headline(_outreach_headline(delivered, reached, lang), new_page=False)
    table = _indicators(run, OUTREACH, "outreach", ["outreach"], edition)
    events = event_frame(run, lang)
    if events.empty:
        return [head, table]
    source = edition.source_line([], source_line(run, "outreach", lang))
    caption = tell("conduct.events", lang)
    held = plain_table(events, edition, key="events", caption=caption, source=source)
    return [head, table, held]


def event_frame(run: PeriodRun, lang: Language) -> pd.DataFrame:
    """Return events by kind: planned, held, kecamatan, participants, recordings, as printed."""
    table = run.data.tables["outreach"]
    if "kind" not in table:
        return pd.DataFrame()
    closes = pd.Timestamp(run.period.closes)
    rows = []
    for kind, part in table.groupby("kind", sort=False):
        held = part[part["held_on"].lt(closes)] if "held_on" in part else part[:0]
        counts: dict[str, Any] = {
            "planned": int(part["planned_on"].notna().sum()) if "planned_on" in part else None,
            "held": len(held),
            "places": held["kecamatan"].nunique() if "kecamatan" in held else None,
        }
        for name in ("participants", "recordings"):
            counts[name] = int(held[name].sum()) if name in held else None
        printed = {
            tell(f"conduct.head_{n}", lang): numbers.number(c, 0, lang) for n, c in counts.items()
        }
        rows.append(
            {tell("conduct.head_kind", lang): tell(f"conduct.kind_{kind}", lang), **printed}
        )
    return pd.DataFrame(rows)


def _indicators(
    run: PeriodRun, codes: Any, key: str, sources: list[str], edition: Edition
) -> Block:
    lang = edition.lang
    heads = [tell(f"conduct.head_{n}", lang) for n in ("indicator", "value", "interval", "of")]
    rows = [_row(run, run.value(code), lang) for code in codes]
    named = numbers.joined([source_line(run, s, lang) for s in sources], lang)
    return plain_table(
        pd.DataFrame(rows, columns=heads),
        edition,
        key=key,
        caption=tell(f"conduct.caption_{key}", lang),
        source=edition.source_line([tell(f"conduct.source_{key}", lang)], named),
        widths=dict(zip(heads, (240, 80, 120, 202), strict=True)),
        align=dict.fromkeys(heads[1:3], "right"),
    )


def _row(run: PeriodRun, value: IndicatorValue, lang: Language) -> list[str]:
    name = indicator_name(run, value.code, lang)
    if value.value is None:
        reason = reason_words(value.reason, lang)
        return [name, wording.name_of("status", value.status, lang), numbers.ABSENT, reason]
    hits, trials = value.inputs.get("hits"), value.inputs.get("trials")
    of = tell(
        "conduct.of",
        lang,
        hits=numbers.number(hits, 0, lang),
        trials=numbers.number(trials, 0, lang),
        unit=tell(f"conduct.unit_{value.code}", lang),
    )
    interval = numbers.interval(value.interval, 1, lang)
    return [name, numbers.percent(value.value, 1, lang), interval, of]


def _late(run: PeriodRun, lang: Language) -> list[str]:
    minutes = run.value("opening_on_time").inputs.get("median_late_minutes")
    if minutes is None:
        return []
    return [tell("conduct.late", lang, late=numbers.duration(minutes / 60, lang))]


def _outreach_headline(delivered: IndicatorValue, reached: IndicatorValue, lang: Language) -> str:
    if delivered.value is None or reached.value is None:
        return tell("conduct.outreach_plain", lang)
    words = {
        "held": wording.capital(wording.spelled(int(delivered.inputs["hits"]), lang)),
        "planned": wording.spelled(int(delivered.inputs["trials"]), lang),
        "reached": wording.spelled(int(reached.inputs["hits"]), lang),
        "kecamatan": numbers.number(reached.inputs["trials"], 0, lang),
    }
    return tell("conduct.outreach", lang, **words)
