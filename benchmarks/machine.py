"""What a benchmark ran on, and a table to print its figures in."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from time import perf_counter, process_time


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
    """Return processor, cores, load, memory and versions in one line."""
    model = platform.processor() or platform.machine()
    for line in _lines("/proc/cpuinfo"):
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    memory = next((line.split()[1] for line in _lines("/proc/meminfo")), "0")
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
    libraries = ", ".join(f"{name} {version(name)}" for name in ("pandas", "duckdb", "distributed"))
    return (
        f"{model}, {os.cpu_count()} cores, load {load} at the start, "
        f"{int(memory) / 1e6:.0f} GB; Python {platform.python_version()}, {libraries}"
    )


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows as a Markdown table, with the machine above it."""
    print(machine())
    print()
    print("| " + " | ".join(heads) + " |")
    print("|" + "---|" * len(heads))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
