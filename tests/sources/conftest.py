"""Files as offices keep them, written for real in the format asked for."""

import csv
import io

import pandas as pd
import pytest


def write_rows(path, rows, **options):
    """Write rows of cells as the format that the file name says."""
    writer = {
        ".csv": _csv, ".tsv": _csv, ".txt": _csv, ".xlsx": _xlsx, ".xls": _xls, ".ods": _ods,
        ".parquet": _parquet,
    }[path.suffix]  # fmt: skip
    writer(path, rows, **options)
    return path


def _csv(path, rows, separator=",", encoding="utf-8"):
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding, errors="replace"))


def _xlsx(path, rows, date_1904=False, sheet="Data"):
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"date_1904": date_1904})
    page = book.add_worksheet(sheet)
    stamp = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if hasattr(cell, "year"):
                page.write_datetime(r, c, cell, stamp)
            elif isinstance(cell, str):
                page.write_string(r, c, cell) if cell else None
            elif cell is not None:
                page.write(r, c, cell)
    book.close()


def _xls(path, rows, dates_1904=False):
    import xlwt

    book = xlwt.Workbook()
    book.dates_1904 = dates_1904
    page = book.add_sheet("Data")
    stamp = xlwt.easyxf(num_format_str="DD/MM/YYYY HH:MM")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell in ("", None):
                continue
            page.write(r, c, cell, stamp) if hasattr(cell, "year") else page.write(r, c, cell)
    book.save(str(path))


def _ods(path, rows):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    table = Table(name="Data")
    for row in rows:
        line = TableRow()
        for cell in row:
            if isinstance(cell, (int, float)):
                line.addElement(TableCell(valuetype="float", value=str(cell)))
            elif hasattr(cell, "year"):
                line.addElement(TableCell(valuetype="date", datevalue=cell.isoformat()))
            else:
                filled = TableCell(valuetype="string") if cell else TableCell()
                if cell:
                    filled.addElement(P(text=str(cell)))
                line.addElement(filled)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(path))


def _parquet(path, rows):
    header, *body = rows
    frame = pd.DataFrame(body, columns=[str(h) for h in header]).astype(str)
    frame.to_parquet(path)


@pytest.fixture(scope="session")
def rows_writer():
    """Return the function that writes rows in a file's format."""
    return write_rows


@pytest.fixture
def write(tmp_path):
    """Write rows under a file name and return the path."""

    def _write(name, rows, **options):
        return write_rows(tmp_path / name, rows, **options)

    return _write


@pytest.fixture(autouse=True)
def _own_key(tmp_path, monkeypatch):
    """Keep the key of pseudonyms away from the settings of whoever runs the tests."""
    from ektp_analytics import privacy

    monkeypatch.setenv(privacy.KEY_VARIABLE, str(tmp_path / "settings" / "pseudonym.key"))
    privacy._key.cache_clear()
    yield
    privacy._key.cache_clear()
