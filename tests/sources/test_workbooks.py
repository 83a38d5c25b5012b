"""Workbooks as offices keep them: merged headers, formulas, hidden sheets, damaged files."""

import datetime as dt

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
import xlwt

from ektp_analytics.errors import Refused
from ektp_analytics.sources.files import ReadLimits
from ektp_analytics.sources.service_log import read_service_log
from ektp_analytics.sources.survey import read_survey

HEADER = ["Persyaratan", "Prosedur", "Waktu"]


def rules(findings):
    return {f.rule for f in findings}


def refusal(path, **settings):
    with pytest.raises(Refused) as refused:
        read_survey(path, **settings)
    return refused.value.findings


def test_s26_a_merged_header_of_two_rows(tmp_path):
    """S26: Unsur merged over nine cells, U1…U9 below: nine columns."""
    path = tmp_path / "s.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "No")
    sheet.merge_range(0, 1, 0, 9, "Unsur")
    sheet.write_row(1, 1, [f"U{k}" for k in range(1, 10)])
    sheet.write_row(2, 0, [1, 1, 2, 3, 4, 1, 2, 3, 4, 1])
    book.close()
    table = read_survey(path).table
    assert table.drop(columns="respondent_no").iloc[0].tolist() == [1, 2, 3, 4, 1, 2, 3, 4, 1]


@pytest.mark.parametrize("formula", ["=AVERAGE(B2:B9)", "=1+1"])
def test_s28_a_formula_without_a_stored_value_is_an_error(tmp_path, formula):
    """S28: written by a program and never opened in Excel; not a blank."""
    path = tmp_path / "s.xlsx"
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append([formula, 3, 4])
    book.save(path)
    findings = refusal(path)
    assert [(f.rule, f.row, f.column) for f in findings] == [
        ("formula_without_value", 2, "Persyaratan")
    ]
    assert "Buka berkas di Excel" in findings[0].remedy


def test_a_zero_that_was_never_computed_is_no_value(tmp_path):
    """A program stores 0 and asks Excel to calculate on opening ([MS-OI29500] fullCalcOnLoad)."""
    path = tmp_path / "s.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, [4, 3])
    sheet.write_formula(1, 2, "=A2-B2")
    book.close()
    assert rules(refusal(path)) == {"formula_without_value"}


def test_a_formula_with_its_value_is_a_value(tmp_path):
    """What Excel computed and stored is read."""
    path = tmp_path / "s.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, [4, 3])
    sheet.write_formula(1, 2, "=A2-B2+1", None, 2)
    book.close()
    assert read_survey(path).table["waktu"].tolist() == [2]


def test_formulas_without_value_in_other_formats(tmp_path):
    """XLS: a text result without its text; ODS: a formula without a value type."""
    old = tmp_path / "s.xls"
    book = xlwt.Workbook()
    page = book.add_sheet("Data")
    for column, name in enumerate(HEADER):
        page.write(0, column, name)
        page.write(1, column, 3) if column else page.write(1, 0, xlwt.Formula("1+1"))
    book.save(str(old))
    assert [(f.rule, f.row) for f in refusal(old)] == [("formula_without_value", 2)]
    assert rules(refusal(_ods_with_formula(tmp_path / "s.ods"))) == {"formula_without_value"}


def _ods_with_formula(path):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book, table = OpenDocumentSpreadsheet(), Table(name="Data")
    header, row = TableRow(), TableRow()
    for name in HEADER:
        cell = TableCell(valuetype="string")
        cell.addElement(P(text=name))
        header.addElement(cell)
    row.addElement(TableCell(formula="of:=1+1"))
    row.addElement(TableCell(valuetype="float", value="3"))
    row.addElement(TableCell(valuetype="float", value="4"))
    table.addElement(header)
    table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(path))
    return path


def test_an_error_cell_is_no_blank(tmp_path):
    """#DIV/0! in a count is named; the reader of cells alone would give an empty cell."""
    path = tmp_path / "s.xlsx"
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append([4, 4, 4])
    book.active["C2"].value = "#DIV/0!"
    book.active["C2"].data_type = "e"
    book.save(path)
    finding = next(f for f in read_survey(path).findings if f.rule == "answer_unknown")
    assert (finding.row, finding.value) == (2, "#DIV/0!")


def test_titles_column_numbers_totals_and_signatures_are_no_data(write):
    """Reports of offices: titles above, 1 2 3 … below the header, NRR and signature below."""
    header = ["No", *[f"U{k}" for k in range(1, 10)]]
    rows = [
        ["PENGOLAHAN SURVEI"], ["Triwulan I 2025"], header, list(range(1, 11)),
        [1, *[4] * 9], [2, *[3] * 9],
        ["Jumlah", *[7] * 9], ["NRR per unsur", *[3.5] * 9], ["IKM Unit Pelayanan", 87.5],
        ["Mutu Pelayanan", "B"], [], ["", "Contoh, 3 April 2025"], ["", "Kepala Dinas,"],
    ]  # fmt: skip
    result = read_survey(write("s.xlsx", rows))
    assert result.account() == {"read": 2, "kept": 2, "rejected": 0, "repeats": 0}
    named = [f.value for f in result.findings if f.rule == "summary_line"]
    assert named == ["Jumlah", "NRR per unsur", "IKM Unit Pelayanan", "Mutu Pelayanan"]
    assert [f.row for f in result.findings if f.rule == "footer_line"] == [12, 13]
    assert [f.row for f in result.findings if f.rule == "header_line"] == [4]


def test_the_legend_of_the_processing_sheet_is_no_data(write):
    """PermenPAN-RB 14/2017, annex: below the sums stand keys of the signs and the bands."""
    rows = [
        ["PENGOLAHAN SURVEI KEPUASAN MASYARAKAT PER RESPONDEN"],
        ["No. Resp", "NILAI UNSUR PELAYANAN"],
        ["", *[f"U{k}" for k in range(1, 10)]],
        *[[k, *[3] * 9] for k in range(1, 13)],
        ["ΣNilai /Unsur", *[36] * 9], ["NRR / Unsur", *[3] * 9],
        ["IKM Unit pelayanan", *[""] * 8, 75],
        ["Keterangan :"], ["- U1 s.d. U9", ": Unsur pelayanan"],
        ["A (Sangat Baik)", ": 88,31 - 100,00"],
    ]  # fmt: skip
    assert read_survey(write("s.xlsx", rows)).account() == {
        "read": 12, "kept": 12, "rejected": 0, "repeats": 0,
    }  # fmt: skip


def test_a_header_repeated_on_every_printed_page_is_no_data(write):
    """Prints repeat the header; the row is named and not counted."""
    result = read_survey(write("s.csv", [HEADER, [4, 4, 4], HEADER, [3, 3, 3]]))
    assert result.read == 2
    assert [f.row for f in result.findings if f.rule == "header_line"] == [3]


def test_the_example_row_of_a_template_is_skipped(write):
    """The template's own example row, known by its first cell."""
    rows = [["No. responden", *HEADER], ["Contoh (baris ini dilewati)", 4, 4, 4], ["1", 3, 3, 3]]
    result = read_survey(write("s.xlsx", rows))
    assert result.read == 1
    assert "example_line" in rules(result.findings)


def test_a_merged_cell_stands_for_all_its_rows(tmp_path):
    """A service merged over the rows of its requests belongs to each of them."""
    path = tmp_path / "log.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Jenis layanan", "Nomor permohonan", "Waktu daftar"])
    sheet.merge_range(1, 0, 2, 0, "Rekam KTP-el")
    sheet.write_row(1, 1, ["A", "2025-03-01"])
    sheet.write_row(2, 1, ["B", "2025-03-02"])
    book.close()
    assert read_service_log(path).table["service"].tolist() == ["Rekam KTP-el"] * 2


def test_hidden_sheets_are_told_and_left_out(tmp_path):
    """A hidden sheet is not what the office shows; its name is told."""
    path = tmp_path / "s.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name, value in (("Tampak", 4), ("Lama", 1)):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, [value] * 3)
    sheet.hide()
    book.close()
    result = read_survey(path)
    assert result.table["waktu"].tolist() == [4]
    assert [f.sheet for f in result.findings if f.rule == "sheet_hidden"] == ["Lama"]


def _two_sheets(path, names):
    book = xlsxwriter.Workbook(str(path))
    for value, name in enumerate(names, start=3):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, [value] * 3)
    book.close()
    return path


def test_several_sheets_are_asked_about(tmp_path):
    """Two sheets that hold the source: none is taken by luck; --sheet chooses."""
    path = _two_sheets(tmp_path / "s.xlsx", ["Loket", "Kecamatan"])
    assert rules(refusal(path)) == {"sheets_several"}
    assert read_survey(path, sheet="Kecamatan").table["waktu"].tolist() == [4]
    months = _two_sheets(tmp_path / "b.xlsx", ["Januari", "Februari"])
    assert rules(refusal(months)) == {"sheets_by_month"}
    assert rules(refusal(path, sheet="Tidak ada")) == {"sheet_unknown"}


def test_a_wrong_ending_is_read_by_its_contents(write, tmp_path):
    """A workbook named .csv, and a text named .xls, are read as what they are."""
    book = write("a.xlsx", [HEADER, [4, 3, 2]]).rename(tmp_path / "a.csv")
    text = write("b.csv", [HEADER, [4, 3, 2]], separator="\t").rename(tmp_path / "b.xls")
    for path in (book, text):
        result = read_survey(path)
        assert result.table.iloc[0].tolist() == [4, 3, 2]
        assert "file_named_otherwise" in rules(result.findings)


def test_a_web_page_named_as_a_workbook_is_refused(tmp_path):
    """Web applications export an HTML table as .xls; the refusal says how to save it."""
    path = tmp_path / "siak.xls"
    path.write_text("<html><table><tr><td>U1</td></tr></table></html>", encoding="utf-8")
    findings = refusal(path)
    assert rules(findings) == {"file_is_html"}
    assert "Simpan Sebagai" in findings[0].remedy


def test_files_that_cannot_be_opened(tmp_path, write):
    """Missing, folder, empty, unknown kind, damaged, only a header: each says what to do."""
    damaged = tmp_path / "rusak.xlsx"
    damaged.write_bytes(write("s.xlsx", [HEADER, [4, 4, 4]]).read_bytes()[:900])
    (tmp_path / "kosong.csv").touch()
    (tmp_path / "surat.docx").write_bytes(b"PK")
    (tmp_path / "folder.xlsx").mkdir()
    protected = tmp_path / "sandi.xlsx"
    protected.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    )
    expected = {
        tmp_path / "tidak-ada.xlsx": "file_missing",
        tmp_path / "folder.xlsx": "file_is_folder",
        tmp_path / "kosong.csv": "file_empty",
        tmp_path / "surat.docx": "file_kind_unknown",
        damaged: "file_unreadable",
        protected: "file_protected",
        write("judul.csv", [HEADER]): "file_has_only_header",
        write("lain.csv", [["apa", "saja", "ini"], [1, 2, 3]]): "header_not_found",
    }
    assert {path: refusal(path)[0].rule for path in expected} == expected


def test_limits_are_settings(write):
    """DESIGN, files: 200 MB, 500 MB unpacked, 2,000 columns, 100,000 characters; settings."""
    wide = write("lebar.csv", [[*HEADER, *[f"k{n}" for n in range(10)]], [4] * 13])
    long = write("panjang.csv", [[*HEADER, "Saran"], [4, 4, 4, "x" * 50]])
    book = write("besar.xlsx", [HEADER, [4, 4, 4]])
    assert rules(refusal(wide, limits=ReadLimits(columns=5))) == {"too_many_columns"}
    assert rules(refusal(long, limits=ReadLimits(cell_characters=40))) == {"cell_too_long"}
    assert rules(refusal(book, limits=ReadLimits(unpacked_megabytes=0))) == {
        "file_unpacks_too_large"
    }
    assert rules(refusal(long, limits=ReadLimits(file_megabytes=0))) == {"file_too_large"}
    assert ReadLimits() == ReadLimits(200, 500, 2_000, 100_000)


def test_dates_and_numbers_of_all_formats_agree(write):
    """One table in five formats gives one table."""
    stamp = dt.datetime(2025, 3, 12, 14, 5)
    header = ["Cap waktu", *HEADER, "Saran"]
    written = {
        "a.xlsx": [stamp, 4, 3, 2, "baik"],
        "a.xls": [stamp, 4, 3, 2, "baik"],
        "a.ods": [stamp, 4, 3, 2, "baik"],
        "a.csv": ["12/03/2025 14.05", 4, 3, 2, "baik"],
        "a.parquet": ["2025-03-12 14:05", 4, 3, 2, "baik"],
    }
    tables = [read_survey(write(name, [header, row])).table for name, row in written.items()]
    for table in tables[1:]:
        pd.testing.assert_frame_equal(table, tables[0])
