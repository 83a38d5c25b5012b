"""How large a table is before it is opened: a small file can claim billions of cells.

A sheet with one cell in its last corner, a row said to be repeated a billion times, a line
of a million separators: whoever opens these reserves memory for every cell in between, and
the process ends without a word. So the extent is counted first.
"""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from ektp_analytics.errors import Refused, refuse
from ektp_analytics.sources.biff import workbook_stream
from ektp_analytics.sources.workbook_parts import column_number

# Excel's own limits: no sheet has more rows or columns.
EXCEL_ROWS, EXCEL_COLUMNS = 1_048_576, 16_384
# Records of an XLS that place a cell ([MS-XLS] 2.4), and those that place several in a row.
_BIFF_START, _BIFF_SHEET, _BIFF_PLACE = b"\x09\x08", 0x0085, 4
_BIFF_STRINGS, _BIFF_EXTENT = 0x00FC, 0x0200
_EXTENT_FORMS = {10: "<4H", 14: "<2I2H"}
_CFB_COUNTS = (40, 44, 64, 72)  # sectors of the directory, table, small table, table of tables
_BIFF_SEVERAL = frozenset({0x00BD, 0x00BE})
_BIFF_CELLS = _BIFF_SEVERAL | {0x0006, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E}
_DAMAGED = (
    zipfile.BadZipFile, struct.error, KeyError, IndexError, ValueError, NotImplementedError,
    RuntimeError, EOFError, OSError, zlib.error,
)  # fmt: skip
_LETTERS, _DIGITS = 26, 12
_BINARY_WORKBOOK = "xl/workbook.bin"
# How many strings the table of strings says it has: <sst count="27" uniqueCount="9">.
_STRING_COUNT = re.compile(rb"\buniqueCount\s*=\s*[\"'](\d+)")
_HEAD = 5_000
# A reference to a column beyond Z: r="AB12".
_FAR_COLUMNS = (re.compile(rb'r="([A-Z]{2,3})\d'), re.compile(rb"r='([A-Z]{2,3})\d"))
_ROW = rb"\br=[\"'][A-Z]{0,3}\d{%d,}[\"']"
_ROW_DIGITS = (7, 6, 5, 4)
_ODS_PIECE = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)(?![-\w])([^>]*)>")
_REPEATED_ROWS = re.compile(rb"\btable:number-rows-repeated=[\"'](\d+)")
_REPEATED_COLUMNS = re.compile(rb"\btable:number-columns-repeated=[\"'](\d+)")


def check_workbook_extent(path: Path, most: int) -> None:
    """Refuse a workbook one of whose sheets claims more cells than `most`.

    Parameters
    ----------
    path
        XLSX, XLSM, XLS or ODS.
    most
        Cells of a sheet, rows times columns from the first to the last used.

    Raises
    ------
    Refused
        When a sheet is larger, or the file is damaged.
    """
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                if _BINARY_WORKBOOK in archive.namelist():
                    raise refuse("file_kind_unknown", file=path.name, kinds="XLSX, XLS, ODS, CSV")
                largest = max(_extents(archive), default=0)
        else:
            largest = max(_old_extents(path.read_bytes()), default=0)
    except _DAMAGED as problem:
        raise refuse("file_unreadable", file=path.name) from problem
    if largest > most:
        raise too_many_cells(path.name, most)


def _old_extents(raw: bytes) -> Iterator[int]:
    """Yield the extent of each sheet of an XLS, whose damaged cells may claim 65,536 columns.

    Raises
    ------
    ValueError, KeyError, struct.error
        When a count in it is larger than the file could hold; the cell reader would reserve
        memory for it.
    """
    _check_container_counts(raw)
    stream = workbook_stream(raw)
    if stream[:2] != _BIFF_START:
        raise KeyError("BOF")
    starts = {0}
    for kind, data in records(stream, 0):
        if kind == _BIFF_SHEET:
            starts.add(int.from_bytes(data[:4], "little"))
        if kind == _BIFF_STRINGS and int.from_bytes(data[4:8], "little") > len(stream):
            raise ValueError("more strings than bytes")
    for start in starts:
        yield from _old_sheet_extents(stream, start)


def _check_container_counts(raw: bytes) -> None:
    """Refuse an OLE container ([MS-CFB] 2.2) that counts more sectors than it has bytes."""
    for place in _CFB_COUNTS:
        if int.from_bytes(raw[place : place + 4], "little") > len(raw):
            raise ValueError("more sectors than bytes")


def _old_sheet_extents(stream: bytes, start: int) -> Iterator[int]:
    """Yield what a sheet says of its extent, and what its cells say."""
    rows = columns = 0
    for kind, data in records(stream, start):
        if kind == _BIFF_EXTENT:
            first, last, left, right = struct.unpack_from(_EXTENT_FORMS[len(data)], data)
            if last and right and (last < first or right < left):
                raise ValueError("an extent that ends before it begins")
            yield (last - first) * (right - left)
        if kind in _BIFF_CELLS and len(data) >= _BIFF_PLACE:
            row, column = struct.unpack_from("<HH", data)
            if kind in _BIFF_SEVERAL:
                column = max(column, int.from_bytes(data[-2:], "little"))
            rows, columns = max(rows, row + 1), max(columns, column + 1)
    yield rows * columns


def records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield kind and content of the records of an XLS from a place to the end."""
    position = start
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        yield kind, stream[position + 4 : position + 4 + length]
        position += 4 + length


def too_many_cells(file: str, most: int) -> Refused:
    """Return the refusal of a table with too many cells."""
    return refuse("too_many_cells", file=file, limit=f"{most:,}".replace(",", "."))


def check_parquet_extent(path: Path, most: int) -> None:
    """Refuse a Parquet file of more cells than `most`; a repeated value takes no room in it."""
    import pyarrow
    import pyarrow.parquet as pq

    try:
        known = pq.read_metadata(path)
    except (OSError, ValueError, pyarrow.ArrowException) as problem:
        raise refuse("file_unreadable", file=path.name) from problem
    if known.num_rows * known.num_columns > most:
        raise too_many_cells(path.name, most)


def text_width(text: str, separator: str, quoting: int, file: str) -> int:
    """Return the columns of the widest line of a text table, at most as many as Excel's.

    Separators inside quotation marks are counted too unless that would be too many.

    Raises
    ------
    Refused
        When a line has more columns than a sheet of Excel.
    csv.Error
        When a quotation mark is never closed.
    """
    width = max(line.count(separator) for line in text.split("\n")) + 1
    if width > EXCEL_COLUMNS and quoting != csv.QUOTE_NONE:
        width = max(len(record) for record in csv.reader(io.StringIO(text), delimiter=separator))
    if width > EXCEL_COLUMNS:
        raise refuse("too_many_columns", file=file, limit=EXCEL_COLUMNS)
    return width


def _extents(archive: zipfile.ZipFile) -> Iterator[int]:
    """Yield an upper bound of the cells of each sheet, whatever its part is called."""
    for entry in archive.infolist():
        with archive.open(entry) as stream:
            part = stream.read(entry.file_size)  # no more than it says, whatever is packed
        if entry.filename == "content.xml":
            yield from _table_extents(part)
        elif b"sheetData" in part:
            yield _sheet_extent(part)
        for count in _STRING_COUNT.findall(part[:_HEAD]):
            if int(count[:_DIGITS]) > len(part):
                raise ValueError("more strings than bytes")


def _sheet_extent(part: bytes) -> int:
    """Bound the cells of a sheet by its last column and the length of its row numbers."""
    far = {letters for pattern in _FAR_COLUMNS for letters in set(pattern.findall(part))}
    columns = max((column_number(letters.decode()) + 1 for letters in far), default=_LETTERS)
    if columns == _LETTERS:
        return columns * EXCEL_ROWS
    digits = next((d for d in _ROW_DIGITS if re.search(_ROW % d, part)), min(_ROW_DIGITS) - 1)
    rows: int = min(10**digits, EXCEL_ROWS)
    return columns * rows


def _table_extents(content: bytes) -> Iterator[int]:
    """Yield the cells up to the last one with a value, with all repetitions."""
    rows = last = widest = place = 0
    times = 1
    for kind, attributes in _ODS_PIECE.findall(content):
        if kind.endswith(b"cell"):
            place += _times(_REPEATED_COLUMNS, attributes)
            if b"office:value-type" in attributes:
                last, widest = rows + times, max(widest, place)
            continue
        if kind == b"table":
            yield last * widest
            rows, last, widest, times = 0, 0, 0, 0
        rows, place = rows + times, 0
        times = _times(_REPEATED_ROWS, attributes) if kind == b"table-row" else 0
    yield last * widest


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1][:_DIGITS]) if found else 1
