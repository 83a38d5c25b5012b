"""Reports of many offices, against the stock route: a kernel, nbconvert and browser for each.

Run: python benchmarks/report_batch.py [offices] [stock offices] [workers …]
CPU seconds are those of all processes ended; on a busy machine they say more than the clock.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import perf_counter

from machine import table
from stock_route import processor_seconds, stock_report

from ektp_analytics.batch.national import write_offices
from ektp_analytics.batch.run import run_batch
from ektp_analytics.periods import Period
from ektp_analytics.workspace import Workspace

PERIOD = "2025-Q4"


def main() -> None:
    given = [int(argument) for argument in sys.argv[1:]]
    count, few = [*given[:2], *(8, 2)[len(given[:2]) :]]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "work"
        offices = write_offices(root, count, periods=[PERIOD], scale=0.5)
        place = Workspace.find(root)
        start, used = perf_counter(), processor_seconds()
        for office in offices[:few]:
            stock_report(place, office, PERIOD, Path(folder) / "laporan.pdf")
        rows.append(("stock, one by one", few, perf_counter() - start, processor_seconds() - used))
        for workers in given[2:] or [2]:
            start, used = perf_counter(), processor_seconds()
            result = run_batch(
                place, Period.parse(PERIOD), formats=["pdf", "xlsx"], workers=workers, force=True
            )
            assert not result.failed, result.failed
            rows.append(
                (
                    f"batch, {workers} workers",
                    count,
                    perf_counter() - start,
                    processor_seconds() - used,
                )
            )
    table(
        ("route", "offices", "seconds", "seconds each", "CPU seconds each"),
        [(r, n, f"{s:.1f}", f"{s / n:.2f}", f"{c / n:.2f}") for r, n, s, c in rows],
    )


if __name__ == "__main__":
    main()
