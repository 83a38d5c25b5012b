"""Tell the rows below a header apart: data, summaries, remarks, repeated headers, examples."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import pandas as pd

from ektp_analytics.sources.headers import HeaderMap, normalise
from ektp_analytics.sources.schema import SourceSchema

Cells = TypeVar("Cells", pd.DataFrame, pd.Series)
EXAMPLE_MARK = "contoh (baris ini dilewati)"
# First words of a line that sums up; those of the second list only in a table of answers.
_TOTALS = re.compile(
    r"^(?:σ\s?nilai|jumlah|jml|total|sub\s?total|grand total|rata\s?rata|rerata|mean|average|sum)\b"
)
_INDEX_ROWS = re.compile(r"^(?:nrr|ikm|skm|nilai|indeks|bobot|mutu|kinerja|keterangan)\b")
_STARTS = (
    r"^\W*(?:[σΣ]|jumlah|jml|total|sub|grand|rata|rerata|mean|average|sum|nrr|ikm|skm|nilai|indeks|"
    r"bobot|mutu|kinerja|keterangan)"
)
_SUMMARY_WORDS = 6
_NUMBER = r"^[\s(]*-?[\d.,%]+[)\s]*$|^[-–—#]*$"
_RUNNING_NUMBER = r"^\d{1,6}[.)]?$"
# Words that begin a remark or the signature below a table.
_REMARK = (
    r"^\W*(?:sumber|ket\b|keterangan|catatan|note|mengetahui|menyetujui|dibuat|disusun|kepala|plt|"
    r"plh|an\b|a\.n|nip\b|dicetak|tercetak|halaman|page|tanggal cetak|operator|petugas entri)"
)
_REMARK_WORDS = 5
_COLUMN_NUMBERS = 5


@dataclass(frozen=True, slots=True)
class RowKinds:
    """Rows below the header by what they are; a blank row is none of them.

    Parameters
    ----------
    data
        Rows of data.
    summaries, footers, headers, examples
        Lines that sum up; remarks below the data; the header printed again, or a line of
        column numbers; example rows of a template.
    """

    data: pd.Index
    summaries: tuple[int, ...] = ()
    footers: tuple[int, ...] = ()
    headers: tuple[int, ...] = ()
    examples: tuple[int, ...] = ()


def classify_rows(texts: pd.DataFrame, header: HeaderMap, schema: SourceSchema) -> RowKinds:
    """Tell what each row below a header is.

    Parameters
    ----------
    texts
        Texts of the rows below the header; index = row as the spreadsheet shows it.
    header
        The header above.
    schema
        The source, which says whether rows hold answers.
    """
    rows = _filled(texts)
    headers = tuple(sorted({*_header_again(rows, header), *_column_numbers(rows, texts)}))
    rows = _without(rows, headers)
    first = _first_text(rows)
    examples = _ints(rows.index[first.str.casefold().eq(EXAMPLE_MARK)])
    summaries = _summaries(rows, first, answers=bool(schema.of_kind("answer")))
    rows = _without(rows, (*summaries, *examples))
    footers = _footers(rows, texts, header, min(summaries, default=None))
    data = _without(rows, footers).index
    return RowKinds(data, summaries, footers, headers, examples)


def pick_rows(frame: Cells, rows: pd.Index) -> Cells:
    """Return some rows of a sheet; an unbroken run of them without a copy."""
    if len(rows) and rows[-1] - rows[0] == len(rows) - 1:
        first = int(rows[0]) - int(frame.index[0])
        return frame.iloc[first : first + len(rows)]
    return frame.loc[rows]


def is_summary(text: str, *, answers: bool = False) -> bool:
    """Tell whether the first text of a row names a summary.

    `answers` says that the table holds survey answers, where NRR, IKM and Nilai lines
    stand below the respondents too.
    """
    plain = normalise(text)
    if not plain or len(plain.split()) > _SUMMARY_WORDS:
        return False
    return bool(_TOTALS.match(plain) or (answers and _INDEX_ROWS.match(plain)))


def _filled(texts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that hold anything."""
    filled = pd.Series(False, index=texts.index)
    for column in texts:
        filled |= texts[column].ne("")
        if filled.all():
            return texts
    return texts[filled]


def _without(rows: pd.DataFrame, left_out: Sequence[int]) -> pd.DataFrame:
    return rows.loc[rows.index.difference(list(left_out))] if left_out else rows


def _ints(rows: Sequence[object] | pd.Index) -> tuple[int, ...]:
    return tuple(int(str(row)) for row in rows)


def _first_text(rows: pd.DataFrame) -> pd.Series:
    """Return the first text of each row; a running number before a word is passed over."""
    first = rows[rows.columns[0]]
    numbered = first.str.fullmatch(_RUNNING_NUMBER)
    if rows.shape[1] > 1 and numbered.any():
        following = rows[rows.columns[1]]
        first = first.mask(numbered & following.str.contains(_STARTS, case=False), following)
    for column in rows.columns[1:]:
        open_ = first.eq("")
        if not open_.any():
            break
        first = first.mask(open_, rows[column])
    return first


def _summaries(rows: pd.DataFrame, first: pd.Series, *, answers: bool) -> tuple[int, ...]:
    """Return rows that begin with a word of summing up and else hold figures only."""
    maybe = first[first.str.contains(_STARTS, case=False)]
    found = []
    for row, text in maybe.items():
        if not is_summary(text, answers=answers):
            continue
        others = [c for c in _filled_cells(rows, int(str(row))) if c != text]
        words = [cell for cell in others if not re.match(_NUMBER, cell)]
        if not words or (answers and _INDEX_ROWS.match(normalise(text))):
            found.append(int(str(row)))
    return tuple(found)


def _filled_cells(rows: pd.DataFrame, row: int) -> list[str]:
    return [text for cell in rows.loc[row] if (text := str(cell))]


def _header_again(rows: pd.DataFrame, header: HeaderMap) -> tuple[int, ...]:
    """Return rows that repeat the header, as every page of a print does."""
    places = [p for p in header.positions.values() if p in rows.columns]
    if len(places) < 2:  # noqa: PLR2004 - one equal text may be data
        return ()
    same = pd.Series(True, index=rows.index)
    for place in places:
        same &= rows[place].eq(header.headers[place])
        if not same.any():
            return ()
    return _ints(same.index[same])


def _column_numbers(rows: pd.DataFrame, texts: pd.DataFrame) -> tuple[int, ...]:
    """Return a line of column numbers (1, 2, 3 …) just below the header, as forms print."""
    if rows.empty or rows.index[0] != texts.index[0]:
        return ()
    numbers = [t.strip("()") for cell in rows.iloc[0].tolist() if (t := str(cell).strip())]
    counted = [str(n) for n in range(1, len(numbers) + 1)]
    enough = len(numbers) >= _COLUMN_NUMBERS  # fewer could be data
    return _ints(rows.index[:1]) if enough and numbers == counted else ()


def _footers(
    rows: pd.DataFrame, texts: pd.DataFrame, header: HeaderMap, summed_at: int | None
) -> tuple[int, ...]:
    """Return remarks and signatures after the last full data row.

    Such a line fills at most one column of the table and holds words. It is one when it
    stands beside the columns, behind a blank row, or reads like a remark; else it is data
    with blanks, such as a kecamatan whose counts are missing. Below the first line that
    sums up (`summed_at`) whatever fills less than half of the usual columns is a remark:
    there stand the legends of the processing sheet.
    """
    places = [p for p in header.positions.values() if p in rows.columns]
    if len(places) < 2 or rows.empty:  # noqa: PLR2004 - any line fills one column
        return ()
    filled_last = (place for place in places if rows[place].iloc[-1] != "")
    if summed_at is None and len(list(islice(filled_last, 2))) == 2:  # noqa: PLR2004 - data to the end
        return ()
    full = pd.concat([rows[place].ne("") for place in places], axis=1).sum(axis=1)
    after_sum = rows.index > (summed_at or rows.index[-1])
    legends = _ints(rows.index[after_sum & full.lt(full.median() / 2)])
    enough = full[full.ge(2) & ~full.index.isin(legends)]
    last = int(enough.index[-1]) if len(enough) else int(texts.index[0]) - 1
    found: list[int] = []
    below = rows[rows.index > last]
    for row, line in zip(_ints(below.index), below.to_numpy().tolist(), strict=True):
        apart = row - 1 not in rows.index and row - 1 > last
        cells = [text for cell in line if (text := str(cell))]
        looks_so = found or apart or not full[row] or _is_remark(cells)
        if row not in legends and looks_so and _only_words(cells):
            found.append(row)
    return tuple(sorted({*found, *legends}))


def _only_words(cells: Sequence[str]) -> bool:
    return all(re.search(r"[^\W\d_]{2}", cell) for cell in cells)


def _is_remark(cells: Sequence[str]) -> bool:
    text = " ".join(cells)
    return bool(
        re.match(_REMARK, text, re.IGNORECASE)
        or ":" in text
        or re.search(r"\d{4}", text)
        or len(text.split()) >= _REMARK_WORDS
    )
