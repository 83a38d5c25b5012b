"""What is published, and the stated day, counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ektp_analytics.indicators.transparency import (
    accountability_documents_published,
    covers,
    last_due,
    publication_freshness,
    published_items,
    schedule_given,
    service_standards_published,
)
from ektp_analytics.periods import Period
from ektp_analytics.standards.publications import PublicationItem, service_standard_components

SIX = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "pengaduan")


def publications(table: Any, **published: bool | None) -> Any:
    frame = table(*({"item": key, "published": value} for key, value in published.items()))
    return frame.assign(published=frame["published"].astype("boolean"))


def test_of_the_six_components(office_data: Any, table: Any) -> None:
    """Four of the six service-delivery components are up; the list says so of all six."""
    given = dict.fromkeys(SIX[:4], True) | dict.fromkeys(SIX[4:], False)
    found = service_standards_published(office_data(publications=publications(table, **given)))
    assert found.value == pytest.approx(100 * 4 / 6)
    assert (found.status, found.n, found.interval) == ("ok", 6, None)
    assert found.inputs["published_of_all"] == 4


def test_silence_is_no_publication_and_leaves_it_partial(office_data: Any, table: Any) -> None:
    """Two components named, four not: 2 ÷ 6, partial, with the number in words."""
    given = publications(table, persyaratan=True, prosedur=True)
    found = service_standards_published(office_data(publications=given))
    assert found.value == pytest.approx(100 / 3)
    assert found.status == "partial"
    assert found.reason is not None and found.reason.details["n"] == 4


def test_items_match_by_key_or_by_their_name(table: Any) -> None:
    """``Biaya/tarif`` is the label of biaya; the better of two rows counts."""
    frame = table(
        {"item": "Biaya/Tarif ", "published": False, "place": "papan"},
        {"item": "biaya", "published": True, "place": "situs"},
    )
    frame = frame.assign(published=frame["published"].astype("boolean"))
    found = published_items(frame, service_standard_components(date(2025, 12, 31)))
    row = found.set_index("key").loc["biaya"]
    assert bool(row["published"]) is True
    assert row["place"] == "situs"


def test_what_is_dated_later_is_not_published_yet(table: Any) -> None:
    """A document of 5 January is not there on 31 December."""
    frame = table({"item": "biaya", "published": True, "published_on": "2026-01-05"})
    frame = frame.assign(published=frame["published"].astype("boolean"))
    found = published_items(
        frame, service_standard_components(date(2025, 12, 31)), date(2025, 12, 31)
    )
    assert not found.set_index("key").loc["biaya", "published"]


def test_the_papers_list_of_documents(office_data: Any, table: Any) -> None:
    """The case study found none of them on the website: 0 of 9."""
    keys = ("anggaran", "rencana_program", "laporan_kinerja", "kinerja_pegawai", "hasil_skm",
            "profil_struktur", "maklumat_pelayanan", "alur_sop", "kanal_pengaduan")  # fmt: skip
    given = publications(table, **dict.fromkeys(keys, False))
    found = accountability_documents_published(office_data(publications=given))
    assert (found.value, found.n, found.status) == (0.0, 9, "ok")


def document(months: int, due: int) -> PublicationItem:
    return PublicationItem("x", {"id": "x"}, "accountability", "", months, due)


@pytest.mark.parametrize(
    ("months", "due", "on", "expected"),
    [
        # Due three months after the year: the 2024 report from 24.00 of 31 March 2025 on.
        (12, 3, "2025-03-30", "2023"),
        (12, 3, "2025-03-31", "2024"),
        (12, 3, "2025-12-31", "2024"),
        # A quarterly document due a month later.
        (3, 1, "2025-12-31", "2025-Q3"),
        (3, 1, "2026-01-31", "2025-Q4"),
        (6, 0, "2025-12-31", "2025-S2"),
    ],
)
def test_the_last_cycle_already_due(months: int, due: int, on: str, expected: str) -> None:
    assert str(last_due(document(months, due), date.fromisoformat(on))) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2024", True), ("Tahun 2024", True), ("2023", False), ("2024-S1", False), ("terbaru", False)],
)
def test_whether_an_edition_covers_a_cycle(written: str, expected: bool) -> None:
    """A period nobody can read covers nothing."""
    assert covers({"published": True, "covers_period": written}, Period(2024, "year")) is expected
    assert covers({"published": False, "covers_period": written}, Period(2024, "year")) is False


def test_freshness_of_the_periodic_documents(office_data: Any, table: Any) -> None:
    """Five documents have a yearly cycle, all due for 2024 by the end of 2025. Two cover it,
    one is of 2023, two are not published: 2 ÷ 5 = 40 %.
    """
    editions = {"anggaran": "2024", "laporan_kinerja": "2025", "hasil_skm": "2023",
                "rencana_program": None, "kinerja_pegawai": None}  # fmt: skip
    frame = table(
        *({"item": k, "published": e is not None, "covers_period": e} for k, e in editions.items())
    )
    frame = frame.assign(published=frame["published"].astype("boolean"))
    found = publication_freshness(office_data(publications=frame))
    assert (found.value, found.n, found.inputs["fresh"]) == (40.0, 5, "anggaran, laporan_kinerja")


def test_schedule_given(office_data: Any, table: Any) -> None:
    """Of three online registrations two got a day, 4 and 6 days on: 66.67 %, median 5 days."""
    rows = table(
        {"channel": "online", "registered_at": "2025-11-03 14:00", "scheduled_for": "2025-11-07"},
        {"channel": "online", "registered_at": "2025-11-03 14:00", "scheduled_for": "2025-11-09"},
        {"channel": "online", "registered_at": "2025-11-03 14:00", "scheduled_for": None},
        {"channel": "loket", "registered_at": "2025-11-03 14:00", "scheduled_for": None},
        {"channel": None, "registered_at": "2025-11-03 14:00", "scheduled_for": None},
    )
    found = schedule_given(office_data(service_log=rows))
    assert found.value == pytest.approx(200 / 3)
    assert found.counter == {"name": "days_to_schedule", "value": 5.0, "unit": "days"}
    assert found.inputs["channel_not_stated"] == 1
