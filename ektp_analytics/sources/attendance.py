"""Reduce the export of an attendance machine to counts per day; persons stay outside."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from ektp_analytics.errors import refuse
from ektp_analytics.privacy import identity_digests, is_personal_header
from ektp_analytics.sources.cell_text import is_blank
from ektp_analytics.sources.clock_times import parse_clock_times
from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.repeats import merge_repeats
from ektp_analytics.sources.result import ReadOptions, ReadResult
from ektp_analytics.sources.schema import schema

# Remarks of a day on which an employee need not come.
_NOT_DUE = r"\b(?:libur|cuti|off|tugas belajar|dinas luar|dl|perjalanan dinas|holiday|leave)\b"
_COUNTS = ("staff_due", "staff_present", "staff_on_time", "staff_left_early")


def read_attendance(path: Path, options: ReadOptions) -> ReadResult:
    """Read an attendance machine's export as counts per day.

    Parameters
    ----------
    path
        A row per employee and day (schedule, scan in, scan out), or a row per scan.
    options
        ``work_starts`` and ``work_ends`` stand in where the export has no schedule.

    Returns
    -------
    ReadResult
        Source ``opening``: ``day``, ``staff_due``, ``staff_present``, ``staff_on_time``,
        ``staff_left_early`` (the last two only where a schedule is known).

    Notes
    -----
    An employee is due on a day unless its remark says holiday, leave or official travel;
    present with a scan; on time with a first scan not after the schedule. A day without
    any scan is left out: the office was closed. Several scans of a day count as the first
    and the last.
    """
    reading = Reading.open(path, "attendance", options)
    _tell_schedule_from_scan(reading)
    reading.parse()
    merge_repeats(reading)
    days = _person_days(reading)
    _keep_persons_out(reading)
    table = _counts(days)
    reading.schema = schema("opening")
    reading.log.add(
        "counted_into_days", "note", count=len(table), rows_counted=int(reading.alive.sum())
    )
    _note_closed_days(reading, days, table)
    if "on_time" not in days:
        reading.log.add("schedule_unknown", "warning")
    return reading.result_of(table)


def _tell_schedule_from_scan(reading: Reading) -> None:
    """Take "Jam masuk" as the scan where the export has no scan of its own."""
    positions = dict(reading.table.header.positions)
    for due, scan in (("due_in", "scan_in"), ("due_out", "scan_out")):
        if scan not in positions and "stamp" not in positions and due in positions:
            positions[scan] = positions.pop(due)
    object.__setattr__(reading.table.header, "positions", positions)


def _person_days(reading: Reading) -> pd.DataFrame:
    """Return one row per employee and day: due, present, on time, left early."""
    columns = reading.columns
    alive = reading.alive
    if "stamp" in columns and "day" not in columns:
        day = columns["stamp"].dt.normalize()
        minutes = (columns["stamp"] - day).dt.total_seconds() / 60
        first, last = minutes.astype("Float64"), minutes.astype("Float64")
    elif "day" in columns:
        day = columns["day"]
        nothing = pd.Series(pd.NA, index=reading.body.index, dtype="Float64")
        first = columns.get("scan_in", nothing)
        last = columns.get("scan_out", nothing)
    else:
        raise refuse(
            "column_missing", file=reading.log.file, column=schema("opening").columns["day"].label
        )
    person = _person_texts(reading)
    unplaced = (day.isna() | person.eq("")) & alive
    reading.report(unplaced, "cell_missing", "error", "person")
    reading.reject(unplaced)
    frame = pd.DataFrame({"person": person, "day": day, "first": first, "last": last})
    frame["due_in"] = _schedule(reading, "due_in", reading.options.work_starts)
    frame["due_out"] = _schedule(reading, "due_out", reading.options.work_ends)
    remark = columns.get("remark")
    frame["off"] = False if remark is None else remark.fillna("").str.contains(_NOT_DUE, case=False)
    return _flags(reading, frame[reading.alive])


def _person_texts(reading: Reading) -> pd.Series:
    """Return what tells employees apart: number and name together.

    A long number in a numeric cell has lost its last digits, but hardly with the name too.
    """
    header = reading.table.header
    positions = [header.positions["person"]] + [
        p
        for p, name in enumerate(header.headers)
        if p in reading.body.columns
        and p not in header.positions.values()
        and is_personal_header(name)
    ]
    person = reading.text_at(positions[0])
    for position in positions[1:]:
        person = person.str.cat(reading.text_at(position), sep="|")
    return person.str.strip("| ")


def _schedule(reading: Reading, key: str, given: str | None) -> pd.Series:
    """Return the scheduled minute of each row: the export's, else the office's."""
    found = reading.columns.get(key)
    office = pd.Series(given or "", index=reading.body.index, dtype="str")
    usual = parse_clock_times(office, office).values
    return usual if found is None else found.fillna(usual)


def _flags(reading: Reading, rows: pd.DataFrame) -> pd.DataFrame:
    grouped = rows.groupby(["person", "day"], sort=False)
    days = grouped.agg(
        first=("first", "min"), last=("last", "max"), due_in=("due_in", "first"),
        due_out=("due_out", "first"), off=("off", "all"), scans=("first", "size"),
    ).reset_index()  # fmt: skip
    days["present"] = days["first"].notna() | days["last"].notna()
    days["due"] = ~days["off"] | days["present"]
    if days["due_in"].notna().any():
        days["on_time"] = (days["first"] <= days["due_in"]).fillna(False).astype(bool)
    elif reading.has("late"):
        late = rows.assign(late=_nothing(reading.text("late").loc[rows.index]))
        blank = late.groupby(["person", "day"], sort=False)["late"].all()
        days["on_time"] = days["present"] & blank.to_numpy()
    if days["due_out"].notna().any():
        days["left_early"] = (days["last"] < days["due_out"]).fillna(False).astype(bool)
    return days


def _nothing(text: pd.Series) -> pd.Series:
    """Tell which cells say "not late": blank, zero minutes."""
    return is_blank(text) | text.str.fullmatch(r"[0:.]+(?:\s*menit)?")


def _counts(days: pd.DataFrame) -> pd.DataFrame:
    sources = {"due": "staff_due", "present": "staff_present", "on_time": "staff_on_time",
               "left_early": "staff_left_early"}  # fmt: skip
    flags = [name for name in sources if name in days]
    table = days.groupby("day")[flags].sum().rename(columns=sources)
    return table[table["staff_present"] > 0].reset_index()


def _note_closed_days(reading: Reading, days: pd.DataFrame, table: pd.DataFrame) -> None:
    closed = days["day"].nunique() - len(table)
    if closed:
        reading.log.add("closed_days_left_out", "note", count=closed)


def _keep_persons_out(reading: Reading) -> None:
    strings = reading.text("person")
    reading.identities |= identity_digests(strings[strings.str.len() >= 5].unique())  # noqa: PLR2004
    reading.log.add("personal_column_dropped", "note", column=reading.header("person"))
