"""``ektp coverage``: recording coverage and card possession of one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import Output, write_json
from ektp_analytics.cli.wording import say

if TYPE_CHECKING:
    from ektp_analytics.indicators.coverage import Coverage, CoverageRow
    from ektp_analytics.sources.result import ReadResult

_COUNTS = ("obligated", "recorded", "holders")
_RATES = ("recording_coverage", "card_possession")


def coverage(
    file: options.File,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="TANGGAL", help="Tanggal terakhir yang boleh dipakai."),
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
        from ektp_analytics.pipeline.asked import Asked
        from ektp_analytics.sources.registrations import read_registrations

        day = options.day(as_of) if as_of else None
        read = read_registrations(file, Asked(headers, sheet).options_for(file, "registrations"))
        found = compute(read.table, day)
    if as_json:
        write_json(record(found, read, output))
    else:
        _print(found, read, output)


def record(found: Coverage, read: ReadResult, output: Output) -> dict[str, Any]:
    """Return the JSON object of the contract; a row without a code has no such key."""
    figures = found.to_record(output.lang)
    return {
        **figures,
        "rows": [_named(row) for row in figures["rows"]],
        "total": _named(figures["total"]),
        **read.account(),
        "findings": output.records(read.findings),
    }


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "code" or value is not None}


def _print(found: Coverage, read: ReadResult, output: Output) -> None:
    day = found.as_of or say("no_day", output.lang)
    output.say("coverage_line", day=day)
    rows = [_row(row, row.kecamatan, output) for row in found.rows]
    total = _row(found.total, say("total", output.lang), output)
    output.table([*rows, total], numbers=(*_COUNTS, *_RATES))
    for name, reason in found.total.reasons.items():
        place, what = say("total", output.lang), say(name, output.lang)
        output.say("coverage_reason", place=place, what=what, why=reason.text(output.lang))
    output.say("account", **read.account())
    output.findings(read.findings)


def _row(row: CoverageRow, name: str, output: Output) -> dict[str, str]:
    counts = {key: output.whole(getattr(row, key)) for key in _COUNTS}
    rates = {key: output.decimal(getattr(row, key)) for key in _RATES}
    return {"kecamatan": name, **counts, **rates}
