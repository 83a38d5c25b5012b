"""Which header is which column."""

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.sources.headers import column_letter, match_headers, month_headers, normalise
from ektp_analytics.sources.schema import schema
from ektp_analytics.sources.survey import read_survey


def test_s25_headers_that_are_first_days_are_months():
    """S25: 45658 and 45689 are Januari 2025 and Februari 2025."""
    assert month_headers(["Unsur", "45658", "45689"]) == ["Unsur", "Januari 2025", "Februari 2025"]
    assert month_headers(["45658", "12345"]) == ["45658", "12345"]


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("WAKTU PENYELESAIAN", "waktu"), ("u3", "waktu"), ("U3. Waktu", "waktu"),
        ("3) Waktu", "waktu"),
        ("Jenis Kelamin (L/P)", "sex"), ("Usia (tahun)", "age"), ("jenis_kelamin", "sex"),
        ("Apa pendapat Anda tentang fasilitas di kantor ini?", "sarana"),
        ("Layanan apa yang Anda terima? (jenis layanan)", "service"),
        ("Kritik dan saran untuk perbaikan pelayanan", "comment"),
        ("Bagaimana penanganan pengaduan, saran, dan masukan?", "pengaduan"),
    ],
)  # fmt: skip
def test_usual_spellings(header, key):
    """Exact key, synonym, question text; case, numbers and signs do not matter."""
    assert list(match_headers([header], schema("survey")).positions) == [key]


@pytest.mark.parametrize("header", ["", "Nama", "Bagaimana pendapat Saudara?", "Kolom 1"])
def test_what_names_no_column(header):
    """An unknown header is left alone."""
    assert match_headers([header], schema("survey")).positions == {}


def test_order_does_not_matter():
    """DESIGN: headers match in any order."""
    labels = [c.label for c in schema("service_log").columns.values()]
    there = match_headers(labels, schema("service_log")).positions
    back = match_headers(labels[::-1], schema("service_log")).positions
    assert {k: len(labels) - 1 - p for k, p in back.items()} == dict(there)


def test_spreadsheet_letters():
    """A is the first column, AA the 27th."""
    assert [column_letter(p) for p in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert normalise("  Sudah_Rekam (L) ") == "sudah rekam l"


def test_a_table_without_header_shows_no_number_of_a_person(write):
    """The refusal shows what the first row holds; a NIK only by its length."""
    with pytest.raises(Refused) as refused:
        read_survey(
            write("s.csv", [["3201010101900001", "x", "y"], ["3201010101900002", "x", "y"]])
        )
    assert "16 angka" in str(refused.value)
    assert "3201010101900001" not in str(refused.value)
