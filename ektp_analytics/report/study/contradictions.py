"""Step 3, the end: printed times, dates and citations that do not agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers
from ektp_analytics.report.blocks import Bullets
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.study.figures import published
from ektp_analytics.scoring.period_run import PeriodRun

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
MANUSCRIPT, ACCESS = "naskah", "akses"
"""Groups of the list of figures: dates of the manuscript, dates on which a page was read."""


def contradictions(run: PeriodRun, edition: Edition) -> Section:
    """Return what the article says in more than one way, beside its counts."""
    lang = edition.lang
    said = list(_said(published(run), lang))
    if not said:
        return Section()
    return Section([Bullets(said, tell("study.contradictions_heading", lang))])


def _said(table: pd.DataFrame, lang: Language) -> Iterator[str]:
    limits, promises = _printed(table, "limit"), _printed(table, "promise")
    durations, clocks = _printed(table, "duration"), _printed(table, "clock")
    if limits and promises:
        words = {"limit": limits[0], "promise": promises[0]}
        yield tell("study.two_limits", lang, listed=numbers.joined(durations, lang), **words)
    if len(clocks) > 1:
        yield tell("study.two_clocks", lang, due=clocks[0], real=clocks[1])
    yield from _dates(table, lang)
    for row in table[table["role"].eq("citation")].to_dict("records"):
        yield tell("study.citation", lang, printed=row["printed"], note=_sentence(row["note"]))


def _dates(table: pd.DataFrame, lang: Language) -> Iterator[str]:
    """Compare the years of the manuscript with that of the data, and dates of one page."""
    as_of = _printed(table, "as_of")
    manuscript = _printed(table, "date", MANUSCRIPT)
    years = [(int(found[0]), text) for text in manuscript if (found := _YEAR.findall(text))]
    data = _YEAR.findall(as_of[0]) if as_of else []
    if years and data and min(years)[0] < int(data[0]):
        yield tell("study.before_data", lang, printed=min(years)[1], as_of=as_of[0])
    read = _printed(table, "date", ACCESS)
    if len(set(read)) > 1:
        yield tell("study.two_dates", lang, listed=numbers.joined(read, lang))


def _printed(table: pd.DataFrame, role: str, group: str = "") -> list[str]:
    chosen = table["role"].eq(role)
    if group:
        chosen &= table["group"].eq(group)
    return list(table.loc[chosen, "printed"].dropna())


def _sentence(note: object) -> str:
    return "" if pd.isna(note) else f"{str(note).rstrip('.')}."  # type: ignore[call-overload]
