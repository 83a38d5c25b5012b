"""Find the data files below a path, and check each as the source it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ektp_analytics.errors import Finding, Refused, refuse
from ektp_analytics.framework.catalogue import load_catalogue
from ektp_analytics.indicators.own_values import OWN_VALUES
from ektp_analytics.periods import Period
from ektp_analytics.pipeline.across_files import without_repeats
from ektp_analytics.pipeline.asked import Asked, owner_of
from ektp_analytics.pipeline.office_sources import named_in_full
from ektp_analytics.pipeline.own_catalogue import extended_by, office_catalogue
from ektp_analytics.pipeline.own_values import checked_values
from ektp_analytics.sources.dispatch import detect_source, read_source
from ektp_analytics.sources.files import KNOWN_SUFFIXES
from ektp_analytics.sources.result import FileAccount, ReadResult
from ektp_analytics.sources.schema import schemas
from ektp_analytics.workspace import PROFILE_NAME, Office, Workspace
from ektp_analytics.workspace.folders import CATALOGUE_NAME, source_named
from ektp_analytics.workspace.profile import unknown_entries


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked: the account of each file that could be read, and all findings.

    `identities` are the keyed digests of the identity strings seen in those files, for the
    scan of the letter about them.
    """

    accounts: tuple[FileAccount, ...] = ()
    findings: tuple[Finding, ...] = ()
    identities: frozenset[str] = frozenset()

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return not any(finding.severity == "error" for finding in self.findings)


def check_path(path: Path, source: str | None = None, asked: Asked | None = None) -> Checked:
    """Check a file, a folder of files, a period, an office or a whole workspace.

    Parameters
    ----------
    path
        What to check. Inside a workspace an office's files are read as its profile says,
        and what the reports would pass over is told.
    source
        Key of the source, where it cannot be told.
    asked
        Headers, sheet and zone given by the user; they go before the profile.

    Returns
    -------
    Checked

    Raises
    ------
    Refused
        When there is nothing at the path, or no data file below it.
    """
    chosen = asked or Asked()
    if not path.exists():
        raise refuse("file_missing", file=str(path))
    if path.name == CATALOGUE_NAME:
        return _told(lambda: extended_by(load_catalogue(), path, path.name))
    if path.is_file():
        return _joined([_check_file(path, source, chosen, path.name)])
    place = Workspace.around(path)
    if place is None or not (_below(path, place.raw) or _below(place.raw, path)):
        return _check_folder(path, source, chosen)
    found = _joined(_check_workspace(place, path.resolve(), source, chosen))
    if found == Checked():
        raise refuse("folder_without_files", file=str(path))
    return found


def unread_files(place: Workspace, office_id: str, period: Period) -> tuple[Finding, ...]:
    """Warn of data files in a period's folder that are named after no source."""
    return tuple(
        Finding(
            rule="file_not_named_for_source",
            severity="warning",
            file=place.relative(path),
            details={"names": ", ".join(f"{key}{path.suffix.lower()}" for key in schemas())},
        )
        for path in place.files(office_id, period)
        if path.suffix.lower() in KNOWN_SUFFIXES and source_named(path, schemas()) is None
    )


def _joined(checked: Iterable[Checked]) -> Checked:
    parts = tuple(checked)
    return Checked(
        tuple(account for part in parts for account in part.accounts),
        tuple(finding for part in parts for finding in part.findings),
        frozenset().union(*(part.identities for part in parts)),
    )


def _below(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _check_folder(folder: Path, source: str | None, how: Asked) -> Checked:
    """Check every data file below a folder outside a workspace."""
    found = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.suffix.lower() in KNOWN_SUFFIXES
        and not path.name.startswith((".", "~$"))
    ]
    if not found:
        raise refuse("folder_without_files", file=str(folder))
    return _joined([_check_file(p, source, how, p.relative_to(folder).as_posix()) for p in found])


def _check_workspace(
    place: Workspace, asked: Path, source: str | None, how: Asked
) -> Iterator[Checked]:
    """Check the part of a workspace that lies below the path asked for."""
    raw = place.raw.resolve()
    parts = asked.relative_to(raw).parts if asked.is_relative_to(raw) else ()
    offices = [parts[0]] if parts else list(place.offices())
    if not parts:
        yield _told(place.refuse_shared_codes)
    for office_id in offices:
        yield from _check_office(place, office_id, asked, source, how)


def _told(check: Callable[[], object]) -> Checked:
    """Run a check that refuses, and return what it refused with."""
    try:
        check()
    except Refused as refused:
        return Checked(findings=refused.findings)
    return Checked()


def _check_office(
    place: Workspace, office_id: str, asked: Path, source: str | None, how: Asked
) -> Iterator[Checked]:
    try:
        office = place.office(office_id)
        place.check_period_names(office_id)
    except Refused as refused:
        yield Checked(findings=refused.findings)
        return
    folder = place.office_folder(office_id)
    periods = [p for p in place.periods(office_id) if _meets(folder / str(p), asked)]
    if asked == folder.resolve() or not asked.is_relative_to(folder.resolve()):
        yield Checked(findings=(*unknown_entries(folder / PROFILE_NAME), *office.findings))
        yield Checked(findings=_passed_over(place, office_id))
        yield _told(lambda: office_catalogue(place, office_id))
    checked = [
        part for period in periods for part in _check_period(place, office, period, source, how)
    ]
    if not checked and asked.is_relative_to(folder.resolve()):
        raise refuse("folder_without_files", file=place.relative(asked))
    yield from checked


def _meets(folder: Path, asked: Path) -> bool:
    return _below(folder, asked) or asked.is_relative_to(folder.resolve())


def _passed_over(place: Workspace, office_id: str) -> tuple[Finding, ...]:
    """Warn of files and folders of an office that no period's report would see."""
    loose = [
        Finding(rule="file_outside_period", severity="warning", file=place.relative(path))
        for path in sorted(place.office_folder(office_id).iterdir())
        if path.is_file() and path.suffix.lower() in KNOWN_SUFFIXES
    ]
    folders = [
        Finding(rule="folder_not_period", severity="warning", file=place.relative(path))
        for path in place.other_folders(office_id)
    ]
    return (*loose, *folders)


def _check_period(
    place: Workspace, office: Office, period: Period, source: str | None, how: Asked
) -> Iterator[Checked]:
    """Check a period's files, those of one source together as the reports read them."""
    read: dict[str, list[ReadResult]] = {}
    for path in place.files(office.id, period):
        key = source or source_named(path, schemas())
        if key is None:
            continue
        try:
            found = _read_file(path, key, how, place.relative(path), office)
        except Refused as refused:
            yield Checked(findings=refused.findings)
        else:
            read.setdefault(key, []).append(found)
    for results in read.values():
        yield _together(results)
    if unread := unread_files(place, office.id, period):
        yield Checked(findings=unread)


def _together(results: list[ReadResult]) -> Checked:
    try:
        return _checked(without_repeats(results))
    except Refused as refused:
        alone = _checked(results)
        return replace(alone, findings=(*refused.findings, *alone.findings))


def _checked(results: Iterable[ReadResult]) -> Checked:
    return _joined(Checked(r.files, r.findings, r.identities) for r in results)


def _check_file(path: Path, source: str | None, how: Asked, shown: str) -> Checked:
    """Read one file as its source and gather what was found."""
    try:
        return _checked([_read_file(path, source, how, shown, owner_of(path))])
    except Refused as refused:
        return Checked(findings=refused.findings)


def _read_file(
    path: Path, source: str | None, how: Asked, shown: str, office: Office | None
) -> ReadResult:
    try:
        key = source or _named(path, office) or detect_source(path, how.options("", shown=shown))
        found = read_source(key, path, how.options(key, office, shown))
        place = Workspace.around(path) if key == OWN_VALUES and office else None
        if place is None or office is None:
            return found
        return checked_values(found, office_catalogue(place, office.id))
    except Refused as refused:
        raise Refused(named_in_full(refused.findings, path, shown)) from refused


def _named(path: Path, owner: Office | None) -> str | None:
    return source_named(path, schemas()) if owner else None
