"""What an office must publish, and how often each document falls due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ektp_analytics.standards.lookup import latest_standard, standard

SERVICE_DELIVERY = "service_delivery"
MANUFACTURING = "manufacturing"
ACCOUNTABILITY = "accountability"


@dataclass(frozen=True, slots=True)
class PublicationItem:
    """One item an office must publish.

    Parameters
    ----------
    key
        Name used in the `item` column of ``publications``.
    label
        Name by language.
    group
        ``service_delivery`` or ``manufacturing`` for the 14 components of the service
        standard, ``accountability`` for documents and channels.
    basis
        Regulation and article.
    cycle_months
        Length of the span each edition covers; None for an item that simply stands.
    due_months
        Months after the end of that span by which it must be public.
    """

    key: str
    label: Mapping[str, str]
    group: str
    basis: str
    cycle_months: int | None
    due_months: int | None


def publication_items(on: date | str | None = None) -> tuple[PublicationItem, ...]:
    """Return everything that must be published on a day: components, then documents.

    Parameters
    ----------
    on
        The day; the latest list when left out.
    """
    return (*service_standard_components(on), *accountability_documents(on))


def service_standard_components(
    on: date | str | None = None,
) -> tuple[PublicationItem, ...]:
    """Return the 14 components of a service standard (UU 25/2009 Pasal 21)."""
    return _items("publication_cycles.service_standard_components", on)


def accountability_documents(
    on: date | str | None = None,
) -> tuple[PublicationItem, ...]:
    """Return the accountability documents and channels with their due cycles."""
    return _items("publication_cycles.accountability_documents", on)


def _items(key: str, on: date | str | None) -> tuple[PublicationItem, ...]:
    found = latest_standard(key) if on is None else standard(key, on=on)
    return tuple(
        PublicationItem(
            key=row["key"],
            label=row["label"],
            group=row["group"],
            basis=row.get("basis", f"{found.regulation} {found.article}"),
            cycle_months=row.get("cycle_months"),
            due_months=row.get("due_months"),
        )
        for row in found.value
    )
