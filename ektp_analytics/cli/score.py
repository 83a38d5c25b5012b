"""``ektp score``: the four principles of one office in one period."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import Output, write_json
from ektp_analytics.cli.wording import say, with_source_names

if TYPE_CHECKING:
    from ektp_analytics.scoring.period_run import PeriodRun
    from ektp_analytics.scoring.scorecard import IndicatorLine, PrincipleScore, Scorecard

WHAT_IF = "--what-if"


def score(
    office: options.OfficeId,
    period: options.PeriodText,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            WHAT_IF, metavar="KODE=NILAI", help="Andai indikator bernilai lain; boleh diulang."
        ),
    ] = None,
    target: Annotated[
        float | None,
        typer.Option(
            "--target",
            min=0,
            max=100,
            help="Nilai yang diperlukan setiap indikator agar prinsipnya mencapai skor ini.",
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
        from ektp_analytics.periods import Period
        from ektp_analytics.pipeline import run_period
        from ektp_analytics.pipeline.data_files import unread_files
        from ektp_analytics.pipeline.processed import try_to_save
        from ektp_analytics.scoring.what_if import what_if as suppose
        from ektp_analytics.workspace import Workspace

        place, when = Workspace.find(workspace), Period.parse(period)
        run = run_period(place, office, when)
        unread = unread_files(place, run.office.id, when)
        findings = (*run.findings, *unread, *try_to_save(run, place))
        card = suppose(run.scorecard, changes).after if changes else run.scorecard
    if as_json:
        record = {**card.to_record(output.lang), "findings": output.records(findings)}
        if target is not None:
            record["needed"] = _needed_records(card, target, output)
        write_json(record)
        return
    _print_heading(run, changes, output)
    _print(card, output)
    if target is not None:
        _print_needed(card, target, output)
    output.findings([f for f in findings if f.severity != "note"])


def supposed(pairs: Sequence[str] | None) -> dict[str, float]:
    """Read ``code=value`` pairs; a decimal comma is read as one.

    Raises
    ------
    typer.BadParameter
        When a value is no finite number.
    """
    found: dict[str, float] = {}
    for code, value in options.mapping(pairs, WHAT_IF).items():
        try:
            found[code] = float(value.replace(",", "."))
        except ValueError:
            found[code] = math.nan
        if not math.isfinite(found[code]):
            raise typer.BadParameter(say("no_number", value=value), param_hint=WHAT_IF)
    return found


def _print_heading(run: PeriodRun, changes: dict[str, float], output: Output) -> None:
    output.line(f"{run.office.name}, {run.period.label(output.lang)}")
    if run.office.label:
        output.line(run.office.label)
    if run.catalogue_files:
        files = ", ".join(f.file for f in run.catalogue_files)
        output.say("own_catalogue", files=files, version=run.catalogue.version)
    for group, judged in run.catalogue.ahp.items():
        ratio = output.decimal(judged.consistency_ratio, 3)
        output.say("own_judgments", group=group, ratio=ratio)
    if changes:
        told = ", ".join(f"{code} = {output.decimal(v, 1)}" for code, v in changes.items())
        output.say("supposed", changes=told)


def _print(card: Scorecard, output: Output) -> None:
    names = card.catalogue.principles
    output.table(
        [_principle_row(p, names[p.key][output.lang], output) for p in card.principles],
        numbers=("score", "interval", "bounds", "weight_assessed"),
    )
    output.say("bounds_meaning")
    _print_overall(card, output)
    for principle in card.principles:
        output.table(
            [_indicator_row(line, card, output) for line in principle.lines],
            title=names[principle.key][output.lang],
            numbers=("value", "n", "score", "weight", "points_lost"),
        )
        _print_reasons(principle, card, output)


def _print_overall(card: Scorecard, output: Output) -> None:
    overall = card.overall
    if overall.score is not None:
        output.say("overall", score=output.decimal(overall.score, 1))
        return
    output.say("overall_absent", why=overall.reasons["score"].text(output.lang))


def _print_reasons(principle: PrincipleScore, card: Scorecard, output: Output) -> None:
    """Print, under the table of a principle, why values are absent or partial."""
    for line in principle.lines:
        if line.value.reason:
            name = card.catalogue[line.value.code].label(output.lang)
            output.line(f"- {name}: {with_source_names(line.value.reason, output.lang)}")


def _needed_records(card: Scorecard, target: float, output: Output) -> list[dict[str, Any]]:
    """Return what each indicator alone would need; every null with its reason."""
    from ektp_analytics.scoring.what_if import needed_for

    return [
        {
            "principle": principle.key,
            "code": need.code,
            "target": target,
            "value": card.line(need.code).value.value,
            "needed": need.value,
            "unit": card.catalogue[need.code].unit,
            "reasons": {"needed": need.reason.text(output.lang)} if need.reason else {},
        }
        for principle in card.principles
        for need in needed_for(card, principle.key, target)
    ]


def _print_needed(card: Scorecard, target: float, output: Output) -> None:
    from ektp_analytics.scoring.what_if import needed_for

    output.say("needed_meaning", target=output.decimal(target, 1))
    for principle in card.principles:
        rows = []
        for need in needed_for(card, principle.key, target):
            item = card.catalogue[need.code]
            digits = 2 if item.unit == "ratio" else 1
            rows.append(
                {
                    "indicator": item.label(output.lang),
                    "value": output.decimal(card.line(need.code).value.value, digits),
                    "value_needed": output.decimal(need.value, digits),
                    "remark": need.reason.text(output.lang) if need.reason else "",
                }
            )
        name = card.catalogue.principles[principle.key][output.lang]
        output.table(rows, title=name, numbers=("value", "value_needed"))


def _principle_row(item: PrincipleScore, name: str, output: Output) -> dict[str, str]:
    return {
        "principle": name,
        "score": output.decimal(item.score, 1),
        "interval": output.span(item.interval, 1),
        "bounds": output.span(item.bounds, 1),
        "weight_assessed": output.decimal(item.weight_assessed, 1),
        "status": say(f"status_{item.status}", output.lang),
    }


def _indicator_row(line: IndicatorLine, card: Scorecard, output: Output) -> dict[str, str]:
    value = line.value
    return {
        "indicator": card.catalogue[value.code].label(output.lang),
        "value": output.decimal(value.value, 2 if value.unit == "ratio" else 1),
        "n": output.whole(value.n),
        "score": output.decimal(value.score, 1),
        "weight": output.decimal(line.weight, 1),
        "points_lost": output.decimal(line.points_lost, 1),
        "status": say(f"status_{value.status}", output.lang),
    }
