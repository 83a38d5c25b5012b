"""A roll-up as a page: who stands where, then every figure by office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd
from markupsafe import Markup

from ektp_analytics.batch.rollup import Rollup
from ektp_analytics.batch.rollup_tables import RollupTable, printed
from ektp_analytics.errors import Language
from ektp_analytics.report import numbers
from ektp_analytics.report.blocks import Block, Headline, Together, stacked
from ektp_analytics.report.charts.league import league
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.page import PageInfo, page_of
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import plain_table

ROWS_KEPT_TOGETHER = 24
# A chart does not run over the end of a page; the first one has the headings above it.
OFFICES_OF_FIRST_CHART, OFFICES_OF_A_CHART = 26, 38


def page(found: Rollup, tables: Sequence[RollupTable], lang: Language = "id") -> str:
    """Return the roll-up as one self-contained HTML page.

    Parameters
    ----------
    found
        What `roll_up` gave.
    tables
        What `tables_of` made of it.
    lang
        ``id`` or ``en``.
    """
    edition, period = Edition(lang, found.period.end), found.period.label(lang)
    source = tell("rollup.source", lang, count=numbers.number(found.offices, 0, lang))
    parts = (_part(table, edition, source) for table in tables)
    blocks = [opening_of(found, lang), *parts]
    info = PageInfo(
        title=tell("rollup.title", lang, period=period),
        unit=unit_name(found, lang),
        period=period,
        label=" · ".join(found.labels),
        lang=lang,
    )
    return page_of(str(Markup('<main class="report">{}</main>').format(stacked(blocks))), info)


def _part(table: RollupTable, edition: Edition, source: str) -> Block:
    """Return heading, note and rows of a table, on one page where they fit on one."""
    make = _league if table.key == "league" else _table
    head = Headline(table.title, lead=table.note, new_page=False)
    blocks = [head, *make(table, edition, source)]
    return Together(blocks) if len(table.frame) <= ROWS_KEPT_TOGETHER else Section(blocks)


def unit_name(found: Rollup, lang: Language) -> str:
    """Return what stands for the name of an office: ``Rekap 40 kantor``."""
    return tell("rollup.unit", lang, count=numbers.number(found.offices, 0, lang))


def opening_of(found: Rollup, lang: Language) -> Headline:
    """Return the finding of the page: both ways of taking the offices together."""
    kicker = tell("rollup.kicker", lang, period=found.period.label(lang))
    count = numbers.number(found.offices, 0, lang)
    if found.pooled is None or found.pooled.index is None:
        return Headline(tell("rollup.headline_no_survey", lang, count=count), kicker)
    headline = tell(
        "rollup.headline",
        lang,
        index=numbers.number(found.pooled.index, 2, lang),
        grade=found.pooled.grade,
        n=numbers.number(found.pooled.n, 0, lang),
        units=numbers.number(found.units, 0, lang),
    )
    lead = tell("rollup.lead", lang, mean=numbers.number(found.mean_of_units, 2, lang))
    return Headline(headline, kicker, lead, new_page=False)


def _table(table: RollupTable, edition: Edition, source: str) -> Iterator[Block]:
    if table.frame.empty:
        return
    shown = printed(table.frame, edition.lang)
    summed = table.key == "coverage"
    kinds = ["row"] * (len(shown) - summed) + ["total"] * summed
    line = edition.source_line([], source)
    yield plain_table(shown, edition, key=table.key, caption=table.title, source=line, kinds=kinds)


def _league(table: RollupTable, edition: Edition, source: str) -> Iterator[Block]:
    """Draw the overall ranks, then print the principles of every office in the same order."""
    whole = tell("rollup.value_overall", edition.lang)
    overall = table.frame[table.frame["key"].eq(whole)]
    last = int(overall["rank"].max()) if overall["rank"].notna().any() else 1
    starts = [0, *range(OFFICES_OF_FIRST_CHART, len(overall), OFFICES_OF_A_CHART), len(overall)]
    for start, end in pairwise(starts):
        part = overall.iloc[start:end]
        yield league(part, edition, last=last, source=source, key=f"league {start}")
    yield _principles(table.frame, list(overall["office"]), edition, source)


def _principles(frame: pd.DataFrame, offices: list[str], edition: Edition, source: str) -> Block:
    """Print score and rank range of each principle, one office a row."""
    lang = edition.lang
    heads = [key for key in frame["key"].unique() if key != tell("rollup.value_overall", lang)]
    cells = {
        (record["key"], record["office"]): _score_cell(record, lang)
        for record in frame.to_dict("records")
    }
    shown = {tell("rollup.column_office", lang): offices}
    shown |= {head: [cells[head, office] for office in offices] for head in heads}
    return plain_table(
        pd.DataFrame(shown, dtype=object),
        edition,
        key="principles",
        caption=tell("rollup.principles", lang),
        source=edition.source_line([tell("rollup.principles_note", lang)], source),
        align=dict.fromkeys(heads, "right"),
    )


def _score_cell(record: Mapping[Any, Any], lang: Language) -> str:
    score, low, high = (record[name] for name in ("score", "rank_low", "rank_high"))
    if pd.isna(score):
        return numbers.ABSENT
    span = numbers.interval((low, high), 0, lang)
    return tell("rollup.principles_cell", lang, score=numbers.number(score, 2, lang), range=span)
