"""``ektp report``: the report of one office and one period."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import Output, write_json

REPORT = "quarterly_report"
WITH_NOTEBOOK = ("pdf", "html")


def report(
    office: options.OfficeId,
    period: options.PeriodText,
    lang: options.Lang = "id",
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="pdf|html|docx|xlsx|poster",
            help="Bentuk laporan; boleh diulang. Bila kosong semuanya dibuat.",
        ),
    ] = None,
    final: Annotated[bool, typer.Option("--final", help="Tanpa tanda DRAF.")] = False,
    workspace: options.WorkspacePath = None,
    as_json: options.Json = False,
) -> None:
    """Susun laporan berkala sebuah kantor dari berkas di data/raw."""
    output = Output(as_json, options.language(lang))
    started = time.monotonic()
    with output.refusals():
        from ektp_analytics.periods import Period
        from ektp_analytics.report.engine import warm_up
        from ektp_analytics.report.notebook_imports import notebook_imports
        from ektp_analytics.workspace import Workspace

        place, when = Workspace.find(workspace), Period.parse(period)
        place.period_folder(place.office(office).id, when)
        if not formats or set(formats) & set(WITH_NOTEBOOK):
            warm_up(notebook_imports(REPORT))  # in its own process, while this one loads
        from ektp_analytics.pipeline.report import build_report
        from ektp_analytics.report.build import FORMATS

        wanted = tuple(formats or FORMATS)
        if unknown := [f for f in wanted if f not in FORMATS]:
            raise typer.BadParameter(
                f"“{unknown[0]}” tidak dikenali; pilih {', '.join(FORMATS)}", param_hint="--format"
            )
        built = build_report(place, office, when, formats=wanted, lang=output.lang, final=final)
    seconds = time.monotonic() - started
    if as_json:
        write_json(
            {
                "ok": True,
                "office": office,
                "period": str(when),
                "files": [str(f) for f in built.files],
                "missing": list(built.missing),
                "seconds": round(seconds, 1),
                "findings": [f.to_record(output.lang) for f in built.findings],
            }
        )
        return
    for file in built.files:
        output.line(str(file))
    output.findings(built.findings, everything=True)
    output.line(f"Selesai dalam {seconds:.1f} detik.".replace(".", ",", 1))
