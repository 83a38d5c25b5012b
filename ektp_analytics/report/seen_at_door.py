"""Which identity strings an office's files hold: what the scan of its reports looks for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.report.exit_scan import exit_check, watch_for
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.sources.dispatch import read_source
from ektp_analytics.sources.profile_options import profile_options
from ektp_analytics.sources.schema import schemas
from ektp_analytics.workspace import Office, Workspace


def identities_of(runs: Iterable[PeriodRun]) -> frozenset[str]:
    """Return the keyed digests of every identity string the runs met; no file is read.

    A report made from these runs can hold nothing of any other file.
    """
    return frozenset().union(*(run.identities for run in runs))


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
    try:
        return read_source(source, path, profile_options(office, source)).identities
    except Refused:
        return frozenset()


def check_before_publication(
    workspace: Workspace, office: Office, period: Period, runs: Collection[PeriodRun] = ()
) -> Callable[[Path], None]:
    """Return the check for `publication` of an office's report.

    Parameters
    ----------
    workspace, office, period
        Whose report.
    runs
        The runs it is made from; without any the office's files are read once more.
    """

    def check(folder: Path) -> None:
        seen = identities_of(runs) if runs else identities_seen(workspace, office, period)
        exit_check(watch_for(office, seen, workspace.root))(folder)

    return check
