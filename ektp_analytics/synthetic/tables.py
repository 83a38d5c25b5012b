"""Write one table as an officer would keep it: Indonesian headers, CSV or XLSX."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from ektp_analytics.sources.schema import schema

if TYPE_CHECKING:
    from pathlib import Path

_CREATED = datetime(2025, 1, 1)
"""Fixed, so that equal content is equal bytes."""


def labels(source: str) -> dict[str, str]:
    """Return key → Indonesian header of one source, in the order of our templates."""
    return schema(source).labels()


def with_headers(table: pd.DataFrame, source: str) -> pd.DataFrame:
    """Rename English keys to the Indonesian headers and put them in template order."""
    names = labels(source)
    unknown = set(table.columns) - set(names)
    if unknown:
        raise KeyError(f"{source}: no label for {sorted(unknown)}")
    return table[[key for key in names if key in table]].rename(columns=names)


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table of text and whole numbers as UTF-8 CSV with LF line ends."""
    replace_bytes(path, table.to_csv(index=False, lineterminator="\n").encode("utf-8"))


def write_xlsx(table: pd.DataFrame, path: Path, title: str) -> None:
    """Write a table as one worksheet with frozen header; same table, same bytes."""
    import xlsxwriter

    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    book.set_properties({"title": title, "created": _CREATED})
    sheet = book.add_worksheet("Data")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    stamp = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    sheet.write_row(0, 0, list(table.columns), bold)
    for column, name in enumerate(table.columns):
        _write_column(sheet, column, table[name], stamp)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(table.columns) - 1, 16)
    book.close()
    replace_bytes(path, memory.getvalue())


def _write_column(sheet: Any, column: int, values: pd.Series, stamp: Any) -> None:
    for row, value in enumerate(values, start=1):
        if pd.isna(value):
            continue
        if isinstance(value, datetime):
            sheet.write_datetime(row, column, value.to_pydatetime(), stamp)  # type: ignore[attr-defined]
        elif isinstance(value, str):
            sheet.write_string(row, column, value)
        else:
            sheet.write_number(row, column, int(value))


def replace_bytes(path: Path, content: bytes) -> None:
    """Write a file under a temporary name and rename it when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.part")
    partial.write_bytes(content)
    partial.replace(path)
