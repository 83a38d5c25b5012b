"""Complaints: received, answered, resolved."""

import pandas as pd

from ektp_analytics.sources.complaints import read_complaints

HEADER = ["Nomor pengaduan", "Diterima", "Kategori", "Ditanggapi", "Selesai", "Hasil"]


def test_categories_in_usual_words(write):
    """Pungli is an unofficial payment; unknown words stay under their own name."""
    rows = [HEADER, ["1", "2025-03-03", "Pungli", "", "2025-03-10", "Terbukti"],
            ["2", "2025-03-03", "Antrean", "", "", ""]]  # fmt: skip
    result = read_complaints(write("c.csv", rows))
    assert result.table["category"].tolist() == ["pungutan", "Antrean"]
    assert result.table["outcome"].tolist()[0] == "upheld"
    assert pd.isna(result.table["resolved_at"].iloc[1])


def test_an_answer_before_the_complaint_is_rejected(write):
    """Nothing ends before it starts."""
    rows = [HEADER, ["1", "2025-03-03", "", "2025-03-01", "", ""], ["2", "", "", "", "", ""],
            ["3", "2025-03-03", "", "", "", ""]]  # fmt: skip
    result = read_complaints(write("c.csv", rows))
    assert result.account() == {"read": 3, "kept": 1, "rejected": 2, "repeats": 0}
    assert {f.rule for f in result.findings} == {"end_before_start", "cell_missing"}


def test_equal_complaints_without_a_number_are_kept_and_listed(write):
    """Two persons may complain on one day about one thing."""
    rows = [["Tanggal diterima", "Kategori"], *[["2025-03-03", "informasi"]] * 2]
    result = read_complaints(write("c.csv", rows))
    assert result.kept == 2
    assert [f.row for f in result.findings if f.rule == "row_equal_kept"] == [3]


def test_complaints_of_persons_stay_without_them(write):
    """Name and telephone of the complainant never reach the table."""
    rows = [
        ["Nama pelapor", "No HP", *HEADER],
        ["Pelapor Contoh", "081200000003", "1", "2025-03-03", "", "", "", ""],
    ]
    result = read_complaints(write("c.csv", rows))
    assert "Pelapor Contoh" not in repr(result)
    assert sum(f.rule == "personal_column_dropped" for f in result.findings) == 2
