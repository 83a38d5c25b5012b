"""The spans of a large log as a table of a database: read, cleared of what is wrong, counted."""

# ruff: noqa: S608 - names are quoted, words are our own

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from ektp_analytics.errors import refuse
from ektp_analytics.sources.cell_text import BLANKS, is_blank
from ektp_analytics.sources.dates import ZONE_HOURS, DateRules, parse_datetimes
from ektp_analytics.sources.delimited import find_separator
from ektp_analytics.sources.files import content_kind
from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.result import FileAccount, ReadOptions

MOST_ODD_STAMPS = 1_000_000
"""Different stamps not written as 2025-01-31 08:00:00 that are read one by one."""

_ISO = "['%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M', '%Y-%m-%d']"
_ISO_LENGTHS = "(10, 16, 19)"
_DATE_LENGTH = 10  # characters of a stamp without a time of day
_ID_LOST = r"\d+([.,]\d+)?[eE]\+?\d+"
_SEPARATOR_LINE = b"sep="


class SpanTable:
    """Spans in a database: `settle` takes out what is wrong, `view` counts the rest.

    Parameters
    ----------
    base
        Connection to the database.
    path
        The log.
    reading
        Its first rows, with the header found; receives the findings.
    stamps
        Keys of start and end.
    options
        Zone, and whether repeats are merged.
    """

    def __init__(
        self, base: Any, path: Path, reading: Reading, stamps: tuple[str, str], options: ReadOptions
    ) -> None:
        self.base, self.path, self.reading, self.options = base, path, reading, options
        self.stamps = dict(zip(("s", "e"), stamps, strict=True))
        if reading.has("promised_at") and "promised_at" not in stamps:
            self.stamps["p"] = "promised_at"
        self.read = self.rejected = self.repeats = 0
        self._load()
        self._read_odd_stamps()

    def _one(self, query: str) -> Any:
        """Return the first figure of the answer to a query."""
        return self.base.execute(query).fetchone()[0]

    def _load(self) -> None:
        """Take the columns of the span into a table; Parquet stays where it is."""
        parquet = content_kind(self.path) == "parquet"
        source = f"read_parquet({_quoted(self.path)})" if parquet else self._text_source()
        names = self.base.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        self.columns = [(str(row[0]), str(row[1])) for row in names]
        cells = [f"coalesce(trim({_name(name)}::VARCHAR), '')" for name, _ in self.columns]
        row_hash = f"hash({', '.join(cells)})"
        filled = (
            "" if parquet else f"WHERE {' OR '.join(f'{cell} <> {chr(39) * 2}' for cell in cells)}"
        )
        number = self._cell("application_id")
        parts = [f"{row_hash} AS row_hash", f"{number} AS id", f"{self._cell('status')} AS status"]
        for short, key in self.stamps.items():
            parts += self._stamp(short, key)
        kind = "VIEW" if parquet else "TABLE"
        self.base.execute(f"CREATE {kind} raw AS SELECT {', '.join(parts)} FROM {source} {filled}")

    def _text_source(self) -> str:
        """Return the reader of a text table below its header, every cell as text."""
        rows = self.reading.table.rows
        with self.path.open("rb") as stream:
            head = stream.read(1_000_000)
        separator = find_separator(head.decode("utf-8-sig", errors="ignore"))
        width = self.reading.table.sheet.texts.shape[1]
        names = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width))
        skip = int(rows.data[0]) - 1 + int(head.lower().startswith(_SEPARATOR_LINE))
        return (
            f"read_csv({_quoted(self.path)}, delim='{separator}', quote='\"', escape='\"', "
            f"header=false, skip={skip}, columns={{{names}}}, auto_detect=false, "
            "null_padding=true, strict_mode=false, parallel=true)"
        )

    def _place(self, key: str) -> tuple[str, str] | None:
        """Return the column of a key in the file: its name and type."""
        if not self.reading.has(key):
            return None
        return self.columns[self.reading.table.header.positions[key]]

    def _cell(self, key: str) -> str:
        """Return a cell as stripped text, missing where it is blank."""
        column = self._place(key)
        if column is None:
            return "NULL::VARCHAR"
        text = f"trim({_name(column[0])}::VARCHAR)"
        return f"CASE WHEN lower({text}) IN ({_BLANK_LIST}) THEN NULL ELSE {text} END"

    def _stamp(self, short: str, key: str) -> list[str]:
        """Return a stamp as an instant, whether it has a time, and its text where it is odd."""
        column = self._place(key)
        assert column is not None  # noqa: S101 - the clock was settled before
        name, kind = column
        if kind == "TIMESTAMP WITH TIME ZONE":
            hours = ZONE_HOURS[self.options.zone]
            at = f"make_timestamp(epoch_us({_name(name)}) + {hours * 3_600_000_000})"
            return [f"{at} AS {short}_at", f"true AS {short}_clock", f"NULL AS {short}_odd"]
        if kind == "DATE" or kind.startswith("TIMESTAMP"):
            at, clock = f"{_name(name)}::TIMESTAMP", str(kind != "DATE").lower()
            return [f"{at} AS {short}_at", f"{clock} AS {short}_clock", f"NULL AS {short}_odd"]
        cell = self._cell(key)
        at = (
            f"CASE WHEN length({cell}) IN {_ISO_LENGTHS} "
            f"THEN try_strptime({cell}, {_ISO}) ELSE NULL END"
        )
        odd = f"CASE WHEN ({at}) IS NULL THEN {cell} ELSE NULL END"
        clock = f"length({cell}) > {_DATE_LENGTH}"
        return [f"{at} AS {short}_at", f"{clock} AS {short}_clock", f"{odd} AS {short}_odd"]

    def _read_odd_stamps(self) -> None:
        """Read the stamps written otherwise, each different one once, as all readers do."""
        joins, fields = "", ["raw.row_hash", "raw.id", "raw.status"]
        # The pattern is dear, and only a number with an e in it can match.
        exponent = "contains(raw.id, 'E') OR contains(raw.id, 'e')"
        wrong = [
            f"CASE WHEN {exponent} THEN regexp_full_match(raw.id, '{_ID_LOST}') ELSE false END"
        ]
        for short, key in self.stamps.items():
            if not self._parse_odd(short, key):
                fields += [
                    f"raw.{short}_at",
                    f"coalesce(raw.{short}_clock, false) AS {short}_clock",
                ]
                continue
            joins += f" LEFT JOIN odd_{short} ON raw.{short}_odd = odd_{short}.text"
            fields += [
                f"coalesce(raw.{short}_at, odd_{short}.at) AS {short}_at",
                f"coalesce(odd_{short}.clock, raw.{short}_clock, false) AS {short}_clock",
            ]
            wrong.append(f"coalesce(odd_{short}.bad, false)")
        query = f"SELECT {', '.join(fields)}, {' OR '.join(wrong)} AS wrong FROM raw{joins}"
        self.base.execute(f"CREATE VIEW spans AS {query}")

    def _parse_odd(self, short: str, key: str) -> bool:
        """Make the table of odd texts of one stamp: instant, time of day, whether unreadable.

        False where there are none.
        """
        query = f"SELECT DISTINCT {short}_odd AS text FROM raw WHERE {short}_odd IS NOT NULL"
        found = self.base.execute(f"{query} LIMIT {MOST_ODD_STAMPS + 1}").df()
        log, header = self.reading.log, self.reading.header(key)
        if found.empty:
            return False
        if len(found) > MOST_ODD_STAMPS:
            raise refuse("large_log_stamps", file=log.file, column=header, limit=MOST_ODD_STAMPS)
        text = found["text"].astype("str")
        parsed = parse_datetimes(text, DateRules(self.options.zone))
        if parsed.mixed_order:
            first, second = (text[row] for row in parsed.mixed_order)
            raise refuse(
                "date_order_mixed", file=log.file, source="service_log", column=header,
                row=None, value=second, other_row="?", other_value=first,
            )  # fmt: skip
        bad = pd.Series(False, index=text.index)
        for mask in parsed.problems.values():
            bad |= mask.astype(bool)
        clock = text.str.contains(r"\d[:.]\d{2}(?:\D|$)", regex=True) & parsed.values.notna()
        odd = pd.DataFrame({"text": text, "at": parsed.values, "clock": clock, "bad": bad})
        self.base.register(f"given_{short}", odd[~is_blank(text)])
        self.base.execute(f"CREATE TABLE odd_{short} AS SELECT * FROM given_{short}")
        return True

    def settle(self) -> None:
        """Reject unreadable rows, merge repeats, and leave out conflicting numbers."""
        dated = [
            f"coalesce(bool_or({k}_clock AND {k}_at <> date_trunc('day', {k}_at)), false)"
            for k in ("s", "e")
        ]
        query = (
            f"SELECT count(*), count(id), count(*) FILTER (wrong), {', '.join(dated)} FROM spans"
        )
        self.read, numbered, wrong, *timed = self.base.execute(query).fetchone()
        self._reject("stamp_unreadable_many", int(wrong))
        # A number tells rows apart; without one it takes every cell of the row.
        key = "hash(id)" if numbered == self.read else "coalesce(hash(id), row_hash)"
        # A column wholly at midnight holds dates.
        times = [f"{k}_clock AS {k}_time" if t else f"false AS {k}_time" for k, t in
                 zip(("s", "e"), timed, strict=True)]  # fmt: skip
        self.base.execute(
            f"CREATE VIEW read AS SELECT row_hash, id, status, s_at, e_at, {', '.join(times)}, "
            f"{key} AS key FROM spans WHERE NOT wrong"
        )
        self._doubtful()

    def _reject(self, rule: str, count: int, **details: Any) -> None:
        self.rejected += count
        if count:
            self.reading.log.add(rule, "error", count=count, **details)

    def _doubtful(self) -> None:
        """Tell apart, among rows that share a number, repeats from conflicts."""
        run = self.base.execute
        run("CREATE TABLE shared AS SELECT key FROM read GROUP BY key HAVING count(*) > 1")
        if not self._one("SELECT count(*) FROM shared"):
            run("CREATE VIEW clear AS SELECT * FROM read")
            return
        run("CREATE TABLE doubtful AS SELECT * FROM read SEMI JOIN shared USING (key)")
        run(
            "CREATE TABLE contents AS SELECT key, count(DISTINCT row_hash) AS kinds, "
            "count(*) AS n FROM doubtful GROUP BY key"
        )
        merge = self.options.repeats == "merge"
        if merge:
            self.repeats = int(self._one("SELECT coalesce(sum(n - kinds), 0) FROM contents"))
        lost = "kinds" if merge else "n"
        conflicts = self._one(f"SELECT coalesce(sum({lost}), 0) FROM contents WHERE kinds > 1")
        self.rejected += int(conflicts)
        self._tell_doubtful(int(conflicts))
        once = "QUALIFY row_number() OVER (PARTITION BY key) = 1" if merge else ""
        run(
            "CREATE TABLE kept AS SELECT doubtful.* FROM doubtful JOIN contents USING (key) "
            f"WHERE kinds = 1 {once}"
        )
        run(
            "CREATE VIEW clear AS SELECT * FROM read ANTI JOIN shared USING (key) "
            "UNION ALL SELECT * FROM kept"
        )

    def _tell_doubtful(self, conflicts: int) -> None:
        log = self.reading.log
        if self.repeats:
            log.add("row_repeated_many", "warning", count=self.repeats)
        if conflicts:
            column = self.reading.header("application_id")
            log.add("id_conflict_many", "error", count=conflicts, column=column)

    def view(
        self, as_of: date, cancelled_words: Sequence[str], *, by_day: bool
    ) -> tuple[pd.DataFrame, dict[str, int]]:
        """Count the requests as they stood at 24:00 of a day.

        Returns
        -------
        tuple
            The groups of `SpanCounts`, and the requests left out by reason.
        """
        words = ", ".join(_text(word) for word in cancelled_words)
        view = f"TIMESTAMP '{as_of + timedelta(days=1)} 00:00:00'"
        self.base.execute(
            "CREATE VIEW seen AS SELECT s_at, "
            "(s_at IS NOT NULL AND NOT s_time) OR (e_at IS NOT NULL AND NOT e_time) AS plain, "
            f"CASE WHEN e_at > {view} OR (e_at = {view} AND plain) THEN NULL "
            f"ELSE e_at END AS ended, CASE WHEN {_REVERSED} THEN 'rejected' "
            f"WHEN lower(status) IN ({words}) THEN 'cancelled' "
            f"WHEN s_at IS NULL THEN 'no_start' WHEN s_at >= {view} THEN 'started_later' "
            "END AS why FROM clear"
        )
        found = self.base.execute(_grouped(view, as_of, by_day=by_day)).df()
        counted = found.groupby("why")["count"].sum()
        first, last = (self.reading.header(self.stamps[k]) for k in ("s", "e"))
        reversed_ = int(counted.get("rejected", 0))
        self._reject("end_before_start_many", reversed_, first=first, column=last)
        names = ("cancelled", "no_start", "started_later")
        excluded = {"reversed": 0} | {name: int(counted.get(name, 0)) for name in names}
        return found[found["why"].isna()].drop(columns="why"), excluded

    def account(self) -> FileAccount:
        """Return what became of the rows."""
        kept = self.read - self.rejected - self.repeats
        return FileAccount(
            file=self.reading.log.file, source="service_log", sha256="", sheet=None,
            read=self.read, kept=kept, rejected=self.rejected, repeats=self.repeats,
        )  # fmt: skip


def _grouped(view: str, as_of: date, *, by_day: bool) -> str:
    """Return the query that counts requests by duration, or by their days."""
    midnight = "ended = date_trunc('day', ended) AND NOT plain"
    last = (
        f"greatest(CASE WHEN ended IS NULL THEN DATE '{as_of}' "
        f"WHEN {midnight} THEN ended::DATE - 1 ELSE ended::DATE END, s_at::DATE)"
    )
    elapsed = f"ceil((epoch_us(coalesce(ended, {view})) - epoch_us(s_at)) / 1000000)::BIGINT"
    seconds = "0" if by_day else f"CASE WHEN plain THEN 0 ELSE {elapsed} END"
    start = "s_at::DATE" if by_day else f"DATE '{as_of}'"

    def counted(value: str, otherwise: str) -> str:
        return f"CASE WHEN why IS NULL THEN {value} ELSE {otherwise} END"

    return (
        f"SELECT why, {counted(seconds, '0')} AS seconds, "
        f"{counted(start, 'NULL')} AS start_day, "
        f"{counted(f'({last} - s_at::DATE)::BIGINT', '0')} AS days, "
        f"{counted('plain', 'false')} AS date_only, {counted('ended IS NULL', 'false')} AS open, "
        "count(*) AS count FROM seen GROUP BY ALL"
    )


_REVERSED = (
    "coalesce(CASE WHEN s_time AND e_time THEN e_at < s_at ELSE e_at::DATE < s_at::DATE END, false)"
)
_BLANK_LIST = ", ".join("'" + word.replace("'", "''") + "'" for word in sorted(
    BLANKS | {"0000-00-00", "0000-00-00 00:00:00", "00/00/0000"}
))  # fmt: skip


def _quoted(path: Path) -> str:
    return _text(str(path))


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
