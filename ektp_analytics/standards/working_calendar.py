"""Indonesian days off, as they were known on a day.

The holiday list with its joint leave (cuti bersama) comes from the ``holidays`` package,
which holds the last version of each year's list. What changed late is declared as a
`Revision`, so that a figure can also be read by the list of its own time. Days on which
an office was closed are declared as closures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version

#: Holidays by decree, and joint leave.
CATEGORIES = ("public", "government")
#: The package writes this word after a date it computed and no decree confirmed.
ESTIMATED = "perkiraan"


@dataclass(frozen=True, slots=True)
class Revision:
    """A change of the list after its publication.

    Parameters
    ----------
    announced
        Day the change was made public.
    days_off
        Days the change turned into days off.
    working
        Days the change turned back into working days.
    source
        The decree, for the record.
    """

    announced: date
    days_off: tuple[date, ...] = ()
    working: tuple[date, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which an office was closed, from first to last, with the reason."""

    first: date
    last: date
    reason: str = ""

    def days(self) -> list[date]:
        """Every day of the closure."""
        length = (self.last - self.first).days
        return [self.first + timedelta(days=step) for step in range(length + 1)]


@dataclass(frozen=True, slots=True)
class HolidayList:
    """Days off of a span of days.

    Parameters
    ----------
    days
        Days off, ascending: holidays, joint leave, revisions and closures.
    first, last
        Span the list covers: whole years.
    known_on
        Day as of which the list is known.
    source
        Package and version, and the revisions applied or taken back.
    estimated
        Days off whose date no decree had confirmed when the package was made.
    """

    days: tuple[date, ...]
    first: date
    last: date
    known_on: date
    source: str
    estimated: tuple[date, ...] = ()


def indonesian_days_off(
    first_year: int,
    last_year: int,
    *,
    known_on: date,
    revisions: Sequence[Revision] = (),
    closures: Iterable[Closure] = (),
    joint_leave: bool = True,
) -> HolidayList:
    """List the days off of some years as they were known on a day.

    Parameters
    ----------
    first_year, last_year
        Years covered, both included.
    known_on
        Day as of which the list is wanted. A revision announced after it is taken back,
        one announced by then is applied.
    revisions, closures
        As declared by the office.
    joint_leave
        False where an office works through joint leave.

    Returns
    -------
    HolidayList
        Ready for ``measures.working_time.WorkingCalendar.of``.
    """
    import holidays

    found = holidays.country_holidays(
        "ID",
        years=range(first_year, last_year + 1),
        categories=CATEGORIES if joint_leave else CATEGORIES[:1],
        language="id",
    )
    days = set(found)
    for revision in sorted(revisions, key=lambda change: change.announced, reverse=True):
        if revision.announced > known_on:
            days = (days - set(revision.days_off)) | set(revision.working)
    for revision in sorted(revisions, key=lambda change: change.announced):
        if revision.announced <= known_on:
            days = (days - set(revision.working)) | set(revision.days_off)
    estimated = sorted(day for day in days if ESTIMATED in found.get(day, ""))
    days.update(day for closure in closures for day in closure.days())
    first, last = date(first_year, 1, 1), date(last_year, 12, 31)
    held = tuple(sorted(day for day in days if first <= day <= last))
    return HolidayList(held, first, last, known_on, _source(revisions, known_on), tuple(estimated))


def _source(revisions: Sequence[Revision], known_on: date) -> str:
    parts = [f"holidays {version('holidays')}"]
    for revision in sorted(revisions, key=lambda change: change.announced):
        sign = "+" if revision.announced <= known_on else "−"
        parts.append(f"{sign} {revision.source} {revision.announced.isoformat()}".strip())
    return "; ".join(parts)
