"""The spans of a large log: one pass counts them all, a second looks only at the doubtful ones.

The first pass takes of every row a hash of its number and the code of its request. Where no
hash comes twice and every stamp can be read, that is all. Otherwise the rows with a stamp
written otherwise, or with a hash that came twice, are taken into a table, their codes are
taken off the counts, and they are settled one against the other as any reader does.
"""

# ruff: noqa: S608 - every word is our own or quoted

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ektp_analytics.errors import refuse
from ektp_analytics.sources.cell_text import is_blank
from ektp_analytics.sources.dates import DateRules, parse_datetimes
from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.repeated_hashes import HashArray, RepeatedHashes
from ektp_analytics.sources.result import FileAccount, ReadOptions
from ektp_analytics.sources.span_codes import CodeCounts, coded, left_out
from ektp_analytics.sources.span_source import SpanSource

MOST_ODD_STAMPS = 1_000_000
"""Different stamps not written as 2025-01-31 08:00:00 that are read one by one."""

_ROWS_AT_ONCE = 1 << 22
_CLOCK = ("s", "e")
_CODES = ("code", "day_code")


class SpanTable:
    """Spans of a log: `settle` counts them and takes out what is wrong.

    Parameters
    ----------
    base
        Connection to the database.
    path, head
        The log, and its first rows.
    reading
        The first rows, with the header found; receives the findings.
    stamps
        Keys of start and end.
    options
        Zone, and whether repeats are merged.
    """

    def __init__(
        self,
        base: Any,
        path: Path,
        head: Path,
        reading: Reading,
        stamps: tuple[str, str],
        options: ReadOptions,
    ) -> None:
        self.base, self.reading, self.options = base, reading, options
        self.stamps = dict(zip(("s", "e"), stamps, strict=True))
        if reading.has("promised_at") and "promised_at" not in stamps:
            self.stamps["p"] = "promised_at"
        self.read = self.rejected = self.repeats = 0
        self.counted = {name: CodeCounts() for name in _CODES}
        self.odd: set[str] = set()
        self.log = SpanSource(base, path, reading, self.stamps, options.zone)
        base.execute(f"CREATE VIEW raw AS {self.log.rows()}")
        self._settle_times(SpanSource(base, head, reading, self.stamps, options.zone))

    def settle(self, as_of: date, cancelled: Sequence[str], *, by_day: bool) -> None:
        """Count the requests as they stood at 24:00 of a day, each under its code.

        Parameters
        ----------
        as_of, cancelled
            As for `coded`.
        by_day
            Whether ``day_code`` is counted too.
        """
        self.asked = (as_of, cancelled)
        self.codes = _CODES if by_day else _CODES[:1]
        repeated, doubtful = self._first_pass()
        if repeated.size or doubtful:
            self._take_out(repeated)
            self._merge()
            self._count_groups("kept", 1, self.codes)
        counted = left_out(self.counted["code"])
        first, last = (self.reading.header(self.stamps[k]) for k in _CLOCK)
        self._reject("end_before_start_many", counted["reversed"], first=first, column=last)
        self.excluded = counted | {"reversed": 0}

    def account(self) -> FileAccount:
        """Return what became of the rows."""
        kept = self.read - self.rejected - self.repeats
        return FileAccount(
            file=self.reading.log.file, source="service_log", sha256="", sheet=None,
            read=self.read, kept=kept, rejected=self.rejected, repeats=self.repeats,
        )  # fmt: skip

    def _settle_times(self, head: SpanSource) -> None:
        """Tell whether start and end have times of day; a column wholly at midnight has none.

        The first rows mostly settle it; else all are looked at.
        """
        has_time = "coalesce(bool_or({k}_clock AND {k}_at <> date_trunc('day', {k}_at)), false)"
        query = f"SELECT {', '.join(has_time.format(k=k) for k in _CLOCK)} FROM"
        timed = self._row(f"{query} ({head.rows()})")
        if not all(timed):
            self._read_odd_stamps("raw")
            timed = self._row(f"{query} ({self._with_odd('raw')})")
        self.times = ", ".join(
            f"{k}_clock AS {k}_time" if known else f"false AS {k}_time"
            for k, known in zip(_CLOCK, timed, strict=True)
        )

    def _row(self, query: str) -> tuple[Any, ...]:
        """Return the only row of the answer to a query."""
        (row,) = self.base.execute(query).fetchall()
        return tuple(row)

    def _coded(self, spans: str, fields: str = "") -> str:
        """Return the query of spans with their codes."""
        return coded(f"(SELECT *, {self.times} FROM {spans})", *self.asked, fields)

    def _first_pass(self) -> tuple[HashArray, int]:
        """Count every row by its code; return the keys that came twice, and the doubtful rows."""
        hashes, doubtful = RepeatedHashes(), 0
        query = self._coded("raw", "key, doubt::UTINYINT AS doubt, ")
        for key, doubt, code in self._arrays(query, ("key", "doubt", "code")):
            hashes.take(key)
            doubtful += int(np.count_nonzero(doubt))
            self.counted["code"].add(code)
            self.read += key.size
        self._count_groups("raw", 1, self.codes[1:])
        found = [hashes.repeated()]
        share, remaining = hashes.share, hashes.remaining()
        del hashes
        for remainder in remaining:
            again = RepeatedHashes(share, remainder)
            mine = f"SELECT key FROM raw WHERE key % {share} = {remainder}"
            for (key,) in self._arrays(mine, ("key",)):
                again.take(key)
            found.append(again.repeated())
        return np.concatenate(found), doubtful

    def _arrays(self, query: str, columns: Sequence[str]) -> Iterator[list[Any]]:
        """Give the answer to a query part by part, as arrays."""
        answer = self.base.sql(f"SELECT {', '.join(columns)} FROM ({query})")
        for part in answer.to_arrow_reader(_ROWS_AT_ONCE):
            yield [part.column(place).to_numpy() for place in range(len(columns))]

    def _count_groups(self, spans: str, sign: int, codes: Sequence[str]) -> None:
        """Add the counts of spans by code, or take them off."""
        for name in codes:
            query = f"SELECT {name}, count(*) AS n FROM ({self._coded(spans)}) GROUP BY ALL"
            found = self.base.execute(query).fetchnumpy()
            numbers = sign * np.asarray(found["n"], np.int64)
            self.counted[name].add_counts(np.asarray(found[name], np.int64), numbers)

    def _take_out(self, repeated: HashArray) -> None:
        """Take the doubtful rows into a table and off the counts."""
        self.base.register("given", pd.DataFrame({"key": repeated}))
        self.base.execute("CREATE TABLE again AS SELECT key FROM given")
        rows = self.log.rows("doubt OR key IN (SELECT key FROM again)")
        kept = ["id", "lost", "status", "content"]
        kept += [f"{short}_{part}" for short in self.stamps for part in ("at", "clock", "odd")]
        self.base.execute(f"CREATE TABLE taken AS SELECT {', '.join(kept)} FROM ({rows})")
        self._count_groups("taken", -1, self.codes)
        self._read_odd_stamps("taken")

    def _with_odd(self, spans: str) -> str:
        """Return the query of spans with their odd stamps read, and whether one cannot be."""
        joins, fields, bad = "", ["id", "status", "content"], ["lost"]
        for short in self.stamps:
            at, clock = f"{short}_at", f"{short}_clock"
            if short not in self.odd:
                fields += [at, clock]
                continue
            joins += f" LEFT JOIN odd_{short} ON {short}_odd = odd_{short}.text"
            fields += [
                f"coalesce({at}, odd_{short}.at) AS {at}",
                f"coalesce(odd_{short}.clock, {clock}) AS {clock}",
            ]
            bad.append(f"coalesce(odd_{short}.bad, false)")
        return f"SELECT {', '.join(fields)}, {' OR '.join(bad)} AS bad FROM {spans}{joins}"

    def _read_odd_stamps(self, spans: str) -> None:
        """Read the stamps written otherwise, each different one once, as all readers do."""
        for short, key in self.stamps.items():
            if short not in self.odd and self._parse_odd(spans, short, key):
                self.odd.add(short)

    def _parse_odd(self, spans: str, short: str, key: str) -> bool:
        """Make the table of odd texts of one stamp: instant, time of day, whether unreadable.

        False where there are none.
        """
        query = f"SELECT DISTINCT {short}_odd AS text FROM {spans} WHERE {short}_odd IS NOT NULL"
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

    def _reject(self, rule: str, count: int, **details: Any) -> None:
        self.rejected += count
        if count:
            self.reading.log.add(rule, "error", count=count, **details)

    def _merge(self) -> None:
        """Settle the doubtful rows: reject what cannot be read, merge repeats, drop conflicts.

        A number tells rows apart; without one it takes every cell of the row.
        """
        run = self.base.execute
        run(
            "CREATE TABLE spans AS SELECT *, coalesce('n' || id, 'r' || content) AS who "
            f"FROM ({self._with_odd('taken')})"
        )
        (bad,) = self._row("SELECT count(*) FROM spans WHERE bad")
        self._reject("stamp_unreadable_many", int(bad))
        run(
            "CREATE TABLE contents AS SELECT who, count(DISTINCT content) AS kinds, "
            "count(*) AS n FROM spans WHERE NOT bad GROUP BY who"
        )
        merge = self.options.repeats == "merge"
        lost = "kinds" if merge else "n"
        repeats, conflicts = self._row(
            "SELECT coalesce(sum(n - kinds), 0), "
            f"coalesce(sum({lost}) FILTER (kinds > 1), 0) FROM contents"
        )
        self.repeats = int(repeats) if merge else 0
        self.rejected += int(conflicts)
        self._tell_doubtful(int(conflicts))
        once = "QUALIFY row_number() OVER (PARTITION BY who) = 1" if merge else ""
        run(
            "CREATE VIEW kept AS SELECT spans.* FROM spans JOIN contents USING (who) "
            f"WHERE kinds = 1 AND NOT bad {once}"
        )

    def _tell_doubtful(self, conflicts: int) -> None:
        log = self.reading.log
        if self.repeats:
            log.add("row_repeated_many", "warning", count=self.repeats)
        if conflicts:
            column = self.reading.header("application_id")
            log.add("id_conflict_many", "error", count=conflicts, column=column)
