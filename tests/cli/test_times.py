"""``ektp times`` as a user meets it.

St. Louis: Citizens' Service Bureau, January 2018, as distributed with the R package
stlcsb (commit 4a651704). By the rules of this package 13 exact repeats are merged and 9
numbers with two different rows each are left out, which leaves 1,523 rows with 1,400
closed and a median of 3.63 days among the closed.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Ektp = Callable[..., Any]
Nulls = Callable[[Any], list[str]]

KEYS = {
    "n", "finished", "open", "excluded", "median_hours", "closed_only_median_hours", "p90_hours",
    "limit_hours", "within_limit", "within_limit_interval", "late", "as_of", "read", "kept",
    "rejected", "repeats", "findings", "reasons",
}  # fmt: skip
STAMPS = "complete_at,printed_at"


def _log(tmp_path: Path, *rows: str, header: str = STAMPS) -> Path:
    path = tmp_path / "log.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_st_louis(ektp: Ektp, stl311: Path, nulls_without_reason: Nulls) -> None:
    answer = ektp(
        "times", stl311, "--as-of", "2019-01-31", "--start", "opened", "--end", "closed", "--json"
    )
    found = answer.record
    assert answer.code == 0
    assert (found["read"], found["repeats"], found["rejected"]) == (1554, 13, 18)
    assert found["kept"] == 1523 == found["read"] - found["repeats"] - found["rejected"]
    assert found["kept"] == found["n"] + found["excluded"]
    assert found["n"] == found["finished"] + found["open"]
    assert found["finished"] == 1400
    assert round(found["closed_only_median_hours"] / 24, 2) == 3.63
    assert found.keys() >= KEYS
    assert nulls_without_reason(found) == []


def test_repeats_may_be_kept(ektp: Ektp, stl311: Path) -> None:
    """Kept, they are rows that share a number; only differing rows are conflicts."""
    found = ektp(
        "times", stl311, "--as-of", "2019-01-31", "--start", "opened", "--end", "closed",
        "--repeats", "keep", "--json",
    ).record  # fmt: skip
    assert found["repeats"] == 0
    assert found["read"] == found["kept"] + found["rejected"]


def test_the_clock_by_hand(ektp: Ektp, tmp_path: Path) -> None:
    """1, 24 and 48 hours and one still open: within 24 h are 2 of 4; exactly at it is within."""
    path = _log(
        tmp_path,
        "2025-01-01 08:00,2025-01-01 09:00",
        "2025-01-01 08:00,2025-01-02 08:00",
        "2025-01-01 08:00,2025-01-03 08:00",
        "2025-01-01 08:00,",
    )
    found = ektp("times", path, "--as-of", "2025-01-31", "--json").record
    assert (found["n"], found["finished"], found["open"], found["excluded"]) == (4, 3, 1, 0)
    assert found["within_limit"] == pytest.approx(50)
    assert found["closed_only_median_hours"] == 24
    assert found["median_hours"] == 24
    assert found["p90_hours"] is None and "p90_hours" in found["reasons"]
    assert found["late"] == 2
    assert (found["limit_hours"], found["as_of"]) == (24, "2025-01-31")


@pytest.mark.parametrize(
    "day", ["2025-01-31", "31/01/2025", "31-1-2025", "31 Januari 2025", "Jumat, 31 Jan 2025"]
)
def test_the_day_is_read_as_an_indonesian_writes_it(ektp: Ektp, tmp_path: Path, day: str) -> None:
    path = _log(tmp_path, "2025-01-01 08:00,2025-01-01 09:00")
    assert ektp("times", path, "--as-of", day, "--json").record["as_of"] == "2025-01-31"


def test_a_day_that_is_none_is_refused(ektp: Ektp, tmp_path: Path) -> None:
    path = _log(tmp_path, "2025-01-01 08:00,2025-01-01 09:00")
    answer = ektp("times", path, "--as-of", "kemarin", "--json")
    assert answer.code == 1 and answer.rules == ["date_unreadable"]


def test_later_stamps_are_unknown_and_later_requests_left_out(ektp: Ektp, tmp_path: Path) -> None:
    path = _log(
        tmp_path,
        "2025-01-01 08:00,2025-01-01 09:00",
        "2025-01-05 08:00,2025-01-11 00:30",
        "2025-01-11 08:00,2025-01-11 09:00",
    )
    found = ektp("times", path, "--as-of", "2025-01-10", "--json").record
    assert (found["n"], found["finished"], found["open"], found["excluded"]) == (2, 1, 1, 1)
    assert found["kept"] == 3


@pytest.mark.parametrize(
    ("limit", "hours", "late"), [("24h", 24, 2), ("72h", 72, 0), ("1d", None, 1), ("1wd", None, 0)]
)
def test_limits_in_hours_days_and_working_days(
    ektp: Ektp,
    tmp_path: Path,
    limit: str,
    hours: int | None,
    late: int,
    nulls_without_reason: Nulls,
) -> None:
    """Friday 10 January 2025 08:00; done Saturday 09:00 and Monday 23:00.

    24 h ends Saturday 08:00; 1d at 24:00 of Saturday; 1wd at 24:00 of Monday 13 January.
    """
    path = _log(tmp_path, "2025-01-10 08:00,2025-01-11 09:00", "2025-01-10 08:00,2025-01-13 07:00")
    found = ektp("times", path, "--as-of", "2025-01-31", "--limit", limit, "--json").record
    assert found["limit_hours"] == hours
    assert found["late"] == late
    assert nulls_without_reason(found) == []


@pytest.mark.parametrize("limit", ["24", "0h", "3 minggu", "-3d"])
def test_a_limit_that_is_none_is_refused(ektp: Ektp, tmp_path: Path, limit: str) -> None:
    path = _log(tmp_path, "2025-01-01 08:00,2025-01-01 09:00")
    answer = ektp("times", path, "--as-of", "2025-01-31", f"--limit={limit}", "--json")
    assert answer.code == 1 and answer.rules == ["limit_unreadable"]


def test_without_complete_at_the_clock_starts_at_registration_and_says_so(
    ektp: Ektp, tmp_path: Path
) -> None:
    path = _log(tmp_path, "2025-01-01 08:00,2025-01-01 10:00", header="Waktu daftar,printed_at")
    answer = ektp("times", path, "--as-of", "2025-01-31", "--json")
    assert answer.record["median_hours"] == 2
    assert "clock_from_registration" in answer.rules
    asked = ektp("times", path, "--as-of", "2025-01-31", "--start", "registered_at", "--json")
    assert "clock_from_registration" not in asked.rules


@pytest.mark.parametrize("start", ["registered_at", "Waktu daftar", "waktu daftar"])
def test_start_takes_a_key_or_a_header(ektp: Ektp, tmp_path: Path, start: str) -> None:
    path = _log(
        tmp_path,
        "2025-01-01 08:00,2025-01-01 09:00,2025-01-01 10:00",
        header="Waktu daftar,complete_at,printed_at",
    )
    found = ektp("times", path, "--as-of", "2025-01-31", "--start", start, "--json").record
    assert found["median_hours"] == 2


def test_a_start_that_is_not_there_names_the_headers(ektp: Ektp, tmp_path: Path) -> None:
    path = _log(tmp_path, "2025-01-01 08:00,2025-01-01 09:00")
    answer = ektp("times", path, "--as-of", "2025-01-31", "--start", "dimulai", "--json")
    assert answer.code == 1
    told = answer.record["findings"][0]
    assert "complete_at" in told["message"] + told["remedy"]


def test_one_column_is_no_clock(ektp: Ektp, tmp_path: Path) -> None:
    path = _log(tmp_path, "2025-01-01 08:00,2025-01-01 09:00")
    answer = ektp("times", path, "--as-of", "2025-01-31", "--start", "printed_at", "--json")
    assert answer.code == 1 and answer.rules == ["clock_same_column"]


def test_reversed_pairs_are_rejected(ektp: Ektp, tmp_path: Path) -> None:
    path = _log(tmp_path, "2025-01-02 08:00,2025-01-01 09:00", "2025-01-02 08:00,2025-01-02 09:00")
    answer = ektp("times", path, "--as-of", "2025-01-31", "--json")
    assert answer.record["rejected"] == 1
    assert "end_before_start" in answer.rules


def test_cancelled_requests_are_excluded_and_counted(ektp: Ektp, tmp_path: Path) -> None:
    path = _log(
        tmp_path,
        "2025-01-02 08:00,2025-01-02 09:00,selesai",
        "2025-01-02 08:00,,Dibatalkan",
        header=f"{STAMPS},status",
    )
    found = ektp("times", path, "--as-of", "2025-01-31", "--json").record
    assert (found["n"], found["excluded"], found["kept"]) == (1, 1, 2)


def test_stamps_with_a_zone_are_cut_in_the_office_zone(ektp: Ektp, tmp_path: Path) -> None:
    """16:30 UTC is 23:30 WIB of the same day and 00:30 WITA of the next (UTC+7, UTC+8)."""
    path = _log(tmp_path, "2025-01-09T01:00:00Z,2025-01-10T16:30:00Z")
    in_wib = ektp("times", path, "--as-of", "2025-01-10", "--json").record
    in_wita = ektp("times", path, "--as-of", "2025-01-10", "--zone", "WITA", "--json").record
    assert (in_wib["finished"], in_wita["finished"]) == (1, 0)


def test_dates_without_time_give_a_range(
    ektp: Ektp, tmp_path: Path, nulls_without_reason: Nulls
) -> None:
    """Same day is within 24 h, two days later is late, one day later undecided."""
    path = _log(tmp_path, "2025-01-06,2025-01-06", "2025-01-06,2025-01-07", "2025-01-06,2025-01-08")
    found = ektp("times", path, "--as-of", "2025-01-31", "--json").record
    assert found["within_limit"] is None and "within_limit" in found["reasons"]
    assert found["undecided"] == 1
    assert found["within_limit_range"] == [pytest.approx(100 / 3), pytest.approx(200 / 3)]
    assert nulls_without_reason(found) == []


def test_people_read_words_where_a_figure_is_absent(ektp: Ektp, tmp_path: Path) -> None:
    path = _log(tmp_path, "2025-01-01 08:00,2025-01-01 10:30", "2025-01-01 08:00,")
    shown = ektp("times", path, "--as-of", "2025-01-31").out
    assert "dilihat 2025-01-31 pukul 24.00" in shown
    assert "2,50" in shown
    assert "Selesai dalam 24 jam (%)" in shown
    english = ektp("times", path, "--as-of", "2025-01-31", "--lang", "en").out
    assert "2.50" in english and "Finished within 24 hours (%)" in english
    assert "jam" not in english
