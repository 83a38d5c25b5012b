"""Read the service log: one row per application, with the stamps of its stages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from ektp_analytics.sources.findings import ROWS_LISTED_EACH, ROWS_NAMED_OF_MANY
from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.repeats import merge_repeats, reject_conflicts
from ektp_analytics.sources.result import ReadOptions, ReadResult

_SHOWN = "%Y-%m-%d %H:%M:%S"
# Stages in the order in which a request passes them.
STAGES = (
    "registered_at",
    "complete_at",
    "recorded_at",
    "sent_at",
    "print_ready_at",
    "printed_at",
    "handed_over_at",
)
# Pairs whose reversal is no procedure but a wrong stamp: nothing ends before it starts.
_IMPOSSIBLE = (
    *(("registered_at", stage) for stage in STAGES[1:]),
    ("complete_at", "printed_at"),
    ("complete_at", "handed_over_at"),
)


def read_service_log(
    path: str | Path, options: ReadOptions | None = None, **settings: Any
) -> ReadResult:
    """Read a service log.

    Parameters
    ----------
    path
        XLSX, XLS, ODS, CSV, TSV or Parquet; one row per application.
    options, **settings
        As for `read_survey`.

    Returns
    -------
    ReadResult
        Table with stamps as ``datetime64[us]`` in office time, each with ``…_has_time``.

    Raises
    ------
    Refused
        Unusable file; a column that mixes day-first and month-first dates.

    Notes
    -----
    A row with an unreadable stamp, or one that ends before it starts, is rejected. Exact
    repeats are merged; one number with different rows is left out until resolved.
    """
    reading = Reading.open(Path(path), "service_log", replace(options or ReadOptions(), **settings))
    reading.parse()
    merge_repeats(reading)
    reject_conflicts(reading, "application_id")
    for start, end in _IMPOSSIBLE:
        reject_reversed(reading, start, end)
    return reading.result()


def read_spans(
    path: str | Path, start: str, end: str, options: ReadOptions | None = None, **settings: Any
) -> ReadResult:
    """Read only what a time span needs: start, end, number, status and promised time.

    Parameters
    ----------
    path
        The log.
    start, end
        Keys of the two stamps; their columns may be named by ``mapping``.
    options, **settings
        As for `read_survey`.
    """
    reading = Reading.open(Path(path), "service_log", replace(options or ReadOptions(), **settings))
    reading.parse(
        [start, end, "application_id", "status", "promised_at", "kind", "channel", "service"]
    )
    merge_repeats(reading)
    reject_conflicts(reading, "application_id")
    reject_reversed(reading, start, end)
    return reading.result()


def reject_reversed(reading: Reading, start: str, end: str) -> None:
    """Reject rows whose end lies before their start.

    A stamp without time of day is compared by its day only.
    """
    if start not in reading.columns or end not in reading.columns:
        return
    first, last = reading.columns[start], reading.columns[end]
    whole = reading.columns[f"{start}_has_time"] & reading.columns[f"{end}_has_time"]
    reversed_ = (whole & (last < first)) | (~whole & (last.dt.normalize() < first.dt.normalize()))
    alive = reversed_ & reading.alive
    stamps = pd.DataFrame({"start": first[alive], "end": last[alive]})
    _report_reversed(reading, stamps, reading.header(start), reading.header(end))
    reading.reject(alive)


def _report_reversed(reading: Reading, stamps: pd.DataFrame, start: str, end: str) -> None:
    many = len(stamps) > ROWS_LISTED_EACH
    count = len(stamps) if many else 1
    rows = tuple(int(r) for r in stamps.index[:ROWS_NAMED_OF_MANY]) if many else ()
    for row, stamp in stamps.head(1 if many else len(stamps)).iterrows():
        reading.log.add(
            "end_before_start", "error", row=int(str(row)), column=end, count=count, rows=rows,
            value=stamp["end"].strftime(_SHOWN),
            start_column=start, start_value=stamp["start"].strftime(_SHOWN),
        )  # fmt: skip
