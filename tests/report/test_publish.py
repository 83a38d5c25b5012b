"""All files of a report reach their place, or none does."""

import os
import stat
from pathlib import Path

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.report.publish import publication, put_in_place


def contents(folder: Path) -> dict[str, str]:
    files = (p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_text() for p in files}


@pytest.fixture
def old_report(tmp_path: Path) -> Path:
    target = tmp_path / "reports" / "contoh" / "2025-Q4"
    (target / "unggah").mkdir(parents=True)
    for name in ("laporan.pdf", "lembar-kerja.xlsx", "unggah/rtl.csv"):
        (target / name).write_text("lama")
    return target


def write_new(folder: Path) -> None:
    (folder / "unggah").mkdir()
    for name in ("laporan.pdf", "lembar-kerja.xlsx", "poster.pdf", "unggah/rtl.csv"):
        (folder / name).write_text("baru")


def test_files_move_when_all_are_whole(old_report: Path) -> None:
    """While the block runs readers see the old report, afterwards the new one."""
    with publication(old_report) as folder:
        write_new(folder)
        assert set(contents(old_report).values()) == {"lama"}
    assert contents(old_report) == dict.fromkeys(
        ["laporan.pdf", "lembar-kerja.xlsx", "poster.pdf", "unggah/rtl.csv"], "baru"
    )
    assert [p.name for p in old_report.parent.iterdir()] == ["2025-Q4"]


def test_a_failed_run_leaves_the_old_report(old_report: Path) -> None:
    """P08: no PDF published, old PDF untouched, nothing half-written beside it."""
    before = contents(old_report)

    def failing_run() -> None:
        with publication(old_report) as folder:
            write_new(folder)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing_run()
    assert contents(old_report) == before
    assert [p.name for p in old_report.parent.iterdir()] == ["2025-Q4"]


def test_a_failed_check_publishes_nothing(tmp_path: Path) -> None:
    """What the exit scan finds never reaches the folder readers look into."""
    target = tmp_path / "reports" / "contoh" / "2025-Q4"

    def scan(folder: Path) -> None:
        assert "baru" in contents(folder).values()
        raise PermissionError("identitas")

    with pytest.raises(PermissionError), publication(target, check=scan) as folder:
        write_new(folder)
    assert not target.exists()


@pytest.mark.parametrize("locked", ["laporan.pdf", "lembar-kerja.xlsx", "unggah/rtl.csv"])
def test_a_file_open_elsewhere_undoes_all(
    old_report: Path, locked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """W04: Windows refuses to rename a file open in Excel; the message names it."""
    before = contents(old_report)
    rename = os.replace

    def windows(source: Path, target: Path) -> None:
        if Path(source) == old_report / locked:
            raise PermissionError(13, "used by another process")
        rename(source, target)

    monkeypatch.setattr(os, "replace", windows)
    with pytest.raises(Refused, match="Tutup berkas") as refusal, publication(old_report) as new:
        write_new(new)
    assert Path(locked).name in str(refusal.value)
    assert contents(old_report) == before
    assert [p.name for p in old_report.parent.iterdir()] == ["2025-Q4"]


def test_a_first_report_that_fails_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that refuses in the middle of a first publication leaves nothing."""
    target = tmp_path / "reports" / "baru" / "2025-Q1"
    rename = os.replace

    def full(source: Path, destination: Path) -> None:
        if Path(destination).name == "poster.pdf":
            raise OSError(28, "no space left")
        rename(source, destination)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="no space"), publication(target) as folder:
        write_new(folder)
    assert contents(target) == {} if target.exists() else True
    assert not list(target.parent.glob(".ektp-*"))


@pytest.mark.skipif(os.name != "posix", reason="file modes are a Unix matter")
def test_files_get_the_usual_mode(tmp_path: Path) -> None:
    """Temporary files are for their owner only; a report is for the whole office."""
    new, plain = tmp_path / "new", tmp_path / "plain"
    new.touch(mode=0o600)
    plain.touch()
    put_in_place(new, tmp_path / "laporan.pdf")
    mode = stat.S_IMODE((tmp_path / "laporan.pdf").stat().st_mode)
    assert mode == stat.S_IMODE(plain.stat().st_mode)


def test_one_file_open_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """W04 for a single file: the old one stays, the new one is not left lying about."""
    target, new = tmp_path / "poster.pdf", tmp_path / ".new"
    target.write_text("lama")
    new.write_text("baru")

    def refused(source: Path, destination: Path) -> None:
        raise PermissionError(32, "sharing violation")

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(Refused, match=r"poster\.pdf"):
        put_in_place(new, target)
    assert contents(tmp_path) == {"poster.pdf": "lama"}
