"""Read Excel and OpenDocument workbooks with the values their cells hold."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from ektp_analytics.errors import refuse
from ektp_analytics.sources.files import ReadLimits, Sheet
from ektp_analytics.sources.findings import FindingLog

_MEGABYTE = 1_000_000
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DATE_1904 = re.compile(rb"<(?:\w+:)?workbookPr[^>]*\bdate1904=\"(?:1|true)\"")
# A cell with a formula and no value: <c r="B10"><f>…</f></c>, or with an empty <v>.
_UNCOMPUTED = re.compile(
    rb"<c\b(?P<attributes>[^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_REFERENCE = re.compile(rb"\br=\"([A-Z]+)(\d+)\"")


def read_workbook(path: Path, log: FindingLog, limits: ReadLimits) -> list[Sheet]:
    """Read the visible sheets of a workbook.

    Parameters
    ----------
    path
        XLSX, XLSM, XLS or ODS.
    log
        Receives a note for each hidden sheet.
    limits
        Bounds the unpacked size.

    Raises
    ------
    Refused
        When the file is protected, damaged, too large once unpacked, or not a workbook.
    """
    import python_calamine as calamine

    _check_container(path, limits)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        visible = [m.name for m in book.sheets_metadata if _is_visible(m, log)]
        extras = _Package(path) if path.suffix.lower() in (".xlsx", ".xlsm") else None
        return [_sheet(book.get_sheet_by_name(name), name, extras) for name in visible]
    except (
        calamine.CalamineError,
        ElementTree.ParseError,
        DefusedXmlException,
        zipfile.BadZipFile,
    ) as error:
        raise refuse("file_unreadable", file=path.name) from error


def _check_container(path: Path, limits: ReadLimits) -> None:
    with path.open("rb") as stream:
        head = stream.read(8)
    suffix = path.suffix.lower()
    if suffix != ".xls" and head.startswith(_OLE):
        raise refuse("file_protected", file=path.name)
    if not head.startswith((_ZIP, _OLE)) and not (suffix == ".xls" and head[:1] == b"\t"):
        raise refuse("file_not_workbook", file=path.name)
    if head.startswith(_ZIP):
        try:
            with zipfile.ZipFile(path) as archive:
                unpacked = sum(entry.file_size for entry in archive.infolist())
        except zipfile.BadZipFile as error:
            raise refuse("file_unreadable", file=path.name) from error
        if unpacked > limits.unpacked_megabytes * _MEGABYTE:
            raise refuse("file_unpacks_too_large", file=path.name, limit=limits.unpacked_megabytes)


def _is_visible(metadata: Any, log: FindingLog) -> bool:
    if "Visible" in str(metadata.visible):
        return True
    log.add("sheet_hidden", "note", sheet=metadata.name)
    return False


def _sheet(sheet: Any, name: str, extras: _Package | None) -> Sheet:
    cells = pd.DataFrame(sheet.to_python(skip_empty_area=False), dtype=object).fillna("")
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    merged = {
        (first[0] + 1, first[1]): last[1] - first[1] + 1
        for first, last in (sheet.merged_cell_ranges or ())
    }
    if extras is None:
        return Sheet(name, cells, merged)
    return Sheet(name, cells, merged, extras.uncomputed(name), extras.epoch_1904)


class _Package:
    """The parts of an XLSX package that the cell reader does not tell."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with zipfile.ZipFile(path) as archive:
            workbook = archive.read("xl/workbook.xml")
            relations = archive.read("xl/_rels/workbook.xml.rels")
        self.epoch_1904 = bool(_DATE_1904.search(workbook))
        targets = {r.get("Id"): r.get("Target", "") for r in ElementTree.fromstring(relations)}
        self._parts = {
            sheet.get("name"): _part(targets.get(sheet.get(_REL_ID), ""))
            for sheet in ElementTree.fromstring(workbook).iter(f"{_MAIN}sheet")
        }

    def uncomputed(self, name: str) -> frozenset[tuple[int, int]]:
        """Return the places of formulas without a stored value, as (row, column)."""
        part = self._parts.get(name)
        with zipfile.ZipFile(self._path) as archive:
            if not part or part not in archive.namelist():
                return frozenset()
            data = archive.read(part)
        if b"<f" not in data:
            return frozenset()
        cells = (match["attributes"] for match in _UNCOMPUTED.finditer(data))
        places = (
            _REFERENCE.search(attributes) for attributes in cells if b't="str"' not in attributes
        )
        return frozenset((int(p[2]), _column_number(p[1].decode())) for p in places if p)


def _part(target: str) -> str:
    """Return the part name of a relation target, absolute or relative to ``xl/``."""
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _column_number(letters: str) -> int:
    """Return the column of ``A``, ``B``, …, ``AA`` from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
