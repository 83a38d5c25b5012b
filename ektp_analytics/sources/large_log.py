"""Read the time span of a log of any size in bounded memory, by DuckDB.

What the other readers do row by row is done here in the database: rows with an unreadable
stamp are rejected, exact repeats merged, numbers with different rows left out, reversed
pairs rejected, and all of it counted. What comes out are counts by duration, from which the
same code computes the same figures. Not done here: the row of a finding (a database has no
order of rows), lines that sum up below the data, and times of day in a column of their own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from ektp_analytics.errors import refuse
from ektp_analytics.sources.files import content_kind
from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.result import ReadOptions, ReadResult
from ektp_analytics.sources.schema import CLOCK
from ektp_analytics.sources.span_codes import groups_by_day, groups_by_second
from ektp_analytics.sources.span_table import SpanTable

LARGE_MEGABYTES = 50
"""Size on disk from which a log goes through the database (a setting)."""

MEMORY = "1GB"
"""What the database may hold in memory; beyond it works on the disk."""

HEAD_ROWS = 2_000
"""Rows from which the header is found and the kinds of columns are known."""

_MEGABYTE = 1_000_000


def is_large(path: Path, megabytes: float = LARGE_MEGABYTES) -> bool:
    """Tell whether a file is a text table or Parquet of more than so many megabytes."""
    if not path.is_file() or path.stat().st_size <= megabytes * _MEGABYTE:
        return False
    return content_kind(path) in ("text", "parquet")


@contextmanager
def head_of(path: Path) -> Iterator[Path]:
    """Give the first rows of a large file as a file of its own, of the same name.

    Raises
    ------
    Refused
        When a text file is not in UTF-8.
    """
    with tempfile.TemporaryDirectory(prefix="ektp-") as folder:
        head = Path(folder) / path.name
        if content_kind(path) == "parquet":
            _parquet_head(path, head)
        else:
            with path.open("rb") as stream:
                content = b"".join(islice(stream, HEAD_ROWS))
            try:
                content.decode("utf-8-sig")
            except UnicodeDecodeError as problem:
                raise refuse("large_log_encoding", file=path.name) from problem
            head.write_bytes(content)
        yield head


def _parquet_head(path: Path, head: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path)
    rows = next(file.iter_batches(batch_size=HEAD_ROWS), None)
    if rows is None:
        raise refuse("file_has_only_header", file=path.name)
    pq.write_table(pa.Table.from_batches([rows]), head)


@dataclass(frozen=True, slots=True)
class SpanCounts:
    """Counts of the requests of a large log, as they stood at 24:00 of a day.

    Parameters
    ----------
    groups
        ``seconds`` (whole, rounded up), ``start_day`` (one day for all), ``days`` (after the
        start day), ``date_only``, ``open``, ``count``.
    day_groups
        The same by start day and days, their seconds 0; None where not asked for.
    excluded
        Requests left out, by reason.
    read
        Account, findings and headers; its table is empty.
    """

    groups: pd.DataFrame
    day_groups: pd.DataFrame | None
    excluded: dict[str, int]
    read: ReadResult


def count_spans(
    path: Path,
    head: Path,
    stamps: tuple[str, str],
    as_of: date,
    options: ReadOptions,
    *,
    cancelled_words: Sequence[str],
    by_day: bool = False,
) -> SpanCounts:
    """Count the requests of a large log by duration.

    Parameters
    ----------
    path, head
        The log, and its first rows.
    stamps
        Keys of start and end.
    as_of
        Day of the view.
    options
        As for `read_service_log`; ``limits`` do not apply.
    cancelled_words
        Statuses, in small letters, of requests left out.
    by_day
        Whether the days themselves are counted too, for working days.

    Raises
    ------
    Refused
        Header, encoding or stamps that cannot be used; every row rejected.
    """
    import duckdb

    reading = Reading.open(head, "service_log", replace(options, display_name=path.name))
    _refuse_unsupported(reading, stamps)
    with tempfile.TemporaryDirectory(prefix="ektp-") as folder, _database(folder) as base:
        try:
            spans = SpanTable(base, path, head, reading, stamps, options)
            spans.settle(as_of, cancelled_words, by_day=by_day)
        except duckdb.Error as problem:
            what = str(problem).splitlines()[0][:200]
            raise refuse("large_log_failed", file=path.name, problem=what) from problem
    account = spans.account()
    if not account.kept:
        raise refuse("every_row_rejected", file=path.name, source="service_log")
    findings = reading.log.findings()
    named = reading.table.header.named()
    read = ReadResult("service_log", pd.DataFrame(), findings, (account,), named)
    counted = spans.counted
    groups = groups_by_second(counted["code"], as_of)
    day_groups = groups_by_day(counted["day_code"], as_of) if by_day else None
    return SpanCounts(groups, day_groups, spans.excluded, read)


def _refuse_unsupported(reading: Reading, stamps: tuple[str, str]) -> None:
    """Refuse what only the readers of ordinary files understand: clocks in their own column."""
    clocks = [key for key in stamps if reading.has(f"{key}{CLOCK}")]
    tickets = reading.has("queue_number") and not reading.has("application_id")
    if clocks or tickets:
        name = reading.header(f"{clocks[0]}{CLOCK}" if clocks else "queue_number")
        raise refuse("large_log_clock", file=reading.log.file, column=name)


@contextmanager
def _database(folder: str) -> Iterator[Any]:
    """Open a database on disk that keeps to its share of memory."""
    import duckdb

    base = duckdb.connect(str(Path(folder) / "log.duckdb"))
    try:
        base.execute(f"SET memory_limit='{MEMORY}'; SET preserve_insertion_order=false")
        # A log is passed once: what was read of it need not be kept.
        base.execute("SET enable_progress_bar=false; SET enable_external_file_cache=false")
        base.execute(f"SET temp_directory='{folder}'")
        yield base
    finally:
        base.close()
