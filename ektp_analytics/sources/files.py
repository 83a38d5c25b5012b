"""Open a file an office has, whatever its format, as sheets of cells."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from ektp_analytics.errors import refuse
from ektp_analytics.sources.cell_text import as_text
from ektp_analytics.sources.findings import FindingLog

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
PARQUET_SUFFIXES = (".parquet",)
KNOWN_SUFFIXES = TEXT_SUFFIXES + WORKBOOK_SUFFIXES + PARQUET_SUFFIXES

ContentKind = Literal["text", "workbook", "parquet", "html"]

_MEGABYTE = 1_000_000
_HEAD_BYTES = 2_048
_WORKBOOK_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
# A web page or an XML table under a spreadsheet's name, as many web applications export.
_MARKUP = re.compile(rb"^<(?:!doctype|html|table|\?xml|meta|head|style|div)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """How large a file may be; beyond these it is refused before it is opened.

    Parameters
    ----------
    file_megabytes, unpacked_megabytes
        Size on disk, and of a workbook once unpacked.
    columns, cell_characters
        Width of a table, and length of one cell.
    cells
        Rows times columns of a sheet, from its first to its last used cell.
    """

    file_megabytes: int = 200
    unpacked_megabytes: int = 500
    columns: int = 2_000
    cell_characters: int = 100_000
    cells: int = 50_000_000


DEFAULT_LIMITS = ReadLimits()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet, raw and as text.

    Parameters
    ----------
    name
        Name of the sheet; None for a text file.
    cells
        Columns 0…k−1, index = row as the spreadsheet shows it (from 1). Text files hold
        str; workbooks hold what the cell holds (str, float, bool, date, datetime, time).
        An empty cell is the empty string.
    texts
        The same cells as stripped text, of the same shape.
    merged
        Merged ranges as (first row, first column, last row, last column).
    uncomputed
        Places of formulas without a stored value, as (row, column).
    epoch_1904
        Whether bare day numbers count from 1904.
    """

    name: str | None
    cells: pd.DataFrame
    texts: pd.DataFrame
    merged: tuple[tuple[int, int, int, int], ...] = ()
    uncomputed: frozenset[tuple[int, int]] = frozenset()
    epoch_1904: bool = False


def check_file(path: Path, limits: ReadLimits = DEFAULT_LIMITS) -> None:
    """Refuse a path that is no readable file of a known kind within the limits.

    Raises
    ------
    Refused
        Missing, a folder, empty, too large, or of an unknown kind.
    """
    name = path.name
    if not path.exists():
        raise refuse("file_missing", file=str(path))
    if path.is_dir():
        raise refuse("file_is_folder", file=str(path))
    if path.suffix.lower() not in KNOWN_SUFFIXES:
        raise refuse("file_kind_unknown", file=name, kinds=", ".join(KNOWN_SUFFIXES))
    size = path.stat().st_size
    if size == 0:
        raise refuse("file_empty", file=name)
    if size > limits.file_megabytes * _MEGABYTE:
        raise refuse("file_too_large", file=name, limit=limits.file_megabytes)


def open_sheets(path: Path, log: FindingLog, limits: ReadLimits = DEFAULT_LIMITS) -> list[Sheet]:
    """Read every visible sheet of a file.

    Parameters
    ----------
    path
        CSV, TSV, TXT, XLSX, XLSM, XLS, ODS or Parquet.
    log
        Receives notices about encoding and hidden sheets.
    limits
        Sizes beyond which the file is refused.

    Raises
    ------
    Refused
        When the file cannot be opened as what its name says.
    """
    check_file(path, limits)
    try:
        sheets = _sheets(path, log, limits)
    except PermissionError as error:
        raise refuse("file_locked", file=path.name) from error
    for sheet in sheets:
        _check_size(sheet, path, limits)
    return sheets


def _sheets(path: Path, log: FindingLog, limits: ReadLimits) -> list[Sheet]:
    """Read a file as what its first bytes are; a name that says otherwise is noted."""
    kind = content_kind(path)
    named = _kind_by_name(path)
    if kind == "html":
        raise refuse("file_is_html", file=path.name)
    if kind != named:
        log.add("file_named_otherwise", "warning", value=path.suffix)
    if kind == "text":
        from ektp_analytics.sources.delimited import read_delimited

        return [read_delimited(path, log)]
    if kind == "parquet":
        from ektp_analytics.sources.extent import check_parquet_extent

        check_parquet_extent(path, limits.cells)
        return [_read_parquet(path)]
    from ektp_analytics.sources.workbooks import read_workbook

    return read_workbook(path, log, limits)


def content_kind(path: Path) -> ContentKind:
    """Tell by its first bytes what a file is: workbook, parquet, html or text."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    if head.startswith(_WORKBOOK_STARTS):
        return "workbook"
    if head.startswith(b"PAR1"):
        return "parquet"
    if _MARKUP.search(head.lstrip(b"\xef\xbb\xbf \t\r\n")[:_HEAD_BYTES]):
        return "html"
    return "text"


def _kind_by_name(path: Path) -> ContentKind:
    suffix = path.suffix.lower()
    if suffix in PARQUET_SUFFIXES:
        return "parquet"
    return "text" if suffix in TEXT_SUFFIXES else "workbook"


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as hexadecimal text."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_parquet(path: Path) -> Sheet:
    """Read a Parquet table; its header counts as row 1."""
    import pyarrow

    try:
        frame = pd.read_parquet(path)
    except (OSError, ValueError, TypeError, pyarrow.ArrowException) as error:
        raise refuse("file_unreadable", file=path.name) from error
    if not isinstance(frame.index, pd.RangeIndex):
        frame = frame.reset_index()
    header = pd.DataFrame([list(frame.columns)], columns=range(frame.shape[1]), dtype=object)
    body = frame.astype(object).where(frame.notna(), "")
    body.columns = pd.RangeIndex(frame.shape[1])
    cells = pd.concat([header, body], ignore_index=True)
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    return Sheet(None, cells, cells.apply(as_text))


def _check_size(sheet: Sheet, path: Path, limits: ReadLimits) -> None:
    texts = sheet.texts
    if texts.shape[1] > limits.columns:
        raise refuse("too_many_columns", file=path.name, sheet=sheet.name, limit=limits.columns)
    for column in texts:
        if texts[column].nbytes <= limits.cell_characters:
            continue  # no cell is longer than all of them together
        lengths = texts[column].str.len()
        if lengths.max() > limits.cell_characters:
            row = int(str(lengths.idxmax()))
            raise refuse(
                "cell_too_long",
                file=path.name,
                sheet=sheet.name,
                row=row,
                limit=limits.cell_characters,
            )
