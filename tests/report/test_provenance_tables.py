"""Files, findings, standards: nothing is lost and nothing invented."""

import pandas as pd

from ektp_analytics.errors import Finding
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.provenance_tables import (
    files_table,
    findings_table,
    making_table,
    standards_table,
)


def test_files_with_counts_and_hash():
    """421 read = 404 used + 9 rejected + 8 merged; a missing file is grey and has no counts."""
    table = pd.DataFrame(
        [
            {"file": "skm.xlsx", "source": "survey", "read": 421, "kept": 404, "rejected": 9,
             "repeats": 8, "sha256": "e91cdaf60cb7" + "0" * 52},
            {"file": None, "source": "opening", "read": None, "kept": None, "rejected": None,
             "repeats": None, "sha256": None, "note": "2 indikator belum dinilai"},
        ]
    )  # fmt: skip
    made = files_table(table, Edition())
    frame = made.to_frame()
    assert frame.iloc[0].tolist() == (
        ["skm.xlsx", "Survei SKM", "421", "404", "9", "8", "e91cdaf60cb7"]
    )
    assert frame.iloc[1].tolist() == (
        ["tidak disampaikan", "Jam pelayanan", "–", "–", "–", "–", "2 indikator belum dinilai"]
    )
    assert made.rows[1].kind == "muted"


def test_findings_take_the_records_of_the_package():
    """Gravest first; a place is file, sheet, row and column."""
    missing = Finding(
        rule="file_missing", severity="error", file="a<b.xlsx", row=88, column="waktu"
    )
    note = Finding(rule="file_missing", severity="note", file="c.xlsx", count=31)
    table = pd.DataFrame([note.to_record(), missing.to_record()])
    made = findings_table(table, Edition())
    frame = made.to_frame()
    assert frame.iloc[:, 0].tolist() == ["galat", "catatan"]
    assert frame.iloc[0, 1] == "a<b.xlsx, baris 88, kolom “waktu”"
    assert frame.iloc[1, 1] == "c.xlsx, 31 baris"
    assert "a&lt;b.xlsx" in str(made.html())


def test_the_rest_of_the_findings_is_counted():
    """Fifteen findings, twelve printed, three named as left out."""
    record = Finding(rule="file_missing", severity="warning", file="a.xlsx").to_record()
    made = findings_table(pd.DataFrame([record] * 15), Edition())
    assert len(made.rows) == 12
    assert made.source == "3 temuan lain tercantum pada buku kerja."


def test_no_findings_is_said():
    """A clean file is reported as clean."""
    none = pd.DataFrame({"severity": [], "file": [], "message": [], "remedy": []})
    assert "Tidak ada temuan" in str(findings_table(none, Edition()).html())


def test_standards_and_making():
    """Legal values carry basis and date (Permendagri 19/2018 in force 9 April 2018)."""
    row = {
        "name": "Batas waktu",
        "value_text": "24 jam",
        "basis": "Permendagri 19/2018 Pasal 3 ayat (2)",
        "valid_text": "sejak 9 April 2018",
    }
    assert standards_table(pd.DataFrame([row]), Edition()).to_frame().iloc[0].tolist() == list(
        row.values()
    )
    made = making_table([("Benih", "1607")], Edition())
    assert "<thead>" not in str(made.html())
    assert "1607" in made.text()
