"""The reused kernel gives what a fresh kernel gives."""

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
