"""Tables of printed figures as files hold them: nothing turned into numbers, rows as shown."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.sources.published_tables import read_published

Write = Callable[..., Path]
HEADER = ["Kecamatan", "Wajib KTP", "Sudah Rekam", "%", "Belum Rekam"]
ROWS = [["Betung", "1.000", "900", "90,0", "100"], ["Sembawa", "2.000", "1.500", "75,0", "500"]]
SHARED = Path(__file__).parents[2].parent / "shared" / "data"


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.ods", "a.xls", "a.parquet"])
def test_every_format_gives_the_same_texts(write: Write, name: str) -> None:
    table = read_published(write(name, [HEADER, *ROWS]))
    assert table.frame.to_numpy().tolist() == ROWS
    assert list(table.frame.index) == [2, 3]
    assert table.layout == "rows"


def test_numbers_of_a_spreadsheet_keep_their_shortest_form(write: Write) -> None:
    table = read_published(write("a.xlsx", [HEADER, ["Betung", 1000, 900.0, 85.02, 100]]))
    assert table.frame.to_numpy().tolist() == [["Betung", "1000", "900", "85.02", "100"]]


def test_titles_remarks_and_column_numbers_are_no_rows(write: Write) -> None:
    rows = [["REKAP PEREKAMAN"], [], HEADER, ["1", "2", "3", "4", "5"], *ROWS,
            ["Jumlah", "3.000", "2.400", "80,0", "600"], ["Sumber: SIAK"]]  # fmt: skip
    table = read_published(write("a.csv", [r + [""] * (5 - len(r)) for r in rows]))
    assert list(table.frame.index) == [5, 6, 7]
    assert table.titles == ("REKAP PEREKAMAN",)


def test_a_row_without_figures_above_the_total_stays(write: Write) -> None:
    """Its blanks are why the total cannot be checked."""
    rows = [HEADER, ["Betung", "", "", "", ""], ROWS[1], ["Jumlah", "2.000", "1.500", "75", "500"]]
    assert list(read_published(write("a.csv", rows)).frame.index) == [2, 3, 4]


def test_columns_that_were_not_recognised_are_named(write: Write) -> None:
    rows = [[*HEADER, "Kepala Keluarga", "Camat"], [*ROWS[0], "340", "Bapak X"]]
    assert read_published(write("a.csv", rows)).unused == ("Kepala Keluarga",)


def test_two_candidates_for_one_column_are_named(write: Write) -> None:
    rows = [["Kecamatan", "Wajib KTP", "Sudah Rekam", "Sudah Rekam"], ["Betung", "9", "8", "7"]]
    with pytest.raises(Refused, match="C, D"):
        read_published(write("a.csv", rows))


def test_a_blank_header_left_of_the_figures_is_a_label(write: Write) -> None:
    rows = [["", "Wajib KTP", "Sudah Rekam"], ["Betung", "10", "9"], ["Jumlah", "10", "9"]]
    table = read_published(write("a.csv", rows))
    assert table.columns_with("label") == ("[A]",)


def test_no_known_header_names_what_there_is(write: Write) -> None:
    with pytest.raises(Refused, match="“Alpha”, “Beta”"):
        read_published(write("a.csv", [["Alpha", "Beta"], ["1", "2"]]))


def test_an_unknown_sheet_and_several_sheets(write: Write, tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "b.xlsx"))
    for name in ("Satu", "Dua"):
        page = book.add_worksheet(name)
        for r, row in enumerate([HEADER, *ROWS]):
            page.write_row(r, 0, row)
    book.close()
    with pytest.raises(Refused, match="Satu"):
        read_published(tmp_path / "b.xlsx")
    assert read_published(tmp_path / "b.xlsx", sheet="Dua").frame.shape == (2, 5)
    with pytest.raises(Refused, match="Tiga"):
        read_published(tmp_path / "b.xlsx", sheet="Tiga")


def test_a_formula_without_a_value_is_refused(tmp_path: Path) -> None:
    """Written by a program and never opened: public case S28."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(["Betung", 1000, 900, "=C2/B2*100", 100])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(Refused, match="rumus"):
        read_published(tmp_path / "a.xlsx")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not here")
@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("ktp_el_recording_published_figures.csv", (16, 12)),
        ("skm_published_indices.csv", (6, 17)),
        ("bolmong_2021_kecamatan_registration.csv", (15, 18)),
    ],
)
def test_the_collected_tables_are_recognised_whole(name: str, shape: tuple[int, int]) -> None:
    """All columns have a role, but the number of heads of family."""
    table = read_published(SHARED / name)
    assert table.frame.shape == shape
    assert set(table.unused) <= {"kepala_keluarga"}
