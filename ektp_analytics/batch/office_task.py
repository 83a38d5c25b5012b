"""One office from its files to scores, tally and reports: the task that workers run.

The same function runs in a local process and on a Dask worker. It takes and returns names
and sentences only; the data stay where the workspace is. A worker keeps one kernel and one
browser for all the offices it gets.
"""

from __future__ import annotations

import tempfile
import threading
import time
import traceback
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from ektp_analytics.batch.export import publish_tally
from ektp_analytics.batch.fingerprint import fingerprint
from ektp_analytics.batch.record import is_done, record_path, write_record
from ektp_analytics.batch.worker import kept_printer
from ektp_analytics.errors import EktpError, Finding, Language, Refused
from ektp_analytics.periods import Period
from ektp_analytics.pipeline.history import runs_before
from ektp_analytics.pipeline.processed import FINDINGS_NAME, RUN_NAME
from ektp_analytics.pipeline.run_period import run_period
from ektp_analytics.report.build import BuiltReport, build_report
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.workspace import Workspace

State = Literal["done", "unchanged", "failed"]
# Kernel, browser and plotly state belong to the process: one office at a time in each.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class OfficeTask:
    """What is asked for one office.

    Parameters
    ----------
    workspace
        Folder of the workspace, as the worker sees it.
    office, period
        Office id and canonical period.
    formats
        Formats of the report; none for scores and tally only.
    lang, final, force
        Language; without the watermark; also where nothing changed.
    """

    workspace: str
    office: str
    period: str
    formats: tuple[str, ...] = ()
    lang: Language = "id"
    final: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one office.

    Parameters
    ----------
    office
        Its id.
    state
        ``done``, ``unchanged`` or ``failed``.
    reasons
        Why it failed, in the language asked for.
    warnings
        What should be known although it is done, such as a missing PDF.
    seconds
        Time it took in its worker.
    """

    office: str
    state: State
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0


def run_office(task: OfficeTask) -> Outcome:
    """Run one office; whatever goes wrong is told in the outcome and harms no other office.

    Parameters
    ----------
    task
        What is asked.
    """
    started = time.monotonic()
    with _ONE_AT_A_TIME:
        try:
            state, warnings = _run(task)
            reasons: tuple[str, ...] = ()
        except Exception as problem:  # noqa: BLE001 - one office must not stop the others
            state, warnings, reasons = "failed", (), _told(problem, task.lang)
    return Outcome(task.office, state, reasons, warnings, time.monotonic() - started)


def _run(task: OfficeTask) -> tuple[State, tuple[str, ...]]:
    place, period = Workspace.find(Path(task.workspace)), Period.parse(task.period)
    how = (*task.formats, task.lang, "final" if task.final else "draft")
    made_from = fingerprint(place, task.office, period, how)
    note = record_path(place, task.office, period)
    if not task.force and is_done(place, note, made_from):
        return "unchanged", ()
    run = run_period(place, task.office, period, save=True)
    tally = publish_tally(run, place)
    built = _report(task, place, period, run)
    folder = place.processed_folder(task.office, period)
    kept = [folder / f"{source}.parquet" for source in run.sources]
    files = [*kept, folder / RUN_NAME, folder / FINDINGS_NAME, tally, *built.files]
    write_record(place, note, made_from, files, built.missing)
    return "done", tuple(_sentence(finding, task.lang) for finding in built.findings)


def _report(task: OfficeTask, place: Workspace, period: Period, run: PeriodRun) -> BuiltReport:
    if not task.formats:
        return BuiltReport(())
    return build_report(
        place,
        task.office,
        period,
        formats=task.formats,
        lang=task.lang,
        final=task.final,
        printer=kept_printer() if "pdf" in task.formats else None,
        run=run,
        history=partial(runs_before, place, task.office, period),
    )


def _told(problem: Exception, lang: Language) -> tuple[str, ...]:
    """Say why an office failed; of a defect of our own the trace is kept in a log."""
    if isinstance(problem, Refused):
        errors = [f for f in problem.findings if f.severity == "error"] or problem.findings
        return tuple(dict.fromkeys(_sentence(finding, lang) for finding in errors))
    if isinstance(problem, EktpError):
        return (str(problem),)
    if isinstance(problem, OSError):
        details = {"problem": problem.strerror or type(problem).__name__}
        file = Path(problem.filename).name if isinstance(problem.filename, str) else "-"
        found = Finding(rule="office_disk", severity="error", file=file, details=details)
        return (_sentence(found, lang),)
    with tempfile.NamedTemporaryFile(
        "w", prefix="ektp-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        traceback.print_exception(problem, file=log)
    details = {"kind": type(problem).__name__, "log": log.name}
    return (_sentence(Finding(rule="office_defect", severity="error", details=details), lang),)


def _sentence(finding: Finding, lang: Language) -> str:
    where = ", ".join(
        part for part in (finding.file, f"{finding.row}" if finding.row else "") if part
    )
    text = f"{finding.text('message', lang)} {finding.text('remedy', lang)}"
    return f"[{where}] {text}" if where else text
