"""``ektp tally export``: hand over the counts of an office, and no person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import Output, write_json
from ektp_analytics.cli.usage import PlainCommand, PlainGroup

app = typer.Typer(
    cls=PlainGroup,
    help="Rekap kantor: hitungan tanpa data perorangan, untuk provinsi dan pusat.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("export", cls=PlainCommand)
def export(
    office: options.OfficeId,
    period: options.PeriodText,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="BERKAS", help="Berkas rekap; bila kosong di data/processed."
        ),
    ] = None,
    workspace: options.WorkspacePath = None,
    as_json: options.Json = False,
    lang: options.Lang = "id",
) -> None:
    """Buat rekap kantor (hitungan tanpa data perorangan) untuk dikirim ke provinsi."""
    output = Output(as_json, options.language(lang))
    with output.refusals():
        from ektp_analytics.batch.export import export_tally
        from ektp_analytics.periods import Period
        from ektp_analytics.workspace import Workspace

        place, when = Workspace.find(workspace), Period.parse(period)
        path = export_tally(place, office, when, out)
    if as_json:
        write_json({"ok": True, "office": office, "period": str(when), "file": str(path)})
        return
    output.say("tally_written", file=path)


@app.callback()
def _tally() -> None:
    """Keep `export` a command of its own."""
