"""What an office takes in a warm worker of `ektp batch`, by process and by step.

Run: python benchmarks/office_parts.py [offices]
Processor seconds an office (PDF and workbook) after the first offices, which also start things.
The steps are those of the worker's own process; they overlap with kernel and browser.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import psutil
from machine import table

from ektp_analytics.batch import office_task, worker
from ektp_analytics.batch.national import write_offices
from ektp_analytics.report import build, exit_scan, pdf

PERIOD = "2025-Q4"
STARTING = 5  # offices that are not counted
STEPS: tuple[tuple[str, Any, str], ...] = (
    ("files and indicators", office_task, "run_period"),
    ("tally", office_task, "publish_tally"),
    ("workbook and recaps", build, "write_office_files"),
    ("end of the PDF", pdf, "finished_pdf"),
    ("scans before publication, in all steps", exit_scan, "scan_folder"),
)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    taken = _watched()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "work"
        offices = write_offices(root, count + STARTING, periods=[PERIOD], scale=0.5)
        worker.begin(reports=True)
        for office in offices[:STARTING]:
            _make(root, office)
        taken.clear()
        before, started = _by_process(), time.perf_counter()
        for office in offices[STARTING:]:
            _make(root, office)
        elapsed, after = time.perf_counter() - started, _by_process()
        worker.let_go()
    rows = [("all, by the clock", elapsed)]
    rows += [(f"process: {name}", after[name] - before[name]) for name in sorted(after)]
    rows += [(f"step: {name}", taken[name]) for name, _, _ in STEPS]
    table(("part", "seconds an office"), [(name, f"{spent / count:.2f}") for name, spent in rows])


def _make(root: Path, office: str) -> None:
    task = office_task.OfficeTask(str(root), office, PERIOD, ("pdf", "xlsx"), force=True)
    outcome = office_task.run_office(task)
    assert outcome.state == "done", outcome


def _watched() -> Counter[str]:
    """Count from now on the processor seconds of each step."""
    taken: Counter[str] = Counter()
    for name, module, function in STEPS:
        setattr(module, function, _timed(getattr(module, function), name, taken))
    return taken


def _timed(work: Callable[..., Any], name: str, taken: Counter[str]) -> Callable[..., Any]:
    @wraps(work)
    def timed(*given: Any, **named: Any) -> Any:
        started = time.thread_time()
        try:
            return work(*given, **named)
        finally:
            taken[name] += time.thread_time() - started

    return timed


def _by_process() -> Counter[str]:
    """Return the processor seconds so far: worker, kernel, browser with what it has ended."""
    here = psutil.Process()
    used = Counter({"worker": time.process_time()})
    for process in here.children(recursive=True):
        times = process.cpu_times()
        ended = getattr(times, "children_user", 0.0) + getattr(times, "children_system", 0.0)
        name = "kernel" if "python" in process.name().lower() else "browser"
        used[name] += times.user + times.system + ended
    return used


if __name__ == "__main__":
    main()
