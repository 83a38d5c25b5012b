"""Bab II: who collected the data, how, where and when, and how many respondents were due."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.blocks import Block, Headline
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import flows, notices, report_kind
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import plain_table
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.standards.skm import elements

TIGHT_ROW = 19  # px
# The column that dates the rows of each source.
_DATED_BY = {"survey": "submitted_at", "service_log": "registered_at", "registrations": "as_of"}


def collection_page(run: PeriodRun, edition: Edition) -> Section:
    """Return Bab II of the ministry's outline."""
    lang = edition.lang
    head = Headline(
        tell("collection.headline", lang),
        tell("collection.kicker", lang),
        new_page=not flows(run),
    )
    blocks: list[Block | str] = [head]
    if "survey" in run.sources:
        blocks += [
            f"**{tell(f'collection.{part}', lang)}.** {_said(part, run, lang)}" for part in _PARTS
        ]
    else:
        kind = "case_study" if report_kind(run) == "case_study" else "no_survey"
        blocks += [tell(f"collection.{kind}_{i}", lang) for i in (1, 2)]
    blocks.append(_materials(run, edition))
    if "survey" in run.sources:
        blocks.append(_questions(run, edition))
    return Section([*blocks, *notices(run, edition, *run.sources)])


# Parts of Bab II in the ministry's outline.
_PARTS = ("pelaksana", "metode", "lokasi", "waktu", "jumlah")


def _said(part: str, run: PeriodRun, lang: Language) -> str:
    return {
        "pelaksana": _who,
        "metode": _how,
        "lokasi": _where,
        "waktu": _when,
        "jumlah": _how_many,
    }[part](run, lang)


def _who(run: PeriodRun, lang: Language) -> str:
    key = "pelaksana_service" if report_kind(run) == "service" else "pelaksana_survey"
    return tell(f"collection.{key}", lang, unit=run.office.name)


def _how(run: PeriodRun, lang: Language) -> str:
    table = run.data.tables["survey"]
    asked = sum(key in table for key in _element_keys(run))
    method = str(run.office.survey.get("method", ""))
    chosen = tell(f"collection.method_{method or 'unknown'}", lang)
    if report_kind(run) != "service" and method == "voluntary":
        chosen = tell("collection.method_unknown", lang)
    said = tell("collection.metode_words", lang, asked=wording.spelled(asked, lang), chosen=chosen)
    # How others asked is not known; that nothing personal is processed is.
    private = "private" if report_kind(run) == "service" else "private_survey"
    return f"{said} {tell(f'collection.{private}', lang)}"


def _element_keys(run: PeriodRun) -> tuple[str, ...]:
    return tuple(
        code.removeprefix("skm_") for code in run.catalogue.indicators if code.startswith("skm_")
    )


def _where(run: PeriodRun, lang: Language) -> str:
    table = run.data.tables["survey"]
    if "channel" not in table or table["channel"].isna().all():
        return tell("collection.lokasi_unknown", lang)
    channels = [tell(f"collection.channel_{c}", lang) for c in _channels(table)]
    reached = table["kecamatan"].nunique() if "kecamatan" in table else 0
    words = {"channels": numbers.joined(channels, lang)}
    if not reached:
        return tell("collection.lokasi_words", lang, **words)
    everywhere = reached == len(run.office.kecamatan)
    return tell(
        "collection.lokasi_everywhere" if everywhere else "collection.lokasi_kecamatan",
        lang,
        reached=numbers.number(reached, 0, lang),
        total=numbers.number(len(run.office.kecamatan), 0, lang),
        **words,
    )


def _channels(table: pd.DataFrame) -> list[str]:
    known = ("loket", "online", "kecamatan", "jemput_bola")
    present = set(table["channel"].dropna().astype(str))
    return [channel for channel in known if channel in present]


def _when(run: PeriodRun, lang: Language) -> str:
    dates = numbers.day_range(run.period.start, run.period.end, lang)
    first, last = _span(run, "survey")
    if first is None:
        return tell("collection.waktu_undated", lang, dates=dates)
    return tell(
        "collection.waktu_words",
        lang,
        dates=dates,
        first=numbers.day(first, lang),
        last=numbers.day(last, lang),
    )


def _how_many(run: PeriodRun, lang: Language) -> str:
    value = run.value("survey_participation")
    got = numbers.number(value.n, 0, lang)
    if value.value is None:
        return tell("collection.jumlah_unknown", lang, got=got)
    required = int(value.inputs["required"])
    key = "jumlah_met" if (value.n or 0) >= required else "jumlah_short"
    return tell(
        f"collection.{key}",
        lang,
        users=numbers.number(value.inputs["users_served"], 0, lang),
        required=numbers.number(required, 0, lang),
        got=got,
        share=numbers.percent(value.value, 1, lang),
    )


def _span(run: PeriodRun, source: str) -> tuple[Any, Any]:
    column = _DATED_BY.get(source)
    table = run.data.tables[source]
    if column is None or column not in table or table[column].isna().all():
        return None, None
    return table[column].min(), table[column].max()


def _questions(run: PeriodRun, edition: Edition) -> Block:
    """Return the elements asked, in the regulation's order, with their answers."""
    lang = edition.lang
    heads = [tell(f"collection.head_{n}", lang) for n in ("code", "element", "answers")]
    asked = run.data.tables["survey"].columns
    rows = [
        [f"U{e.number}", e.label[lang], " / ".join(e.answers[lang])]
        for e in elements(run.period.end)
        if e.key in asked
    ]
    table = plain_table(
        pd.DataFrame(rows, columns=heads),
        edition,
        key="questions",
        caption=tell("collection.elements_caption", lang),
        widths=dict(zip(heads, (28, 204, 410), strict=True)),
    )
    return table if flows(run) else replace(table, row_height=TIGHT_ROW)


def _materials(run: PeriodRun, edition: Edition) -> Block:
    lang = edition.lang
    rows = []
    for key, result in run.sources.items():
        first, last = _span(run, key)
        dated = f"{numbers.short_day(first, lang)} – {numbers.short_day(last, lang)}"
        rows.append(
            {
                tell("collection.head_source", lang): wording.name_of("source", key, lang),
                tell("collection.head_unit", lang): tell(f"collection.row_{key}", lang),
                tell("collection.head_rows", lang): numbers.number(result.kept, 0, lang),
                tell("collection.head_dates", lang): numbers.ABSENT if first is None else dated,
            }
        )
    caption = tell("collection.caption", lang)
    table = plain_table(pd.DataFrame(rows), edition, key="materials", caption=caption)
    return table if flows(run) else replace(table, row_height=TIGHT_ROW)
