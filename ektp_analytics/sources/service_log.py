"""Read the service log: one row per application, with the stamps of its stages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.result import ReadOptions, ReadResult

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
    reading.merge_repeats()
    reading.reject_conflicts("application_id")
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
    reading.merge_repeats()
    reading.reject_conflicts("application_id")
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
    alive = reversed_ & ~reading.rejected & ~reading.repeated
    header = reading.header(start)
    for row in alive.index[alive]:
        reading.log.add(
            "end_before_start", "error", row=int(row), column=reading.header(end),
            value=_shown(last[row]), start_column=header, start_value=_shown(first[row]),
        )  # fmt: skip
    reading.reject(alive)


def _shown(stamp: pd.Timestamp) -> str:
    return stamp.strftime("%Y-%m-%d %H:%M:%S")
