"""Service logs. L.. are hard inputs seen in public bug reports.

Those about working days and re-opened tickets are tested beside the calendar and the measures.
"""

from pathlib import Path

import pandas as pd
import pytest

from ektp_analytics.measures.durations import time_to_event
from ektp_analytics.sources.service_log import read_service_log, read_spans

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
HEADER = ["Nomor permohonan", "Waktu daftar", "Waktu persyaratan lengkap", "Waktu cetak"]


def rules(findings):
    return {f.rule for f in findings}


def spans(write, *rows):
    """Read a log of (start, end) for its spans."""
    numbered = [[f"T-{k}", a, b] for k, (a, b) in enumerate(rows, start=1)]
    path = write("log.csv", [["Nomor permohonan", "Persyaratan lengkap", "Waktu cetak"], *numbered])
    return read_spans(path, "complete_at", "printed_at")


def measured(result, as_of, **how):
    return time_to_event(result.table, None, as_of, start="complete_at", end="printed_at", **how)


def test_l01_a_finish_before_its_start_is_listed_and_left_out(write):
    """L01: start 10 March, finish 7 March 2025: not -3, not 3, not 0; outside the median."""
    result = spans(
        write, ("10/03/2025 08.00", "07/03/2025 08.00"), ("10/03/2025 08.00", "10/03/2025 12.00")
    )
    finding = next(f for f in result.findings if f.rule == "end_before_start")
    assert (finding.severity, finding.row, finding.value) == ("error", 2, "2025-03-07 08:00:00")
    assert result.account() == {"read": 2, "kept": 1, "rejected": 1, "repeats": 0}
    assert measured(result, "2025-03-31").median_hours == 4.0


def test_l02_reversed_dates_are_never_counted(write):
    """L02: 1 January 2000 to 30 December 1999 is refused before counting."""
    result = spans(write, ("01/01/2000", "30/12/1999"), ("03/01/2000", "04/01/2000"))
    assert result.rejected == 1
    assert "end_before_start" in rules(result.findings)


def test_l04_a_median_that_is_not_reached_is_said_in_words(write):
    """L04: closed after 1, 2; open at 5, 6, 7 days: median not reached."""
    start = ["2025-03-01 00:00:01"] * 2 + [f"2025-03-{d:02d} 00:00:01" for d in (3, 2, 1)]
    ends = ["2025-03-02 00:00:01", "2025-03-03 00:00:01", "", "", ""]
    found = measured(spans(write, *zip(start, ends, strict=True)), "2025-03-07")
    assert found.median_hours is None
    assert "belum" in found.reasons["median_hours"].text("id")
    assert (found.finished, found.open) == (2, 3)


def test_l05_what_lies_after_the_view_is_unknown(write):
    """L05: start 20 March, finish 5 April, report to 31 March: open, not finished in 16 days."""
    found = measured(spans(write, ("20/03/2025 00.00.01", "05/04/2025 10.00")), "2025-03-31")
    assert (found.finished, found.open) == (0, 1)


def test_l14_a_duration_runs_from_the_first_start(write):
    """L14: events 08:00-09:00 and 09:30-10:00 of one request: two hours from its start."""
    result = spans(write, ("2025-03-03 08:00:01", "2025-03-03 10:00:01"))
    assert measured(result, "2025-03-31").median_hours == 2.0


def test_l19_repeats_are_merged_and_conflicts_left_out(write):
    """L19: T-7 twice, the same: once. T-8 twice, another finish (D): rule: left out, listed."""
    rows = [["T-7", "2025-03-01", "2025-03-01", "2025-03-02"]] * 2
    rows += [["T-8", "2025-03-01", "2025-03-01", f"2025-03-0{d}"] for d in (2, 3)]
    result = read_service_log(write("log.csv", [HEADER, *rows]))
    assert result.account() == {"read": 4, "kept": 1, "rejected": 2, "repeats": 1}
    assert [f.row for f in result.findings if f.rule == "id_conflict"] == [4, 5]
    kept = read_service_log(write("log.csv", [HEADER, *rows[:2]]), repeats="keep")
    assert kept.rejected == 0 or "id_conflict" in rules(kept.findings)


def test_the_log_of_st_louis_is_read_with_a_mapping():
    """../shared/data README: 1,554 rows, 13 exact repeats; conflicting ids are left out."""
    path = SHARED / "stl311_january_2018.csv"
    if not path.exists():
        pytest.skip("../shared/data is not here")
    mapping = {"application_id": "request_id", "registered_at": "opened", "printed_at": "closed"}
    result = read_service_log(path, mapping=mapping)
    assert result.account() == {"read": 1554, "kept": 1523, "rejected": 18, "repeats": 13}
    assert sum(f.rule == "row_repeated" for f in result.findings) == 13
    assert sum(f.rule == "id_conflict" for f in result.findings) == 18
    assert result.table["registered_at"].min() == pd.Timestamp(2018, 1, 1, 0, 48, 30)


def test_the_day_and_the_time_in_two_columns(write):
    """Logs keep the day and the time of day apart; they are one stamp."""
    rows = [
        ["Nomor permohonan", "Tanggal daftar", "Jam daftar"],
        ["A", "03/02/2025", "08.05"],
        ["B", "03/02/2025", ""],
    ]
    table = read_service_log(write("log.csv", rows)).table
    assert table["registered_at"].tolist() == [
        pd.Timestamp(2025, 2, 3, 8, 5),
        pd.Timestamp(2025, 2, 3),
    ]
    assert table["registered_at_has_time"].tolist() == [True, False]


QUEUE = [
    ["Tanggal", "No Antrian", "Loket", "Layanan", "Jam Ambil", "Jam Panggil", "Jam Selesai"],
    ["03/02/2025", "A001", "1", "Rekam", "08:05", "09:55", "10:10"],
    ["03/02/2025", "A002", "2", "Rekam", "08:06", "10:00", "10:20"],
    ["04/02/2025", "A001", "1", "Rekam", "08:00", "09:00", "15:10"],
]  # fmt: skip


def test_a_queue_machine_numbers_its_tickets_anew_every_day(write):
    """A001 of two days are two requests; the end is the service at the counter."""
    result = read_service_log(write("antrean.csv", QUEUE))
    assert result.table["application_id"].tolist() == [
        "2025-02-03/A001",
        "2025-02-03/A002",
        "2025-02-04/A001",
    ]
    assert result.table["served_at"].tolist()[0] == pd.Timestamp(2025, 2, 3, 10, 10)
    assert result.account() == {"read": 3, "kept": 3, "rejected": 0, "repeats": 0}


def test_more_than_a_thousand_findings_are_one_with_their_count(write):
    """DESIGN §2: up to 1,000 rows of a rule and column; then one with count and 20 rows."""
    rows = [[f"T-{k}", "2025-03-02", "2025-03-02", "2025-03-01"] for k in range(1_200)]
    rows.append(["T-x", "2025-03-02", "2025-03-02", "2025-03-03"])
    result = read_service_log(write("log.csv", [HEADER, *rows]))
    finding = next(f for f in result.findings if f.rule == "end_before_start")
    assert (finding.count, len(finding.rows), finding.rows[0]) == (1_200, 20, 2)
    assert result.rejected == 1_200
