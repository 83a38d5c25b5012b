"""What is not assessed: each missing file in one line, never an empty chart."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.blocks import Block, Bullets
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import (
    flows,
    in_sentence,
    lowered,
    not_delivered,
    principle_name,
)
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import plain_table
from ektp_analytics.scoring.period_run import PeriodRun

# Sources whose results stand in Bab III, in the order of its pages.
RESULT_SOURCES = (
    "survey",
    "registrations",
    "service_log",
    "complaints",
    "opening",
    "discipline",
    "outreach",
    "publications",
)


def unassessed_results(
    run: PeriodRun, edition: Edition, history: Sequence[PeriodRun] = ()
) -> Section:
    """Return one line for each part whose file was not delivered, the trend included."""
    lang = edition.lang
    absent = [source for source in RESULT_SOURCES if source not in run.sources]
    trend = [] if history or "service_log" in run.sources else [tell("unassessed.trend", lang)]
    if flows(run):
        return Section([_one_sentence(absent, trend, lang)])
    if not absent and not trend:
        return Section()
    lines = [
        f"**{tell(f'unassessed.part_{source}', lang)}** {not_delivered(source, lang)}."
        for source in absent
    ]
    lines += [f"**{wording.capital(words)}.**" for words in trend]
    return Section([Bullets(lines, tell("unassessed.heading", lang))])


def _one_sentence(absent: list[str], more: list[str], lang: Language) -> str:
    """Name everything that is not assessed in one sentence, for a short report."""
    parts = [
        tell(
            "unassessed.part_of_many",
            lang,
            part=lowered(tell(f"unassessed.part_{source}", lang)),
            source=in_sentence("source", source, lang),
        )
        for source in absent
    ]
    return tell("unassessed.sentence", lang, listed=numbers.joined([*parts, *more], lang))


def principles_table(run: PeriodRun, edition: Edition) -> Block:
    """Return the principles with why they are not assessed and which files they wait for."""
    lang = edition.lang
    rows = [_principle_row(run, key, lang) for key in run.catalogue.principles]
    return plain_table(
        pd.DataFrame(rows),
        edition,
        key="principles_unassessed",
        caption=tell("unassessed.caption", lang),
        source=tell("unassessed.source", lang),
        widths={tell("unassessed.head_files", lang): 300},
    )


def _principle_row(run: PeriodRun, key: str, lang: Language) -> dict[str, str]:
    lines = [line for line in run.scorecard.lines if line.value.principle == key]
    sources = dict.fromkeys(run.catalogue[line.value.code].sources[0] for line in lines)
    waiting = [in_sentence("source", s, lang) for s in sources if s not in run.sources]
    found = run.scorecard[key]
    return {
        tell("unassessed.head_principle", lang): principle_name(key, lang),
        tell("unassessed.head_status", lang): wording.status(found.status, lang=lang),
        tell("unassessed.head_count", lang): numbers.number(len(lines), 0, lang),
        tell("unassessed.head_files", lang): numbers.joined(waiting, lang),
    }
