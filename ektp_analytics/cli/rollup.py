"""``ektp rollup``: province or nation from the tallies of the offices."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import Output, write_json

if TYPE_CHECKING:
    from ektp_analytics.batch.rollup import Rollup


def rollup(
    period: options.PeriodText,
    sent: Annotated[
        list[Path] | None,
        typer.Option(
            "--from", metavar="FOLDER", help="Folder rekap yang dikirim kantor; boleh diulang."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Folder hasil.")
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="pdf|html|xlsx", help="Bentuk; boleh diulang."),
    ] = None,
    workspace: options.WorkspacePath = None,
    as_json: options.Json = False,
    lang: options.Lang = "id",
) -> None:
    """Gabungkan rekap kantor: peringkat, cakupan, waktu tunggu, dan IKM gabungan."""
    output = Output(as_json, options.language(lang))
    for name in formats or ():
        options.one_of(name, ("pdf", "html", "xlsx"), "--format")
    with output.refusals():
        from ektp_analytics.batch.roll_up_period import roll_up_period

        found, files, findings = roll_up_period(
            period, sent or (), out, workspace, formats or None, output.lang
        )
    if as_json:
        record = {**_record(found), "files": [str(file) for file in files]}
        write_json({"ok": True, **record, "findings": output.records(findings)})
        return
    _print(found, output)
    for file in files:
        output.line(str(file))
    output.findings(findings)


def _record(found: Rollup) -> dict[str, object]:
    pooled = found.pooled
    return {
        "period": str(found.period),
        "offices": found.offices,
        "index_pooled": pooled.index if pooled else None,
        "grade": pooled.grade if pooled else None,
        "n": pooled.n if pooled else 0,
        "index_mean_of_units": found.mean_of_units,
        "units": found.units,
    }


def _print(found: Rollup, output: Output) -> None:
    if found.pooled is not None:
        output.say(
            "rollup_index",
            index=output.decimal(found.pooled.index),
            grade=found.pooled.grade,
            n=output.whole(found.pooled.n),
            mean=output.decimal(found.mean_of_units),
            units=output.whole(found.units),
        )
    output.say("rollup_offices", count=output.whole(found.offices))
