"""A real Dask cluster on the loopback address: one scheduler, two workers, one killed."""

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ektp_analytics.batch.run import run_batch
from ektp_analytics.batch.tally_file import tally_path
from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.workspace import Workspace

distributed = pytest.importorskip("distributed")

WHEN = Period.parse("2025-Q4")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and two workers of one thread, each a process of its own."""
    address = f"tcp://127.0.0.1:{(port := free_port())}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "distributed.cli.dask_" + arguments[0],
                                 *arguments[1:]], **quiet)  # fmt: skip

    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    workers = [
        start("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
              "--host", "127.0.0.1", "--death-timeout", "60")
        for _ in range(2)
    ]  # fmt: skip
    try:
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def kill_first_when_busy(place: Workspace, worker: subprocess.Popen[bytes]) -> threading.Thread:
    """Kill a worker once the first office has left something on the disk."""

    def watch() -> None:
        limit = time.monotonic() + 60
        while time.monotonic() < limit:
            if any((place.root / "data" / "processed").glob("*/*/run.json")):
                break
            time.sleep(0.02)
        worker.kill()

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


def test_a_killed_worker_s_offices_go_to_the_other_and_the_results_are_the_local_ones(
    place: Workspace, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    local = Workspace(tmp_path / "lokal")
    shutil.copytree(place.root, local.root)
    address, workers = cluster
    with distributed.Client(address, timeout=60) as client:
        client.wait_for_workers(2, timeout=60)
    killer = kill_first_when_busy(place, workers[0])
    result = run_batch(place, WHEN, scheduler=address, formats=["xlsx"])
    killer.join()
    assert workers[0].wait(10) == -9
    assert [o.state for o in result.outcomes] == ["done"] * 3
    assert run_batch(local, WHEN, workers=1, formats=["xlsx"]).failed == ()
    for office in ("satu", "dua", "tiga"):
        paths = [tally_path(w, office, WHEN) for w in (place, local)]
        assert paths[0].read_bytes() == paths[1].read_bytes()
        runs = [w.processed_folder(office, WHEN) / "run.json" for w in (place, local)]
        assert runs[0].read_bytes() == runs[1].read_bytes()
        books = [w.reports_folder(office, WHEN) / "lembar-kerja.xlsx" for w in (place, local)]
        assert books[0].read_bytes() == books[1].read_bytes()


@pytest.mark.browser
def test_pages_and_pdf_made_on_a_cluster_are_the_local_ones(
    place: Workspace, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    """The page byte for byte; the PDF page by page in its text."""
    local = Workspace(tmp_path / "lokal")
    shutil.copytree(place.root, local.root)
    given = {"offices": ["satu"], "formats": ["html", "pdf"]}
    assert run_batch(place, WHEN, scheduler=cluster[0], **given).failed == ()
    assert run_batch(local, WHEN, workers=1, **given).failed == ()
    folders = [workspace.reports_folder("satu", WHEN) for workspace in (place, local)]
    pages = [(folder / "laporan.html").read_bytes() for folder in folders]
    assert pages[0] == pages[1]
    texts = [texts_of(folder / "laporan.pdf") for folder in folders]
    assert len(texts[0]) > 5 and all(texts[0])
    assert texts[0] == texts[1]


def texts_of(path: Path) -> list[str]:
    """Return the text of every page of a PDF."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_a_scheduler_that_is_not_there_is_named(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ektp_analytics.batch.run.SCHEDULER_LIMIT", 1)
    with pytest.raises(Refused) as refused:
        run_batch(place, WHEN, scheduler=f"tcp://127.0.0.1:{free_port()}")
    assert refused.value.findings[0].rule == "scheduler_silent"
    assert [path.name for path in place.root.iterdir()] == ["data"]
