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
