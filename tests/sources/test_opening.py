"""Opening hours: a table of days, or the export of a machine counted into days."""

import pandas as pd

from ektp_analytics.sources.dispatch import detect_source
from ektp_analytics.sources.opening import read_opening
from ektp_analytics.sources.result import merge_results

HEADER = ["Tanggal", "Tempat", "Jadwal buka", "Mulai melayani", "Selesai melayani",
          "Loket seharusnya buka", "Loket buka"]  # fmt: skip
ATTENDANCE = [
    ["Emp No.", "AC-No.", "Nama", "Tanggal", "Jam Kerja", "Jam Masuk", "Jam Pulang", "Scan Masuk",
     "Scan Pulang", "Telat", "Plg Cepat", "Absent"],
    ["1", "1", "Pegawai Satu", "03/02/2025", "Reg", "07:30", "16:00", "07:20", "16:05", "", "", ""],
    ["2", "2", "Pegawai Dua", "03/02/2025", "Reg", "07:30", "16:00", "08:10", "15:00",
     "00:40", "01:00", ""],
    ["3", "3", "Pegawai Tiga", "03/02/2025", "Reg", "07:30", "16:00", "", "", "", "", "True"],
    ["1", "1", "Pegawai Satu", "08/02/2025", "Reg", "07:30", "16:00", "", "", "", "", ""],
]  # fmt: skip


def rules(findings):
    return {f.rule for f in findings}


def test_a_table_of_days(write):
    """One row per day and place; times in minutes after midnight."""
    rows = [HEADER, ["03/02/2025", "Kantor", "08.00", "09.55", "15.00", 4, 3]]
    found = read_opening(write("o.xlsx", rows)).table.iloc[0]
    assert (found["due_open"], found["opened_at"], found["closed_at"]) == (480, 595, 900)
    assert (found["counters_due"], found["counters_open"]) == (4, 3)


def test_days_that_contradict_themselves(write):
    """Two contents for one day and place, closing before opening, more open than there are."""
    rows = [
        HEADER,
        ["03/02/2025", "Kantor", "08.00", "09.55", "15.00", 4, 3],
        ["03/02/2025", "Kantor", "08.00", "08.55", "15.00", 4, 3],
        ["04/02/2025", "Kantor", "08.00", "15.00", "09.00", 4, 3],
        ["05/02/2025", "Kantor", "08.00", "08.00", "15.00", 4, 5],
    ]
    result = read_opening(write("o.csv", rows))
    assert result.account() == {"read": 4, "kept": 1, "rejected": 3, "repeats": 0}
    assert [f.row for f in result.findings if f.rule == "day_twice"] == [2, 3]
    assert {"closed_before_opened", "count_above_whole"} <= rules(result.findings)
    assert result.table["counters_open"].isna().all()


def test_an_attendance_machine_is_counted_into_days(write):
    """DESIGN §3: a row per person and day becomes counts; persons are dropped."""
    path = write("presensi.xlsx", ATTENDANCE)
    result = read_opening(path)
    found = result.table
    assert detect_source(path) == "opening"
    assert found.to_dict("records") == [
        {"day": pd.Timestamp(2025, 2, 3), "staff_due": 3, "staff_present": 2, "staff_on_time": 1,
         "staff_left_early": 1},
    ]  # fmt: skip
    assert result.account() == {"read": 4, "kept": 4, "rejected": 0, "repeats": 0}
    assert "closed_days_left_out" in rules(result.findings)
    assert "Pegawai" not in repr(result)
    assert len(result.identities) > 0


def test_an_export_without_schedule_takes_the_offices_hours(write):
    """Jam Masuk alone is the scan; the hours come from office.yaml, else none are guessed."""
    rows = [["NIP", "Nama", "Tanggal", "Jam Masuk", "Jam Pulang", "Keterangan"],
            ["198001012005011001", "Satu", "3 Feb 2025", "07.20", "16.05", ""],
            ["198001012005011002", "Dua", "3 Feb 2025", "08.10", "15.00", ""],
            ["198001012005011003", "Tiga", "3 Feb 2025", "", "", "Cuti"]]  # fmt: skip
    path = write("presensi.csv", rows)
    known = read_opening(path, work_starts="07.30", work_ends="16.00").table.iloc[0]
    assert known.drop("day").tolist() == [2, 2, 1, 1]
    unknown = read_opening(path)
    assert "staff_on_time" not in unknown.table
    assert "schedule_unknown" in rules(unknown.findings)


def test_a_row_per_scan_counts_first_and_last(write):
    """Raw logs hold one row per scan; the first is the arrival."""
    rows = [["No. ID", "Nama", "Waktu"], ["1", "A", "03/02/2025 07:20:11"],
            ["1", "A", "03/02/2025 16:01:00"], ["2", "B", "03/02/2025 08:00:00"]]  # fmt: skip
    found = read_opening(
        write("scan.csv", rows), work_starts="07.30", work_ends="16.00"
    ).table.iloc[0]
    assert found.drop("day").tolist() == [2, 2, 1, 1]


def test_a_queue_machine_gives_opening_and_closing(write):
    """The first and the last counter event of the day."""
    rows = [["Tanggal", "No Antrian", "Loket", "Jam Ambil", "Jam Panggil", "Jam Selesai"],
            ["03/02/2025", "A001", "1", "08:05", "09:55", "10:10"],
            ["03/02/2025", "A002", "2", "08:06", "10:00", "10:20"]]  # fmt: skip
    result = read_opening(write("antrean.csv", rows))
    found = result.table.iloc[0]
    assert (found["opened_at"], found["closed_at"], found["counters_open"]) == (595, 620, 2)
    assert result.kept == 2


def test_files_of_two_machines_are_one_table_of_days(write):
    """What the queue machine does not say of a day, the attendance machine does."""
    queue = [
        ["Tanggal", "No Antrian", "Jam Ambil", "Jam Panggil"],
        ["03/02/2025", "A001", "08:05", "09:55"],
    ]
    both = merge_results([
        read_opening(write("opening-antrean.csv", queue)),
        read_opening(write("opening-presensi.xlsx", ATTENDANCE)),
    ])  # fmt: skip
    assert len(both.table) == 1
    assert (both.table["opened_at"].iloc[0], both.table["staff_due"].iloc[0]) == (595, 3)
    assert both.read == 5
