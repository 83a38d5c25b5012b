"""``ektp check``: everything that is wrong in a file, a folder or a workspace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import REFUSED, Output, write_json
from ektp_analytics.errors import Finding, Refused, refuse

if TYPE_CHECKING:
    from ektp_analytics.sources.result import FileAccount, ReadOptions


@dataclass(frozen=True, slots=True)
class Checked:
    """One file checked: its account where it could be read, and its findings."""

    path: Path
    accounts: tuple[FileAccount, ...]
    findings: tuple[Finding, ...]


def check(
    path: Annotated[Path, typer.Argument(metavar="BERKAS|FOLDER", help="Berkas atau folder data.")],
    source: Annotated[
        str | None, typer.Option("--source", help="Jenis sumber bila tidak dikenali sendiri.")
    ] = None,
    map_: options.Map = None,
    sheet: options.SheetName = None,
    zone: options.Zone = "WIB",
    as_json: options.Json = False,
    lang: options.Lang = "id",
) -> None:
    """Periksa berkas: semua temuan, dengan tempat dan cara memperbaikinya."""
    output = Output(as_json, options.language(lang))
    headers, office_zone = options.mapping(map_), options.zone(zone)
    with output.refusals():
        from ektp_analytics.sources.result import ReadOptions

        how = ReadOptions(headers, sheet, office_zone)
        checked = [check_file(file, source, how) for file in files_under(path)]
    answer(checked, output)


def files_under(path: Path) -> Sequence[Path]:
    """Return the data files to check: the file itself, or all below a folder.

    Raises
    ------
    Refused
        When there is nothing to check.
    """
    from ektp_analytics.sources.files import KNOWN_SUFFIXES

    if not path.is_dir():
        return [path]
    found = sorted(p for p in path.rglob("*") if p.suffix.lower() in KNOWN_SUFFIXES)
    if not found:
        raise refuse("folder_without_files", file=str(path))
    return found


def check_file(path: Path, source: str | None, how: ReadOptions) -> Checked:
    """Read one file as its source and gather what was found.

    A file inside a workspace is read as its office's profile says.
    """
    from ektp_analytics.sources.dispatch import detect_source, read_source
    from ektp_analytics.sources.schema import schemas

    try:
        how = _with_profile(path, source, how)
        key = source or _named_source(path, schemas()) or detect_source(path, how)
        read = read_source(key, path, how)
    except Refused as refused:
        return Checked(path, (), refused.findings)
    return Checked(path, read.files, read.findings)


def _named_source(path: Path, known: Any) -> str | None:
    """Return the source a file inside ``data/raw`` is named after."""
    if path.stem in known and any(p.name == "raw" for p in path.resolve().parents):
        return path.stem
    return None


def _with_profile(path: Path, source: str | None, how: ReadOptions) -> ReadOptions:
    from dataclasses import replace

    from ektp_analytics.pipeline.office_sources import read_options
    from ektp_analytics.workspace import PROFILE_NAME, read_office

    profile = next(
        (p / PROFILE_NAME for p in _ancestors(path) if (p / PROFILE_NAME).is_file()), None
    )
    if profile is None:
        return how
    saved = read_options(read_office(profile), source or path.stem)
    return replace(saved, mapping={**saved.mapping, **how.mapping}, sheet=how.sheet)


def _ancestors(path: Path) -> Iterator[Path]:
    parents = list(path.resolve().parents)
    yield from parents[:3]


def answer(checked: Sequence[Checked], output: Output) -> None:
    """Print what was found and leave with 1 where any finding is an error."""
    findings = [f for one in checked for f in one.findings]
    ok = not any(f.severity == "error" for f in findings)
    if output.as_json:
        write_json(
            {
                "ok": ok,
                "files": [_account(a) for one in checked for a in one.accounts],
                "findings": [f.to_record(output.lang) for f in findings],
            }
        )
    else:
        output.table([_shown(a) for one in checked for a in one.accounts])
        output.findings(findings, everything=True)
        output.line("Tidak ada kesalahan." if ok else "Ada kesalahan yang harus diperbaiki.")
    if not ok:
        raise typer.Exit(REFUSED)


def _account(account: FileAccount) -> dict[str, Any]:
    names = ("file", "source", "read", "kept", "rejected", "repeats")
    return {name: getattr(account, name) for name in names}


def _shown(account: FileAccount) -> dict[str, Any]:
    titles = ("berkas", "sumber", "dibaca", "dipakai", "ditolak", "pengulangan")
    return dict(zip(titles, _account(account).values(), strict=True))
