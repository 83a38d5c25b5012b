"""Read CSV and TSV as Excel in Indonesia writes them: any separator, any usual encoding."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pandas as pd

from ektp_analytics.errors import refuse
from ektp_analytics.sources.extent import text_width
from ektp_analytics.sources.files import Sheet
from ektp_analytics.sources.findings import FindingLog

SEPARATORS = (";", ",", "\t", "|")
REPLACEMENT = "\ufffd"
_SAMPLE_LINES = 200
_SAMPLE_CHARACTERS = 1_000_000
_SEPARATOR_LINE = 10
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read_delimited(path: Path, log: FindingLog) -> Sheet:
    """Read a text table as one sheet of text cells.

    The encoding is UTF-8 (with or without mark), UTF-16 or Windows-1252, the last with
    a notice; the separator is the one that cuts the first lines into equal rows.

    Raises
    ------
    Refused
        When the bytes are no text, or hold nothing but blanks.
    """
    text = _without_separator_line(_decode(path, log))
    if not text.strip():
        raise refuse("file_empty", file=path.name)
    cells = _cells(text, find_separator(text), log)
    return Sheet(None, cells, cells)


def find_separator(text: str) -> str:
    """Return the separator that cuts the first lines most evenly into most columns."""
    sample = "\n".join(text[:_SAMPLE_CHARACTERS].splitlines()[:_SAMPLE_LINES])
    return max(SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: str, separator: str) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    try:
        for record in csv.reader(io.StringIO(sample), delimiter=separator):
            widths.update([len(record)] if record else [])
    except csv.Error:  # one field longer than the reader takes: an open quotation mark
        return (0.0, 0)
    if not widths:
        return (0.0, 0)
    width, times = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    return (times / widths.total() if width > 1 else 0.0, width)


def _decode(path: Path, log: FindingLog) -> str:
    raw = path.read_bytes()
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _reported(raw.decode(encoding, errors="replace"), log)
    if b"\x00" in raw[:4096]:
        return _decode_utf16(raw, path)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_damaged(raw, log)


def _decode_damaged(raw: bytes, log: FindingLog) -> str:
    """Decode bytes that are no whole UTF-8: damaged UTF-8 where most of it still is, else Windows.

    A text in Windows-1252 hardly ever holds a valid sequence of UTF-8 beyond ASCII.
    """
    text = raw.decode("utf-8", errors="replace")
    damaged = text.count(REPLACEMENT)
    beyond_ascii = len(text) - len(text.encode("ascii", errors="ignore"))
    if beyond_ascii - damaged > damaged:
        return _reported(text, log)
    log.add("encoding_windows", "note")
    return raw.decode("cp1252", errors="replace")


def _reported(text: str, log: FindingLog) -> str:
    if damaged := text.count(REPLACEMENT):
        log.add("encoding_damaged", "warning", count=damaged)
    return text


def _decode_utf16(raw: bytes, path: Path) -> str:
    """Decode UTF-16 without a mark by the side on which its zero bytes stand."""
    head = raw[:4096]
    encoding = "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse("file_not_text", file=path.name) from error


def _without_separator_line(text: str) -> str:
    """Drop Excel's own first line ``sep=;``, which no spreadsheet shows as a row."""
    head = text[:_SEPARATOR_LINE]
    if not head.strip().lower().startswith("sep="):
        return text
    return text.partition("\n")[2]


def _cells(text: str, separator: str, log: FindingLog) -> pd.DataFrame:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        frame = _parsed(text, separator, log)
    except (pd.errors.ParserError, csv.Error):
        log.add("quotes_unbalanced", "warning")
        frame = _parsed(text, separator, log, quoting=csv.QUOTE_NONE)
    frame = frame.loc[:, : _last_used(frame)]
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return frame


def _parsed(
    text: str, separator: str, log: FindingLog, quoting: int = csv.QUOTE_MINIMAL
) -> pd.DataFrame:
    """Cut text into cells; every cell stays text, stripped."""
    width = text_width(text, separator, quoting, log.file)
    frame: pd.DataFrame = pd.read_csv(
        io.StringIO(text),
        sep=separator,
        header=None,
        names=range(width),
        dtype="str",
        keep_default_na=False,
        na_filter=False,
        skip_blank_lines=False,
        index_col=False,
        quoting=quoting,  # type: ignore[call-overload]
    )
    stripped = {column: frame[column].str.strip() for column in frame}
    return pd.DataFrame(stripped)


def _last_used(frame: pd.DataFrame) -> int:
    """Return the last column that holds anything; quoted separators overcount the width."""
    for column in reversed(frame.columns):
        if frame[column].ne("").any():
            return int(column)
    return 0
