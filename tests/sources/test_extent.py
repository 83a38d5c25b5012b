"""A small file that claims a vast table is refused before anything is reserved for it."""

import csv
import io
import zipfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from ektp_analytics.errors import Refused
from ektp_analytics.sources.extent import (
    EXCEL_COLUMNS,
    check_parquet_extent,
    check_workbook_extent,
    text_width,
)

MOST = 50_000_000
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><table:table>{rows}'
    "</table:table></office:document-content>"
)
CELL = '<table:table-cell office:value-type="float" office:value="3"{more}/>'


def workbook(path: Path, *places: tuple[int, int]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, column in places:
            sheet.write_number(row, column, 3)
    return path


def calc(path: Path, rows: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", ODS.format(rows=rows))
    return path


def row(cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def repeated(times: int, cell: str = CELL) -> str:
    return cell.format(more=f' table:number-columns-repeated="{times}"')


EMPTY = "<table:table-cell{more}/>"


@pytest.mark.parametrize(
    "places", [[(1_048_575, 16_383)], [(0, 16_383), (1_048_575, 0)], [(1_048_575, 60), (0, 0)]]
)
def test_a_cell_in_the_last_corner_is_refused(places: list, tmp_path: Path) -> None:
    """Excel's last cell is XFD1048576; all cells up to it are 17.2 thousand million."""
    path = workbook(tmp_path / "a.xlsx", *places)
    assert path.stat().st_size < 10_000
    with pytest.raises(Refused) as refused:
        check_workbook_extent(path, MOST)
    assert [finding.rule for finding in refused.value.findings] == ["too_many_cells"]


@pytest.mark.parametrize("places", [[(0, 16_383)], [(1_048_575, 25)], [(9_998, 700)]])
def test_a_long_or_a_wide_table_is_not(places: list, tmp_path: Path) -> None:
    check_workbook_extent(workbook(tmp_path / "a.xlsx", *places), MOST)


@pytest.mark.parametrize(
    "rows",
    [
        row(repeated(1), 1_000_000_000) + row(repeated(60)),
        row(repeated(100_000_000)),
        row(repeated(100_000_000, EMPTY) + CELL.format(more="")),
        row(EMPTY.format(more=""), 1_000_000_000) + row(repeated(60)),
    ],
)
def test_repetitions_are_counted(rows: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        check_workbook_extent(calc(tmp_path / "a.ods", rows), MOST)
    assert [finding.rule for finding in refused.value.findings] == ["too_many_cells"]


def test_empty_cells_after_the_last_value_claim_nothing(tmp_path: Path) -> None:
    """LibreOffice fills every sheet with repeated empty cells to its last row and column."""
    rows = row(repeated(9) + repeated(16_375, EMPTY)) + row(repeated(16_384, EMPTY), 1_048_575)
    check_workbook_extent(calc(tmp_path / "a.ods", rows), MOST)


def test_a_part_is_read_no_further_than_it_says(tmp_path: Path) -> None:
    """A ZIP entry whose header gives 1,000 bytes for 50 million."""
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * 50_000_000)
    true, told = (50_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(true, told))
    with pytest.raises(Refused) as refused:
        check_workbook_extent(path, MOST)
    assert [finding.rule for finding in refused.value.findings] == ["file_unreadable"]


def test_a_binary_workbook_is_refused_for_its_extent_cannot_be_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
    with pytest.raises(Refused) as refused:
        check_workbook_extent(tmp_path / "a.xlsx", MOST)
    assert [finding.rule for finding in refused.value.findings] == ["file_kind_unknown"]


def test_a_value_repeated_in_parquet_is_counted(tmp_path: Path) -> None:
    """Parquet keeps runs of one value as one: a million values in under 10 kB."""
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"waktu": pa.array([3] * 1_000_000, pa.int8())}), path)
    assert path.stat().st_size < 10_000
    with pytest.raises(Refused):
        check_parquet_extent(path, 999_999)
    check_parquet_extent(path, 1_000_000)


def test_a_line_of_separators_is_refused() -> None:
    text = "a,b\n1,2\n" + "," * EXCEL_COLUMNS
    with pytest.raises(Refused):
        text_width(text, ",", csv.QUOTE_MINIMAL, "a.csv")


def test_separators_inside_quotation_marks_are_text() -> None:
    text = 'a,b\n1,"' + "," * EXCEL_COLUMNS + '"\n'
    assert text_width(text, ",", csv.QUOTE_MINIMAL, "a.csv") == 2


@pytest.mark.parametrize("columns", [1, 2, 40])
def test_the_width_is_that_of_the_widest_line(columns: int) -> None:
    frame = pd.DataFrame([[1] * columns])
    text = "judul\n" + frame.to_csv(index=False, header=False)
    assert text_width(text, ",", csv.QUOTE_MINIMAL, "a.csv") == columns
    assert len(next(csv.reader(io.StringIO(frame.to_csv(header=False, index=False))))) == columns


@pytest.fixture(scope="module")
def old_workbook() -> bytes:
    """Write a small XLS."""
    import xlwt

    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("a")
    for place in range(9):
        sheet.write(0, place, f"u{place + 1}")
        sheet.write(1, place, 3)
    sheet.write(2, 0, 3.14159265)
    sheet.write(3, 4, 3)
    book.save(out)
    return out.getvalue()


def changed(content: bytes, record: int, at: int, value: bytes) -> bytes:
    """Write bytes into the first record of a kind ([MS-XLS] 2.1.4: kind, length, content)."""
    place = content.index(b"\x09\x08\x10\x00")
    while int.from_bytes(content[place : place + 2], "little") != record:
        place += 4 + int.from_bytes(content[place + 2 : place + 4], "little")
        assert place < len(content), "no such record"
    begin = place + 4 + at
    return content[:begin] + value + content[begin + len(value) :]


FAR = b"\xff\xff"


@pytest.mark.parametrize(
    ("record", "at", "value"),
    [
        (0x0200, 0, (200).to_bytes(4, "little")),  # a sheet that begins below its end
        (0x0200, 4, b"\xff\xff\xff\x0f"),  # 268 million rows
        (0x00FC, 4, b"\xff\xff\xff\x7f"),  # two thousand million strings
        (0x00FD, 0, FAR + FAR),  # a cell in row and column 65,536
        (0x0203, 0, FAR + FAR),
        (0x027E, 0, FAR + FAR),
    ],
)
def test_an_old_workbook_claims_no_more_than_it_can_hold(
    record: int, at: int, value: bytes, old_workbook: bytes, tmp_path: Path
) -> None:
    """What byte changes made the cell reader reserve 8 GB for; the process ended."""
    (tmp_path / "a.xls").write_bytes(changed(old_workbook, record, at, value))
    with pytest.raises(Refused):
        check_workbook_extent(tmp_path / "a.xls", MOST)


@pytest.mark.parametrize("place", [40, 44, 64, 72])
def test_a_container_counts_no_more_sectors_than_bytes(
    place: int, old_workbook: bytes, tmp_path: Path
) -> None:
    """Numbers of sectors in the header of [MS-CFB] 2.2."""
    content = old_workbook[:place] + b"\xff\xff\xff\x7f" + old_workbook[place + 4 :]
    (tmp_path / "a.xls").write_bytes(content)
    with pytest.raises(Refused):
        check_workbook_extent(tmp_path / "a.xls", MOST)


def test_a_chain_of_sectors_in_a_circle_is_refused(old_workbook: bytes, tmp_path: Path) -> None:
    """Sector 1 is followed by sector 1."""
    table = old_workbook.index((1).to_bytes(4, "little") + (2).to_bytes(4, "little"), 512)
    circle = old_workbook[: table + 4] + (1).to_bytes(4, "little") + old_workbook[table + 8 :]
    (tmp_path / "a.xls").write_bytes(circle)
    with pytest.raises(Refused):
        check_workbook_extent(tmp_path / "a.xls", MOST)


def test_an_old_workbook_as_it_is_passes(old_workbook: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(old_workbook)
    check_workbook_extent(tmp_path / "a.xls", MOST)


def test_a_table_of_strings_says_no_more_than_it_holds(tmp_path: Path) -> None:
    """The cell reader reserves room for as many strings as the part claims."""
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/sharedStrings.xml", '<sst count="3" uniqueCount="4000000000"/>')
    with pytest.raises(Refused):
        check_workbook_extent(tmp_path / "a.xlsx", MOST)
