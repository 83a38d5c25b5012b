"""Every office is done or named; what is done is not done again; nothing is left half."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pypdf import PdfReader

from ektp_analytics.batch import office_task
from ektp_analytics.batch.office_task import OfficeTask, run_office
from ektp_analytics.batch.record import record_path
from ektp_analytics.batch.run import offices_wanted, run_batch
from ektp_analytics.batch.tally_file import read_tally, tally_path
from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.workspace import Workspace

WHEN = Period.parse("2025-Q4")


def task(place: Workspace, office: str = "satu", **changes: bool) -> OfficeTask:
    return OfficeTask(str(place.root), office, str(WHEN), **changes)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file()}


def test_local_workers_finish_although_one_office_cannot(place: Workspace) -> None:
    """Two processes, three offices, one of them with a broken file."""
    broken = place.raw / "dua" / str(WHEN) / "service_log.csv"
    broken.write_text("bukan log\n1\n", encoding="utf-8")
    seen = []
    result = run_batch(place, WHEN, workers=2, seen=seen.append)
    assert [(o.office, o.state) for o in result.outcomes] == [
        ("dua", "failed"),
        ("satu", "done"),
        ("tiga", "done"),
    ]
    assert "service_log.csv" in result.failed[0].reasons[0]
    assert sorted(o.office for o in seen) == ["dua", "satu", "tiga"]
    assert read_tally(tally_path(place, "satu", WHEN)).office == "satu"
    assert not place.processed_folder("dua", WHEN).exists()


def test_a_second_run_does_only_what_changed(place: Workspace) -> None:
    assert run_office(task(place)).state == "done"
    before = bytes_of(place.processed_folder("satu", WHEN))
    assert run_office(task(place)).state == "unchanged"
    log = place.raw / "satu" / str(WHEN) / "service_log.csv"
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    log.write_text("".join(lines[:-1]), encoding="utf-8")
    assert run_office(task(place)).state == "done"
    assert bytes_of(place.processed_folder("satu", WHEN)) != before
    log.write_text("".join(lines), encoding="utf-8")
    assert run_office(task(place)).state == "done"
    assert bytes_of(place.processed_folder("satu", WHEN)) == before


def test_force_a_lost_file_and_a_corrupt_note_make_it_done_again(place: Workspace) -> None:
    run_office(task(place))
    assert run_office(task(place, force=True)).state == "done"
    tally_path(place, "satu", WHEN).unlink()
    assert run_office(task(place)).state == "done"
    record_path(place, "satu", WHEN).write_bytes(b'{"made_from": ')
    assert run_office(task(place)).state == "done"
    assert run_office(task(place)).state == "unchanged"


def test_a_full_disk_is_named_and_leaves_the_old_files(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full when the tally is written, after scores and before the note."""
    run_office(task(place))
    before = bytes_of(place.processed_folder("satu", WHEN))

    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "tally-rahasia.parquet")

    monkeypatch.setattr(office_task, "publish_tally", full)
    outcome = run_office(task(place, force=True))
    assert outcome.state == "failed"
    assert os.strerror(errno.ENOSPC) in outcome.reasons[0]
    assert bytes_of(place.processed_folder("satu", WHEN)) == before


FULL_FOR_DUA = """
import errno, os, pathlib, tempfile
made = tempfile.mkstemp
def full(*arguments, **options):
    folder = str(options.get("dir") or "")
    if "dua" in pathlib.Path(folder).parts:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), folder)
    return made(*arguments, **options)
tempfile.mkstemp = full
"""


def test_a_disk_full_for_one_office_of_several_leaves_its_old_files_and_the_others_finish(
    place: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two worker processes, told at their start that nothing can be written for one office."""
    offices = ("dua", "satu", "tiga")

    def kept() -> dict[str, dict[str, bytes]]:
        return {office: bytes_of(place.processed_folder(office, WHEN)) for office in offices}

    assert run_batch(place, WHEN, workers=2).failed == ()
    before = kept()
    (tmp_path / "penuh").mkdir()
    (tmp_path / "penuh" / "sitecustomize.py").write_text(FULL_FOR_DUA, encoding="utf-8")
    with monkeypatch.context() as changed:
        changed.setenv("PYTHONPATH", str(tmp_path / "penuh"))
        result = run_batch(place, WHEN, workers=2, force=True)
    states = {outcome.office: outcome.state for outcome in result.outcomes}
    assert states == {"dua": "failed", "satu": "done", "tiga": "done"}
    (reason,) = result.failed[0].reasons
    assert "Ruang disk habis" in reason and f"processed/dua/{WHEN}" in reason
    assert [file.keys() for file in kept().values()] == [file.keys() for file in before.values()]
    assert kept()["dua"] == before["dua"]
    assert [p.name for p in place.processed_folder("dua", WHEN).parent.iterdir()] == [str(WHEN)]
    assert run_batch(place, WHEN, workers=2, force=True).failed == ()


def test_a_folder_that_cannot_be_written_is_named(place: Workspace) -> None:
    target = place.root / "data" / "processed"
    shutil.rmtree(target, ignore_errors=True)
    target.write_text("berkas, bukan folder", encoding="utf-8")
    outcome = run_office(task(place))
    assert outcome.state == "failed"
    assert outcome.reasons


def test_a_run_killed_midway_leaves_no_half_file_and_resumes(place: Workspace) -> None:
    """The whole run is killed as soon as the first office is done; a second run goes on."""
    command = "from ektp_analytics.cli import main; main()"
    arguments = ["batch", str(WHEN), "--format", "none", "--workers", "1"]
    run = subprocess.Popen(
        [sys.executable, "-c", command, *arguments, "--workspace", str(place.root)],
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    first = record_path(place, "dua", WHEN)
    limit = time.monotonic() + 120
    while not first.exists() and time.monotonic() < limit:
        time.sleep(0.05)
    run.send_signal(signal.SIGKILL)
    run.wait()
    time.sleep(0.5)  # the worker notices that its parent is gone
    for folder in (place.processed_folder(o, WHEN) for o in ("satu", "tiga")):
        assert not (folder / "batch.json").exists()
    result = run_batch(place, WHEN, workers=1)
    states = {o.office: o.state for o in result.outcomes}
    assert states == {"dua": "unchanged", "satu": "done", "tiga": "done"}


def test_two_offices_with_one_code_are_refused_before_anything_runs(place: Workspace) -> None:
    profile = place.raw / "dua" / "office.yaml"
    text = profile.read_text(encoding="utf-8")
    code = place.office("dua").code
    profile.write_text(text.replace(code, place.office("satu").code), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        run_batch(place, WHEN)
    assert refused.value.findings[0].rule == "office_code_shared"
    assert not (place.root / "data" / "processed" / "satu").exists()


def test_patterns_choose_offices(place: Workspace) -> None:
    assert offices_wanted(place, WHEN, ["?i*", "sat*"]) == ("satu", "tiga")
    with pytest.raises(Refused):
        offices_wanted(place, WHEN, ["kab-*"])
    with pytest.raises(Refused):
        offices_wanted(place, Period.parse("2020-Q1"))


@pytest.mark.browser
def test_reports_are_printed_for_two_offices_by_one_worker(place: Workspace) -> None:
    """Kernel and browser serve both: each report names its own office and not the other."""
    own = {office: place.office(office).region for office in ("satu", "dua")}
    assert own["satu"] != own["dua"]
    given = {"offices": list(own), "formats": ["pdf"], "workers": 1}
    result = run_batch(place, WHEN, **given)
    assert {o.office: o.state for o in result.outcomes} == {"satu": "done", "dua": "done"}
    for office, other in (("satu", "dua"), ("dua", "satu")):
        folder = place.reports_folder(office, WHEN)
        pages = [page.extract_text() for page in PdfReader(folder / "laporan.pdf").pages]
        assert f"Halaman {len(pages)} dari {len(pages)}" in pages[-1]
        whole = " ".join(pages)
        assert own[office] in whole and own[other] not in whole
        assert [p.name for p in folder.iterdir() if p.is_file()] == ["laporan.pdf"]
    assert {o.state for o in run_batch(place, WHEN, **given).outcomes} == {"unchanged"}
