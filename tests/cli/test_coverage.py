"""``ektp coverage`` as a user meets it: recorded ÷ obligated, held ÷ obligated."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Ektp = Callable[..., Any]
Nulls = Callable[[Any], list[str]]

HEADER = "Kode,Kecamatan,Wajib KTP,Sudah Rekam,Memiliki KTP-el,Tanggal"
ROW_KEYS = {
    "kecamatan", "obligated", "recorded", "holders", "recording_coverage", "card_possession",
}  # fmt: skip


def _counts(tmp_path: Path, *rows: str, header: str = HEADER) -> Path:
    path = tmp_path / "rekap.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_rates_by_hand(ektp: Ektp, tmp_path: Path, nulls_without_reason: Nulls) -> None:
    """(900 + 1,010) ÷ (1,000 + 1,000) = 95.5 %; (850 + 800) ÷ 2,000 = 82.5 %."""
    path = _counts(
        tmp_path, "16.07.01,Satu,1000,900,850,2025-06-30", "16.07.02,Dua,1000,1010,800,2025-06-30"
    )
    answer = ektp("coverage", path, "--json")
    found = answer.record
    assert answer.code == 0
    assert found["as_of"] == "2025-06-30"
    assert found.keys() >= {"as_of", "rows", "total", "findings", "reasons"}
    assert all(row.keys() >= ROW_KEYS for row in (*found["rows"], found["total"]))
    assert [row["recording_coverage"] for row in found["rows"]] == [90.0, 101.0]
    assert found["total"]["recording_coverage"] == pytest.approx(95.5)
    assert found["total"]["card_possession"] == pytest.approx(82.5)
    assert nulls_without_reason(found) == []


def test_a_missing_count_makes_rate_and_total_null_and_names_the_kecamatan(
    ektp: Ektp, tmp_path: Path, nulls_without_reason: Nulls
) -> None:
    path = _counts(
        tmp_path, "16.07.01,Satu,1000,900,850,2025-06-30", "16.07.02,Dua,1000,,800,2025-06-30"
    )
    found = ektp("coverage", path, "--json").record
    assert found["rows"][1]["recording_coverage"] is None
    assert found["total"]["recording_coverage"] is None
    assert "Dua" in found["total"]["reasons"]["recording_coverage"]
    assert found["total"]["card_possession"] == pytest.approx(82.5)
    assert nulls_without_reason(found) == []


def test_a_column_that_is_not_there_is_null_with_a_reason(
    ektp: Ektp, tmp_path: Path, nulls_without_reason: Nulls
) -> None:
    path = _counts(
        tmp_path, "16.07.01,Satu,1000,900", header="Kode,Kecamatan,Wajib KTP,Sudah Rekam"
    )
    found = ektp("coverage", path, "--json").record
    assert found["rows"][0]["holders"] is None and found["as_of"] is None
    assert nulls_without_reason(found) == []


def test_the_last_common_day_not_after_the_one_asked_for(ektp: Ektp, tmp_path: Path) -> None:
    path = _counts(
        tmp_path,
        "16.07.01,Satu,1000,800,700,2025-03-31",
        "16.07.02,Dua,1000,800,700,2025-03-31",
        "16.07.01,Satu,1000,900,800,2025-06-30",
        "16.07.02,Dua,1000,900,800,2025-06-30",
    )
    assert ektp("coverage", path, "--json").record["as_of"] == "2025-06-30"
    earlier = ektp("coverage", path, "--as-of", "30 April 2025", "--json").record
    assert earlier["as_of"] == "2025-03-31"
    assert earlier["total"]["recording_coverage"] == pytest.approx(80)


def test_a_total_line_is_compared_and_never_used(ektp: Ektp, tmp_path: Path) -> None:
    path = _counts(
        tmp_path,
        "16.07.01,Satu,1000,900,850,2025-06-30",
        "16.07.02,Dua,1000,900,850,2025-06-30",
        ",Jumlah,2000,1900,1700,",
    )
    answer = ektp("coverage", path, "--json")
    assert answer.record["read"] == 2
    assert answer.record["total"]["recorded"] == 1800
    assert "total_differs" in answer.rules


def test_people_read_percentages_with_a_comma(ektp: Ektp, tmp_path: Path) -> None:
    path = _counts(tmp_path, "16.07.01,Satu,12345,11456,10000,2025-06-30")
    shown = ektp("coverage", path).out
    assert "Keadaan 2025-06-30; penyebut: wajib KTP" in shown
    assert "12.345" in shown and "92,80" in shown and "Jumlah" in shown
    english = ektp("coverage", path, "--lang", "en").out
    assert "12,345" in english and "92.80" in english and "Total" in english
    assert "Dibaca" not in english and "wajib" not in english


def test_bolaang_mongondow(ektp: Ektp, shared: Path) -> None:
    """Open-data portal of Kab. Bolaang Mongondow, 2021: 15 kecamatan."""
    path = shared / "bolmong_2021_kecamatan_registration.csv"
    answer = ektp("coverage", path, "--json")
    assert answer.code in (0, 1)
    if answer.code == 0:
        assert len(answer.record["rows"]) == 15
