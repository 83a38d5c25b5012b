"""Reports of many offices, against the stock route: a kernel, nbconvert and browser for each.

Run: python benchmarks/report_batch.py [offices] [stock offices] [workers …]
CPU seconds are those of all processes ended; on a busy machine they say more than the clock.
Memory is that of all processes of the batch together, shared pages counted in each: its mean
over the second and over the last quarter of the offices.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import mean
from time import perf_counter

import psutil
from machine import table
from stock_route import processor_seconds, stock_report

from ektp_analytics.batch.national import write_offices
from ektp_analytics.batch.office_task import Outcome
from ektp_analytics.batch.run import run_batch
from ektp_analytics.periods import Period
from ektp_analytics.workspace import Workspace

PERIOD = "2025-Q4"


class Run:
    """The cost of one way of making reports."""

    def __init__(self, name: str, offices: int) -> None:
        self.name, self.offices = name, offices
        self.memory: list[int] = []
        self._start, self._used = perf_counter(), processor_seconds()

    def note(self, _outcome: Outcome) -> None:
        """Take the memory of all processes when an office is done."""
        running = psutil.Process().children(recursive=True)
        self.memory.append(sum(p.memory_info().rss for p in running if p.is_running()))

    def figures(self) -> tuple[str, ...]:
        """Return what is printed, once the run has ended."""
        seconds, used = perf_counter() - self._start, processor_seconds() - self._used
        quarter = len(self.memory) // 4
        parts = (self.memory[quarter : 2 * quarter], self.memory[-quarter:]) if quarter else ()
        grown = ", ".join(f"{mean(part) / 1e9:.2f}" for part in parts) or "–"
        each = (f"{seconds / self.offices:.2f}", f"{used / self.offices:.2f}")
        return self.name, str(self.offices), f"{seconds:.1f}", *each, grown


def main() -> None:
    given = [int(argument) for argument in sys.argv[1:]]
    count, few = [*given[:2], *(8, 2)[len(given[:2]) :]]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "work"
        offices = write_offices(root, count, periods=[PERIOD], scale=0.5)
        place = Workspace.find(root)
        run = Run("stock, one by one", few)
        for office in offices[:few]:
            stock_report(place, office, PERIOD, Path(folder) / "laporan.pdf")
        rows.append(run.figures())
        for workers in given[2:] or [2]:
            run = Run(f"batch, {workers} workers", count)
            forms = ["pdf", "xlsx"]
            result = run_batch(
                place, Period.parse(PERIOD), formats=forms, workers=workers, force=True,
                seen=run.note,
            )  # fmt: skip
            assert not result.failed, result.failed
            rows.append(run.figures())
    heads = ("route", "offices", "seconds", "seconds each", "CPU seconds each", "GB")
    table(heads, rows)


if __name__ == "__main__":
    main()
