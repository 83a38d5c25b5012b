"""Transparency: what is published, and what the applicant is told."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from ektp_analytics.errors import Refused, because
from ektp_analytics.indicators.cohort import cohort
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.registry import indicator
from ektp_analytics.indicators.results import columns_missing, not_computable, partial_if, share
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.indicators.windows import MONTHS, period_with
from ektp_analytics.periods import Period
from ektp_analytics.standards.publications import (
    SERVICE_DELIVERY,
    PublicationItem,
    accountability_documents,
    service_standard_components,
)

Row = Mapping[Hashable, Any]

ONE_DAY = pd.Timedelta(days=1)
# Words that stand before a year in the period of a document.
_BEFORE_A_YEAR = re.compile(r"^(?:tahun anggaran|tahun|ta|t\.a\.)\s*", re.IGNORECASE)


def published_items(
    table: pd.DataFrame, items: Sequence[PublicationItem], on: date | None = None
) -> pd.DataFrame:
    """Match a publication list to the items that must be published.

    Parameters
    ----------
    table
        Column ``item`` by key or label; ``published``, optional ``place``,
        ``published_on``, ``covers_period``. Of several rows for an item the published and
        latest one counts.
    items
        What must be published.
    on
        Day of the view; what is dated later is not published yet.

    Returns
    -------
    pandas.DataFrame
        One row per item: key, label, group, basis (str), published (``boolean``, NA where
        the list does not say), place (str), published_on (datetime64), covers_period (str).
    """
    given = [(_plain(row["item"]), row) for row in table.to_dict("records")]
    rows = [_item_row(_rows_of(item, given), item, on) for item in items]
    types = {"published": "boolean", "published_on": "datetime64[us]"}
    texts = dict.fromkeys(("key", "label", "group", "basis", "place", "covers_period"), "str")
    return pd.DataFrame(rows).astype({**texts, **types})


def _names(item: PublicationItem) -> tuple[str, ...]:
    return (item.key, *item.label.values())


def _plain(text: object) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", str(text).casefold()).split())


def _rows_of(item: PublicationItem, given: Sequence[tuple[str, Row]]) -> list[Row]:
    """Return the rows of a list that speak of an item."""
    names = {_plain(name) for name in _names(item)}
    return [row for name, row in given if name in names]


def _item_row(rows: list[Row], item: PublicationItem, on: date | None) -> dict[str, Any]:
    """Return what the list says of one item."""
    said = {"key": item.key, "label": item.label["id"], "group": item.group, "basis": item.basis}
    if not rows:
        nothing = dict.fromkeys(("place", "covers_period"))
        return said | {"published": pd.NA, "published_on": pd.NaT} | nothing
    # Of rows that stand alike the last one in the list counts.
    best = max(reversed(rows), key=lambda row: _standing(row, on))
    return said | {
        "published": _published(best, on),
        "place": best.get("place"),
        "published_on": best.get("published_on", pd.NaT),
        "covers_period": best.get("covers_period"),
    }


def _published(row: Row, on: date | None) -> Any:
    """Return whether an item is published on a day; what is dated later is not yet."""
    dated: Any = row.get("published_on", pd.NaT)
    later = on is not None and not pd.isna(dated) and dated > pd.Timestamp(on)
    return False if later else row["published"]


def _standing(row: Row, on: date | None) -> tuple[int, pd.Timestamp]:
    """Return what a row is chosen by: published before not, not before silent, then the latest."""
    published = _published(row, on)
    dated: Any = row.get("published_on", pd.NaT)
    rank = 0 if pd.isna(published) else 1 + bool(published)
    return rank, pd.Timestamp.min if pd.isna(dated) else dated


@indicator("service_standards_published")
def service_standards_published(data: OfficeData) -> IndicatorValue:
    """Return the service-delivery components published ÷ 6 × 100; of all 14 beside it."""
    components = service_standard_components(data.as_of)
    found = published_items(data.tables["publications"], components, data.as_of)
    delivery = found[found["group"].eq(SERVICE_DELIVERY)]
    inputs = {"published_of_all": int(found["published"].sum()), "all": len(found)}
    return _published_share("service_standards_published", delivery, inputs)


@indicator("accountability_documents_published")
def accountability_documents_published(data: OfficeData) -> IndicatorValue:
    """Return the accountability documents published ÷ those required × 100."""
    documents = accountability_documents(data.as_of)
    found = published_items(data.tables["publications"], documents, data.as_of)
    return _published_share("accountability_documents_published", found, {})


def _published_share(code: str, found: pd.DataFrame, inputs: dict[str, Any]) -> IndicatorValue:
    """Return the share published; an item the list is silent on leaves it partial."""
    silent = int(found["published"].isna().sum())
    figures = {**inputs, "not_stated": silent}
    value = share(code, int(found["published"].sum()), len(found), complete=True, inputs=figures)
    return partial_if(value, silent > 0, because("items_not_stated", n=silent))


@indicator("publication_freshness")
def publication_freshness(data: OfficeData) -> IndicatorValue:
    """Return the periodic documents that cover their last due cycle ÷ all of them × 100."""
    documents = [d for d in accountability_documents(data.as_of) if d.cycle_months]
    found = published_items(data.tables["publications"], documents, data.as_of).set_index("key")
    editions = found.to_dict("index")
    fresh = [d.key for d in documents if covers(editions[d.key], last_due(d, data.as_of))]
    silent = int(found["published"].isna().sum())
    inputs = {"fresh": ", ".join(fresh), "not_stated": silent}
    value = share("publication_freshness", len(fresh), len(documents), complete=True, inputs=inputs)
    return partial_if(value, silent > 0, because("items_not_stated", n=silent))


def last_due(item: PublicationItem, on: date) -> Period:
    """Return the latest cycle of a document whose publication was due by 24.00 of a day."""
    kind = next(kind for kind, months in MONTHS.items() if months == item.cycle_months)
    seen_at = pd.Timestamp(on) + ONE_DAY
    period = period_with(kind, on)
    while pd.Timestamp(period.closes) + pd.DateOffset(months=item.due_months or 0) > seen_at:
        period = period.previous()
    return period


def covers(edition: Mapping[Hashable, Any], due: Period) -> bool:
    """Tell whether a published edition reaches the end of a cycle.

    A period nobody can read covers nothing that could be checked.
    """
    published, covered = edition["published"], edition["covers_period"]
    if pd.isna(published) or not published or pd.isna(covered):
        return False
    try:
        return Period.parse(_BEFORE_A_YEAR.sub("", str(covered).strip())).end >= due.end
    except Refused:
        return False


@indicator("schedule_given")
def schedule_given(data: OfficeData) -> IndicatorValue:
    """Return online registrations with a stated day ÷ online registrations × 100."""
    needed = ("channel", "registered_at", "scheduled_for")
    if not data.has("service_log", *needed):
        return not_computable("schedule_given", columns_missing(data, "service_log", *needed))
    group = cohort(data, "registered_at")
    online = group.requests[group.requests["channel"].eq("online")]
    stated = int(online["scheduled_for"].notna().sum())
    inputs = {"channel_not_stated": int(group.requests["channel"].isna().sum())}
    counter = days_to_schedule(online)
    return group.mark(share("schedule_given", stated, len(online), inputs=inputs, counter=counter))


def days_to_schedule(online: pd.DataFrame) -> dict[str, Any] | None:
    """Return the median days from registration to the stated day; None where none is stated."""
    waits = online["scheduled_for"].dt.normalize() - online["registered_at"].dt.normalize()
    if waits.isna().all():
        return None
    return {"name": "days_to_schedule", "value": float(waits.dt.days.median()), "unit": "days"}
