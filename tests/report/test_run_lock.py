"""Two runs of one office and period never overlap, and a killed run blocks nobody."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.report.run_lock import only_run

PERIOD = Period.parse("2025-Q4")
HOLD = """
import sys, time
from pathlib import Path
from ektp_analytics.periods import Period
from ektp_analytics.report.run_lock import only_run
with only_run(Path(sys.argv[1]), "uji", Period.parse("2025-Q4")):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def other_run(tmp_path: Path):
    """Another process that holds the lock."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "2025-Q4")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_second_run_says_so(tmp_path: Path, other_run: subprocess.Popen) -> None:
    with pytest.raises(Refused) as refused, only_run(tmp_path / "2025-Q4", "uji", PERIOD):
        pass
    assert "sedang disusun oleh proses lain" in str(refused.value)
    with only_run(tmp_path / "2025-Q3", "uji", Period.parse("2025-Q3")):
        pass  # another period of the same office is free


def test_a_killed_run_leaves_no_lock(tmp_path: Path, other_run: subprocess.Popen) -> None:
    other_run.send_signal(signal.SIGKILL)
    other_run.wait()
    with only_run(tmp_path / "2025-Q4", "uji", PERIOD):
        pass
    assert list(tmp_path.iterdir()) == []


def test_an_error_inside_frees_the_lock(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), only_run(tmp_path / "2025-Q4", "uji", PERIOD):
        raise RuntimeError
    with only_run(tmp_path / "2025-Q4", "uji", PERIOD):
        pass


def test_a_run_inside_a_run_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "2025-Q4"
    with only_run(target, "uji", PERIOD), pytest.raises(Refused), only_run(target, "uji", PERIOD):
        pass
