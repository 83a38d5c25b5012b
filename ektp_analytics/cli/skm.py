"""``ektp skm``: the satisfaction index of one survey file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import Output, write_json

if TYPE_CHECKING:
    from ektp_analytics.indicators.skm import SkmIndex
    from ektp_analytics.sources.result import ReadResult


def skm(
    file: options.File,
    map_: options.Map = None,
    sheet: options.SheetName = None,
    period: Annotated[
        str | None, typer.Option("--period", help="Hanya kuesioner dalam periode ini.")
    ] = None,
    answers: Annotated[
        str | None,
        typer.Option(
            "--answers",
            metavar="label|number",
            help="Yang berlaku bila angka dan label bertentangan.",
        ),
    ] = None,
    zone: options.Zone = "WIB",
    as_json: options.Json = False,
    lang: options.Lang = "id",
) -> None:
    """Hitung Indeks Kepuasan Masyarakat dari satu berkas survei."""
    output = Output(as_json, options.language(lang))
    headers = options.mapping(map_)
    if answers not in (None, "label", "number"):
        raise typer.BadParameter("pilih label atau number", param_hint="--answers")
    with output.refusals():
        from ektp_analytics.indicators.skm import skm_index
        from ektp_analytics.periods import Period
        from ektp_analytics.sources.survey import read_survey

        asked = Period.parse(period) if period else None
        read = read_survey(
            file, mapping=headers, sheet=sheet, zone=options.zone(zone), answers_win=answers
        )
        found = skm_index(read.table, period=asked)
    if as_json:
        write_json(record(found, read, output))
    else:
        _print(found, read, output)


def record(found: SkmIndex, read: ReadResult, output: Output) -> dict[str, Any]:
    """Return the JSON object of the contract."""
    return {
        **found.to_record(output.lang),
        **read.account(),
        "findings": [f.to_record(output.lang) for f in read.findings],
    }


def _print(found: SkmIndex, read: ReadResult, output: Output) -> None:
    summary = found.summary
    shown = "-" if summary.index is None else f"{summary.index:.2f}".replace(".", ",")
    output.line(
        f"IKM {shown}  mutu {summary.grade or '-'} ({summary.label or '-'})  n = {summary.n}"
    )
    if summary.interval:
        low, high = (f"{bound:.2f}".replace(".", ",") for bound in summary.interval)
        output.line(f"Selang kepercayaan 95%: {low}–{high}")
    if summary.answers_to_flip is not None:
        output.line(
            f"Huruf berubah menjadi {summary.flip_to} bila {summary.answers_to_flip} jawaban "
            "bergeser satu tingkat."
        )
    output.table([_element_row(e) for e in summary.elements])
    for reason in (*dict.fromkeys(summary.reasons.values()), *summary.notes):
        output.line(f"- {reason.text(output.lang)}")
    _print_account(read, output)


def _element_row(element: Any) -> dict[str, Any]:
    def number(value: float | None, digits: int) -> str:
        return "" if value is None else f"{value:.{digits}f}".replace(".", ",")

    return {
        "unsur": element.key,
        "n": element.n,
        "kosong": element.blank,
        "NRR": number(element.nrr, 3),
        "indeks": number(element.index, 2),
        "mutu": element.grade or "",
    }


def _print_account(read: ReadResult, output: Output) -> None:
    account = read.account()
    output.line(
        f"Dibaca {account['read']} baris: dipakai {account['kept']}, ditolak "
        f"{account['rejected']}, pengulangan {account['repeats']}."
    )
    output.findings(read.findings)
