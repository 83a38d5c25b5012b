"""A log of many million rows against a bare query with exact quantiles in the same database.

Run: python benchmarks/large_log.py [million rows] [csv or parquet]

The bare query groups by office, service and month (514 × 5 × 12 = 30,840 groups) and takes the
exact median and P90 of each; it checks nothing. Each route runs in a process of its own, several
times in turn, for its peak memory; the best run counts. Imports are not in the seconds.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from machine import table

OFFICES, SERVICES = 514, 5
RUNS = 3
BARE = """
SELECT office, service, month, count(*), quantile_cont(seconds, [0.5, 0.9])
FROM (SELECT "Kode Kantor" AS office, "Layanan" AS service,
      date_trunc('month', "Persyaratan Lengkap") AS month,
      epoch("Tanggal Cetak") - epoch("Persyaratan Lengkap") AS seconds FROM {source})
GROUP BY ALL
"""


def write(path: Path, millions: float) -> None:
    """Write a made-up log of whole seconds over one year."""
    import duckdb

    rows = int(millions * 1_000_000)
    form = "FORMAT csv, HEADER" if path.suffix == ".csv" else "FORMAT parquet"
    base = duckdb.connect()
    base.execute("SET memory_limit='2GB'; SET preserve_insertion_order=false")
    base.execute(f"""
        COPY (SELECT printf('%04d-2025-%08d', office, i) AS "No Permohonan",
        printf('%04d', office) AS "Kode Kantor",
        'Layanan ' || (hash(i, 2) % {SERVICES}) AS "Layanan",
        start AS "Persyaratan Lengkap",
        CASE WHEN hash(i, 3) % 20 > 0
        THEN start + INTERVAL 1 SECOND * (hash(i, 4) % 250000)::INT END AS "Tanggal Cetak",
        CASE WHEN hash(i, 5) % 50 = 0 THEN 'dibatalkan' ELSE 'selesai' END AS "Status"
        FROM (SELECT i, 1101 + hash(i, 6) % {OFFICES} AS office, TIMESTAMP '2025-01-01'
        + INTERVAL 1 SECOND * (hash(i) % 31536000)::INT AS start FROM range({rows}) t(i)))
        TO '{path}' ({form})
    """)


def ours(path: Path) -> float:
    """Measure as ``ektp times`` does; return when the work began."""
    from datetime import date

    from ektp_analytics.measures.limits import Limit
    from ektp_analytics.pipeline.large_times import head_of, large_times
    from ektp_analytics.sources.result import ReadOptions

    start = perf_counter()
    stamps = ("complete_at", "printed_at")
    with head_of(path) as head:
        found, read = large_times(
            path, head, stamps, date(2025, 12, 31), Limit.parse("24h"), ReadOptions()
        )
    assert read.read == found.n + found.excluded + read.rejected + read.repeats
    return start


def bare(path: Path) -> float:
    """Run the bare query; return when the work began."""
    import duckdb

    start = perf_counter()
    base = duckdb.connect()
    base.execute("SET memory_limit='4GB'; SET preserve_insertion_order=false")
    source = f"read_{'csv' if path.suffix == '.csv' else 'parquet'}('{path}')"
    base.execute(BARE.format(source=source)).fetchall()
    return start


def main() -> None:
    if len(sys.argv) > 3:  # one route, in a process of its own
        start = {"ours": ours, "bare": bare}[sys.argv[3]](Path(sys.argv[2]))
        seconds = perf_counter() - start
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(f"{seconds} {used.ru_utime + used.ru_stime} {used.ru_maxrss / 1e6}")
        return
    millions = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    kind = sys.argv[2] if len(sys.argv) > 2 else "parquet"
    best: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"log.{kind}"
        write(path, millions)
        size = f"{path.stat().st_size / 1e6:.0f} MB"
        for route in ("bare", "ours") * RUNS:
            command = [sys.executable, __file__, "-", str(path), route]
            found = [float(text) for text in subprocess.check_output(command, text=True).split()]
            best[route] = min(best.get(route, found), found)
    rows = [
        (route, f"{millions:g} M, {kind}, {size}", f"{s:.1f}", f"{cpu:.1f}", f"{peak:.2f}",
         f"{s / best['bare'][0]:.1f}")
        for route, (s, cpu, peak) in best.items()
    ]  # fmt: skip
    table(("route", "log", "seconds", "CPU seconds with imports", "peak GB", "ratio"), rows)


if __name__ == "__main__":
    main()
