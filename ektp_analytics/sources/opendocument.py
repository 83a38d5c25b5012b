"""Formulas without a stored value in an OpenDocument spreadsheet."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from defusedxml import ElementTree

from ektp_analytics.sources.workbook_parts import Place, WorkbookParts

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_LAST_ROW = 1_048_576


def opendocument_parts(archive: zipfile.ZipFile) -> dict[str, WorkbookParts]:
    """Return for each table the formula cells that hold no value.

    Raises
    ------
    xml.etree.ElementTree.ParseError
        When the content is damaged.
    """
    content = archive.read("content.xml")
    if b"table:formula" not in content:
        return {}
    root = ElementTree.fromstring(content)
    return {
        table.get(f"{_TABLE}name", ""): WorkbookParts(uncomputed=frozenset(_uncomputed(table)))
        for table in root.iter(f"{_TABLE}table")
    }


def _uncomputed(table: Any) -> Iterator[Place]:
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        if number > _LAST_ROW:
            return
        position = 0
        for cell in row:
            if cell.tag not in _CELLS:
                continue
            if cell.get(f"{_TABLE}formula") and cell.get(f"{_OFFICE}value-type") is None:
                yield number, position
            position += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        number += int(row.get(f"{_TABLE}number-rows-repeated", 1))
