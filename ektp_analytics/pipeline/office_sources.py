"""Read every source an office gave for a period, and hand the tables to the indicators."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import pandas as pd

from ektp_analytics.errors import Finding, Refused
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.own_values import OWN_VALUES
from ektp_analytics.indicators.value import SourceFile
from ektp_analytics.periods import Period
from ektp_analytics.pipeline.across_files import without_repeats
from ektp_analytics.pipeline.earlier_files import note_earlier
from ektp_analytics.pipeline.own_catalogue import office_catalogue
from ektp_analytics.pipeline.own_values import checked_values
from ektp_analytics.pipeline.read_again import read_again
from ektp_analytics.sources.headers import normalise
from ektp_analytics.sources.profile_options import profile_options
from ektp_analytics.sources.result import ReadResult, merge_results
from ektp_analytics.sources.schema import schemas
from ektp_analytics.workspace import Office, Workspace

# Sources whose rows belong to one service each.
_WITH_SERVICE = ("survey", "service_log")


def read_sources(
    workspace: Workspace,
    office: Office,
    period: Period,
    only: Collection[str] | None = None,
) -> dict[str, ReadResult]:
    """Read every source file of a period.

    Parameters
    ----------
    workspace, office, period
        Whose files.
    only
        Keys of the sources wanted; all where None.

    Returns
    -------
    dict
        Result by source key; sources without a file are left out.

    Raises
    ------
    Refused
        Unknown period, or unusable files, with the findings of all of them at once.
    """
    workspace.period_folder(office.id, period)
    results, problems = _read_all(workspace, office, period, only)
    if problems:
        raise Refused(problems)
    return results


def readable_sources(
    workspace: Workspace,
    office: Office,
    period: Period,
    only: Collection[str] | None = None,
) -> dict[str, ReadResult]:
    """Read what can be read of an earlier period; a source that cannot is left out.

    Takes what `read_sources` takes. Whoever reports on that period itself is told there.
    """
    results, _ = _read_all(workspace, office, period, only)
    note_earlier(period, results)
    return results


def _read_all(
    workspace: Workspace, office: Office, period: Period, only: Collection[str] | None
) -> tuple[dict[str, ReadResult], list[Finding]]:
    """Return the sources read, and why others could not be."""
    results: dict[str, ReadResult] = {}
    problems: list[Finding] = []
    for source in schemas() if only is None else only:
        try:
            if found := _read_one(workspace, office, period, source):
                results[source] = found
        except Refused as refused:
            problems.extend(refused.findings)
    return results, problems


def _read_one(
    workspace: Workspace, office: Office, period: Period, source: str
) -> ReadResult | None:
    files = workspace.source_files(office.id, period, source)
    if not files:
        return None
    read = [read_one(path, source, office, workspace.relative(path)) for path in files]
    if source == OWN_VALUES:
        catalogue = office_catalogue(workspace, office.id)
        read = [checked_values(result, catalogue) for result in read]
    return merge_results(without_repeats(read))


def read_one(path: Path, source: str, office: Office, shown: str) -> ReadResult:
    """Read one file of an office as its profile says.

    Parameters
    ----------
    path, source, office
        The file, what it is, whose it is.
    shown
        Its name in findings and provenance.
    """
    options = profile_options(office, source, shown)
    try:
        return read_again(source, path, options)
    except Refused as refused:
        raise Refused(named_in_full(refused.findings, path, shown)) from refused


def named_in_full(findings: Iterable[Finding], path: Path, shown: str) -> tuple[Finding, ...]:
    """Return findings that name a file by its bare name with the name it is shown by."""
    return tuple(f.at(file=shown) if f.file == path.name else f for f in findings)


def office_data(office: Office, period: Period, sources: Mapping[str, ReadResult]) -> OfficeData:
    """Assemble what the indicators receive."""
    return OfficeData(
        office=office,
        period=period,
        tables={key: _marked(key, result.table, office) for key, result in sources.items()},
        files={
            key: tuple(SourceFile(f.file, f.sha256) for f in result.files)
            for key, result in sources.items()
        },
    )


def _marked(source: str, table: pd.DataFrame, office: Office) -> pd.DataFrame:
    """Mark the e-KTP rows where the profile says which services are e-KTP."""
    if source not in _WITH_SERVICE or "service" not in table or not office.ektp_services:
        return table
    wanted = {normalise(name) for name in office.ektp_services}
    names = table["service"].fillna("")
    return table.assign(ektp=names.map({n: normalise(n) in wanted for n in names.unique()}))
