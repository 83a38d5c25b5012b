"""Stages, in whose hands."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from ektp_analytics.indicators.request_stages import central_share, stage_table

REQUEST = {
    "kind": "rekam_baru", "registered_at": "2025-11-03 08:00", "complete_at": "2025-11-03 09:00",
    "recorded_at": "2025-11-03 10:00", "sent_at": "2025-11-03 12:00",
    "print_ready_at": "2025-11-03 18:00", "printed_at": "2025-11-03 19:00",
    "handed_over_at": "2025-11-03 21:00",
}  # fmt: skip


def test_each_stage_on_its_own_clock(office_data: Any, table: Any) -> None:
    """1, 1, 2, 6, 1 and 2 hours; over all 10 hours of the law and 13 of the citizen."""
    found = stage_table(office_data(service_log=table(REQUEST))).set_index("stage")
    assert found["median"].tolist() == [1, 1, 2, 6, 1, 2, 10, 13]
    assert found[found["control"].eq("centre")].index.tolist() == ["sent_ready"]
    assert found[found["total"]].index.tolist() == ["complete_printed", "registered_handed"]
    assert found.loc["sent_ready", "name"] == "Kirim ke pusat → siap cetak"


def test_the_centre_has_six_of_ten_hours(office_data: Any, table: Any) -> None:
    """Shown beside the ten, never subtracted."""
    found = central_share(office_data(service_log=table(REQUEST)))
    assert found is not None
    assert (found.n, found.elsewhere_percent) == (1, pytest.approx(60.0))
    assert (found.median_own_hours, found.median_elsewhere_hours) == (4.0, 6.0)


def test_a_replaced_card_is_not_waiting_to_be_recorded(office_data: Any, table: Any) -> None:
    """A replacement has no biometrics: it is no open request of that stage."""
    other = {**REQUEST, "kind": "ganti", "recorded_at": None, "sent_at": None,
             "print_ready_at": None}  # fmt: skip
    found = stage_table(office_data(service_log=table(REQUEST, other))).set_index("stage")
    assert found.loc["complete_recorded", ["n", "open"]].tolist() == [1, 0]
    assert found.loc["registered_complete", "n"] == 2


def test_half_still_open_is_said(office_data: Any, table: Any) -> None:
    """Two of three not handed over: no median, and the reason stands there."""
    waiting = {**REQUEST, "handed_over_at": None}
    found = stage_table(office_data(service_log=table(REQUEST, waiting, waiting))).set_index(
        "stage"
    )
    row = found.loc["printed_handed"]
    assert (row["n"], row["open"]) == (3, 2)
    assert pd.isna(row["median"])
    assert "masih terbuka" in row["reason"]


def test_a_stage_the_file_lacks(office_data: Any, table: Any) -> None:
    rows = table(REQUEST).drop(columns=["sent_at"])
    found = stage_table(office_data(service_log=rows)).set_index("stage")
    assert found.loc["sent_ready", "n"] == 0
    assert "Waktu kirim ke pusat" in found.loc["sent_ready", "reason"]
    assert central_share(office_data(service_log=rows)) is None
    assert stage_table(office_data(service_log=table({"kind": "ganti"}))).empty
