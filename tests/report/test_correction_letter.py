"""The letter that sends data back: worst first, one page, nothing that names a person."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from ektp_analytics.errors import Finding
from ektp_analytics.report.correction_letter import (
    Item,
    correction_letter,
    first_page,
    letter_items,
)
from ektp_analytics.sources.result import FileAccount
from ektp_analytics.workspace import Office

ACCOUNT = FileAccount("survei.xlsx", "survey", "0" * 64, "Data", 120, 110, 8, 2)
OFFICE = Office(
    id="satu",
    name="Disdukcapil Satu",
    short_name="Disdukcapil Satu",
    region="Kabupaten Satu",
    code="16.07",
    profile={"letterhead": {"lines": ["PEMERINTAH KABUPATEN SATU", "DINAS"], "address": "Jalan 1"}},
)


def _wrong(row: int, column: str = "Waktu", value: str = "5") -> Finding:
    return Finding(
        rule="answer_out_of_scale", severity="error", source="survey", file="survei.xlsx",
        row=row, column=column, value=value, details={"key": column},
    )  # fmt: skip


def _warning(row: int) -> Finding:
    return Finding(
        rule="row_repeated", severity="warning", source="survey", file="survei.xlsx", row=row
    )


NOTE = Finding(rule="example_line", severity="note", file="survei.xlsx")


def _texts(content: bytes) -> list[str]:
    document = Document(io.BytesIO(content))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return [p.text for p in document.paragraphs] + cells


def test_errors_stand_before_warnings_and_the_most_frequent_first() -> None:
    findings = [_warning(3), _warning(4), _wrong(9, "Biaya"), _wrong(5), _wrong(6), NOTE]
    items = letter_items(findings)
    assert [item.place for item in items] == [
        "survei.xlsx, kolom “Waktu”, 2 baris: 5, 6",
        "survei.xlsx, kolom “Biaya”, baris 9",
        "survei.xlsx, 2 baris: 3, 4",
    ]
    assert "“5”" in items[0].found and items[0].remedy


def test_many_rows_are_counted_and_the_first_named() -> None:
    (item,) = letter_items([_wrong(row) for row in range(2, 60)])
    assert item.place.endswith("58 baris: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, …")


def test_the_letter_says_who_what_and_what_to_do() -> None:
    content = correction_letter(
        "survei.xlsx", [ACCOUNT], [_wrong(5), _wrong(6), _warning(3)], office=OFFICE
    )
    text = "\n".join(_texts(content))
    assert "PEMERINTAH KABUPATEN SATU" in text and "Jalan 1" in text
    assert "dibaca 120 baris, dipakai 110, ditolak 8, dan 2" in text
    assert "Ditemukan 2 kesalahan dan 1 peringatan." in text
    assert "Lampiran: semua temuan" not in text
    assert "Letter" not in text


def test_it_reads_in_english() -> None:
    text = "\n".join(_texts(correction_letter("a.csv", [ACCOUNT], [_wrong(5)], lang="en")))
    assert "There are 1 errors and 0 warnings." in text and "What was found" in text
    assert "Ditemukan" not in text and "kolom" not in text


def test_a_clean_file_is_thanked_for() -> None:
    text = "\n".join(_texts(correction_letter("a.csv", [ACCOUNT], [NOTE])))
    assert "Berkas sudah dapat dipakai" in text


def test_a_file_that_cannot_be_read() -> None:
    missing = Finding(rule="file_empty", severity="error", file="a.csv")
    text = "\n".join(_texts(correction_letter("a.csv", [], [missing])))
    assert "belum dapat dibaca sebagai tabel" in text


def test_what_does_not_fit_one_page_stands_in_the_annex() -> None:
    findings = [_wrong(row, f"Kolom {row}") for row in range(2, 40)]
    content = correction_letter("survei.xlsx", [ACCOUNT], findings)
    document = Document(io.BytesIO(content))
    _, on_page, annex = document.tables
    assert len(annex.rows) - 1 == len(findings)
    assert 0 < len(on_page.rows) - 1 < len(findings)
    left = len(findings) - (len(on_page.rows) - 1)
    assert f"{left} butir lain ada pada lampiran." in _texts(content)


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice to count pages with")
@pytest.mark.parametrize("length", [1, 30])
def test_the_first_page_is_one_page(tmp_path: Path, length: int) -> None:
    findings = [_wrong(row, f"Kolom {row} " + "yang panjang " * length) for row in range(2, 60)]
    what = "data/raw/satu/2025-Q1/survei.xlsx"
    (tmp_path / "surat.docx").write_bytes(
        correction_letter(what, [ACCOUNT], findings, office=OFFICE)
    )
    home = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "pdf", "surat.docx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pages = [page.extract_text() for page in PdfReader(tmp_path / "surat.pdf").pages]
    assert "Petugas pengolah data" in pages[0]
    assert pages[1].startswith("Lampiran: semua temuan")


@given(
    st.lists(
        st.builds(Item, st.text(max_size=200), st.text(max_size=400), st.text(max_size=400)),
        min_size=1,
        max_size=40,
    )
)
def test_the_first_page_never_holds_more_lines_than_fit(items: list[Item]) -> None:
    fits = 24
    count = first_page(items, fits)
    assert 1 <= count <= len(items)
    assert count == 1 or sum(item.lines for item in items[:count]) <= fits
    if count < len(items):
        assert sum(item.lines for item in items[: count + 1]) > fits


@pytest.mark.parametrize("value", ["3201234567890001", "0812-3456-7890", "ani@contoh.id"])
def test_no_number_or_address_of_a_person_is_in_it(value: str) -> None:
    text = "\n".join(_texts(correction_letter("a.csv", [ACCOUNT], [_wrong(5, value=value)])))
    assert value not in text


def test_the_document_names_no_author_and_no_computer() -> None:
    document = Document(io.BytesIO(correction_letter("a.csv", [ACCOUNT], [_wrong(5)])))
    properties = document.core_properties
    assert properties.author == "" and properties.last_modified_by in ("", None)
    assert properties.title == "Surat perbaikan data"
