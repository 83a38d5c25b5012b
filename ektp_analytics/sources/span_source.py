"""The cells of a large log as columns of a query: number, status and stamps of every row.

Nothing is read here: these are the words of a query over the file, so that a pass over the
log touches only the columns it needs.
"""

# ruff: noqa: S608 - every word is our own or quoted

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ektp_analytics.sources.cell_text import BLANKS
from ektp_analytics.sources.dates import ZONE_HOURS
from ektp_analytics.sources.delimited import find_separator
from ektp_analytics.sources.files import content_kind
from ektp_analytics.sources.reading import Reading

_ISO_SECONDS = "['%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S']"
_SECOND_LENGTH = 19  # characters of a stamp to the second
_ISO = "['%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M', '%Y-%m-%d']"
_ISO_LENGTHS = "(10, 16, 19)"
_DATE_LENGTH = 10  # characters of a stamp without a time of day
# The pattern is dear, and only a number with an e in it can match.
_LOST = (
    "coalesce(CASE WHEN contains(number, 'E') OR contains(number, 'e') "
    r"THEN regexp_full_match(number, '\d+([.,]\d+)?[eE]\+?\d+') END, false)"
)
_SEPARATOR_LINE = b"sep="
_BLANK_STAMPS = BLANKS | {"0000-00-00", "0000-00-00 00:00:00", "00/00/0000"}


class SpanSource:
    """The columns of the spans of one log.

    Parameters
    ----------
    base
        Connection to the database.
    path
        The log, or its first rows.
    reading
        Its first rows, with the header found.
    stamps
        Key of each stamp, by its short name.
    zone
        Zone into which moments with one of their own are turned.
    """

    def __init__(
        self, base: Any, path: Path, reading: Reading, stamps: dict[str, str], zone: str
    ) -> None:
        self.path, self.reading, self.stamps, self.zone = path, reading, stamps, zone
        self.parquet = content_kind(path) == "parquet"
        table = f"read_parquet({quoted(str(path))})" if self.parquet else self._text_table()
        described = base.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()
        # Named by place, so that no header is taken for a column made here.
        self.columns = [(f"c{place}", str(row[1])) for place, row in enumerate(described)]
        self.table = f"{table} AS log({', '.join(name for name, _ in self.columns)})"

    def rows(self, chosen: str = "") -> str:
        """Return the query of every row that has a cell filled.

        Its columns: ``number`` (the application number as it stands, stripped), ``id`` (missing
        where blank), ``lost`` (whether the number lost its digits), ``status``; of each stamp
        ``_at``, ``_clock`` and ``_odd``; ``doubt`` (whether the number or a stamp needs a
        closer look), ``content`` (of all cells), and ``key``, which differs where the numbers
        differ, but for chance.

        Parameters
        ----------
        chosen
            Condition on these columns.
        """
        cells = [f"coalesce({_stripped(name)}, '')" for name, _ in self.columns]
        # A table of text may end in rows of separators; the first cell filled settles it.
        filled = "" if self.parquet else " WHERE " + " OR ".join(f"{c} <> ''" for c in cells)
        query = f"{self.table}{filled}"
        stamps = [self._stamp(short, key) for short, key in self.stamps.items()]
        whole = f"hash({', '.join(cells)})"
        key = f"CASE WHEN number IS NULL OR number = '' THEN {whole} ELSE hash(number) END"
        # Step by step, so that what a later column needs is computed once.
        for fields in (
            [f"{self._text('application_id')} AS number", f"{self._text('status')} AS status"],
            *zip(*stamps, strict=True),
            [f"{_LOST} AS lost", f"{key} AS key"],
            [f"lost OR {self._any_odd()} AS doubt"],
        ):
            query = f"(SELECT *, {', '.join(fields)} FROM {query})"
        content = f"md5_number([{', '.join(cells)}]::VARCHAR) AS content"
        where = f" WHERE {chosen}" if chosen else ""
        return f"SELECT *, {_unless_blank('number')} AS id, {content} FROM {query}{where}"

    def _any_odd(self) -> str:
        return "(" + " OR ".join(f"{short}_odd IS NOT NULL" for short in self.stamps) + ")"

    def _text_table(self) -> str:
        """Return the reader of a text table below its header, every cell as text."""
        rows = self.reading.table.rows
        with self.path.open("rb") as stream:
            head = stream.read(1_000_000)
        separator = find_separator(head.decode("utf-8-sig", errors="ignore"))
        width = self.reading.table.sheet.texts.shape[1]
        names = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width))
        skip = int(rows.data[0]) - 1 + int(head.lower().startswith(_SEPARATOR_LINE))
        return (
            f"read_csv({quoted(str(self.path))}, delim='{separator}', quote='\"', escape='\"', "
            f"header=false, skip={skip}, columns={{{names}}}, auto_detect=false, "
            "null_padding=true, strict_mode=false, parallel=true)"
        )

    def _place(self, key: str) -> tuple[str, str] | None:
        """Return the column of a key in the file: its name and type."""
        if not self.reading.has(key):
            return None
        return self.columns[self.reading.table.header.positions[key]]

    def _text(self, key: str) -> str:
        """Return a cell as stripped text."""
        column = self._place(key)
        return "NULL::VARCHAR" if column is None else _stripped(column[0])

    def _stamp(self, short: str, key: str) -> tuple[str, str, str]:
        """Return the steps to a stamp: an instant, whether it has a time, its text where odd."""
        column = self._place(key)
        assert column is not None  # noqa: S101 - the clock was settled before
        name, kind = column
        at, text, clock, odd = (f"{short}_{part}" for part in ("at", "text", "clock", "odd"))
        if kind == "TIMESTAMP WITH TIME ZONE":
            shift = ZONE_HOURS[self.zone] * 3_600_000_000
            moment = f"make_timestamp(epoch_us({name}) + {shift})"
            return f"{moment} AS {at}", f"true AS {clock}", f"NULL::VARCHAR AS {odd}"
        if kind == "DATE" or kind.startswith("TIMESTAMP"):
            has_clock = str(kind != "DATE").lower()
            return (
                f"{name}::TIMESTAMP AS {at}",
                f"{has_clock} AS {clock}",
                f"NULL::VARCHAR AS {odd}",
            )
        cell = f"{name}::VARCHAR"
        plain = f"strlen({cell}) = {_SECOND_LENGTH}"
        whole = f"CASE WHEN {plain} THEN try_strptime({cell}, {_ISO_SECONDS}) END AS {short}_whole"
        # Only what is not written to the second is looked at as text.
        first = f"{whole}, CASE WHEN {short}_whole IS NULL THEN trim({cell}) END AS {text}"
        iso = f"CASE WHEN length({text}) IN {_ISO_LENGTHS} THEN try_strptime({text}, {_ISO}) END"
        moment = f"CASE WHEN {text} IS NULL THEN {short}_whole ELSE {iso} END"
        timed = f"CASE WHEN {text} IS NULL THEN true ELSE length({text}) > {_DATE_LENGTH} END"
        blank = f"CASE WHEN {text} IS NULL OR {at} IS NOT NULL THEN NULL "
        return (
            first,
            f"{moment} AS {at}, {timed} AS {clock}",
            f"{blank} ELSE {_unless_blank(text)} END AS {odd}",
        )


def _stripped(column: str) -> str:
    """Return a cell as text without blanks at its ends.

    Stripping is dear, so only text with a blank, or with a character of more than one byte,
    is stripped.
    """
    text = f"{column}::VARCHAR"
    needed = f"contains({text}, ' ') OR length({text}) < strlen({text})"
    return f"CASE WHEN {needed} THEN trim({text}) ELSE {text} END"


def _unless_blank(text: str) -> str:
    """Return a text, missing where it is one of the words for blank."""
    # A long IN would be planned as a join of all rows, even where it is never asked.
    blank = f"list_position([{words(sorted(_BLANK_STAMPS))}], lower({text})) > 0"
    return f"CASE WHEN {blank} THEN NULL ELSE {text} END"


def words(given: Sequence[str]) -> str:
    """Return words as the list of a query."""
    return ", ".join(quoted(word) for word in given)


def quoted(text: str) -> str:
    """Return a text as a query writes it."""
    return "'" + text.replace("'", "''") + "'"
