"""Find the table inside a sheet: titles above, header, data, summaries and remarks below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ektp_analytics.privacy import is_personal_header, mask_digits
from ektp_analytics.sources.data_rows import RowKinds, classify_rows, pick_rows
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
_DEEPEST_HEADER = 3
# A header the user named counts for more than any number of recognised ones.
_ASKED_WEIGHT = 100.0


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
    rows
        Which rows below the header are data, and which are something else.
    """

    sheet: Sheet
    header: HeaderMap
    header_row: int
    titles: tuple[str, ...]
    rows: RowKinds

    @property
    def body(self) -> pd.DataFrame:
        """Raw cells of the data rows; index = row as shown, columns 0…k−1."""
        return pick_rows(self.sheet.cells, self.rows.data)

    @property
    def summaries(self) -> pd.DataFrame:
        """Texts of the lines that sum up (Jumlah, NRR, …), same columns."""
        texts, rows = self.sheet.texts, list(self.rows.summaries)
        return texts.loc[rows] if rows else texts.iloc[:0]


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
        The cells.
    schema
        Columns that may be found.
    numbered
        Elements in the regulation's order, for headers named only by number.
    mapping
        The user's own headers by key; a row that holds them is the header.
    """
    found = find_header(sheet, schema, numbered, mapping)
    return _cut(sheet, *found, schema) if found else None


def find_header(
    sheet: Sheet,
    schema: SourceSchema,
    numbered: Sequence[str],
    mapping: Mapping[str, str],
) -> tuple[int, HeaderMap] | None:
    """Return the row of the header in a sheet, and which header is which column.

    Takes what `find_table` takes; None where no header is recognised.
    """
    best: tuple[float, int, HeaderMap] | None = None
    for last_row, headers in _candidates(sheet, schema):
        found = match_headers(headers, schema, numbered)
        score = _score(found, headers, mapping)
        if score and (best is None or score > best[0]):
            best = (score, last_row, found)
        if score >= _ASKED_WEIGHT * len(mapping) + len(headers):
            break  # every column is named: no later row can say more
    return best[1:] if best else None


def first_texts(sheet: Sheet) -> list[str]:
    """Return the texts of the first row that holds any, for a message; no long numbers."""
    for row in sheet.cells.head(_HEADER_SEARCH_ROWS).to_numpy():
        texts = [mask_digits(text) for cell in row if (text := header_text(cell))]
        if texts:
            return texts
    return []


def _candidates(sheet: Sheet, schema: SourceSchema) -> Iterator[tuple[int, list[str]]]:
    """Yield (last header row, header texts) of every header of one to three rows to try."""
    first = sheet.cells.head(_HEADER_SEARCH_ROWS)
    numbers = list(first.index)
    rows: list[list[str]] = []
    for number, cells in zip(numbers, first.to_numpy(), strict=True):
        rows.append(list(map(header_text, cells)))
        yield number, month_headers(rows[-1], sheet.epoch_1904)
    merges = [_merges_of(sheet, number) for number in numbers]
    for depth in range(2, _DEEPEST_HEADER + 1):
        for top in range(len(rows) - depth + 1):
            part = slice(top, top + depth)
            if all(any(row) for row in rows[part]):
                yield numbers[part][-1], stacked_headers(rows[part], merges[part], schema)


def _merges_of(sheet: Sheet, number: int) -> dict[int, int]:
    """Return the width of each merged cell of a row by its first column."""
    return {left: right - left + 1 for top, left, _, right in sheet.merged if top == number}


def _score(found: HeaderMap, headers: Sequence[str], mapping: Mapping[str, str]) -> float:
    """Return how much a row looks like the header; more columns win, then earlier rows."""
    asked = sum(bool(positions_of(header, headers)) for header in mapping.values())
    named = len(found.positions) + len(found.ambiguous)
    if mapping and asked:
        return _ASKED_WEIGHT * asked + named
    if not named:
        return 0.0
    persons = sum(is_personal_header(header) for header in headers)
    return float(named) if named + persons >= _fewest(headers) else 0.0


def _fewest(headers: Sequence[str]) -> int:
    """One known name is a header only in a row of few cells; else two are needed."""
    return 1 if sum(bool(h) for h in headers) <= 2 else 2  # noqa: PLR2004


def _cut(sheet: Sheet, header_row: int, header: HeaderMap, schema: SourceSchema) -> Table:
    above = sheet.texts.loc[: header_row - 1]
    texts = () if above.empty else above.to_numpy().ravel()
    titles = tuple(dict.fromkeys(text for text in texts if text))
    rows = classify_rows(sheet.texts.loc[header_row + 1 :], header, schema)
    return Table(sheet, header, header_row, titles, rows)
