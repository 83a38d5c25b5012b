"""``ektp batch``: every office of the workspace to scores and reports."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import Output, error_line, write_json
from ektp_analytics.cli.wording import say

if TYPE_CHECKING:
    from ektp_analytics.batch.office_task import Outcome
    from ektp_analytics.batch.run import BatchResult

SOME_FAILED = 3
LOOKS_BACK = 3600.0
"""Seconds whose offices tell how long the others will take; one may take minutes."""

_NO_REPORT = "none"


def batch(  # noqa: PLR0917 - each option of the command line is one
    period: options.PeriodText,
    offices: Annotated[
        list[str] | None,
        typer.Option("--offices", metavar="POLA", help="Misalnya kab-*; boleh diulang."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="ANGKA", min=1, help="Jumlah proses di komputer ini."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ALAMAT", help="Penjadwal Dask, tcp://…"),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="pdf|html|docx|xlsx|poster|none",
            help="Bentuk laporan tiap kantor; boleh diulang. Bila kosong semuanya dibuat; "
            "none: hanya skor dan rekap, tanpa laporan.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Kerjakan juga yang tidak berubah.")
    ] = False,
    final: Annotated[bool, typer.Option("--final", help="Tanpa tanda DRAF.")] = False,
    workspace: options.WorkspacePath = None,
    as_json: options.Json = False,
    lang: options.Lang = "id",
) -> None:
    """Kerjakan semua kantor di folder kerja: skor, rekap, dan laporan."""
    output = Output(as_json, options.language(lang))
    started = time.monotonic()
    with output.refusals():
        from ektp_analytics.batch.run import offices_wanted, run_batch
        from ektp_analytics.periods import Period
        from ektp_analytics.workspace import Workspace

        place, when = Workspace.find(workspace), Period.parse(period)
        wanted = _formats(formats)
        chosen = tuple(offices or ())
        total = len(offices_wanted(place, when, chosen))
        with _progress(total, output) as seen:
            result = run_batch(
                place, when, offices=chosen, formats=wanted, lang=output.lang, final=final,
                force=force, workers=workers, scheduler=scheduler, seen=seen,
            )  # fmt: skip
    _report(result, time.monotonic() - started, output)
    if result.failed:
        raise typer.Exit(SOME_FAILED)


def _formats(given: list[str] | None) -> tuple[str, ...]:
    """Return the formats of the reports; every one there is by default."""
    from ektp_analytics.report.build import FORMATS

    for name in given or ():
        options.one_of(name, (*FORMATS, _NO_REPORT), "--format")
    chosen = tuple(given or FORMATS)
    return () if _NO_REPORT in chosen else chosen


@contextmanager
def _progress(total: int, output: Output) -> Iterator[Callable[[Outcome], None]]:
    """Show which office is done, how many are left and for how long, on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft

    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    columns = (BarColumn(), MofNCompleteColumn(), TimeLeft(), TextColumn("{task.description}"))
    hidden = not console.is_terminal
    with Progress(
        *columns, console=console, disable=hidden, speed_estimate_period=LOOKS_BACK
    ) as bar:
        job, done = bar.add_task("", total=total), 0

        def seen(outcome: Outcome) -> None:
            nonlocal done
            done += 1
            bar.update(job, advance=1, description=outcome.office)
            line = _line(outcome, done, total, output)
            if console.is_terminal and outcome.state != "failed":
                return
            bar.console.print(line, soft_wrap=True) if console.is_terminal else error_line(line)

        yield seen


def _line(outcome: Outcome, done: int, total: int, output: Output) -> str:
    state = say(f"batch_{outcome.state}", output.lang)
    seconds = output.decimal(outcome.seconds, 1)
    why = f": {' '.join(outcome.reasons)}" if outcome.reasons else ""
    return f"[{done}/{total}] {outcome.office}  {state}  {seconds} s{why}"


def _report(result: BatchResult, seconds: float, output: Output) -> None:
    counts = {state: result.count(state) for state in ("done", "unchanged", "failed")}
    if output.as_json:
        offices = [
            {
                "office": o.office,
                "state": o.state,
                "reasons": list(o.reasons),
                "warnings": list(o.warnings),
                "seconds": round(o.seconds, 2),
            }
            for o in result.outcomes
        ]
        record = {"ok": not result.failed, "period": str(result.period), **counts}
        write_json({**record, "seconds": round(seconds, 1), "offices": offices})
        return
    warnings = {text: o.office for o in result.outcomes for text in o.warnings}
    for text, office in warnings.items():
        error_line(f"{office}: {text}")
    for outcome in result.failed:
        output.line(f"- {outcome.office}: {' '.join(outcome.reasons)}")
    words = {state: output.whole(count) for state, count in counts.items()}
    output.say("batch_summary", seconds=output.decimal(seconds, 1), **words)
