"""Give a workspace its own copy of the notebooks and open JupyterLab on it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ektp_analytics.report.notebook_run import bundled_notebooks
from ektp_analytics.report.publish import put_in_place
from ektp_analytics.workspace import WORKSPACE_VARIABLE, Workspace


def copy_notebooks(place: Workspace) -> Path:
    """Copy the bundled notebooks into ``notebooks/`` of a workspace.

    Parameters
    ----------
    place
        The workspace.

    Returns
    -------
    Path
        Its folder of notebooks. A notebook that is already there stays as it is: it may
        hold the user's own work.
    """
    folder = place.root / "notebooks"
    folder.mkdir(exist_ok=True)
    for name, notebook in bundled_notebooks().items():
        target = folder / f"{name}.ipynb"
        if target.exists():
            continue
        new = folder / f".{name}.ipynb.new"
        new.write_bytes(notebook.read_bytes())
        put_in_place(new, target)
    return folder


def lab_command(*, browser: bool = True) -> list[str]:
    """Return the command line that opens JupyterLab with this Python."""
    command = [sys.executable, "-m", "jupyterlab"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    return command if browser else [*command, "--no-browser"]


def run_lab(folder: Path, *, browser: bool = True) -> int:
    """Run JupyterLab on a folder until it is stopped; return its exit code."""
    environment = os.environ | {WORKSPACE_VARIABLE: str(folder.parent)}
    try:
        return subprocess.call(lab_command(browser=browser), cwd=folder, env=environment)  # noqa: S603
    except KeyboardInterrupt:
        return 0
