"""Which files of earlier periods a run looks at: for its record, and for the exit scan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from ektp_analytics.periods import Period
from ektp_analytics.scoring.earlier_file import EarlierFile
from ektp_analytics.sources.files import sha256
from ektp_analytics.sources.result import ReadResult
from ektp_analytics.sources.schema import schemas
from ektp_analytics.workspace import Workspace

# Periods of the same kind a report looks back on, for trends and changes.
PERIODS_BACK = 8


@dataclass(slots=True)
class Noted:
    """What was read of earlier periods.

    Parameters
    ----------
    files
        The files, each once.
    identities
        Keyed digests of the identity strings seen in them.
    """

    files: set[EarlierFile] = field(default_factory=set)
    identities: set[str] = field(default_factory=set)


_noted: ContextVar[Noted | None] = ContextVar("earlier_files_noted", default=None)


@contextmanager
def earlier_files_noted() -> Iterator[Noted]:
    """Gather what is read of earlier periods inside the block."""
    noted = Noted()
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


def note_earlier(period: Period, results: Mapping[str, ReadResult]) -> None:
    """Remember what was read of an earlier period, where somebody gathers it."""
    if (noted := _noted.get()) is None:
        return
    for result in results.values():
        noted.files |= {EarlierFile(str(period), f.file, f.sha256) for f in result.files}
        noted.identities |= result.identities


def periods_looked_back(place: Workspace, office_id: str, period: Period) -> tuple[Period, ...]:
    """Return the periods of the same kind a report looks back on, oldest first.

    A folder without a file of any source is no period anybody reported on.
    """
    known = [p for p in place.periods(office_id) if p.kind == period.kind and p < period]
    given = [p for p in known if any(place.source_files(office_id, p, s) for s in schemas())]
    return tuple(given[-PERIODS_BACK:])


def files_looked_back(
    place: Workspace, office_id: str, periods: Iterable[Period]
) -> set[EarlierFile]:
    """Return the source files of some periods, by their bytes; none is read as a table."""
    return {
        EarlierFile(str(period), place.relative(path), sha256(path))
        for period in periods
        for source in schemas()
        for path in place.source_files(office_id, period, source)
    }
