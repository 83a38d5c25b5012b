"""From what `run.json` names, and nothing else, every number of the report is made again."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ektp_analytics.periods import Period
from ektp_analytics.pipeline import run_period
from ektp_analytics.pipeline.history import runs_before
from ektp_analytics.synthetic import write_office
from ektp_analytics.workspace import Workspace

PERIOD = Period.parse("2025-Q4")
# Another process, locale, clock zone and order of sets; prints the trend the report shows.
AGAIN = """
import json, locale, sys
from pathlib import Path
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass
from ektp_analytics.periods import Period
from ektp_analytics.pipeline import run_period
from ektp_analytics.pipeline.history import runs_before
from ektp_analytics.workspace import Workspace
place, period = Workspace.find(Path(sys.argv[1])), Period.parse(sys.argv[2])
run_period(place, "contoh", period, save=True)
runs = runs_before(place, "contoh", period)
sys.stdout.buffer.write(json.dumps([run.scorecard.to_record() for run in runs]).encode())
"""
ELSEWHERE = {"LC_ALL": "C", "TZ": "Asia/Jayapura", "PYTHONHASHSEED": "77", "PYTHONUTF8": "0"}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Run a quarter that carries its counts from the quarter before and looks back on two."""
    root = tmp_path_factory.mktemp("asal")
    write_office(root, periods=("2025-Q2", "2025-Q3", "2025-Q4"), scale=0.05)
    raw = root / "data" / "raw" / "contoh"
    kept = ("survey", "service_log", "registrations")
    for path in raw.glob("2025-*/*"):
        if path.stem not in kept or (path.stem == kept[2] and path.parent.name == "2025-Q4"):
            path.unlink()
    (raw / "2024-Q4").mkdir()
    (raw / "2024-Q4" / "catatan.txt").write_text("berkas yang tidak dibaca", encoding="utf-8")
    run_period(root, "contoh", PERIOD, save=True)
    return Workspace.find(root)


def record_of(place: Workspace) -> dict[str, Any]:
    path = place.processed_folder("contoh", PERIOD) / "run.json"
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record


def test_the_same_numbers_come_from_the_files_that_are_named(
    original: Workspace, tmp_path: Path
) -> None:
    record = record_of(original)
    named = [*record["office_files"], *record["inputs"], *record["earlier_inputs"]]
    for item in named:
        source, copy = original.root / item["file"], tmp_path / item["file"]
        assert hashlib.sha256(source.read_bytes()).hexdigest() == item["sha256"]
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
    command = [sys.executable, "-c", AGAIN, str(tmp_path), str(PERIOD)]
    done = subprocess.run(
        command, env={**os.environ, **ELSEWHERE}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-800:]
    assert record_of(Workspace.find(tmp_path)) == record
    trend = [run.scorecard.to_record() for run in runs_before(original, "contoh", PERIOD)]
    assert json.loads(done.stdout) == json.loads(json.dumps(trend))


def test_something_was_carried_compared_and_looked_back_on(original: Workspace) -> None:
    """Or the test above would show nothing."""
    record = record_of(original)
    told = json.dumps(record["scorecard"])
    assert '"carried"' in told
    assert record["values_before"]
    assert {item["period"] for item in record["earlier_inputs"]} == {"2025-Q2", "2025-Q3"}
    assert not [item for item in record["office_files"] if "catatan" in item["file"]]


def test_a_changed_earlier_file_changes_the_record(original: Workspace, tmp_path: Path) -> None:
    shutil.copytree(original.root, tmp_path, dirs_exist_ok=True)
    place = Workspace.find(tmp_path)
    path = place.source_files("contoh", Period.parse("2025-Q3"), "registrations")[0]
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    run_period(place, "contoh", PERIOD, save=True)
    assert record_of(place)["earlier_inputs"] != record_of(original)["earlier_inputs"]
