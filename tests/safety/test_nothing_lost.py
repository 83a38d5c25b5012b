"""Killed, without disk, without rights, under any locale: nothing is lost, nothing differs."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.report.build import BuiltReport
from ektp_analytics.report.publish import publication
from ektp_analytics.report.run_lock import only_run
from ektp_analytics.synthetic import write_office
from ektp_analytics.workspace import Workspace

PERIOD = Period.parse("2025-Q4")
NOBODY = 65534
# Publishes two new files over two old ones and dies when the n-th file has been moved.
DIE = """
import os, signal, sys
from pathlib import Path
from ektp_analytics.periods import Period
from ektp_analytics.report.publish import publication
from ektp_analytics.report.run_lock import only_run
target, moves = Path(sys.argv[1]), int(sys.argv[2])
move = Path.replace
def counted(self, to):
    global moves
    if moves == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    moves -= 1
    return move(self, to)
Path.replace = counted
with only_run(target, "uji", Period.parse("2025-Q4")), publication(target) as folder:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("baru")
"""


def report_of(target: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in target.iterdir()}


@pytest.fixture
def old_report(tmp_path: Path) -> Path:
    """Two old files."""
    target = tmp_path / "reports" / "uji" / "2025-Q4"
    target.mkdir(parents=True)
    for name in ("a.txt", "b.txt"):
        (target / name).write_text("lama")
    return target


def test_wherever_a_run_is_killed_no_report_is_lost(old_report: Path) -> None:
    """Four moves publish two files; a run is killed before each of them."""
    for moves in range(4):
        command = [sys.executable, "-c", DIE, str(old_report), str(moves)]
        assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
        with only_run(old_report, "uji", PERIOD):
            found = report_of(old_report)
        assert set(found) == {"a.txt", "b.txt"}
        assert set(found.values()) <= {"lama", "baru"}
        assert [path.name for path in old_report.parent.iterdir()] == ["2025-Q4"]
        for name in found:
            (old_report / name).write_text("lama")


def test_a_full_disk_leaves_the_old_report_and_says_so(old_report: Path) -> None:
    """The limit of file size gives the error of a full disk (EFBIG beside ENOSPC)."""
    code = """
import resource, signal, sys
from pathlib import Path
from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.report.publish import publication
from ektp_analytics.report.run_lock import only_run
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
target = Path(sys.argv[1])
try:
    with only_run(target, "uji", Period.parse("2025-Q4")), publication(target) as folder:
        (folder / "a.txt").write_text("baru" * 1000)
except Refused as refused:
    print([finding.rule for finding in refused.findings], refused)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(old_report)], capture_output=True, text=True, check=True
    )
    assert "disk_full" in done.stdout
    assert "reports/uji/2025-Q4" in done.stdout
    assert report_of(old_report) == {"a.txt": "lama", "b.txt": "lama"}
    assert [path.name for path in old_report.parent.iterdir()] == ["2025-Q4"]


def test_a_folder_without_rights_is_named(old_report: Path) -> None:
    """As an ordinary user; the administrator may write everywhere."""
    if os.geteuid() != 0:
        pytest.skip("needs the administrator, to become another user")
    for folder in (old_report, *old_report.parents):
        if folder.stat().st_mode & 0o055 != 0o055:
            folder.chmod(0o755)
    before = report_of(old_report)
    child = os.fork()
    if child == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        try:
            with only_run(old_report, "uji", PERIOD):
                os._exit(1)
        except Refused as refused:
            told = [finding.rule for finding in refused.findings] == ["folder_not_writable"]
            os._exit(0 if told else 2)
        finally:
            os._exit(3)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert report_of(old_report) == before


def test_an_unwritable_file_stops_the_publication_whole(old_report: Path) -> None:
    def publish() -> None:
        with publication(old_report) as folder:
            (folder / "a.txt").write_text("baru")
            raise OSError("uji")

    with pytest.raises(OSError, match="uji"):
        publish()
    assert report_of(old_report) == {"a.txt": "lama", "b.txt": "lama"}


@pytest.fixture(scope="module")
def small_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a made-up office of a third of the usual size."""
    root = tmp_path_factory.mktemp("sama")
    write_office(root, periods=("2025-Q4",), scale=0.3)
    for path in (root / "data" / "raw" / "contoh" / "2025-Q4").iterdir():
        if path.stem not in ("survey", "service_log", "registrations"):
            path.unlink()
    return root


RUN = """
import sys
from pathlib import Path
import hashlib
written = []
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and "/data/raw/" in arguments[0]:
        mode, flags = arguments[1] or "", arguments[2] or 0
        if any(sign in mode for sign in "wax+") or flags & 3:
            written.append(arguments[0])
    if event in ("os.remove", "os.rename", "os.rmdir", "os.truncate", "os.chmod", "os.mkdir"):
        if "/data/raw/" in str(arguments):
            written.append(str(arguments))
sys.addaudithook(watch)
import locale
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass
from ektp_analytics.pipeline import run_period
run_period(Path(sys.argv[1]), "contoh", "2025-Q4", save=True)
assert not written, written
"""
PLACES = (
    {"LC_ALL": "C", "TZ": "Asia/Jayapura", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0"},
    {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/New_York", "PYTHONHASHSEED": "2"},
)


@pytest.fixture(scope="module")
def two_runs(small_office: Path) -> list[dict[str, bytes]]:
    """Run one office in two processes, locales and zones; return the bytes each kept."""
    runs, roots = [], []
    for number, place in enumerate(PLACES):
        root = small_office.with_name(f"{small_office.name}-{number}")
        shutil.copytree(small_office, root)
        command = [sys.executable, "-c", RUN, str(root)]
        runs.append(subprocess.Popen(command, env={**os.environ, **place}))
        roots.append(root / "data" / "processed" / "contoh" / "2025-Q4")
    assert [run.wait() for run in runs] == [0, 0]
    return [{path.name: path.read_bytes() for path in root.iterdir()} for root in roots]


def test_two_processes_two_locales_two_zones_give_the_same_bytes(
    two_runs: list[dict[str, bytes]],
) -> None:
    first, second = two_runs
    assert "run.json" in first
    assert {name: hashlib.sha256(content).hexdigest() for name, content in first.items()} == {
        name: hashlib.sha256(content).hexdigest() for name, content in second.items()
    }


def test_the_record_of_a_run_is_enough_to_make_it_again(
    two_runs: list[dict[str, bytes]], small_office: Path
) -> None:
    """Which files with which bytes, which software, seed, catalogue and legal values."""
    record = json.loads(two_runs[0]["run.json"])
    raw = small_office
    for entry in record["inputs"]:
        content = (raw / entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
        assert entry["read"] == entry["kept"] + entry["rejected"] + entry["repeats"]
    named = {Path(entry["file"]).name for entry in record["inputs"]}
    given = {p.name for p in (raw / "data" / "raw" / "contoh" / "2025-Q4").iterdir()}
    assert named == {name for name in given if not name.endswith(".source.yaml")}
    assert {"ektp_analytics", "numpy", "pandas", "scipy"} <= set(record["versions"])
    assert isinstance(record["seed"], int)
    assert record["catalogue"]
    assert record["standards"]
    assert record["scorecard"]["principles"]


def test_no_raw_file_is_touched(published: tuple[Workspace, BuiltReport]) -> None:
    """After a whole report the files are as they were when they were written."""
    raw = published[0].raw
    start = (raw / "uji" / "office.yaml").stat()
    for path in raw.rglob("*"):
        assert path.stat().st_mtime_ns <= start.st_mtime_ns or path.is_dir()
    assert sorted(p.name for p in (raw / "uji").rglob("*")) == [
        "2025-Q4",
        "office.yaml",
        "survey.csv",
    ]


def test_a_report_is_made_from_files_nobody_may_write(
    tmp_path: Path, make_office: Callable[..., Workspace]
) -> None:
    """As an ordinary user, whom the rights of a file bind."""
    if os.geteuid() != 0:
        pytest.skip("needs the administrator, to become another user")
    place = make_office(tmp_path / "kerja")
    for path in [place.raw, *place.raw.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_mode & 0o055 != 0o055:
            folder.chmod(0o755)
    # The first run loads every library: the other user may not be let to where they lie.
    code = (
        "import os, sys\n"
        "from ektp_analytics.pipeline import run_period\n"
        "from pathlib import Path\n"
        "run_period(Path(sys.argv[1]), 'uji', '2025-Q4')\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "print(run_period(Path(sys.argv[1]), 'uji', '2025-Q4').sources['survey'].kept)"
    )
    environment = {**os.environ, "EKTP_KEY_FILE": str(tmp_path / "kunci" / "k")}
    (tmp_path / "kunci").mkdir()
    (tmp_path / "kunci").chmod(0o777)
    command = [sys.executable, "-c", code, str(place.root)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "60", done.stderr[-500:]


def test_a_killed_report_run_leaves_the_old_report_and_the_next_run_works(
    tmp_path: Path, make_office: Callable[..., Workspace]
) -> None:
    """SIGKILL as soon as the run has begun to work in its own folder."""
    place = make_office(tmp_path / "kerja")
    target = place.root / "reports" / "uji" / "2025-Q4"
    target.mkdir(parents=True)
    (target / "laporan.html").write_text("lama")
    code = (
        "import sys; from pathlib import Path\n"
        "from ektp_analytics.report.build import build_report\n"
        "build_report(Path(sys.argv[1]), 'uji', '2025-Q4', formats=('html',))"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(place.root)]) as run:
        end = time.monotonic() + 60
        while not list(target.parent.glob(".ektp-*")) and time.monotonic() < end:
            time.sleep(0.02)
        run.send_signal(signal.SIGKILL)
    assert report_of(target) == {"laporan.html": "lama"}
    with only_run(target, "uji", PERIOD):
        assert [path.name for path in target.parent.glob(".ektp-*")] == []
    assert report_of(target) == {"laporan.html": "lama"}
