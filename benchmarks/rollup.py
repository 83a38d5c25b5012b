"""Roll-up of many tallies: read, add up, rank, workbook and page (without the browser).

Run: python benchmarks/rollup.py [offices]
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

from machine import table

from ektp_analytics.batch.rollup import roll_up
from ektp_analytics.batch.rollup_files import write_rollup
from ektp_analytics.batch.tally import tally_of
from ektp_analytics.batch.tally_file import read_tallies, write_tally
from ektp_analytics.garbage import collect_rarely
from ektp_analytics.periods import Period
from ektp_analytics.pipeline.run_period import run_period
from ektp_analytics.synthetic import made_up_code, write_office

PERIOD = "2025-Q4"


def send(root: Path, count: int) -> None:
    """Lay out the tallies of many offices, copies of four with names of their own."""
    own = []
    for number in range(1, 5):
        office, code = f"rekaan-{number}", made_up_code(number)
        write_office(root, office=office, code=code, periods=[PERIOD], scale=0.5)
        own.append(tally_of(run_period(root, office, PERIOD)))
    for number in range(count):
        office, one = f"kantor-{number:03}", own[number % len(own)]
        values = tuple(replace(value, office=office) for value in one.values)
        copy = replace(one, office=office, name=office, code=f"c{number}", values=values)
        write_tally(copy, root / "sent" / f"{office}-rahasia.parquet")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 514
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        send(root, count)
        collect_rarely()  # as every command does
        steps, wall, cpu = [], perf_counter(), process_time()

        def step(name: str) -> None:
            nonlocal wall, cpu
            steps.append((name, f"{perf_counter() - wall:.1f}", f"{process_time() - cpu:.1f}"))
            wall, cpu = perf_counter(), process_time()

        tallies = read_tallies(sorted((root / "sent").iterdir()), Period.parse(PERIOD))
        step(f"read {count} tallies")
        found = roll_up(tallies)
        step("add up, score and rank")
        write_rollup(found, root / "out", ["xlsx", "html"])
        step("workbook and page")
    total = [f"{sum(float(row[k]) for row in steps):.1f}" for k in (1, 2)]
    table(("step", "seconds", "CPU seconds"), [*steps, ("all", *total)])


if __name__ == "__main__":
    main()
