"""A survey workbook of 20,000 × 30 under 5 s; a log of a million rows under 20 s and 1.5 GB.

Run: python benchmarks/read_files.py [survey rows] [log rows]

Timed: reading and checking, from the bytes to the validated table with its findings, each
file in a process of its own, imports included, as `ektp check` does it. The files are
made first and are not timed. Peak memory is that of the whole process.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter
from machine import table

SURVEY_ROWS, SURVEY_COLUMNS = 20_000, 30
LOG_ROWS = 1_000_000
STAMPS = [
    "Waktu daftar",
    "Waktu persyaratan lengkap",
    "Waktu rekam",
    "Waktu cetak",
    "Waktu serah",
]
ELEMENTS = [
    "Persyaratan",
    "Prosedur",
    "Waktu",
    "Biaya",
    "Produk",
    "Kompetensi",
    "Perilaku",
    "Penanganan pengaduan",
    "Sarana",
]
# Reads one file as one source and prints seconds, peak megabytes and the account of rows.
READ = """
import resource, sys, time
start = time.perf_counter()
from ektp_analytics.sources.dispatch import read_source
result = read_source(sys.argv[1], sys.argv[2])
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{seconds:.1f} {peak:.0f} {result.kept}")
"""


def survey_book(path: Path, rows: int) -> None:
    """Write a survey of 30 columns as Excel keeps it."""
    rng = np.random.default_rng(1)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    stamp = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
    extra = SURVEY_COLUMNS - len(ELEMENTS) - 3
    others = [f"Kolom {k}" for k in range(1, extra + 1)]
    sheet.write_row(0, 0, ["Cap waktu", "Jenis layanan", "Usia", *ELEMENTS, *others])
    first = datetime(2025, 1, 1, 8)
    for row in range(1, rows + 1):
        sheet.write_datetime(row, 0, first + timedelta(seconds=390 * row), stamp)
        answers = rng.integers(1, 5, len(ELEMENTS)).tolist()
        texts = [f"jawaban {n}" for n in rng.integers(0, 5_000, len(others))]
        cells = ["Ganti KTP-el", int(rng.integers(17, 80)), *answers, *texts]
        sheet.write_row(row, 1, cells)
    book.close()


def service_log(path: Path, rows: int) -> None:
    """Write a log of twelve columns, a part of it reversed or repeated."""
    rng = np.random.default_rng(2)
    start = np.datetime64("2025-01-01T08:00") + rng.integers(0, 129_600, rows)
    log = pd.DataFrame(
        {
            "Nomor permohonan": [f"A{number:08d}" for number in range(rows)],
            "Jenis layanan": rng.choice(["Rekam KTP-el baru", "Ganti KTP-el"], rows),
            "Saluran": rng.choice(["loket", "online", "kecamatan"], rows),
            "Kode kecamatan": rng.choice([f"99.01.{k:02d}" for k in range(1, 15)], rows),
            "Jenis kelamin": rng.choice(["L", "P"], rows),
            "Status": "CARD_ISSUED",
            "Biaya dipungut (Rp)": 0,
        }
    )
    for step, name in enumerate(STAMPS):
        moment = start + step * (240 + rng.integers(-60, 60, rows))
        moment = np.where((step == 1) & (rng.random(rows) < 0.001), start - 5_000, moment)
        log[name] = pd.Series(moment).dt.strftime("%Y-%m-%d %H:%M")
    log.iloc[-1] = log.iloc[0]
    log.to_csv(path, index=False)


def measured(source: str, path: Path) -> list[str]:
    """Read a file in a process of its own; return seconds, megabytes and rows kept."""
    done = subprocess.run(
        [sys.executable, "-c", READ, source, str(path)], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def main() -> None:
    survey_rows, log_rows = [int(a) for a in sys.argv[1:]] or [SURVEY_ROWS, LOG_ROWS]
    with tempfile.TemporaryDirectory() as folder:
        book, log = Path(folder) / "survey.xlsx", Path(folder) / "service_log.csv"
        survey_book(book, survey_rows)
        service_log(log, log_rows)
        figures = [
            [f"survey.xlsx, {survey_rows:,} × {SURVEY_COLUMNS}", *measured("survey", book), "5"],
            [f"service_log.csv, {log_rows:,} rows", *measured("service_log", log), "20"],
        ]
    table(["file", "seconds", "peak MB", "rows kept", "target s"], figures)


if __name__ == "__main__":
    main()
