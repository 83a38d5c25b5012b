"""A log of many million rows against the barest query that reads the same two columns.

Run: python benchmarks/large_log.py [million rows] [csv|parquet]
Peak memory is that of a process of its own for each route.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from machine import table

BARE = """
SELECT service, count(*), quantile_cont(epoch_us(p) - epoch_us(c), [0.5, 0.9])
FROM (SELECT "Layanan" AS service, "Tanggal Cetak"::TIMESTAMP AS p,
      "Persyaratan Lengkap"::TIMESTAMP AS c FROM {source}) GROUP BY service
"""


def write(path: Path, millions: float) -> None:
    """Write a made-up log of whole seconds over one quarter."""
    import duckdb

    rows = int(millions * 1_000_000)
    form = "FORMAT csv, HEADER" if path.suffix == ".csv" else "FORMAT parquet"
    duckdb.connect().execute(f"""
        COPY (SELECT 'P-' || i AS "No Permohonan", 'Layanan ' || (i % 6) AS "Layanan",
        TIMESTAMP '2025-01-01' + INTERVAL 1 SECOND * (hash(i) % 7700000)::INT
        AS "Persyaratan Lengkap",
        CASE WHEN hash(i, 2) % 20 = 0 THEN NULL ELSE TIMESTAMP '2025-01-01'
        + INTERVAL 1 SECOND * ((hash(i) % 7700000) + (hash(i, 3) % 250000))::INT END
        AS "Tanggal Cetak", 'selesai' AS "Status" FROM range({rows}) t(i)) TO '{path}' ({form})
    """)


def ours(path: Path) -> None:
    from datetime import date

    from ektp_analytics.measures.limits import Limit
    from ektp_analytics.pipeline.large_times import head_of, large_times
    from ektp_analytics.sources.result import ReadOptions

    stamps = ("complete_at", "printed_at")
    with head_of(path) as head:
        found, read = large_times(
            path, head, stamps, date(2025, 3, 31), Limit.parse("24h"), ReadOptions()
        )
    assert read.read == found.n + found.excluded + read.rejected + read.repeats


def bare(path: Path) -> None:
    import duckdb

    base = duckdb.connect()
    base.execute("SET memory_limit='4GB'; SET preserve_insertion_order=false")
    source = f"read_{'csv' if path.suffix == '.csv' else 'parquet'}('{path}')"
    base.execute(BARE.format(source=source)).fetchall()


def main() -> None:
    if len(sys.argv) > 3:  # one route, in a process of its own
        start, route, path = perf_counter(), sys.argv[3], Path(sys.argv[2])
        {"ours": ours, "bare": bare}[route](path)
        used = resource.getrusage(resource.RUSAGE_SELF)
        cpu = used.ru_utime + used.ru_stime
        print(f"{perf_counter() - start:.1f} {cpu:.1f} {used.ru_maxrss / 1e6:.2f}")
        return
    millions = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    kind = sys.argv[2] if len(sys.argv) > 2 else "parquet"
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"log.{kind}"
        write(path, millions)
        size = f"{path.stat().st_size / 1e6:.0f} MB"
        for route in ("bare", "ours"):
            command = [sys.executable, __file__, "-", str(path), route]
            seconds, cpu, peak = subprocess.check_output(command, text=True).split()
            rows.append((route, f"{millions:g} M, {kind}, {size}", seconds, cpu, peak))
    table(("route", "log", "seconds", "CPU seconds", "peak GB"), rows)


if __name__ == "__main__":
    main()
