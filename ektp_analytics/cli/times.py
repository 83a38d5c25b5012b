"""``ektp times``: how long the requests of one log take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import Output, write_json
from ektp_analytics.errors import refuse

if TYPE_CHECKING:
    from ektp_analytics.measures.durations import DurationResult
    from ektp_analytics.sources.result import ReadOptions, ReadResult

DEFAULT_START, FALLBACK_START, DEFAULT_END = "complete_at", "registered_at", "printed_at"


def times(
    file: options.File,
    as_of: Annotated[str, typer.Option("--as-of", help="Dilihat pukul 24.00 tanggal ini.")],
    start: Annotated[
        str | None, typer.Option("--start", help="Kunci atau judul kolom waktu mulai.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--end", help="Kunci atau judul kolom waktu selesai.")
    ] = None,
    limit: Annotated[
        str, typer.Option("--limit", help="24h jam, 3d hari, 3wd hari kerja.")
    ] = "24h",
    repeats: Annotated[
        str, typer.Option("--repeats", metavar="merge|keep", help="Baris yang berulang persis.")
    ] = "merge",
    map_: options.Map = None,
    sheet: options.SheetName = None,
    zone: options.Zone = "WIB",
    as_json: options.Json = False,
    lang: options.Lang = "id",
) -> None:
    """Hitung lama layanan dari satu berkas log, termasuk yang belum selesai."""
    output = Output(as_json, options.language(lang))
    if repeats not in ("merge", "keep"):
        raise typer.BadParameter("pilih merge atau keep", param_hint="--repeats")
    headers, office_zone = options.mapping(map_), options.zone(zone)
    with output.refusals():
        from ektp_analytics.indicators.service_times import service_times
        from ektp_analytics.sources.result import ReadOptions
        from ektp_analytics.sources.service_log import read_spans

        day = options.day(as_of)
        how = ReadOptions(headers, sheet, office_zone, repeats=repeats)
        first, last, how = clock(file, start, end, how)
        read = read_spans(file, first, last, how)
        found = service_times(read.table, day, limit=limit, start=first, end=last)
    if as_json:
        write_json(record(found, read, output))
    else:
        _print(found, read, output, (first, last))


def clock(
    file: Path, start: str | None, end: str | None, how: ReadOptions
) -> tuple[str, str, ReadOptions]:
    """Settle the two stamps of the clock: keys as they are, headers through the mapping.

    Without a start the clock runs from complete requirements, and from registration where
    the file has no such column.
    """
    from dataclasses import replace

    from ektp_analytics.sources.reading import Reading
    from ektp_analytics.sources.schema import schema
    from ektp_analytics.sources.service_log import STAGES

    known = schema("service_log").columns
    headers = dict(how.mapping)
    first = _stamp(start, DEFAULT_START, known, headers)
    last = _stamp(end, DEFAULT_END, known, headers)
    how = replace(how, mapping=headers)
    reading = Reading.open(file, "service_log", how)
    if start is None and not reading.has(first) and reading.has(FALLBACK_START):
        first = FALLBACK_START
    for key in (first, last):
        if not reading.has(key):
            seen = ", ".join(f"“{h}”" for h in reading.table.header.headers if h)
            named = ", ".join(k for k in STAGES if reading.has(k)) or "-"
            raise refuse(
                "clock_column_missing",
                file=file.name,
                value=known[key].label,
                seen=seen,
                keys=named,
            )
    return first, last, how


def _stamp(given: str | None, default: str, known: Any, headers: dict[str, str]) -> str:
    """Return the key of a stamp; a header is mapped to the default key."""
    if given is None or given in known:
        return given or default
    headers[default] = given
    return default


def record(found: DurationResult, read: ReadResult, output: Output) -> dict[str, Any]:
    """Return the JSON object of the contract."""
    return {
        **found.to_record(output.lang),
        "as_of": found.as_of.isoformat() if found.as_of else None,
        **read.account(),
        "findings": [f.to_record(output.lang) for f in read.findings],
    }


def _print(
    found: DurationResult, read: ReadResult, output: Output, stamps: tuple[str, str]
) -> None:
    from ektp_analytics.sources.schema import schema

    labels = schema("service_log").labels()
    output.line(
        f"Dari “{labels[stamps[0]]}” sampai “{labels[stamps[1]]}”, dilihat {found.as_of} pukul 24.00"
    )
    told = found.to_record(output.lang)
    reasons = told.pop("reasons")
    names = {
        "n": "Permohonan dihitung", "finished": "selesai", "open": "belum selesai",
        "excluded": "tidak dihitung (batal atau mulai sesudahnya)", "median_hours": "Median (jam)",
        "closed_only_median_hours": "Median yang sudah selesai saja (jam)",
        "p90_hours": "Persentil 90 (jam)", "within_limit": f"Selesai dalam {found.limit} (%)",
        "within_limit_interval": "selang 95% (%)", "within_limit_range": "rentang yang mungkin (%)",
        "late": "Terlambat",
    }  # fmt: skip
    rows = [
        {"angka": name, "nilai": _shown(told.get(key)) or reasons.get(key, "")}
        for key, name in names.items()
        if key in told
    ]
    output.table(rows)
    for note in found.notes:
        output.line(f"- {note.text(output.lang)}")
    output.findings(read.findings)


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "–".join(_shown(v) for v in value)
    return f"{value:.2f}".replace(".", ",") if isinstance(value, float) else str(value)
