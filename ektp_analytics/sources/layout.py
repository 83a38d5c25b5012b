"""Find the table inside a sheet: titles above, header of one or two rows, data, summaries."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from ektp_analytics.sources.files import Sheet
from ektp_analytics.sources.headers import (
    HeaderMap,
    header_text,
    match_headers,
    month_headers,
    positions_of,
)
from ektp_analytics.sources.schema import SourceSchema
from ektp_analytics.sources.stacked_headers import stacked_headers

_HEADER_SEARCH_ROWS = 40
# First words of a line that sums up; those of the second list only in a table of answers.
_TOTALS = re.compile(
    r"^(?:jumlah|jml|total|sub\s?total|grand total|rata\s?rata|rerata|mean|average|sum)\b"
)
_INDEX_ROWS = re.compile(r"^(?:nrr|ikm|skm|nilai|indeks|bobot|mutu|kinerja|keterangan)\b")
_SUMMARY_WORDS = 6
EXAMPLE_MARK = "contoh (baris ini dilewati)"


@dataclass(frozen=True, slots=True)
class Table:
    """A table cut out of a sheet.

    Parameters
    ----------
    header
        Which header is which column.
    header_row
        Row of the (last) header line, as the spreadsheet shows it.
    titles
        Texts above the header.
    body
        Data rows; index = row as shown; columns 0…k−1.
    summaries
        Rows below or among the data that sum them up (Jumlah, NRR, …), same columns.
    examples
        Rows of example data left in a template.
    """

    sheet: Sheet
    header: HeaderMap
    header_row: int
    titles: tuple[str, ...]
    body: pd.DataFrame
    summaries: pd.DataFrame
    examples: int = 0


def find_table(
    sheet: Sheet,
    schema: SourceSchema,
    numbered: Sequence[str],
    mapping: Mapping[str, str],
) -> Table | None:
    """Cut the table of a source out of a sheet; None where no header is recognised.

    Parameters
    ----------
    sheet
        Raw cells.
    schema
        Columns that may be found.
    numbered
        Elements in the regulation's order, for headers named only by number.
    mapping
        The user's own headers by key; a row that holds them is the header.
    """
    best: tuple[float, int, HeaderMap] | None = None
    for last_row, headers in _candidates(sheet, schema):
        found = match_headers(headers, schema, numbered)
        score = _score(found, headers, mapping)
        if score and (best is None or score > best[0]):
            best = (score, last_row, found)
    if best is None:
        return None
    return _cut(sheet, best[1], best[2], answers=bool(schema.of_kind("answer")))


def first_texts(sheet: Sheet) -> list[str]:
    """Return the texts of the first row that holds any, for a message."""
    for row in sheet.cells.head(_HEADER_SEARCH_ROWS).to_numpy():
        texts = [text for cell in row if (text := header_text(cell))]
        if texts:
            return texts
    return []


def _candidates(sheet: Sheet, schema: SourceSchema) -> list[tuple[int, list[str]]]:
    """Return (last header row, header texts) of every header of one to three rows to try."""
    rows = [list(map(header_text, row)) for row in sheet.cells.head(_HEADER_SEARCH_ROWS).to_numpy()]
    numbers = list(sheet.cells.index[: len(rows)])
    singles = [
        (n, month_headers(row, sheet.epoch_1904)) for n, row in zip(numbers, rows, strict=True)
    ]
    stacks = [
        (numbers[i + depth - 1], stacked_headers(rows[i : i + depth], merges, schema))
        for depth in (2, 3)
        for i in range(len(rows) - depth + 1)
        if all(any(row) for row in rows[i : i + depth])
        for merges in [[_merges_of(sheet, numbers[i + k]) for k in range(depth)]]
    ]
    return singles + stacks


def _merges_of(sheet: Sheet, number: int) -> dict[int, int]:
    return {left: width for (top, left), width in sheet.merged.items() if top == number}


def _score(found: HeaderMap, headers: Sequence[str], mapping: Mapping[str, str]) -> float:
    """Return how much a row looks like the header; more columns win, then earlier rows."""
    asked = sum(bool(positions_of(header, headers)) for header in mapping.values())
    named = len(found.positions) + len(found.ambiguous)
    if mapping and asked:
        return 100.0 * asked + named
    return float(named) if named >= _fewest(headers) else 0.0


def _fewest(headers: Sequence[str]) -> int:
    """One known name is a header only in a row of few cells; else two are needed."""
    return 1 if sum(bool(h) for h in headers) <= 2 else 2  # noqa: PLR2004


def _cut(sheet: Sheet, header_row: int, header: HeaderMap, *, answers: bool) -> Table:
    above = sheet.cells.loc[: header_row - 1].to_numpy().ravel()
    titles = tuple(text for cell in above if (text := str(cell).strip()))
    rows = sheet.cells.loc[header_row + 1 :]
    rows = rows[_filled(rows).any(axis=1)]
    first = _first_text(rows)
    summary = first.map(lambda text: is_summary(text, answers=answers))
    example = first.str.casefold().str.startswith(EXAMPLE_MARK[:6]) & first.str.casefold().eq(
        EXAMPLE_MARK
    )
    units = rows.index.isin(_unit_rows(rows, header_row))
    body = rows[~summary & ~example & ~units]
    return Table(sheet, header, header_row, titles, body, rows[summary], int(example.sum()))


def drop_footers(table: Table) -> tuple[Table, list[int]]:
    """Set apart lines of text after the data (signatures, remarks): few mapped cells filled.

    Returns the table without them and their rows.
    """
    mapped = [p for p in table.header.positions.values() if p in table.body.columns]
    filled = _filled(table.body[mapped]).sum(axis=1)
    enough = filled[filled >= min(2, len(mapped))]
    last = enough.index[-1] if len(enough) else 0
    footers = [int(row) for row in table.body.index[table.body.index > last]]
    return replace(table, body=table.body.loc[:last]), footers


def is_summary(text: str, *, answers: bool = False) -> bool:
    """Tell whether the first text of a row names a summary.

    `answers` says that the table holds survey answers, where NRR, IKM and Nilai lines
    stand below the respondents too.
    """
    plain = " ".join(re.sub(r"[^\w]+", " ", text.casefold()).split())
    if not plain or len(plain.split()) > _SUMMARY_WORDS:
        return False
    return bool(_TOTALS.match(plain) or (answers and _INDEX_ROWS.match(plain)))


def _filled(rows: pd.DataFrame) -> pd.DataFrame:
    filled: pd.DataFrame = rows.apply(lambda column: column.astype(str).str.strip().ne(""))
    return filled


def _first_text(rows: pd.DataFrame) -> pd.Series:
    """Return the first non-empty cell of each row, as text."""
    first = pd.Series("", index=rows.index, dtype=str)
    for column in reversed(rows.columns):
        text = rows[column].astype(str).str.strip()
        first = text.where(text.ne(""), first)
    return first


def _unit_rows(rows: pd.DataFrame, header_row: int) -> list[int]:
    """Return a line of column numbers (1, 2, 3 …) just below the header, as forms print."""
    if rows.empty or rows.index[0] != header_row + 1:
        return []
    cells = [str(cell).strip().strip("()") for cell in rows.iloc[0]]
    numbers = [cell.removesuffix(".0") for cell in cells if cell]
    counted = [str(n) for n in range(1, len(numbers) + 1)]
    enough = len(numbers) >= 5  # noqa: PLR2004 - fewer could be data
    return [int(rows.index[0])] if enough and numbers == counted else []
