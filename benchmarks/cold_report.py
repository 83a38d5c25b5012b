"""One report from a cold start, in each form and in all, against the stock route to its PDF.

Run: python benchmarks/cold_report.py [office] [period]
Every line is a command of its own, in a copy of the bundled offices.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from machine import table
from stock_route import processor_seconds, stock_report

from ektp_analytics.workspace import Workspace

FORMS: dict[str, tuple[str, ...]] = {
    "PDF": ("pdf",),
    "workbook": ("xlsx",),
    "PDF and workbook": ("pdf", "xlsx"),
    "all forms": (),
}


def report(place: Workspace, office: str, period: str, forms: tuple[str, ...]) -> None:
    """Run ``ektp report`` as an officer does."""
    chosen = [part for form in forms for part in ("--format", form)]
    command = [str(Path(sys.executable).with_name("ektp")), "report", office, period, *chosen]
    subprocess.run(
        [*command, "--workspace", str(place.root)], check=True, stdout=subprocess.DEVNULL
    )


def timed(work: Callable[[], None]) -> tuple[float, float]:
    start, used = perf_counter(), processor_seconds()
    work()
    return perf_counter() - start, processor_seconds() - used


def main() -> None:
    office, period = [*sys.argv[1:3], *("contoh", "2025-Q4")[len(sys.argv[1:3]) :]]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(Path(__file__).parents[1] / "data" / "raw", root / "data" / "raw")
        place = Workspace.find(root)
        rows = [
            (
                f"ektp report, {name}",
                *timed(lambda forms=forms: report(place, office, period, forms)),
            )
            for name, forms in FORMS.items()
        ]
        stock = timed(lambda: stock_report(place, office, period, root / "laporan.pdf"))
        rows.append(("stock route, PDF only", *stock))
    shown = [(name, f"{clock:.1f}", f"{used:.1f}") for name, clock, used in rows]
    table((f"{office} {period}", "seconds", "processor seconds"), shown)


if __name__ == "__main__":
    main()
