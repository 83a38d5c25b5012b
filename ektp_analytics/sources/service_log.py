"""Read the service log: one row per application, with the stamps of its stages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ektp_analytics.sources.order_of_stamps import reject_reversed
from ektp_analytics.sources.queue_tickets import complete_queue_tickets
from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.repeats import merge_repeats, reject_conflicts
from ektp_analytics.sources.result import ReadOptions, ReadResult
from ektp_analytics.sources.schema import CLOCK

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
_SPAN_KEYS = ("application_id", "status", "promised_at", "kind", "channel", "service")
# Pairs whose reversal is no procedure but a wrong stamp: nothing ends before it starts.
_IMPOSSIBLE = (
    *(("registered_at", stage) for stage in STAGES[1:]),
    ("complete_at", "printed_at"),
    ("complete_at", "handed_over_at"),
    ("registered_at", "called_at"),
    ("registered_at", "served_at"),
    ("called_at", "served_at"),
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
    complete_queue_tickets(reading)
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
    wanted = {start, end, *_SPAN_KEYS}
    if reading.has("queue_number") or any(reading.has(f"{k}{CLOCK}") for k in (start, end)):
        wanted |= {"queue_number", "registered_at"}
    reading.parse(tuple(wanted))
    complete_queue_tickets(reading)
    merge_repeats(reading)
    reject_conflicts(reading, "application_id")
    reject_reversed(reading, start, end)
    return reading.result()
