"""Reports of many offices, against the stock route: a kernel, nbconvert and browser for each.

Run: python benchmarks/report_batch.py [offices] [stock offices] [workers …]
CPU seconds are those of all processes ended; on a busy machine they say more than the clock.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from machine import table

from ektp_analytics.batch.national import write_offices
from ektp_analytics.batch.run import run_batch
from ektp_analytics.periods import Period
from ektp_analytics.report.browser import find_browser
from ektp_analytics.report.notebook_run import find_notebook
from ektp_analytics.workspace import Workspace

PERIOD = "2025-Q4"


def cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def stock(place: Workspace, office: str, folder: Path) -> None:
    """Run papermill, nbconvert and the browser as their command lines do, one after the other."""
    notebook = folder / "in.ipynb"
    notebook.write_bytes(find_notebook("quarterly_report").read_bytes())
    values = {"workspace": place.root, "office": office, "period": PERIOD, "lang": "id"}
    given = [part for name, value in values.items() for part in ("-p", name, str(value))]
    python, out = [sys.executable, "-m"], folder / "out.ipynb"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([*python, "papermill", str(notebook), str(out), *given], check=True, **quiet)
    subprocess.run(
        [*python, "nbconvert", "--to", "html", "--no-input", str(out), "--output", "out.html"],
        check=True,
        **quiet,
    )
    subprocess.run(
        [str(find_browser()), "--headless", "--no-sandbox", "--disable-gpu",
         f"--print-to-pdf={folder / 'out.pdf'}", "--virtual-time-budget=10000",
         (folder / "out.html").as_uri()],
        check=True, **quiet,
    )  # fmt: skip


def main() -> None:
    given = [int(argument) for argument in sys.argv[1:]]
    count, few = [*given[:2], *(8, 2)[len(given[:2]) :]]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "work"
        offices = write_offices(root, count, periods=[PERIOD], scale=0.5)
        place = Workspace.find(root)
        start, used = perf_counter(), cpu()
        for office in offices[:few]:
            with tempfile.TemporaryDirectory() as scratch:
                stock(place, office, Path(scratch))
        rows.append(("stock, one by one", few, perf_counter() - start, cpu() - used))
        for workers in given[2:] or [2]:
            start, used = perf_counter(), cpu()
            result = run_batch(
                place, Period.parse(PERIOD), formats=["pdf"], workers=workers, force=True
            )
            assert not result.failed, result.failed
            rows.append((f"batch, {workers} workers", count, perf_counter() - start, cpu() - used))
    table(
        ("route", "offices", "seconds", "seconds each", "CPU seconds each"),
        [(r, n, f"{s:.1f}", f"{s / n:.2f}", f"{c / n:.2f}") for r, n, s, c in rows],
    )


if __name__ == "__main__":
    main()
