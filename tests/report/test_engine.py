"""The reused kernel gives what a fresh kernel gives."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ektp_analytics.report import engine
from ektp_analytics.report.notebook_run import run_notebook

Make = Callable[..., Path]


def test_one_kernel_serves_many_runs(make_notebook: Make, text_of: Any) -> None:
    """P11 of the cases: unit A's figures are never seen by unit B, in the same process."""
    book = make_notebook(
        'unit = "?"', "import os; print(os.getpid(), unit, 'figure' in dir())\nfigure = unit"
    )
    first, second = (text_of(run_notebook(book, {"unit": u})).split() for u in "AB")
    assert first[0] == second[0]
    assert first[1:] == ["A", "False"] and second[1:] == ["B", "False"]


def test_kernels_end_when_told(make_notebook: Make, text_of: Any) -> None:
    """No process and no folder is left behind."""
    psutil = pytest.importorskip("psutil")
    book = make_notebook('x = "a"', "import os, sys; print(os.getpid(), sys.argv[-1])")
    pid = int(text_of(run_notebook(book, {"x": "b"})).split()[0])
    assert psutil.pid_exists(pid)
    kernel = engine.ReusedKernelEngine.kernel
    assert kernel is not None
    folder = Path(kernel.manager.connection_file).parent
    assert folder.is_dir()
    engine.shutdown_kernel()
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == "zombie"
    assert not folder.exists()
    engine.shutdown_kernel()


@pytest.mark.parametrize("first", ["papermill", "ektp_analytics.report.kernel_run"])
def test_papermill_finds_the_engine_by_its_entry_point(tmp_path: Path, first: str) -> None:
    """No circle, though entry points are loaded while papermill is being imported."""
    record = tmp_path / "uji-1.dist-info"
    record.mkdir()
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: uji\nVersion: 1\n")
    place = "ektp_analytics.report.engine:ReusedKernelEngine"
    (record / "entry_points.txt").write_text(f"[papermill.engine]\nektp = {place}\n")
    code = f"import {first}, papermill.engines as e; print(e.papermill_engines.get_engine('ektp'))"
    path = os.pathsep.join([str(tmp_path), str(Path(engine.__file__).parents[2])])
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "ReusedKernelEngine" in answer.stdout
