"""Promised actions and whether they were done."""

import pandas as pd

from ektp_analytics.sources.follow_up import read_follow_up

HEADER = [
    "Prioritas unsur",
    "Program/kegiatan",
    "Waktu",
    "Penanggung jawab",
    "Tanggal selesai",
    "Bukti dukung",
]


def test_the_plan_of_the_ministrys_form(write):
    """A due date given as a quarter or month is its last day; a merged element may be blank."""
    rows = [HEADER,
            ["Waktu penyelesaian", "Tambah mesin cetak", "TW II 2025", "Kepala bidang",
             "2025-05-20", "BAST"],
            ["", "Atur jadwal", "Agustus 2025", "Sekretaris", "", ""]]  # fmt: skip
    result = read_follow_up(write("f.csv", rows))
    assert result.table["due"].tolist() == [pd.Timestamp(2025, 6, 30), pd.Timestamp(2025, 8, 31)]
    assert result.table["done_on"].isna().tolist() == [False, True]
    assert result.kept == 2


def test_sudah_is_no_date(write):
    """Whether it was done in time needs the day: an error that asks for it."""
    rows = [
        HEADER,
        ["Waktu", "Tambah loket", "Juni 2025", "", "sudah", ""],
        ["Waktu", "Lain", "Juni 2025", "", "", ""],
    ]
    result = read_follow_up(write("f.csv", rows))
    assert [(f.rule, f.row) for f in result.findings if f.severity == "error"] == [
        ("date_unreadable", 2)
    ]
    assert result.rejected == 1
