"""``ektp coverage``: recording coverage and card possession of one file."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import Output, write_json


def coverage(
    file: options.File,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Tanggal terakhir yang boleh dipakai.")
    ] = None,
    map_: options.Map = None,
    sheet: options.SheetName = None,
    as_json: options.Json = False,
    lang: options.Lang = "id",
) -> None:
    """Hitung cakupan perekaman dan kepemilikan KTP-el per kecamatan."""
    output = Output(as_json, options.language(lang))
    headers = options.mapping(map_)
    with output.refusals():
        from ektp_analytics.indicators.coverage import coverage as compute
        from ektp_analytics.sources.registrations import read_registrations

        read = read_registrations(file, mapping=headers, sheet=sheet)
        found = compute(read.table, options.day(as_of) if as_of else None)
    if as_json:
        findings = [f.to_record(output.lang) for f in read.findings]
        write_json({**found.to_record(output.lang), **read.account(), "findings": findings})
        return
    output.line(f"Keadaan {found.as_of or '(tanggal tidak disebut)'}; penyebut: wajib KTP")
    output.table([_shown(row.to_record(output.lang)) for row in (*found.rows, found.total)])
    for name, reason in found.total.reasons.items():
        output.line(f"- Jumlah, {name}: {reason.text(output.lang)}")
    output.findings(read.findings)


def _shown(record: dict[str, Any]) -> dict[str, Any]:
    names = {
        "kecamatan": "kecamatan", "obligated": "wajib KTP", "recorded": "rekam",
        "holders": "memiliki", "recording_coverage": "rekam %", "card_possession": "miliki %",
    }  # fmt: skip
    return {
        title: f"{record[key]:.2f}".replace(".", ",")
        if isinstance(record[key], float)
        else record[key]
        for key, title in names.items()
    }
