"""Read dates and times as an Indonesian writes them: 6 Nop 2025, Minggu, 16 Mar 2025 07.30."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

import numpy as np
import pandas as pd

from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.sources.cell_text import as_text, cell_text, says_nothing
from ektp_analytics.sources.distinct import Distinct

Zone = Literal["WIB", "WITA", "WIT"]
ZONE_HOURS: dict[str, int] = {"WIB": 7, "WITA": 8, "WIT": 9}

_MONTHS = {
    "jan": 1, "januari": 1, "january": 1,
    "feb": 2, "peb": 2, "februari": 2, "pebruari": 2, "february": 2,
    "mar": 3, "mrt": 3, "maret": 3, "march": 3,
    "apr": 4, "april": 4,
    "mei": 5, "may": 5,
    "jun": 6, "juni": 6, "june": 6,
    "jul": 7, "juli": 7, "july": 7,
    "agu": 8, "agt": 8, "ags": 8, "agust": 8, "agustus": 8, "aug": 8, "august": 8,
    "sep": 9, "sept": 9, "september": 9,
    "okt": 10, "oktober": 10, "oct": 10, "october": 10,
    "nov": 11, "nop": 11, "november": 11, "nopember": 11,
    "des": 12, "desember": 12, "dec": 12, "december": 12,
}  # fmt: skip
_DAY_NAME = re.compile(
    r"^(?:senin|selasa|rabu|kamis|jum'?at|jumat|sabtu|minggu|ahad|sen|sel|rab|kam|jum|sab|min|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)\.?"
    r"\s*[,/]?\s+"
)
_FILLER = re.compile(r"\b(?:pukul|jam|pkl|tanggal|tgl|hari|per|posisi|keadaan)\b\.?|,(?=\s|$)")
_CLOCK = (
    r"(?:[t\s]+(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>am|pm)?)?\s*(?P<zone>z|wib|wita|wit|(?:gmt|utc)?\s?[+-]\d{1,2}(?::?\d{2})?)?$"
)
_YEAR_FIRST = re.compile(r"^(?P<y>\d{4})[-/.](?P<mo>\d{1,2})[-/.](?P<d>\d{1,2})" + _CLOCK)
_COMPACT = re.compile(r"^(?P<y>(?:19|20)\d{2})(?P<mo>\d{2})(?P<d>\d{2})" + _CLOCK)
_NUMERIC = re.compile(r"^(?P<a>\d{1,2})[/\-. ](?P<b>\d{1,2})[/\-. ](?P<y>\d{4}|\d{2})" + _CLOCK)
_NAMED = re.compile(
    r"^(?P<d>\d{1,2})[\s\-/.]*(?P<name>[a-z]+)\.?[\s\-/.]*(?P<y>\d{4}|\d{2})" + _CLOCK
)
_NAMED_FIRST = re.compile(r"^(?P<name>[a-z]+)\.?\s+(?P<d>\d{1,2})\s+(?P<y>\d{4})" + _CLOCK)
_SERIAL = re.compile(r"^\d{5}(?:[.,]\d+)?$")
# So many stamps wholly at 00.00 did not all happen at midnight.
MIDNIGHTS_BEYOND_CHANCE = 12
_FIRST_HALF_CENTURY = 2000
_MONTHS_PER_YEAR = 12
# What databases write for "no date".
_ZERO_DATES = ("0000-00-00", "0000-00-00 00:00:00", "00/00/0000")
_NOT_YET = frozenset(
    {
        "belum", "belum selesai", "belum ada", "belum cetak", "belum diambil", "belum dicetak",
        "proses", "dalam proses", "sedang proses", "masih proses", "diproses", "menunggu",
        "pending",
    }
)  # fmt: skip
_LONGEST_DATE = 60
_ENOUGH_SWAPPED = 3
_ISO_FORMATS = {10: "%Y-%m-%d", 16: "%Y-%m-%d %H:%M", 19: "%Y-%m-%d %H:%M:%S"}
# Excel day numbers that can be meant: 1 January 1990 to 31 December 2099.
_SERIAL_DAYS = (32_874, 73_050)


@dataclass(frozen=True, slots=True)
class ParsedDates:
    """A column of instants read.

    Parameters
    ----------
    values
        ``datetime64[us]``, naive local time; missing where blank or unreadable.
    has_time
        Whether the cell gave a time of day.
    problems
        Rule name to the mask of rows.
    mixed_order
        One day-first row and one month-first row where the column mixes both.
    month_first
        Whether the column was read month-first.
    waiting
        How many cells say in words that the moment has not come.
    """

    values: pd.Series
    has_time: pd.Series
    problems: dict[str, pd.Series]
    mixed_order: tuple[int, int] | None = None
    month_first: bool = False
    waiting: int = 0


@dataclass(slots=True)
class _Reading:
    """What one distinct cell text says."""

    instant: datetime | None = None
    has_time: bool = False
    order: str = ""
    swapped: datetime | None = None
    problem: str = ""
    not_yet: bool = False


@dataclass(frozen=True, slots=True)
class DateRules:
    """How a column of dates is to be read: office zone and epoch of bare day numbers."""

    zone: str = "WIB"
    epoch_1904: bool = False
    epoch: datetime = field(init=False)

    def __post_init__(self) -> None:
        origin = datetime(1904, 1, 1) if self.epoch_1904 else datetime(1899, 12, 30)
        object.__setattr__(self, "epoch", origin)


def parse_datetimes(
    cells: pd.Series, rules: DateRules = DateRules(), text: pd.Series | None = None
) -> ParsedDates:
    """Read a column of dates or instants.

    Parameters
    ----------
    cells
        Raw cells (str, date, datetime, or day numbers of a workbook).
    rules
        Office zone; a stamp that names another zone is moved to it.

    Returns
    -------
    ParsedDates
        Problems: ``date_unreadable``, ``date_impossible`` (31 February),
        ``date_order_mixed``, ``date_swapped`` (dates a spreadsheet read month-first).

    Notes
    -----
    Numbers with a day above 12 settle the order of the whole column; without any, the
    day comes first, as an Indonesian reads it.
    """
    text = as_text(cells) if text is None else text
    if cells.dtype != object:
        distinct = Distinct(text)
        return _parse_iso(distinct) or _assemble(distinct, _read_all(distinct, rules))
    typed = pd.Series([not isinstance(c, str) for c in cells], index=cells.index)
    distinct = Distinct(cells.where(typed, text.astype(object)))
    readings = _read_all(distinct, rules)
    return _refuse_swapped(_assemble(distinct, readings), distinct, readings)


def _says_not_yet(text: str) -> bool:
    """Tell whether a cell says in words that the moment has not come: "belum", "proses"."""
    return " ".join(text.casefold().split()) in _NOT_YET


def _parse_iso(distinct: Distinct) -> ParsedDates | None:
    """Read texts all written as ``2025-01-31 08:00:00`` at once; None where any is not."""
    written = ["" if text in _ZERO_DATES or text == "-" else text for text in distinct.cells]
    lengths = {len(text) for text in written if text}
    form = _ISO_FORMATS.get(lengths.pop()) if len(lengths) == 1 else None
    if form is None:
        return None
    if all(text[10:11] == "T" for text in written if text):
        form = form.replace(" ", "T")
    parsed = pd.to_datetime(written, format=form, errors="coerce", exact=True)
    if np.count_nonzero(parsed.isna()) > written.count(""):
        return None
    values = distinct.spread(parsed, "datetime64[us]")
    given = distinct.rows(bool(text) and "%H" in form for text in written)
    return ParsedDates(values, _timed(values, given), {})


def _timed(values: pd.Series, given: pd.Series) -> pd.Series:
    """Tell which cells have a time of day.

    Many stamps all at 00.00 are dates a program wrote with a time; a few are taken as written.
    """
    if int(given.sum()) < MIDNIGHTS_BEYOND_CHANCE:
        return given
    instants = values.to_numpy()
    midnight = instants == instants.astype("datetime64[D]")
    return given & bool((given.to_numpy() & ~midnight).any())


def _refuse_swapped(
    parsed: ParsedDates, distinct: Distinct, readings: Sequence[_Reading]
) -> ParsedDates:
    """Find the trace of a spreadsheet that read day/month as month/day.

    It turns what it can into dates (first number up to 12) and leaves the rest as text
    (first number above 12): then the dates are wrong although they look right.
    """
    typed = distinct.rows(isinstance(cell, (date, datetime)) for cell in distinct.cells)
    dates = parsed.values[typed].dropna()
    day_first = distinct.rows(reading.order == "day" for reading in readings)
    enough = len(dates) >= _ENOUGH_SWAPPED and day_first.sum() >= _ENOUGH_SWAPPED
    either = any(reading.order == "either" for reading in readings)
    if not enough or either or dates.dt.day.gt(_MONTHS_PER_YEAR).any():
        return parsed
    problem = typed & parsed.values.notna()
    return replace(parsed, problems={**parsed.problems, "date_swapped": problem})


def _assemble(distinct: Distinct, readings: Sequence[_Reading]) -> ParsedDates:
    day, month = (distinct.rows(r.order == order for r in readings) for order in ("day", "month"))
    mixed = _first_rows(day, month) if day.any() and month.any() else None
    swap = bool(month.any()) and not mixed
    chosen = [r.swapped if swap and r.swapped else r.instant for r in readings]
    values = distinct.spread(pd.to_datetime(pd.Series(chosen, dtype=object)), "datetime64[us]")
    given = distinct.rows(r.has_time for r in readings)
    problems = {
        problem: distinct.rows(r.problem == problem for r in readings)
        for problem in ("date_unreadable", "date_impossible")
    }
    if mixed:
        problems["date_order_mixed"] = distinct.rows(bool(r.order) for r in readings)
        values = values.mask(problems["date_order_mixed"])
    waiting = int(distinct.rows(r.not_yet for r in readings).sum())
    return ParsedDates(values, _timed(values, given), problems, mixed, swap, waiting)


def _first_rows(day: pd.Series, month: pd.Series) -> tuple[int, int]:
    return int(str(day.idxmax())), int(str(month.idxmax()))


def _read_all(distinct: Distinct, rules: DateRules) -> list[_Reading]:
    """Read each distinct cell; one that says there is no date is no problem."""
    readings = []
    for cell in distinct.cells:
        reading, text = _read(cell, rules), cell_text(cell)
        reading.not_yet = _says_not_yet(text)
        if reading.not_yet or says_nothing(text) or text in _ZERO_DATES:
            reading.problem = ""
        readings.append(reading)
    return readings


def _read(cell: Any, rules: DateRules) -> _Reading:
    if isinstance(cell, datetime):
        return _Reading(_local(cell, rules), True)
    if isinstance(cell, date):
        return _Reading(datetime.combine(cell, time()))
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _read_serial(float(cell), rules)
    return _read_text(str(cell), rules)


def _local(cell: datetime, rules: DateRules) -> datetime:
    """Return a stamp in the office's own time, without its zone."""
    if isinstance(cell, pd.Timestamp):
        cell = cell.to_pydatetime(warn=False)
    offset = cell.utcoffset()
    here = timedelta(hours=ZONE_HOURS[rules.zone])
    return cell.replace(tzinfo=None) + (here - offset if offset is not None else timedelta())


def _read_serial(number: float, rules: DateRules) -> _Reading:
    if np.isnan(number) or not _SERIAL_DAYS[0] <= number <= _SERIAL_DAYS[1]:
        return _Reading(problem="date_unreadable")
    seconds = round((number % 1) * 86_400)
    return _Reading(rules.epoch + timedelta(days=int(number), seconds=seconds), bool(seconds))


def _read_text(raw: str, rules: DateRules) -> _Reading:
    if len(raw) > _LONGEST_DATE:
        return _Reading(problem="date_unreadable")
    text = raw.casefold().replace("\u00a0", " ").replace("’", "'").strip()
    text = _FILLER.sub(" ", _DAY_NAME.sub("", _FILLER.sub(" ", text).strip()))
    text = " ".join(text.split())
    if _SERIAL.match(text):
        return _read_serial(float(text.replace(",", ".")), rules)
    if match := _YEAR_FIRST.match(text) or _COMPACT.match(text):
        return _built(match, int(match["y"]), int(match["mo"]), int(match["d"]), rules)
    if match := _NUMERIC.match(text):
        return _read_numeric(match, rules)
    if (match := _NAMED.match(text) or _NAMED_FIRST.match(text)) and match["name"] in _MONTHS:
        return _built(match, _year(match["y"]), _MONTHS[match["name"]], int(match["d"]), rules)
    return _Reading(problem="date_unreadable")


def _read_numeric(match: re.Match[str], rules: DateRules) -> _Reading:
    first, second, year = int(match["a"]), int(match["b"]), _year(match["y"])
    if first > _MONTHS_PER_YEAR >= second:
        reading = _built(match, year, second, first, rules)
        reading.order = "day" if not reading.problem else ""
        return reading
    if second > _MONTHS_PER_YEAR >= first:
        reading = _built(match, year, first, second, rules)
        reading.order = "month" if not reading.problem else ""
        return reading
    reading = _built(match, year, second, first, rules)
    if not reading.problem and first != second:
        reading.order = "either"
        reading.swapped = _built(match, year, first, second, rules).instant
    return reading


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else _FIRST_HALF_CENTURY + int(text)  # noqa: PLR2004


def _built(match: re.Match[str], year: int, month: int, day: int, rules: DateRules) -> _Reading:
    try:
        instant = datetime(year, month, day)
        clock = _clock(match)
        if clock is None:
            return _Reading(instant)
        return _Reading(instant + clock + _zone_shift(match["zone"], rules.zone), True)
    except (ValueError, OverflowError):
        return _Reading(problem="date_impossible")


def _clock(match: re.Match[str]) -> timedelta | None:
    """Return the time of day; 24.00 is midnight at the day's end."""
    if match["h"] is None:
        return None
    hour, minute, second = int(match["h"]), int(match["m"]), int(match["s"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"] == "pm" else 0)
    if hour == 24 and (minute, second) == (0, 0):  # noqa: PLR2004
        return timedelta(days=1)
    return timedelta(hours=time(hour, minute, second).hour, minutes=minute, seconds=second)


def _zone_shift(text: str | None, zone: str) -> timedelta:
    """Return what must be added to a stamp of a named zone to read it in the office's."""
    if not text:
        return timedelta()
    here = ZONE_HOURS[zone]
    if text.upper() in ZONE_HOURS:
        return timedelta(hours=here - ZONE_HOURS[text.upper()])
    if text == "z":
        return timedelta(hours=here)
    offset = re.fullmatch(r"(?:gmt|utc)?\s?([+-])(\d{1,2}):?(\d{2})?", text)
    if offset is None:
        return timedelta()
    there = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timedelta(hours=here) - (there if offset[1] == "+" else -there)


def read_period_ends(cells: pd.Series, parsed: ParsedDates) -> tuple[ParsedDates, pd.Series]:
    """Read cells that name a whole month, semester or year as the last day of it.

    Counts are a stock: "posisi Desember 2020" and "2020-12" mean the end of the month.

    Returns
    -------
    tuple
        The dates with these cells filled in, and the mask of the rows concerned.
    """
    unread = parsed.problems.get("date_unreadable")
    if unread is None or not unread.any():
        return parsed, pd.Series(False, index=cells.index)
    named_texts = as_text(cells[unread])
    ends = named_texts.map({t: _period_end(t) for t in named_texts.unique()})
    named = ends.notna().reindex(cells.index, fill_value=False)
    values = parsed.values.where(
        ~named, pd.to_datetime(ends.reindex(cells.index)).astype("datetime64[us]")
    )
    problems = {**parsed.problems, "date_unreadable": unread & ~named}
    return replace(parsed, values=values, problems=problems), named


def _period_end(text: str) -> pd.Timestamp | None:
    """Return the last day of "Desember 2020", "Semester I 2025", "TW 2 tahun 2025", "2025-S1"."""
    bare = re.sub(r"\b(?:posisi|per|keadaan|dkb|tahun|bulan)\b", " ", text.casefold())
    bare = " ".join(bare.split())
    month = re.fullmatch(r"([a-z]+)\.?\s+(\d{4})", bare)
    if month and month[1] in _MONTHS:
        return pd.Timestamp(Period(int(month[2]), "month", _MONTHS[month[1]]).end)
    part = re.fullmatch(r"(triwulan|tw|semester|smt)\s*(iv|i{1,3}|[1-4])[\s/]+(\d{4})", bare)
    if part:
        bare = f"{part[3]}-{'S' if part[1].startswith('s') else 'Q'}{part[2]}"
    try:
        return pd.Timestamp(Period.parse(bare).end)
    except Refused:
        return None
