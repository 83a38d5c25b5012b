"""The rows of a sheet that may be the header of a printed table, one or two rows deep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ektp_analytics.sources.files import Sheet
from ektp_analytics.sources.headers import header_text
from ektp_analytics.sources.printed_roles import header_words, role_words, roles_of

_SEARCHED_ROWS = 40


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """A header: its rows as the spreadsheet shows them, and one text per column."""

    first_row: int
    last_row: int
    texts: tuple[str, ...]


def header_rows(sheet: Sheet) -> Iterator[HeaderRow]:
    """Yield every row that may be the header, and every pair of rows read as one.

    Parameters
    ----------
    sheet
        The cells.
    """
    rows = [
        tuple(header_text(cell) for cell in cells)
        for cells in sheet.cells.head(_SEARCHED_ROWS).to_numpy()
    ]
    numbers = [int(n) for n in sheet.cells.index[: len(rows)]]
    for number, row in zip(numbers, rows, strict=True):
        if any(row):
            yield HeaderRow(number, number, row)
    pairs = zip(numbers, rows, numbers[1:], rows[1:], strict=False)
    for first, upper, second, lower in pairs:
        if any(upper) and any(lower):
            yield HeaderRow(first, second, _stacked(upper, lower))


def _stacked(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Join two header rows: "Sudah Rekam" above "Jumlah" and "%" covers both."""
    texts, current = [], ""
    for above, below in zip(upper, lower, strict=True):
        current = above or (current if below else "")
        texts.append(_joined(current, below))
    return tuple(texts)


def _joined(above: str, below: str) -> str:
    """Return the shortest joined text that names a role; else both."""
    if not above or not below or above == below:
        return below or above
    both = f"{above} {below}"
    candidates = (both, f"{below} {above}", below)
    generic = role_words().generic
    named = (c for c in candidates if roles_of([c]) and header_words(c) not in generic)
    return next(named, both)
