"""Read Excel and OpenDocument workbooks with the values their cells hold."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pandas as pd
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from ektp_analytics.errors import Refused, refuse
from ektp_analytics.sources.cell_text import text_frame
from ektp_analytics.sources.extent import check_workbook_extent
from ektp_analytics.sources.files import ReadLimits, Sheet
from ektp_analytics.sources.findings import FindingLog
from ektp_analytics.sources.workbook_parts import NO_PARTS, WorkbookParts, parts_of

_MEGABYTE = 1_000_000
_ZIP = b"PK"
# "EncryptedPackage" as the directory of an OLE container spells it.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DAMAGED = (
    ElementTree.ParseError, DefusedXmlException, zipfile.BadZipFile, zlib.error, struct.error,
    KeyError, IndexError, NotImplementedError, EOFError, OSError, ValueError, RuntimeError,
)  # fmt: skip


def read_workbook(path: Path, log: FindingLog, limits: ReadLimits) -> list[Sheet]:
    """Read the visible sheets of a workbook.

    Parameters
    ----------
    path
        XLSX, XLSM, XLS or ODS, known by its content.
    log
        Receives a note for each hidden sheet.
    limits
        Bounds the unpacked size.

    Raises
    ------
    Refused
        When the file is protected, damaged, too large once unpacked, or not a workbook.
    """
    _check_container(path, limits)
    check_workbook_extent(path, limits.cells)
    try:
        return _sheets(path, log)
    except (Refused, PermissionError):
        raise
    except _DAMAGED as error:
        raise refuse("file_unreadable", file=path.name) from error
    except BaseException as error:
        # The reader's own panics are no Exception; anything else is not ours to catch.
        if type(error).__name__ != "PanicException":
            raise
        raise refuse("file_unreadable", file=path.name) from error


def _sheets(path: Path, log: FindingLog) -> list[Sheet]:
    import python_calamine as calamine

    try:
        with path.open("rb") as stream:
            book = calamine.CalamineWorkbook.from_filelike(stream)
            visible = [m.name for m in book.sheets_metadata if _is_visible(m, log)]
            parts = parts_of(path)
            return [_sheet(book.get_sheet_by_name(n), n, parts.get(n, NO_PARTS)) for n in visible]
    except calamine.PasswordError as error:
        raise refuse("file_protected", file=path.name) from error
    except calamine.CalamineError as error:
        raise refuse("file_unreadable", file=path.name) from error


def _check_container(path: Path, limits: ReadLimits) -> None:
    with path.open("rb") as stream:
        head = stream.read(2)
    if head != _ZIP:
        if _ENCRYPTED in path.read_bytes():
            raise refuse("file_protected", file=path.name)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            locked = any(entry.flag_bits & 1 for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, struct.error, OSError) as error:
        raise refuse("file_unreadable", file=path.name) from error
    if unpacked > limits.unpacked_megabytes * _MEGABYTE:
        raise refuse("file_unpacks_too_large", file=path.name, limit=limits.unpacked_megabytes)
    if locked:
        raise refuse("file_protected", file=path.name)


def _is_visible(metadata: Any, log: FindingLog) -> bool:
    if "Work" not in str(metadata.typ):  # a chart or macro sheet holds no table
        return False
    if str(metadata.visible).endswith(".Visible"):
        return True
    log.add("sheet_hidden", "note", sheet=metadata.name)
    return False


def _sheet(sheet: Any, name: str, parts: WorkbookParts) -> Sheet:
    rows = sheet.to_python(skip_empty_area=False)
    width = max(map(len, rows), default=0)
    for (row, column), error in parts.errors.items():
        if row <= len(rows) and column < len(rows[row - 1]):
            rows[row - 1][column] = error
    merged = tuple(
        (first[0] + 1, first[1], last[0] + 1, last[1])
        for first, last in (sheet.merged_cell_ranges or ())
    )
    _fill_downwards(rows, merged)
    cells = pd.DataFrame(rows, columns=range(width), dtype=object).fillna("")
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    return Sheet(name, cells, text_frame(rows, width), merged, parts.uncomputed, parts.epoch_1904)


def _fill_downwards(rows: list[list[Any]], merged: tuple[tuple[int, int, int, int], ...]) -> None:
    """Write a cell merged over several rows into each of them: it stands for all.

    Only cells one column wide: a wide merged cell is a title or a header.
    """
    for top, left, bottom, right in merged:
        if left != right or top > len(rows) or left >= len(rows[top - 1]):
            continue
        value = rows[top - 1][left]
        for row in rows[top : min(bottom, len(rows))]:
            row[left] = value
