"""Time a piece of work, name the machine it ran on, and print a table."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import pandas as pd
import scipy


class Work:
    """The best of several runs of one piece of work, by the clock and by processor time."""

    COLUMNS = ("seconds", "processor seconds")

    def __init__(self) -> None:
        self.elapsed = self.processor = float("inf")

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Time one run."""
        clock, processor = perf_counter(), process_time()
        yield
        self.elapsed = min(self.elapsed, perf_counter() - clock)
        self.processor = min(self.processor, process_time() - processor)

    def figures(self) -> tuple[str, str]:
        """Return both times as printed."""
        return f"{self.elapsed:.2f}", f"{self.processor:.2f}"


def machine() -> str:
    """Return processor, cores, system and the versions that decide the speed."""
    return (
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()}; "
        f"Python {platform.python_version()}, numpy {np.__version__}, "
        f"pandas {pd.__version__}, scipy {scipy.__version__}"
    )


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a Markdown table under the name of the machine."""
    print(f"Machine: {machine()}\n")
    print(f"| {' | '.join(columns)} |")
    print(f"|{'---|' * len(columns)}")
    for row in rows:
        print(f"| {' | '.join(str(cell) for cell in row)} |")
