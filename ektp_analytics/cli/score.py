"""``ektp score``: the four principles of one office in one period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import Output, write_json

if TYPE_CHECKING:
    from ektp_analytics.scoring.scorecard import IndicatorLine, PrincipleScore, Scorecard


def score(
    office: options.OfficeId,
    period: options.PeriodText,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if", metavar="KODE=NILAI", help="Andai indikator bernilai lain; boleh diulang."
        ),
    ] = None,
    workspace: options.WorkspacePath = None,
    as_json: options.Json = False,
    lang: options.Lang = "id",
) -> None:
    """Nilai empat prinsip tata kelola satu kantor dalam satu periode."""
    output = Output(as_json, options.language(lang))
    changes = supposed(what_if)
    with output.refusals():
        from ektp_analytics.pipeline import run_period
        from ektp_analytics.scoring.what_if import what_if as suppose
        from ektp_analytics.workspace import Workspace

        run = run_period(Workspace.find(workspace), office, period)
        card = run.scorecard
        if changes:
            card = suppose(card, changes).after
    if as_json:
        findings = [f.to_record(output.lang) for f in run.findings]
        write_json({**card.to_record(output.lang), "findings": findings})
        return
    output.line(f"{run.office.name}, {run.period.label(output.lang)}")
    if run.office.label:
        output.line(run.office.label)
    _print(card, output)
    output.findings([f for f in run.findings if f.severity == "error"])


def supposed(pairs: Sequence[str] | None) -> dict[str, float]:
    """Read ``code=value`` pairs."""
    found: dict[str, float] = {}
    for code, value in options.mapping(pairs).items():
        try:
            found[code] = float(value.replace(",", "."))
        except ValueError:
            raise typer.BadParameter(f"“{value}” bukan angka", param_hint="--what-if") from None
    return found


def _print(card: Scorecard, output: Output) -> None:
    names = card.catalogue.principles
    output.table([_principle_row(p, names[p.key][output.lang]) for p in card.principles])
    overall = card.overall
    if overall.score is None:
        for reason in dict.fromkeys(overall.reasons.values()):
            output.line(f"Skor gabungan tidak disajikan: {reason.text(output.lang)}")
    else:
        output.line(f"Skor gabungan: {_number(overall.score)}")
    for principle in card.principles:
        output.table(
            [_indicator_row(line, card, output) for line in principle.lines],
            title=names[principle.key][output.lang],
        )


def _principle_row(item: PrincipleScore, name: str) -> dict[str, Any]:
    return {
        "prinsip": name,
        "skor": _number(item.score),
        "selang 95%": _pair(item.interval),
        "batas bila data lengkap": _pair(item.bounds),
        "bobot dinilai %": _number(item.weight_assessed),
        "status": item.status,
    }


def _indicator_row(line: IndicatorLine, card: Scorecard, output: Output) -> dict[str, Any]:
    value = line.value
    return {
        "indikator": card.catalogue[value.code].label(output.lang),
        "nilai": _number(value.value),
        "n": value.n,
        "skor": _number(value.score),
        "bobot %": _number(line.weight),
        "hilang": _number(line.points_lost),
        "status": value.status,
        "keterangan": value.reason.text(output.lang) if value.reason else "",
    }


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}".replace(".", ",")


def _pair(pair: Sequence[float] | None) -> str:
    return "" if pair is None else f"{_number(pair[0])}–{_number(pair[1])}"
