"""Refuse a header that may be read in two ways, or cells that cannot be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ektp_analytics.sources.headers import column_letter

if TYPE_CHECKING:
    from ektp_analytics.sources.reading import Reading


def check_header(reading: Reading) -> None:
    """Check header and formulas of a file.

    Raises
    ------
    Refused
        Two columns for one key, a needed column missing, formulas without a stored
        value: everything at once.
    """
    _refuse_ambiguous(reading)
    _refuse_uncomputed(reading)
    for key, column in reading.schema.columns.items():
        if column.required and not reading.has(key):
            reading.log.add("column_missing", "error", column=column.label)
    reading.stop_on_errors()
    header = reading.table.header
    for key in header.by_number:
        place = header.headers[header.positions[key]]
        reading.log.add("column_by_number", "warning", column=place, key=reading.label(key))


def _refuse_ambiguous(reading: Reading) -> None:
    header = reading.table.header
    for key, places in header.ambiguous.items():
        named = [f"{column_letter(p)} “{header.headers[p]}”" for p in places]
        column = reading.schema.columns.get(key)
        several = column.several if column else "error"
        if several == "error":
            reading.log.add(
                "columns_ambiguous", "error", column=key, key=reading.label(key),
                columns=" dan ".join(named),
            )  # fmt: skip
        elif several == "ignore":
            reading.log.add("columns_left_out", "note", column=key, columns=" dan ".join(named))


def _refuse_uncomputed(reading: Reading) -> None:
    if not reading.table.sheet.uncomputed:
        return
    rows = set(reading.body.index)
    header = reading.table.header
    by_column: dict[int, list[int]] = {}
    for row, position in sorted(reading.table.sheet.uncomputed):
        if row in rows and position in header.positions.values():
            by_column.setdefault(position, []).append(row)
    for position, places in by_column.items():
        values = pd.Series(None, index=places, dtype=object)
        reading.log.add_rows(
            "formula_without_value", "error", values, column=header.headers[position]
        )


def join_several(reading: Reading, key: str, values: pd.Series) -> pd.Series:
    """Join the texts of several columns that stand for one key, such as Kritik and Saran."""
    places = reading.table.header.joined.get(key, ())
    for position in places:
        more = reading.text_at(position)
        both = values.fillna("").str.cat(more, sep="; ").str.strip("; ")
        values = both.mask(both.eq(""))
    return values
