"""Read opening hours: one row per day and place, or the export of a machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from ektp_analytics.sources.attendance import read_attendance
from ektp_analytics.sources.files import open_sheets
from ektp_analytics.sources.findings import FindingLog
from ektp_analytics.sources.fit import columns_found
from ektp_analytics.sources.queue_tickets import opening_days
from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.repeats import merge_repeats
from ektp_analytics.sources.result import ReadOptions, ReadResult
from ektp_analytics.sources.schema import schema
from ektp_analytics.sources.service_log import read_service_log

# A part of the staff or of the counters that can never be above its whole.
_PARTS = (
    ("counters_open", "counters_due"),
    ("staff_present", "staff_due"),
    ("staff_on_time", "staff_present"),
    ("staff_left_early", "staff_present"),
)


def read_opening(
    path: str | Path, options: ReadOptions | None = None, **settings: Any
) -> ReadResult:
    """Read opening hours and presence.

    Parameters
    ----------
    path
        One row per day and place; or the export of an attendance machine (a row per
        employee and day, or per scan) or of a queue machine (a row per ticket), which
        are reduced to counts per day at the door.
    options, **settings
        As for `read_survey`; ``work_starts`` and ``work_ends`` where an attendance
        machine does not give the schedule.

    Returns
    -------
    ReadResult
        Times of day in minutes after midnight (``Float64``), counts ``Int64``. Where
        rows were counted into days, ``kept`` counts the rows of the file.

    Notes
    -----
    Two different rows for one day and place are left out until resolved.
    """
    chosen = replace(options or ReadOptions(), **settings)
    kind = _export_kind(Path(path), chosen)
    if kind == "attendance":
        return read_attendance(Path(path), chosen)
    if kind == "queue":
        return _from_queue(Path(path), chosen)
    return _from_table(Path(path), chosen)


def _export_kind(path: Path, options: ReadOptions) -> str:
    """Tell whether a file is a table of days or the export of a machine."""
    sheets = open_sheets(path, FindingLog(), options.limits)
    days = columns_found(sheets, "opening", options) - {"day", "place"}
    if len(days) < len(schema("attendance").columns):  # else no export can name more
        attendance = columns_found(sheets, "attendance", options)
        if is_attendance(attendance) and len(days) < len(attendance):
            return "attendance"
    if len(days) <= 1:
        log = columns_found(sheets, "service_log", options)
        if log & {"called_at", "called_at_clock"} and "queue_number" in log:
            return "queue"
    return "table"


def is_attendance(found: set[str]) -> bool:
    """Tell whether the columns found are those of an attendance machine's export."""
    return "person" in found and bool(found & {"scan_in", "stamp", "due_in"})


def _from_table(path: Path, options: ReadOptions) -> ReadResult:
    reading = Reading.open(path, "opening", options)
    reading.parse()
    reading.reject_blank()
    merge_repeats(reading)
    _reject_two_for_one_day(reading)
    _reject_closed_before_opened(reading)
    for part, whole in _PARTS:
        _blank_above_whole(reading, part, whole)
    return reading.result()


def _from_queue(path: Path, options: ReadOptions) -> ReadResult:
    mapping = {k: v for k, v in options.mapping.items() if k != "day"}
    log = read_service_log(path, replace(options, mapping=mapping))
    days = opening_days(log.table)
    finding = FindingLog("opening", log.files[0].file, log.files[0].sheet)
    finding.add("counted_into_days", "note", count=len(days), rows_counted=log.kept)
    return replace(
        log,
        source="opening",
        table=days.astype({"day": "datetime64[us]"}),
        findings=(*log.findings, *finding.findings()),
        files=tuple(replace(f, source="opening") for f in log.files),
    )


def _reject_two_for_one_day(reading: Reading) -> None:
    keys = [k for k in ("day", "place") if k in reading.columns]
    frame = pd.DataFrame({k: reading.columns[k] for k in keys})[reading.alive]
    twice = frame.duplicated(keep=False).reindex(reading.body.index, fill_value=False)
    reading.report(twice, "day_twice", "error", "day")
    reading.reject(twice)


def _reject_closed_before_opened(reading: Reading) -> None:
    if not {"opened_at", "closed_at"} <= set(reading.columns):
        return
    early = reading.columns["closed_at"].lt(reading.columns["opened_at"]).fillna(False)
    mask = early.astype(bool) & reading.alive
    reading.report(mask, "closed_before_opened", "error", "closed_at")
    reading.reject(mask)


def _blank_above_whole(reading: Reading, part: str, whole: str) -> None:
    """Blank both figures where a part is above its whole: either may be wrong."""
    if not {part, whole} <= set(reading.columns):
        return
    over = (reading.columns[part] > reading.columns[whole]).fillna(False).astype(bool)
    over &= reading.alive
    if not over.any():
        return
    reading.report(over, "count_above_whole", "error", part, whole=reading.header(whole))
    for key in (part, whole):
        reading.columns[key] = reading.columns[key].mask(over)
