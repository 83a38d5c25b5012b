"""``ektp init``: a workspace, and an office in it with its profile and templates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import Output, write_json
from ektp_analytics.cli.wording import say

if TYPE_CHECKING:
    from ektp_analytics.pipeline.new_office import NewOffice


def init(  # noqa: PLR0917 - each option of the command line is one
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Folder kerja; dibuat bila belum ada.")
    ],
    office: Annotated[
        str | None, typer.Option("--office", metavar="NAMA", help="Nama kantor seperti dicetak.")
    ] = None,
    code: Annotated[
        str | None,
        typer.Option("--code", metavar="KODE", help="Kode wilayah Kemendagri, misalnya 16.07."),
    ] = None,
    office_id: Annotated[
        str | None,
        typer.Option("--id", metavar="KANTOR", help="Nama folder kantor; bila kosong dari nama."),
    ] = None,
    own: Annotated[
        Path | None,
        typer.Option("--from", metavar="BERKAS", help="Ekspor kantor sendiri; judulnya disimpan."),
    ] = None,
    map_: options.Map = None,
    templates: Annotated[
        bool,
        typer.Option("--templates", help="Tulis ulang templat kantor --id menurut profilnya."),
    ] = False,
    as_json: options.Json = False,
    lang: options.Lang = "id",
) -> None:
    """Siapkan folder kerja dan satu kantor: profil, templat Excel, formulir survei."""
    output = Output(as_json, options.language(lang))
    if templates:
        _again(folder, office_id, output)
        return
    headers = options.mapping(map_)
    for name, given in (("--office", office), ("--code", code)):
        if given is None:
            raise typer.BadParameter(say("needed", output.lang), param_hint=name)
    with output.refusals():
        from ektp_analytics.pipeline.new_office import make_office

        made = make_office(
            folder, office or "", code or "", office_id=office_id, own=own, headers=headers
        )
    _tell(made, folder, own, output)


def _again(folder: Path, office_id: str | None, output: Output) -> None:
    if office_id is None:
        raise typer.BadParameter(say("needed", output.lang), param_hint="--id")
    with output.refusals():
        from ektp_analytics.pipeline.new_office import write_templates
        from ektp_analytics.workspace import Workspace

        target = write_templates(Workspace.find(folder), office_id)
    if output.as_json:
        write_json({"ok": True, "office": office_id, "templates": str(target)})
    output.say("templates_written", folder=target)


def _tell(made: NewOffice, folder: Path, own: Path | None, output: Output) -> None:
    if output.as_json:
        write_json(
            {
                "ok": True,
                "office": made.office.id,
                "folder": str(made.folder),
                "source": made.source,
                "mapping": dict(made.mapping),
            }
        )
        return
    output.say("init_made", folder=folder)
    if own:
        output.say("init_mapping", file=own.name, source=made.source)
        output.table([{"key": key, "header": header} for key, header in made.mapping.items()])
    period = made.folder / "2025-Q1"
    output.say(
        "init_next",
        profile=made.folder / "office.yaml",
        templates=made.folder / "templat",
        period_folder=period,
        check=period,
    )
