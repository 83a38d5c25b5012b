"""``ektp check``: everything that is wrong in a file, a folder or a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import REFUSED, Output, write_json

if TYPE_CHECKING:
    from ektp_analytics.pipeline.data_files import Checked
    from ektp_analytics.sources.result import FileAccount

_COUNTS = ("read", "kept", "rejected", "repeats")


def check(  # noqa: PLR0917 - each option of the command line is one
    path: Annotated[
        Path, typer.Argument(metavar="BERKAS|FOLDER", help="Berkas, folder periode, atau kantor.")
    ],
    source: Annotated[
        str | None,
        typer.Option(
            "--source", metavar="SUMBER", help="Jenis sumber bila tidak dikenali sendiri."
        ),
    ] = None,
    letter: Annotated[
        bool,
        typer.Option("--letter", help="Tulis juga surat perbaikan data (DOCX) satu halaman."),
    ] = False,
    letter_file: Annotated[
        Path | None,
        typer.Option("--output", metavar="BERKAS", help="Letak surat; bila kosong ditentukan."),
    ] = None,
    map_: options.Map = None,
    sheet: options.SheetName = None,
    zone: options.Zone = None,
    as_json: options.Json = False,
    lang: options.Lang = "id",
) -> None:
    """Periksa berkas: semua temuan, dengan tempat dan cara memperbaikinya."""
    output = Output(as_json, options.language(lang))
    headers, office_zone = options.mapping(map_), options.zone(zone)
    written = None
    with output.refusals():
        from ektp_analytics.pipeline.asked import Asked
        from ektp_analytics.pipeline.data_files import check_path

        checked = check_path(path, source, Asked(headers, sheet, office_zone))
        if letter or letter_file:
            from ektp_analytics.pipeline.letter import write_letter

            written = write_letter(path, checked, letter_file, lang=output.lang)
    answer(checked, written, output)


def answer(checked: Checked, letter: Path | None, output: Output) -> None:
    """Print what was found and leave with 1 where any finding is an error."""
    if output.as_json:
        record: dict[str, Any] = {
            "ok": checked.ok,
            "files": [_account(account) for account in checked.accounts],
            "findings": output.records(checked.findings),
        }
        write_json(record | ({"letter": str(letter)} if letter else {}))
    else:
        _print(checked, letter, output)
    if not checked.ok:
        raise typer.Exit(REFUSED)


def _account(account: FileAccount) -> dict[str, Any]:
    return {name: getattr(account, name) for name in ("file", "source", *_COUNTS)}


def _print(checked: Checked, letter: Path | None, output: Output) -> None:
    rows = [
        {key: output.whole(v) if key in _COUNTS else v for key, v in _account(account).items()}
        for account in checked.accounts
    ]
    output.table(rows, numbers=_COUNTS)
    output.findings(checked.findings, everything=True)
    errors = sum(f.count for f in checked.findings if f.severity == "error")
    if checked.ok:
        output.say("check_ok")
    else:
        output.say("check_errors", errors=output.whole(errors))
    if letter:
        output.say("letter_written", file=letter)
