"""Read registration counts: one row per kecamatan and date, with sums checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from ektp_analytics.sources.dates import parse_datetimes, read_period_ends
from ektp_analytics.sources.identity import coding_systems
from ektp_analytics.sources.numbers import parse_numbers
from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.repeats import merge_repeats
from ektp_analytics.sources.result import ReadOptions, ReadResult
from ektp_analytics.sources.schema import SEXES
from ektp_analytics.sources.total_rows import set_totals_apart

COUNTS = (
    "population", "obligated", "recorded", "holders", "print_ready", "sent", "duplicate",
    "biometric_failure", "not_recorded", "ikd",
)  # fmt: skip
_MONTH_IN_TITLE = re.compile(
    r"\b(?:(?:semester|triwulan|tw)\s+(?:i{1,3}|iv|[1-4])|[a-z]{3,9})(?:\s+tahun)?\s+\d{4}",
    re.IGNORECASE,
)
_DATE_IN_TITLE = re.compile(r"\d{1,2}[\s\-/.][a-z0-9]+[\s\-/.]\d{4}", re.IGNORECASE)


def read_registrations(
    path: str | Path, options: ReadOptions | None = None, **settings: Any
) -> ReadResult:
    """Read registration counts per kecamatan.

    Parameters
    ----------
    path
        XLSX, XLS, ODS, CSV, TSV or Parquet; one row per kecamatan and date.
    options, **settings
        As for `read_survey`.

    Returns
    -------
    ReadResult
        Counts ``Int64``, by sex too where given (``recorded_male``, ``recorded_female``);
        ``as_of`` ``datetime64[us]``; ``contradiction`` (``str``) names why no rate may be
        computed for a row, blank where none.

    Raises
    ------
    Refused
        Unusable file; a name that stands twice without a code.

    Notes
    -----
    A Jumlah line is compared with the sum of the rows and never used. A part above its
    whole, or recorded and not recorded that miss the obligated, is an error: that row
    gets no rate.
    """
    reading = Reading.open(
        Path(path), "registrations", replace(options or ReadOptions(), **settings)
    )
    reading.parse()
    set_totals_apart(reading, COUNTS)
    merge_repeats(reading)
    _date_from_titles(reading)
    _reject_nameless(reading)
    _check_identity(reading)
    _check_sexes(reading)
    _check_sums(reading)
    _compare_total(reading)
    return reading.result()


def _date_from_titles(reading: Reading) -> None:
    """Take the date of the whole table from the lines above it where no column has it."""
    if reading.has("as_of"):
        return
    found = _dates_in(reading.table.titles)
    if len(found) == 1:
        day = pd.Timestamp(found.pop())
        reading.columns["as_of"] = pd.Series(day, index=reading.body.index)
        reading.log.add("date_from_title", "note", value=day.date().isoformat())
    else:
        reading.log.add("as_of_missing", "warning")


def _dates_in(titles: Sequence[str]) -> set[pd.Timestamp]:
    """Return the dates that titles name; where there is none, the ends of months named."""
    days = [m[0] for title in titles for m in _DATE_IN_TITLE.finditer(title)]
    read = parse_datetimes(pd.Series(days, dtype="str")).values if days else pd.Series(dtype=object)
    if read.notna().any():
        return set(read.dropna())
    months = pd.Series(
        [m[0] for title in titles for m in _MONTH_IN_TITLE.finditer(title)], dtype="str"
    )
    ends, named = read_period_ends(months, parse_datetimes(months))
    return set(ends.values[named])


def _reject_nameless(reading: Reading) -> None:
    """Leave out rows that name no kecamatan: they may be a total without its word."""
    names = [reading.columns[k] for k in ("code", "kecamatan") if k in reading.columns]
    if not names:
        return
    nameless = pd.concat(names, axis=1).isna().all(axis=1) & reading.alive
    values = pd.Series(None, index=nameless.index[nameless], dtype=object)
    reading.log.add_rows("row_without_name", "error", values)
    reading.reject(nameless)


def _check_identity(reading: Reading) -> None:
    """Know a kecamatan by its code; without one its name must stand once per date."""
    names = [k for k in ("code", "kecamatan", "as_of") if k in reading.columns]
    columns = {key: reading.columns[key] for key in names}
    frame = pd.DataFrame(columns, index=reading.body.index)[~reading.repeated]
    if "code" in frame and frame["code"].notna().any():
        systems = coding_systems(frame["code"])
        if len(systems) > 1:
            reading.log.add(
                "codes_mixed",
                "error",
                column=reading.header("code"),
                systems=", ".join(sorted(systems)),
            )
        _reject_twice(reading, frame, "code")
    elif "kecamatan" in frame:
        _reject_twice(reading, frame, "kecamatan")


def _reject_twice(reading: Reading, frame: pd.DataFrame, key: str) -> None:
    dates = [c for c in ("as_of",) if c in frame]
    named = frame[frame[key].notna()]
    twice = named.duplicated([key, *dates], keep=False)
    for row in twice.index[twice]:
        rule = "code_twice" if key == "code" else "name_not_unique"
        reading.log.add(
            rule, "error", row=int(row), column=reading.header(key), value=named.loc[row, key]
        )
    reading.reject(twice)


def _check_sexes(reading: Reading) -> None:
    """Add male and female up where no total is given, else compare them with it.

    Where they miss the total, nobody knows which of the three is wrong: the row keeps
    its total, its figures by sex are left out.
    """
    for key in reading.schema.by_sex:
        pair = [f"{key}_{sex}" for sex in SEXES]
        if not all(name in reading.columns for name in pair):
            continue
        both = reading.columns[pair[0]] + reading.columns[pair[1]]
        if key not in reading.columns:
            reading.columns[key] = both
            label = reading.schema.columns[key].label
            reading.log.add("count_from_sexes", "note", column=key, key=label)
            continue
        difference = both - reading.columns[key]
        off = difference.ne(0).fillna(False).astype(bool)
        if not off.any():
            continue
        for row in off.index[off]:
            reading.log.add(
                "sexes_miss_total", "error", row=int(row), column=reading.header(key),
                value=f"{reading.columns[key][row]:.0f}", difference=abs(int(difference[row])),
                key=reading.schema.columns[key].label,
            )  # fmt: skip
        for name in pair:
            reading.columns[name] = reading.columns[name].mask(off)


def _check_sums(reading: Reading) -> None:
    """Name, row by row, why no rate may be computed."""
    frame = pd.DataFrame(
        {c: reading.columns[c] for c in COUNTS if c in reading.columns}, index=reading.body.index
    )
    contradiction = pd.Series("", index=frame.index, dtype=str)
    for part, whole in _PARTS:
        if part in frame and whole in frame:
            over = (frame[part] > frame[whole]).fillna(False).astype(bool)
            if not over.any():
                continue
            contradiction = contradiction.mask(over & contradiction.eq(""), "part_above_whole")
            reading.report(over, "part_above_whole", "error", part, whole=reading.header(whole))
    if {"recorded", "not_recorded", "obligated"} <= set(frame):
        short = frame["recorded"] + frame["not_recorded"] - frame["obligated"]
        off = short.ne(0).fillna(False).astype(bool)
        contradiction = contradiction.mask(off & contradiction.eq(""), "parts_miss_total")
        for row in off.index[off]:
            _report_difference(reading, int(row), int(short[row]))
    reading.columns["contradiction"] = contradiction


# A part that can never be above its whole (recorded may be above obligated: 16-year-olds).
_PARTS = (
    ("obligated", "population"),
    ("recorded", "population"),
    ("holders", "population"),
    ("not_recorded", "obligated"),
    ("not_recorded", "population"),
)


def _report_difference(reading: Reading, row: int, difference: int) -> None:
    reading.log.add(
        "parts_miss_total", "error", row=row, column=reading.header("recorded"),
        value=str(difference), difference=abs(difference),
    )  # fmt: skip


def _compare_total(reading: Reading) -> None:
    """Compare a printed total line with the sum of the rows above it."""
    summaries = reading.table.summaries
    if len(summaries) != 1:
        return
    row = int(summaries.index[0])
    alive = ~reading.rejected & ~reading.repeated
    for key in COUNTS:
        if not reading.has(key):
            continue
        printed = parse_numbers(summaries[reading.table.header.positions[key]]).values.iloc[0]
        counted = reading.columns[key][alive]
        if pd.isna(printed) or counted.isna().any() or printed == counted.sum():
            continue
        reading.log.add(
            "total_differs", "warning", row=row, column=reading.header(key),
            value=f"{printed:.0f}", total=f"{counted.sum():.0f}",
        )  # fmt: skip
