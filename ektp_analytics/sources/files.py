"""Open a file an office has, whatever its format, as sheets of raw cells."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from ektp_analytics.errors import refuse
from ektp_analytics.sources.findings import FindingLog

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
PARQUET_SUFFIXES = (".parquet",)
KNOWN_SUFFIXES = TEXT_SUFFIXES + WORKBOOK_SUFFIXES + PARQUET_SUFFIXES

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """How large a file may be; beyond these it is refused before it is opened.

    Parameters
    ----------
    file_megabytes, unpacked_megabytes
        Size on disk, and of a workbook once unpacked.
    columns, cell_characters
        Width of a table, and length of one cell.
    """

    file_megabytes: int = 200
    unpacked_megabytes: int = 500
    columns: int = 2_000
    cell_characters: int = 100_000


DEFAULT_LIMITS = ReadLimits()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The raw cells of one sheet.

    Parameters
    ----------
    name
        Name of the sheet; None for a text file.
    cells
        Columns 0…k−1, index = row as the spreadsheet shows it (from 1). Text files hold
        str; workbooks hold what the cell holds (str, float, bool, date, datetime, time).
        An empty cell is the empty string.
    merged
        Width of a merged cell by its (row, column).
    uncomputed
        Places of formulas without a stored value, as (row, column).
    epoch_1904
        Whether bare day numbers count from 1904.
    """

    name: str | None
    cells: pd.DataFrame
    merged: Mapping[tuple[int, int], int] = field(default_factory=dict)
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
    suffix = path.suffix.lower()
    try:
        if suffix in TEXT_SUFFIXES:
            from ektp_analytics.sources.delimited import read_delimited

            sheets = [read_delimited(path, log)]
        elif suffix in PARQUET_SUFFIXES:
            sheets = [_read_parquet(path)]
        else:
            from ektp_analytics.sources.workbooks import read_workbook

            sheets = read_workbook(path, log, limits)
    except PermissionError as error:
        raise refuse("file_locked", file=path.name) from error
    for sheet in sheets:
        _check_width(sheet, path, limits)
    return sheets


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as hexadecimal text."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_parquet(path: Path) -> Sheet:
    """Read a Parquet table; its header counts as row 1."""
    try:
        frame = pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise refuse("file_unreadable", file=path.name) from error
    header = pd.DataFrame([list(frame.columns)], columns=range(frame.shape[1]), dtype=object)
    body = frame.astype(object).where(frame.notna(), "")
    body.columns = pd.RangeIndex(frame.shape[1])
    cells = pd.concat([header, body], ignore_index=True)
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    return Sheet(None, cells)


def _check_width(sheet: Sheet, path: Path, limits: ReadLimits) -> None:
    cells = sheet.cells
    if cells.shape[1] > limits.columns:
        raise refuse("too_many_columns", file=path.name, sheet=sheet.name, limit=limits.columns)
    for column in cells:
        lengths = cells[column].astype(str).str.len()
        if len(lengths) and lengths.max() > limits.cell_characters:
            row = int(str(lengths.idxmax()))
            raise refuse(
                "cell_too_long",
                file=path.name,
                sheet=sheet.name,
                row=row,
                limit=limits.cell_characters,
            )
