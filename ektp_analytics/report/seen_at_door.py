"""Which identity strings an office's files hold: what the scan of its reports looks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.report.exit_scan import exit_check, watch_for
from ektp_analytics.sources.dispatch import read_source
from ektp_analytics.sources.result import ReadOptions
from ektp_analytics.sources.schema import schemas
from ektp_analytics.workspace import Office, Workspace


def identities_seen(workspace: Workspace, office: Office, period: Period) -> frozenset[str]:
    """Return the keyed digests of every identity string a report of a period may have met.

    Read are the files of the period and, since their values may be carried or compared,
    those of all earlier ones. A file that cannot be read gave the report nothing.
    """
    periods = [p for p in workspace.periods(office.id) if p.end <= period.end]
    found = (
        _identities(path, source, office)
        for when in periods
        for source, path in _files(workspace, office, when)
    )
    return frozenset().union(*found)


def _files(workspace: Workspace, office: Office, period: Period) -> Iterator[tuple[str, Path]]:
    for source in schemas():
        for path in workspace.source_files(office.id, period, source):
            yield source, path


def _identities(path: Path, source: str, office: Office) -> frozenset[str]:
    options = ReadOptions(mapping=office.mapping(source), zone=office.zone)
    try:
        return read_source(source, path, options).identities
    except Refused:
        return frozenset()


def check_before_publication(
    workspace: Workspace, office: Office, period: Period
) -> Callable[[Path], None]:
    """Return the check for `publication` of an office's report.

    The office's files are read meanwhile, beside the notebook, which has a process of its
    own.
    """
    reader = ThreadPoolExecutor(max_workers=1)
    reading = reader.submit(identities_seen, workspace, office, period)
    reader.shutdown(wait=False)

    def check(folder: Path) -> None:
        exit_check(watch_for(office, reading.result(), workspace.root))(folder)

    return check
