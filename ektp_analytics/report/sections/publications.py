"""Lampiran: what must be published, and what is."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.transparency import covers, last_due, published_items
from ektp_analytics.report import headlines
from ektp_analytics.report.action_tables import publication_checklist
from ektp_analytics.report.blocks import Headline, Paragraph
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import (
    annex,
    foreign,
    not_delivered,
    notices,
    source_line,
)
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.standards.publications import (
    ACCOUNTABILITY,
    MANUFACTURING,
    SERVICE_DELIVERY,
    PublicationItem,
    publication_items,
)


def publications_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the checklist of what must be published.

    Without the office's list every item is "belum dinilai", so that the sheet serves as
    the form to be filled in; a case study or a survey alone has none.
    """
    if foreign(run) and "publications" not in run.sources:
        return Section()
    lang = edition.lang
    table = checklist(run, lang)
    given = "publications" in run.sources
    done = int(table["published"].fillna(value=False).astype(bool).sum())
    overdue = int(table["overdue"].sum())
    required = len(table) if given else 0
    headline = headlines.published(done, required, overdue, lang)
    head = Headline(headline, annex(run, "publications", lang))
    said = [] if given else [Paragraph(f"{tell('publications.form', lang)} {_absent(lang)}")]
    named = source_line(run, "publications", lang) if given else ""
    source = edition.source_line([tell("publications.source", lang)], named)
    listed = publication_checklist(table, edition, source=source)
    return Section([head, *said, listed, *notices(run, edition, "publications")])


def checklist(run: PeriodRun, lang: Language) -> pd.DataFrame:
    """Return every required item with what the office says of it, and whether it is overdue.

    Returns
    -------
    pandas.DataFrame
        ``item, required_by, group, published`` (absent where the list is silent),
        ``place, published_on, covers, overdue`` (bool: an edition before the cycle due).
    """
    ordered = sorted(publication_items(run.period.end), key=lambda i: _GROUPS.index(i.group))
    given = run.data.table("publications")
    if given is None:
        return pd.DataFrame([_row(item, {}, run, lang) for item in ordered])
    found = published_items(given, ordered, run.data.as_of).set_index("key")
    editions = found.astype(object).where(found.notna(), None).to_dict("index")
    return pd.DataFrame([_row(item, editions[item.key], run, lang) for item in ordered])


_GROUPS = (SERVICE_DELIVERY, MANUFACTURING, ACCOUNTABILITY)


def _row(
    item: PublicationItem, edition: Mapping[Hashable, Any], run: PeriodRun, lang: Language
) -> dict[str, Any]:
    published = edition.get("published")
    late = False
    if published and item.cycle_months:
        late = not covers(edition, last_due(item, run.data.as_of))
    return {
        "item": item.label[lang],
        "required_by": item.basis,
        "group": tell(f"publications.group_{item.group}", lang),
        "published": published,
        "place": edition.get("place"),
        "published_on": edition.get("published_on"),
        "covers": edition.get("covers_period"),
        "overdue": late,
    }


def _absent(lang: Language) -> str:
    return f"{not_delivered('publications', lang)}."
