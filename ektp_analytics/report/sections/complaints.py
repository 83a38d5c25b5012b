"""Bab III: complaints by category, and whether they were resolved in time."""

from __future__ import annotations

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.cohort import seen
from ektp_analytics.indicators.correction import complaints_due
from ektp_analytics.indicators.windows import in_period
from ektp_analytics.report import headlines, numbers
from ektp_analytics.report.blocks import Block, Headline
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import reason_words, source_line
from ektp_analytics.report.sections.phrases import known, tell
from ektp_analytics.report.tables import plain_table
from ektp_analytics.scoring.period_run import PeriodRun

UNNAMED = "lainnya"


def complaints_part(run: PeriodRun, edition: Edition) -> list[Block | str]:
    """Return the complaints of the period under their headline; empty without a file."""
    if "complaints" not in run.sources:
        return []
    lang = edition.lang
    value = run.value("complaints_in_time")
    judged = value.n or 0
    in_time = round((value.value or 0) * judged / 100)
    head = Headline(headlines.complaints(in_time, judged, lang), tell("elements.kicker", lang))
    counted = complaint_frame(run)
    if counted.empty:
        return [head, f"{reason_words(value.reason, lang)}."]
    return [head, _table(run, counted, edition)]


def complaint_frame(run: PeriodRun) -> pd.DataFrame:
    """Count the complaints that concern the period, by category.

    Returns
    -------
    pandas.DataFrame
        Indexed by category: ``received`` in the period, ``in_time``, ``late`` (resolved in
        it), ``past`` (open past the limit on its last day), ``open`` (not past it).
    """
    table = run.data.tables["complaints"]
    if "resolved_at" not in table or table.empty:
        return pd.DataFrame()
    table = table[table["received_at"].lt(run.period.closes)]
    resolved = seen(table, "resolved_at", run.data)
    concerned = resolved.isna() | resolved.ge(run.period.opens)
    table, resolved = table[concerned], resolved[concerned]
    if table.empty:
        return pd.DataFrame()
    due = complaints_due(table, run.data)
    on_time = resolved.dt.normalize().le(due)
    ended = due.le(pd.Timestamp(run.data.as_of))
    kinds = table.get("category", pd.Series(UNNAMED, index=table.index)).fillna(UNNAMED)
    marks = pd.DataFrame(
        {
            "received": in_period(table, run.period, "received_at"),
            "in_time": resolved.notna() & on_time,
            "late": resolved.notna() & ~on_time,
            "past": resolved.isna() & ended,
            "open": resolved.isna() & ~ended,
        }
    )
    return marks.groupby(kinds).sum().astype("int64")


def _table(run: PeriodRun, counted: pd.DataFrame, edition: Edition) -> Block:
    lang = edition.lang
    names = ("received", "in_time", "late", "past", "open")
    heads = [tell("complaints.head_category", lang)]
    heads += [tell(f"complaints.head_{n}", lang) for n in names]
    rows = [
        [_category(str(key), lang), *(numbers.number(int(row[n]), 0, lang) for n in names)]
        for key, row in counted.iterrows()
    ]
    sums = [numbers.number(int(counted[n].sum()), 0, lang) for n in names]
    rows.append([tell("complaints.total", lang), *sums])
    said = [_reading(run, lang), tell("complaints.source", lang)]
    source = edition.source_line(said, source_line(run, "complaints", lang))
    return plain_table(
        pd.DataFrame(rows, columns=heads),
        edition,
        key="complaints",
        caption=tell("complaints.caption", lang),
        source=source,
        kinds=["row"] * (len(rows) - 1) + ["total"],
        widths={heads[0]: 232},
    )


def _category(key: str, lang: Language) -> str:
    entry = f"complaints.category_{key}"
    return tell(entry, lang) if known(entry) else key


def _reading(run: PeriodRun, lang: Language) -> str:
    value = run.value("complaints_in_time")
    counter = (value.counter or {}).get("value")
    said = tell(
        "complaints.reading",
        lang,
        share=numbers.percent(value.value, 1, lang),
        interval=numbers.interval(value.interval, 1, lang),
    )
    if counter is None:
        return said
    rate = tell("complaints.rate", lang, rate=numbers.number(counter, 1, lang))
    return f"{said} {rate}"
