"""Requests whose clock starts in the period, as known at its end."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.indicators.cohort import cohort, seen
from ektp_analytics.sources.service_log import read_service_log


def test_who_belongs_to_the_period(office_data: Any, table: Any) -> None:
    """First and last second of the quarter are inside; cancelled ones are counted apart."""
    rows = table(
        {"registered_at": "2025-09-30 23:59:59"},
        {"registered_at": "2025-10-01 00:00:00"},
        {"registered_at": "2025-12-31 23:59:59"},
        {"registered_at": "2026-01-01 00:00:00"},
        {"registered_at": "2025-11-01 00:00:00", "status": " Ditolak "},
        {"registered_at": None},
    )
    found = cohort(office_data(service_log=rows), "registered_at")
    assert (found.n, found.cancelled, found.told_apart) == (2, 1, False)


def test_an_office_may_name_its_own_words(office_data: Any, table: Any) -> None:
    rows = table({"registered_at": "2025-11-01 09:00", "status": "Gugur"})
    data = office_data(profile={"settings": {"cancelled_words": ["GUGUR"]}}, service_log=rows)
    assert cohort(data, "registered_at").cancelled == 1


def test_stamps_known_at_the_end_of_the_period(office_data: Any, table: Any) -> None:
    """24.00 of the last day is known, a second later is not; a date of the next day is not,
    though it reads 00.00.
    """
    rows = table(
        *({"printed_at": stamp} for stamp in
          ("2025-12-31 23:59:59", "2026-01-01 00:00:00", "2026-01-01 00:00:01", "2026-01-01",
           "2025-12-31"))
    )  # fmt: skip
    found = seen(rows, "printed_at", office_data(service_log=rows))
    assert found.notna().tolist() == [True, True, False, False, True]


def test_the_day_is_the_offices_own(tmp_path: Any, office_data: Any) -> None:
    """L16: 31 March 23.30 WIB is 1 April 01.30 for an office in WIT: its second quarter."""
    path = tmp_path / "service_log.csv"
    path.write_text(
        "Nomor permohonan,Waktu daftar,Waktu persyaratan lengkap\n"
        "A1,2025-03-31 22:00 WIB,2025-03-31 23:30 WIB\n",
        encoding="utf-8",
    )
    log = read_service_log(path, zone="WIT").table
    assert log["complete_at"].item() == pd.Timestamp("2025-04-01 01:30")
    sizes = [
        cohort(office_data(p, service_log=log), "complete_at").n for p in ("2025-Q1", "2025-Q2")
    ]
    assert sizes == [0, 1]
