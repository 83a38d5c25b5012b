"""Date system, formulas without value and error cells of an old Excel workbook (XLS)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from ektp_analytics.sources.workbook_parts import Place, WorkbookParts

# Record types of the BIFF8 stream ([MS-XLS] 2.3).
_BOF, _EOF, _DATE_MODE, _SHEET = 0x0809, 0x000A, 0x0022, 0x0085
_FORMULA, _STRING, _BOOL_ERROR = 0x0006, 0x0207, 0x0205
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
# First byte of a formula's stored value that is no number ([MS-XLS] 2.5.133 FormulaValue).
_IS_TEXT, _IS_ERROR, _IS_EMPTY = 0, 2, 3
_VALUE, _EMPTY, _ABSENT = "value", "empty", "absent"
_NOT_AVAILABLE = 0x2A
# [MS-CFB]: streams below this size lie in small sectors; sector numbers from _FREE end a chain.
_SMALL, _SMALL_SECTOR, _FREE = 4_096, 64, 0xFFFFFFFA
Record = tuple[int, bytes]


def biff_parts(path: Path) -> dict[str, WorkbookParts]:
    """Return for each sheet of an XLS file what its records say beside the values.

    Raises
    ------
    struct.error, KeyError, IndexError
        When the container is damaged.
    """
    stream = workbook_stream(path.read_bytes())
    records = list(_records(stream, 0))
    epoch_1904 = any(kind == _DATE_MODE and data[:1] == b"\x01" for kind, data in records)
    sheets = {
        _sheet_name(data): _cells(stream, struct.unpack_from("<I", data)[0])
        for kind, data in records
        if kind == _SHEET
    }
    states = {state for cells in sheets.values() for state in cells.values()}
    # A program that never computes leaves every result an empty text; Excel leaves some.
    absent = {_ABSENT} if states & {_VALUE, *_ERRORS.values()} else {_ABSENT, _EMPTY}
    return {
        name: WorkbookParts(
            epoch_1904=epoch_1904,
            uncomputed=frozenset(p for p, state in cells.items() if state in absent),
            errors={p: state for p, state in cells.items() if state in _ERRORS.values()},
        )
        for name, cells in sheets.items()
    }


def _sheet_name(data: bytes) -> str:
    length, wide = data[6], data[7] & 1
    return data[8 : 8 + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1")


def _cells(stream: bytes, start: int) -> dict[Place, str]:
    """Return what each formula and error cell of a sheet holds."""
    found: dict[Place, str] = {}
    records = [*_records(stream, start), (_EOF, b"")]
    for (kind, data), (following, _) in pairwise(records):
        if kind == _FORMULA:
            found[_place(data)] = _formula_state(data, following)
        elif kind == _BOOL_ERROR and data[7]:
            found[_place(data)] = _ERRORS.get(data[6], _ERRORS[_NOT_AVAILABLE])
    return found


def _place(data: bytes) -> Place:
    row, column = struct.unpack_from("<HH", data)
    return row + 1, column


def _formula_state(data: bytes, following: int) -> str:
    """Return the error of a formula, or whether its stored value is there."""
    if data[12:14] != b"\xff\xff":
        return _VALUE
    if data[6] == _IS_ERROR:
        return _ERRORS.get(data[8], _ERRORS[_NOT_AVAILABLE])
    if data[6] == _IS_EMPTY:
        return _EMPTY
    return _ABSENT if data[6] == _IS_TEXT and following != _STRING else _VALUE


def _records(stream: bytes, start: int) -> Iterator[Record]:
    """Return the records of one substream, from its BOF to its EOF."""
    position, depth = start, 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        data = stream[position + 4 : position + 4 + length]
        yield kind, data
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        position += 4 + length


def workbook_stream(raw: bytes) -> bytes:
    """Return the stream "Workbook" of an OLE container ([MS-CFB]).

    Raises
    ------
    KeyError
        When there is no such stream.
    ValueError
        When its sectors run in a circle.
    """
    sector = 1 << struct.unpack_from("<H", raw, 30)[0]
    table = _sector_table(raw, sector)
    (directory_start,) = struct.unpack_from("<I", raw, 48)
    directory = _chain(raw, sector, sector, table, directory_start)
    entries = [directory[o : o + 128] for o in range(0, len(directory) - 127, 128)]
    for entry in entries:
        if _entry_name(entry) in ("Workbook", "Book"):
            start, size = struct.unpack_from("<II", entry, 116)
            if size >= _SMALL:
                return _chain(raw, sector, sector, table, start)[:size]
            return _small_stream(raw, sector, table, entries[0], start)[:size]
    raise KeyError("Workbook")


def _entry_name(entry: bytes) -> str:
    (length,) = struct.unpack_from("<H", entry, 64)
    return entry[: max(length - 2, 0)].decode("utf-16-le", errors="replace")


def _small_stream(raw: bytes, sector: int, table: list[int], root: bytes, start: int) -> bytes:
    """Return a stream below 4,096 bytes, which lies in sectors of 64 bytes inside the root's."""
    (holder,) = struct.unpack_from("<I", root, 116)
    (first,) = struct.unpack_from("<I", raw, 60)
    links = _chain(raw, sector, sector, table, first)
    small_table = list(struct.unpack(f"<{len(links) // 4}I", links))
    body = _chain(raw, sector, sector, table, holder)
    return _chain(body, 0, _SMALL_SECTOR, small_table, start)


def _sector_table(raw: bytes, sector: int) -> list[int]:
    """Return the file allocation table: the next sector of each sector."""
    heads = list(struct.unpack_from("<109I", raw, 76))
    (more,) = struct.unpack_from("<I", raw, 68)
    per_sector = sector // 4
    while more < _FREE and len(heads) * sector < len(raw) + 109 * sector:
        block = struct.unpack_from(f"<{per_sector}I", raw, (more + 1) * sector)
        heads += block[:-1]
        more = block[-1]
    table: list[int] = []
    for head in heads:
        if head < _FREE:
            table += struct.unpack_from(f"<{per_sector}I", raw, (head + 1) * sector)
    return table


def _chain(raw: bytes, offset: int, sector: int, table: list[int], start: int) -> bytes:
    """Return the bytes of a chain of sectors; sector 0 begins at `offset`."""
    parts: list[bytes] = []
    while start < _FREE:
        if len(parts) > len(table):
            raise ValueError("a chain of sectors that runs in a circle")
        parts.append(raw[offset + start * sector : offset + (start + 1) * sector])
        start = table[start]
    return b"".join(parts)
