"""Feed the readers files that nobody would make, and count what they do with them.

    python benchmarks/fuzz_readers.py --minutes 3 --seed 1

A reader may read a file or refuse it. Anything else is a crash: another exception, a
process that ends, a file that takes longer than the limit. Each worker is a process of its
own with a bound on memory; the bytes of every crash are kept. Two ways of making files:
tables made by hypothesis from the headers and words the readers know, and bundled files of
every format with bytes changed, cut out, doubled and swapped (for packed formats also inside
the packing). With atheris installed, --atheris lets it choose the bytes by coverage.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import resource
import tempfile
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
MEMORY = 6_000_000_000
FILE_LIMIT = 60  # seconds a file may take
SOURCES = (
    *("survey", "service_log", "registrations", "evidence", "publications", "complaints"),
    *("opening", "discipline", "outreach", "follow_up", "published_figures"),
)
WORDS = (
    *("", "-", "3", "4", "5", "0", "1,5", "1.325", "1.325.996,25", "sangat baik", "tidak baik"),
    *("L", "P", "31/12/2025", "12/31/2025", "2025-02-30", "6 Nop 2025", "24.00", "1e16", "nan"),
    *("=1+1", "\x00", "\ufffd", "'", '"', ";", ",", "\t", "\n", "Jumlah", "NRR tertimbang"),
    *("16.07.01", "16.7", "Minggu, 16 Mar 2025 07.30 WIB", "9972995507880003", "🂡" * 40, "9" * 400),
    *("-5", "inf", "TRUE", "#DIV/0!", "1899-12-30", "9999-12-31", "0000-00-00", "１２", "٣"),
)


def crash_of(path: Path, source: str | None) -> str | None:
    """Read one file; return the crash, None where it was read or refused."""
    from ektp_analytics.errors import EktpError
    from ektp_analytics.sources.dispatch import detect_source, read_source

    try:
        result = read_source(source or detect_source(path), path)
    except EktpError as refused:
        str(refused)
        return None
    except BaseException:  # noqa: BLE001 - whatever it is, it is what we look for
        return traceback.format_exc()
    for finding in result.findings:
        finding.to_record("id"), finding.to_record("en")
    if result.read != result.kept + result.rejected + result.repeats:
        return f"rows lost: {result.account()}"
    return None


def seeds() -> list[tuple[str, bytes]]:
    """Return bundled files and one of each format as suffix and content."""
    files = [p for p in (ROOT / "data" / "raw").rglob("*") if p.suffix in (".csv", ".xlsx")]
    templates = ROOT / "tests" / "sources" / "templates"
    files += [p for p in templates.rglob("*.*") if p.suffix in (".csv", ".xlsx", ".xls", ".ods")]
    found = [(p.suffix, p.read_bytes()[:200_000]) for p in files if p.stat().st_size < 2_000_000]
    return [*found, *_formats()]


def _formats() -> Iterator[tuple[str, bytes]]:
    """Yield a small survey as XLSX, XLS, ODS, Parquet and UTF-16."""
    import pandas as pd
    import xlwt

    names = [f"u{place}" for place in range(1, 10)]
    frame = pd.DataFrame([[1 + (r + c) % 4 for c in range(9)] for r in range(12)], columns=names)
    for suffix, engine in ((".xlsx", "xlsxwriter"), (".ods", "odf")):
        out = io.BytesIO()
        frame.to_excel(out, index=False, engine=engine)
        yield suffix, out.getvalue()
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("a")
    for row, values in enumerate([names, *frame.to_numpy().tolist()]):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    book.save(out)
    yield ".xls", out.getvalue()
    out = io.BytesIO()
    frame.to_parquet(out)
    yield ".parquet", out.getvalue()
    yield ".csv", frame.to_csv(index=False, sep=";").encode("utf-16")


def mutated(content: bytes, draw: random.Random) -> bytes:
    """Return the content with a few bytes changed; half the time inside its packing."""
    if content[:2] == b"PK" and draw.random() < 0.7:
        return _repacked(content, draw)
    return _bytes_changed(content, draw)


def _repacked(content: bytes, draw: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        hit = draw.choice(names)
        for name in names:
            part = old.read(name)
            new.writestr(name, _bytes_changed(part, draw) if name == hit else part)
    return out.getvalue()


def _bytes_changed(content: bytes, draw: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(draw.choice((1, 1, 2, 4, 16))):
        if not data:
            break
        at, length = draw.randrange(len(data)), draw.choice((1, 2, 8, 64, 512))
        kind = draw.randrange(6)
        if kind == 0:
            data[at] = draw.randrange(256)
        elif kind == 1:
            del data[at : at + length]
        elif kind == 2:
            data[at:at] = data[at : at + length] * draw.choice((1, 3))
        elif kind == 3:
            data[at:at] = bytes(draw.randrange(256) for _ in range(length))
        elif kind == 4:
            data[at : at + length] = draw.choice(WORDS).encode()
        else:
            data = data[:at]
    return bytes(data)


def made_tables(seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield tables hypothesis makes of known headers and awkward words."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded
    from hypothesis import strategies as st

    from ektp_analytics.sources.schema import schemas

    headers = [
        name for s in schemas().values() for key, c in s.columns.items() for name in (key, c.label)
    ]
    cell = st.sampled_from(WORDS) | st.text(max_size=12) | st.integers(-9, 9999).map(str)
    head = st.lists(st.sampled_from(headers) | st.text(max_size=8), min_size=1, max_size=14)
    rows = st.lists(st.lists(cell, max_size=14), max_size=12)
    batch: list[tuple[str, bytes]] = []
    round_ = seed
    while True:
        round_ += 1

        @seeded(round_)
        @settings(max_examples=200, database=None, deadline=None, phases=[Phase.generate],
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(head, rows, st.sampled_from(";,\t|"), st.sampled_from(("utf-8", "utf-16", "cp1252")))
        def make(head: list[str], rows: list[list[str]], separator: str, encoding: str) -> None:
            lines = [separator.join(line) for line in [head, *rows]]
            batch.append((".csv", "\n".join(lines).encode(encoding, errors="replace")))

        make()
        yield from batch
        batch.clear()


def work(seed: int, minutes: float, kept: Path, only: str, tell: Any) -> None:
    """Try files until the time is over, telling before each what it is."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    draw, tables = random.Random(seed), made_tables(seed)
    known = [pair for pair in seeds() if pair[0].endswith(only)]
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        if not only and draw.random() < 0.5:
            kind, (suffix, content) = "hypothesis", next(tables)
        else:
            suffix, content = draw.choice(known)
            kind, content = f"mutated {suffix}", mutated(content, draw)
        source = draw.choice((None, *SOURCES))
        path = kept / f"now-{seed}{suffix}"
        path.write_bytes(content)
        tell.send(("start", kind, str(path), source))
        crash = crash_of(path, source)
        tell.send(("end", kind, crash, source))
        if crash:
            name = f"crash-{zlib.crc32(content):08x}{suffix}"
            (kept / name).write_bytes(content)
            (kept / f"{name}.txt").write_text(f"{source}\n{crash}")


def watched(seed: int, minutes: float, kept: Path, only: str) -> tuple[Counter[str], list[str]]:
    """Run one worker after the other, each until it ends, dies or takes too long."""
    tried: Counter[str] = Counter()
    crashes: list[str] = []
    end = time.monotonic() + 60 * minutes
    while (left := end - time.monotonic()) > 1:
        ours, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")
        worker = context.Process(target=work, args=(seed, left / 60, kept, only, theirs))
        worker.start()
        theirs.close()
        reason = _listen(ours, tried, crashes)
        worker.kill()
        worker.join()
        if reason:
            crashes.append(reason)
        seed += 1_000
    return tried, crashes


def _listen(pipe: Any, tried: Counter[str], crashes: list[str]) -> str:
    """Count what a worker tells; return why it ended, empty where its time was over."""
    last = ("end", "", None, None)
    while True:
        try:
            if not pipe.poll(FILE_LIMIT if last[0] == "start" else 120):
                return _kept(last, "too slow")
            told = pipe.recv()
        except EOFError:
            return _kept(last, "process ended") if last[0] == "start" else ""
        if told[0] == "end":
            tried[told[1]] += 1
            if told[2]:
                crashes.append(f"{told[1]} as {told[3]}: {told[2].strip().splitlines()[-1]}")
        last = told


def _kept(last: tuple[Any, ...], what: str) -> str:
    path = Path(str(last[2]))
    if path.is_file():
        path.rename(path.with_name(f"crash-{int(time.time())}{path.suffix}"))
    return f"{last[1]} as {last[3]}: {what}"


def with_atheris(minutes: float) -> None:
    """Let atheris choose the bytes; it prints its own counts and keeps what crashed."""
    import sys

    import atheris

    with atheris.instrument_imports(include=["ektp_analytics.sources"]):
        import ektp_analytics.sources.dispatch  # noqa: F401
    folder = Path(tempfile.mkdtemp(prefix="ektp-fuzz-"))

    def one(data: bytes) -> None:
        suffix = (".csv", ".xlsx", ".xls", ".ods", ".parquet")[data[0] % 5] if data else ".csv"
        path = folder / f"a{suffix}"
        path.write_bytes(data[1:])
        if crash := crash_of(path, "survey"):
            raise RuntimeError(crash)

    atheris.Setup([sys.argv[0], f"-max_total_time={int(60 * minutes)}"], one)
    atheris.Fuzz()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the files that crashed a reader")
    parser.add_argument("--only", default="", help="changed files of one format, such as .xls")
    parser.add_argument("--atheris", action="store_true")
    asked = parser.parse_args()
    if asked.atheris:
        with_atheris(asked.minutes)
        return
    kept = asked.keep or Path(tempfile.mkdtemp(prefix="ektp-fuzz-"))
    kept.mkdir(parents=True, exist_ok=True)
    tried, crashes = watched(asked.seed, asked.minutes, kept, asked.only)
    for kind, count in sorted(tried.items()):
        print(f"{count:>8,}  {kind}")
    print(f"{tried.total():>8,}  files tried, seed {asked.seed}")
    print(f"{len(crashes):>8,}  crashes, kept in {kept}")
    for crash, count in Counter(crashes).most_common():
        print(f"{count:>8,}  {crash}")


if __name__ == "__main__":
    main()
