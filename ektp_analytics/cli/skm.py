"""``ektp skm``: the satisfaction index of one survey file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import Output, write_json
from ektp_analytics.errors import Language

if TYPE_CHECKING:
    from ektp_analytics.indicators.skm import SkmIndex
    from ektp_analytics.sources.answers import Wins
    from ektp_analytics.sources.result import ReadResult

# What may hold where a number contradicts its label.
ANSWERS = ("label", "number")


def skm(
    file: options.File,
    map_: options.Map = None,
    sheet: options.SheetName = None,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="PERIODE", help="Hanya kuesioner dalam periode ini."),
    ] = None,
    answers: Annotated[
        str | None,
        typer.Option(
            "--answers",
            metavar="label|number",
            help="Yang berlaku bila angka dan label jawaban bertentangan.",
        ),
    ] = None,
    zone: options.Zone = None,
    as_json: options.Json = False,
    lang: options.Lang = "id",
) -> None:
    """Hitung Indeks Kepuasan Masyarakat dari satu berkas survei."""
    output = Output(as_json, options.language(lang))
    headers, office_zone = options.mapping(map_), options.zone(zone)
    wins = None if answers is None else wins_of(answers)
    with output.refusals():
        from ektp_analytics.indicators.skm import skm_index
        from ektp_analytics.periods import Period
        from ektp_analytics.pipeline.asked import Asked
        from ektp_analytics.sources.survey import read_survey

        within = Period.parse(period) if period else None
        asked = Asked(headers, sheet, office_zone, wins)
        read = read_survey(file, asked.options_for(file, "survey"))
        found = skm_index(read.table, period=within)
    if as_json:
        write_json(record(found, read, output))
    else:
        _print(found, read, output)


def wins_of(text: str) -> Wins:
    """Read which of number and label counts."""
    return "label" if options.one_of(text, ANSWERS, "--answers") == "label" else "number"


def record(found: SkmIndex, read: ReadResult, output: Output) -> dict[str, Any]:
    """Return the JSON object of the contract."""
    figures = found.to_record(output.lang)
    return {
        **figures,
        "elements": [_explained(e, figures["reasons"]) for e in figures["elements"]],
        "reasons": figures["reasons"] | _variant_reasons(figures),
        **read.account(),
        "findings": output.records(read.findings),
    }


def _explained(element: dict[str, Any], reasons: dict[str, str]) -> dict[str, Any]:
    """Put the reasons of an element's nulls beside them too."""
    names = {key: f"elements.{element['key']}.{key}" for key, v in element.items() if v is None}
    own = {key: reasons[name] for key, name in names.items() if name in reasons}
    return {**element, "reasons": own} if own else element


def _variant_reasons(figures: dict[str, Any]) -> dict[str, str]:
    """Name the one reason of all weight variants by each of them too."""
    why = figures["reasons"].get("weight_variants")
    absent = [name for name, v in figures["weight_variants"].items() if v is None]
    return {f"weight_variants.{name}": why for name in absent if why}


def _print(found: SkmIndex, read: ReadResult, output: Output) -> None:
    summary = found.summary
    _print_index(found, output)
    output.table(
        [_element_row(element, output) for element in summary.elements],
        numbers=("n", "blank", "nrr", "index"),
    )
    for text in output.texts([*summary.reasons.values(), *summary.notes]):
        output.line(f"- {text}")
    output.say("account", **read.account())
    output.findings(read.findings)


def _print_index(found: SkmIndex, output: Output) -> None:
    summary = found.summary
    output.say(
        "index_line",
        index=output.decimal(summary.index) or "-",
        grade=summary.grade or "-",
        label=_label(found, output.lang),
        n=output.whole(summary.n),
    )
    if summary.partial:
        output.say("index_partial", asked=summary.elements_asked)
    if summary.interval:
        low, high = (output.decimal(end) for end in summary.interval)
        percent = round(100 * summary.confidence)
        output.say("index_interval", confidence=percent, low=low, high=high)
    if summary.answers_to_flip is not None:
        output.say("index_flip", grade=summary.flip_to, moves=output.whole(summary.answers_to_flip))
    if found.outside_period:
        output.say("index_outside", count=output.whole(found.outside_period))


def _element_row(element: Any, output: Output) -> dict[str, str]:
    return {
        "element": element.key,
        "n": output.whole(element.n),
        "blank": output.whole(element.blank),
        "nrr": output.decimal(element.nrr, 3),
        "index": output.decimal(element.index),
        "grade": element.grade or "",
    }


def _label(found: SkmIndex, lang: Language) -> str:
    """Return the label of the grade in a language; the contract's own is Indonesian."""
    from ektp_analytics.standards.lookup import latest_standard

    scale = latest_standard("skm_bands.scale").value
    names: dict[str | None, str] = {row["grade"]: row["label"][lang] for row in scale}
    return names.get(found.summary.grade, found.summary.label or "-")
