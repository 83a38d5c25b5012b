"""``ektp times``: how long the requests of one log take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import Output, write_json
from ektp_analytics.cli.wording import say
from ektp_analytics.errors import Finding, Language, Refused, refuse

if TYPE_CHECKING:
    from datetime import date

    from ektp_analytics.measures.durations import DurationResult
    from ektp_analytics.measures.limits import Limit
    from ektp_analytics.sources.reading import Reading
    from ektp_analytics.sources.result import ReadOptions, ReadResult
    from ektp_analytics.sources.schema import Column

DEFAULT_START, FALLBACK_START, DEFAULT_END = "complete_at", "registered_at", "printed_at"
# Figures in the order they are read; each is a heading of ``texts/cli.yaml``.
_FIGURES = (
    "n", "finished", "open", "excluded", "median_hours", "closed_only_median_hours", "p90_hours",
    "within_limit", "within_limit_interval", "within_limit_range", "undecided", "late",
)  # fmt: skip


def times(  # noqa: PLR0917 - each option of the command line is one
    file: options.File,
    as_of: Annotated[
        str,
        typer.Option("--as-of", metavar="TANGGAL", help="Dilihat pukul 24.00 tanggal ini."),
    ],
    start: Annotated[
        str | None,
        typer.Option("--start", metavar="KOLOM", help="Kunci atau judul kolom waktu mulai."),
    ] = None,
    end: Annotated[
        str | None,
        typer.Option("--end", metavar="KOLOM", help="Kunci atau judul kolom waktu selesai."),
    ] = None,
    limit: Annotated[
        str,
        typer.Option("--limit", metavar="BATAS", help="24h jam, 3d hari kalender, 3wd hari kerja."),
    ] = "24h",
    repeats: Annotated[
        str, typer.Option("--repeats", metavar="merge|keep", help="Baris yang berulang persis.")
    ] = "merge",
    large: Annotated[
        float,
        typer.Option("--large", metavar="MB", help="Di atas ukuran ini dihitung lewat DuckDB."),
    ] = 50,
    map_: options.Map = None,
    sheet: options.SheetName = None,
    zone: options.Zone = None,
    as_json: options.Json = False,
    lang: options.Lang = "id",
) -> None:
    """Hitung lama layanan dari satu berkas log, termasuk yang belum selesai."""
    output = Output(as_json, options.language(lang))
    options.one_of(repeats, ("merge", "keep"), "--repeats")
    headers, office_zone = options.mapping(map_), options.zone(zone)
    with output.refusals():
        from ektp_analytics.measures.limits import Limit
        from ektp_analytics.pipeline.asked import Asked

        day, within = options.day(as_of), Limit.parse(limit)
        merged: Literal["merge", "keep"] = "keep" if repeats == "keep" else "merge"
        asked = Asked(headers, sheet, office_zone, repeats=merged)
        how = asked.options_for(file, "service_log")
        stamps, found, read = _measured(file, (start, end), how, day, within, large)
    findings = (*read.findings, *fallback_note(read, stamps[0], start))
    if as_json:
        write_json(record(found, read, findings, output))
        return
    _print(found, read, stamps, output)
    output.findings(findings)


def _measured(
    file: Path,
    asked: tuple[str | None, str | None],
    how: ReadOptions,
    day: date,
    within: Limit,
    large: float,
) -> tuple[tuple[str, str], DurationResult, ReadResult]:
    """Settle the clock, read the log and measure it; a large one through the database."""
    from ektp_analytics.indicators.service_times import time_to_completion
    from ektp_analytics.pipeline.large_times import head_of, is_large, large_times
    from ektp_analytics.sources.service_log import read_spans

    if is_large(file, large):
        with head_of(file) as head:
            stamps, how = clock(head, *asked, how)
            return stamps, *large_times(file, head, stamps, day, within, how)
    stamps, how = clock(file, *asked, how)
    read = read_spans(file, *stamps, how)
    found = time_to_completion(read.table, day, limit=within, start=stamps[0], end=stamps[1])
    return stamps, found, read


def clock(
    file: Path, start: str | None, end: str | None, how: ReadOptions
) -> tuple[tuple[str, str], ReadOptions]:
    """Settle the two stamps of the clock: keys as they are, headers through the mapping.

    Without a start the clock runs from complete requirements, and from registration where
    the file has no such column.
    """
    from dataclasses import replace

    from ektp_analytics.sources.reading import Reading
    from ektp_analytics.sources.schema import schema

    known = schema("service_log").columns
    headers = dict(how.mapping)
    first = _stamp(start, DEFAULT_START, known, headers)
    last = _stamp(end, DEFAULT_END, known, headers)
    if first == last or (start is not None and start == end):
        raise refuse("clock_same_column", file=file.name, value=start or end or first)
    how = replace(how, mapping=headers)
    reading = Reading.open(file, "service_log", how)
    if start is None and not reading.has(first) and reading.has(FALLBACK_START):
        first = FALLBACK_START
    for key in (first, last):
        if not reading.has(key):
            raise _without(key, reading)
    return (first, last), how


def _stamp(given: str | None, default: str, known: Mapping[str, Column], headers: Any) -> str:
    """Return the key of a stamp; a header is mapped to the default key."""
    if given is None:
        return default
    if given in known and known[given].kind == "datetime":
        return given
    headers[default] = given
    return default


def _without(key: str, reading: Reading) -> Refused:
    """Say which column the clock lacks, and which the file has."""
    from ektp_analytics.sources.service_log import STAGES

    seen = ", ".join(f"“{h}”" for h in reading.table.header.headers if h)
    named = ", ".join(k for k in STAGES if reading.has(k)) or "-"
    label = reading.schema.columns[key].label
    return refuse("clock_column_missing", file=reading.log.file, value=label, seen=seen, keys=named)


def fallback_note(read: ReadResult, start: str, asked: str | None) -> tuple[Finding, ...]:
    """Say so where the clock had to start at registration."""
    if asked is not None or start != FALLBACK_START:
        return ()
    from ektp_analytics.sources.schema import schema

    wanted = schema("service_log").columns[DEFAULT_START].label
    return (
        Finding(
            rule="clock_from_registration", severity="note", source=read.source,
            file=read.files[0].file, column=read.mapping[start], details={"wanted": wanted},
        ),
    )  # fmt: skip


def record(
    found: DurationResult, read: ReadResult, findings: Sequence[Finding], output: Output
) -> dict[str, Any]:
    """Return the JSON object of the contract."""
    return {
        **found.to_record(output.lang),
        **read.account(),
        "findings": output.records(findings),
    }


def _print(
    found: DurationResult, read: ReadResult, stamps: tuple[str, str], output: Output
) -> None:
    first, last = (read.mapping[key] for key in stamps)
    output.say("clock_line", start=first, end=last, day=found.as_of)
    told = found.to_record(output.lang)
    limit = limit_words(found.limit, output.lang) if found.limit else ""
    rows = [
        {
            "figure": say(f"times_{key}", output.lang, limit=limit),
            "value": _shown(told[key], output) or told["reasons"].get(key, ""),
        }
        for key in _FIGURES
        if key in told
    ]
    output.table(rows)
    for note in found.notes:
        output.line(f"- {note.text(output.lang)}")
    output.say("account", **read.account())


def limit_words(limit: Limit, lang: Language = "id") -> str:
    """Return a limit in words: ``24 jam``, ``3 hari kerja``."""
    return say(f"limit_{limit.unit}", lang, amount=limit.amount)


def _shown(value: Any, output: Output) -> str:
    if isinstance(value, list):
        return output.span(value)
    return output.decimal(value) if isinstance(value, float) else output.whole(value)
