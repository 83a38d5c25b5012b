"""What the cell reader does not tell of a workbook: date system, formulas, error cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from defusedxml import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_REL_ID = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_DATE_1904 = re.compile(rb"<(?:\w+:)?workbookPr[^>]*\bdate1904=[\"'](?:1|true)[\"']")
_CALCULATE_ON_LOAD = re.compile(rb"<(?:\w+:)?calcPr[^>]*\bfullCalcOnLoad=[\"'](?:1|true)[\"']")
# A cell with a formula: <c r="B10" t="…"><f>…</f><v>…</v></c>, the value possibly absent.
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b(?P<attributes>[^>]*)>\s*"
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v(?:\s*/>|[^>]*>(?P<value>[^<]*)</(?:\w+:)?v>))?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(
    rb"<(?:\w+:)?c\b(?P<attributes>[^>]*\bt=[\"']e[\"'][^>]*)>"
    rb"(?:\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>))?\s*"
    rb"<(?:\w+:)?v>(?P<value>[^<]*)</(?:\w+:)?v>"
)
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]+)(\d+)[\"']")
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """What the file says of one sheet beside its cells.

    Parameters
    ----------
    epoch_1904
        Whether bare day numbers count from 1904.
    uncomputed
        Places (row from 1, column from 0) of formulas without a stored value.
    errors
        Error cells (``#DIV/0!``) by their place.
    """

    epoch_1904: bool = False
    uncomputed: frozenset[Place] = frozenset()
    errors: Mapping[Place, str] = field(default_factory=dict)


NO_PARTS = WorkbookParts()


def parts_of(path: Path) -> Mapping[str, WorkbookParts]:
    """Return the parts of each sheet by its name.

    Raises
    ------
    zipfile.BadZipFile, KeyError, xml.etree.ElementTree.ParseError
        When the package is damaged.
    """
    if not zipfile.is_zipfile(path):
        from ektp_analytics.sources.biff import biff_parts

        return biff_parts(path)
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            return _ooxml_parts(archive, names)
        if "content.xml" in names:
            from ektp_analytics.sources.opendocument import opendocument_parts

            return opendocument_parts(archive)
    return {}


def _ooxml_parts(archive: zipfile.ZipFile, names: set[str]) -> dict[str, WorkbookParts]:
    workbook = archive.read("xl/workbook.xml")
    relations = archive.read("xl/_rels/workbook.xml.rels")
    common = WorkbookParts(epoch_1904=bool(_DATE_1904.search(workbook)))
    never_opened = bool(_CALCULATE_ON_LOAD.search(workbook))
    targets = {r.get("Id"): r.get("Target", "") for r in ElementTree.fromstring(relations)}
    root = ElementTree.fromstring(workbook)
    sheets = [*root.iter(f"{_MAIN}sheet"), *root.iter(f"{_STRICT}sheet")]
    parts: dict[str, WorkbookParts] = {}
    for sheet in sheets:
        relation = sheet.get(_REL_ID[0]) or sheet.get(_REL_ID[1])
        part = _part_name(targets.get(relation, ""))
        data = archive.read(part) if part in names else b""
        parts[sheet.get("name", "")] = replace(
            common, uncomputed=_uncomputed(data, never_opened), errors=_errors(data)
        )
    return parts


def _uncomputed(data: bytes, never_opened: bool) -> frozenset[Place]:
    """Return formulas without a value.

    A program that never computed writes none, or 0 together with the request to
    calculate on opening; a formula that gave an empty text has ``t="str"``.
    """
    if b"<f" not in data and b":f" not in data:
        return frozenset()
    places = set()
    for match in _FORMULA.finditer(data):
        value, attributes = match["value"] or b"", match["attributes"]
        text_result = re.search(rb"\bt=[\"']str[\"']", attributes) is not None
        if (not value and not text_result) or (never_opened and value == b"0"):
            places.add(_place(attributes))
    return frozenset(p for p in places if p)


def _errors(data: bytes) -> dict[Place, str]:
    if b't="e"' not in data and b"t='e'" not in data:
        return {}
    found = ((_place(m["attributes"]), m["value"].decode()) for m in _ERROR.finditer(data))
    return {place: text for place, text in found if place}


def _place(attributes: bytes) -> Place | None:
    reference = _REFERENCE.search(attributes)
    if reference is None:
        return None
    return int(reference[2]), column_number(reference[1].decode())


def _part_name(target: str) -> str:
    """Return the part name of a relation target, absolute or relative to ``xl/``."""
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def column_number(letters: str) -> int:
    """Return the column of ``A``, ``B``, …, ``AA`` from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
