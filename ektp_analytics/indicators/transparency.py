"""Transparency: what is published, what the applicant is told, what users understand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import pandas as pd

from ektp_analytics.errors import Refused, because
from ektp_analytics.indicators.cohort import cohort
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.registry import indicator
from ektp_analytics.indicators.results import not_computable, share
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.periods import Period
from ektp_analytics.standards.publications import (
    SERVICE_DELIVERY,
    PublicationItem,
    accountability_documents,
    service_standard_components,
)


def published_items(table: pd.DataFrame, items: Sequence[PublicationItem]) -> pd.DataFrame:
    """Match a publication list to the items that must be published.

    Returns
    -------
    pandas.DataFrame
        One row per item: key, label, group, listed, published (``boolean``), place,
        published_on, covers_period; an item the list does not name is not published.
    """
    named = {_plain(text): row for row, text in table["item"].items()}
    rows = []
    for item in items:
        names = (item.key, *item.label.values())
        row = next((named[_plain(n)] for n in names if _plain(n) in named), None)
        found = {} if row is None else table.loc[row].to_dict()
        rows.append(
            {
                "key": item.key,
                "label": item.label["id"],
                "group": item.group,
                "listed": row is not None,
                "published": found.get("published", False) is True,
                "place": found.get("place"),
                "published_on": found.get("published_on"),
                "covers_period": found.get("covers_period"),
            }
        )
    return pd.DataFrame(rows)


def _plain(text: object) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", str(text).casefold()).split())


@indicator("service_standards_published")
def service_standards_published(data: OfficeData) -> IndicatorValue:
    """Return the service-delivery components published ÷ 6 × 100; of all 14 beside it."""
    components = service_standard_components(data.as_of)
    found = published_items(data.tables["publications"], components)
    delivery = found[found["group"].eq(SERVICE_DELIVERY)]
    inputs = {"published_of_all": int(found["published"].sum()), "all": len(found)}
    return share(
        "service_standards_published",
        int(delivery["published"].sum()),
        len(delivery),
        complete=True,
        inputs=inputs,
    )


@indicator("accountability_documents_published")
def accountability_documents_published(data: OfficeData) -> IndicatorValue:
    """Return the accountability documents published ÷ those required × 100."""
    documents = accountability_documents(data.as_of)
    found = published_items(data.tables["publications"], documents)
    code = "accountability_documents_published"
    return share(code, int(found["published"].sum()), len(found), complete=True)


@indicator("publication_freshness")
def publication_freshness(data: OfficeData) -> IndicatorValue:
    """Return the periodic documents that cover their last due cycle ÷ all of them × 100."""
    documents = [d for d in accountability_documents(data.as_of) if d.cycle_months]
    found = published_items(data.tables["publications"], documents).set_index("key")
    fresh = [d.key for d in documents if _covers(found.loc[d.key], _last_due(d, data.as_of))]
    inputs = {"fresh": ", ".join(fresh)}
    return share("publication_freshness", len(fresh), len(documents), complete=True, inputs=inputs)


def _last_due(item: PublicationItem, on: date) -> Period:
    """Return the latest cycle whose publication was already due on a day."""
    kind = {12: "year", 6: "semester", 3: "quarter", 1: "month"}[item.cycle_months or 12]
    period = Period(on.year, kind)  # type: ignore[arg-type]
    while pd.Timestamp(period.closes) + pd.DateOffset(months=item.due_months or 0) > pd.Timestamp(
        on
    ):
        period = period.previous()
    return period


def _covers(row: pd.Series, due: Period) -> bool:
    if not row["published"] or not isinstance(row["covers_period"], str):
        return False
    try:
        return Period.parse(row["covers_period"]).end >= due.end
    except Refused:
        # A period nobody can read covers nothing that could be checked.
        return False


@indicator("schedule_given")
def schedule_given(data: OfficeData) -> IndicatorValue:
    """Return online registrations with a stated day ÷ online registrations × 100."""
    if not data.has("service_log", "channel", "registered_at", "scheduled_for"):
        return not_computable("schedule_given", because("column_absent"))
    group = cohort(data, "registered_at")
    online = group.requests[group.requests["channel"].eq("online")]
    waits = (
        online["scheduled_for"].dt.normalize() - online["registered_at"].dt.normalize()
    ).dt.days
    counter = {
        "name": "days_to_schedule",
        "value": None if waits.isna().all() else float(waits.median()),
    }
    stated = int(online["scheduled_for"].notna().sum())
    return group.mark(share("schedule_given", stated, len(online), counter=counter))
