"""Lampiran: what must be published, and what is."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import headlines
from ektp_analytics.report.action_tables import publication_checklist
from ektp_analytics.report.blocks import Headline, Paragraph
from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import annex, flows, not_delivered, notices
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.standards.publications import PublicationItem, publication_items


def publications_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the checklist of what must be published.

    Without the office's list every item is "belum dinilai", so that the sheet serves as
    the form to be filled in; a case study or a survey alone has none.
    """
    if flows(run) and "publications" not in run.sources:
        return Section()
    lang = edition.lang
    items = publication_items(run.period.end)
    table = checklist(run, items, lang)
    done = int(table["published"].eq(True).sum())
    given = "publications" in run.sources
    headline = headlines.published(done, len(items) if given else 0, 0, lang)
    head = Headline(headline, annex(run, "publications", lang))
    said = [] if given else [Paragraph(f"{tell('publications.form', lang)} {_absent(lang)}")]
    source = tell("publications.source", lang)
    listed = publication_checklist(table, edition, source=source)
    return Section([head, *said, listed, *notices(run, edition, "publications")])


def checklist(run: PeriodRun, items: tuple[PublicationItem, ...], lang: Language) -> pd.DataFrame:
    """Return every required item with what the office says of it."""
    given = run.data.table("publications")
    names = ("item", "published", "place", "published_on", "covers_period")
    rows = [] if given is None else records(given.reindex(columns=list(names)), names)
    by_item = {str(row["item"]): row for row in rows}
    return pd.DataFrame([_row(item, by_item.get(item.key, {}), lang) for item in items])


def _row(item: PublicationItem, given: dict[str, Any], lang: Language) -> dict[str, Any]:
    return {
        "item": item.label[lang],
        "required_by": item.basis,
        "group": tell(f"publications.group_{item.group}", lang),
        "published": given.get("published"),
        "place": given.get("place"),
        "published_on": given.get("published_on"),
        "covers": given.get("covers_period"),
    }


def _absent(lang: Language) -> str:
    return f"{not_delivered('publications', lang)}."
