"""The workspace's own copy of the notebooks, and the command that opens them."""

import sys
from pathlib import Path

import pytest

from ektp_analytics.pipeline.lab import copy_notebooks, lab_command, run_lab
from ektp_analytics.report.notebook_run import bundled_notebooks
from ektp_analytics.workspace import Workspace


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """Make an empty workspace."""
    (tmp_path / "data" / "raw").mkdir(parents=True)
    return Workspace.find(tmp_path)


def test_every_bundled_notebook_is_copied(place: Workspace) -> None:
    folder = copy_notebooks(place)
    assert folder == place.root / "notebooks"
    copied = {path.stem: path.read_bytes() for path in folder.glob("*.ipynb")}
    assert copied == {name: item.read_bytes() for name, item in bundled_notebooks().items()}
    assert all(path.suffix == ".ipynb" for path in folder.iterdir())


def test_the_users_own_work_is_kept(place: Workspace) -> None:
    names = list(bundled_notebooks())
    if not names:
        pytest.skip("no notebook is bundled yet")
    own = copy_notebooks(place) / f"{names[0]}.ipynb"
    own.write_text("pekerjaan saya", encoding="utf-8")
    copy_notebooks(place)
    assert own.read_text(encoding="utf-8") == "pekerjaan saya"


def test_it_runs_with_this_python() -> None:
    """The kernel must be the environment that has the library, not one found by name."""
    assert lab_command()[:3] == [sys.executable, "-m", "jupyterlab"]
    assert "--no-browser" in lab_command(browser=False)
    assert "--no-browser" not in lab_command()


def test_its_exit_code_and_the_workspace_are_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kerja" / "notebooks"
    folder.mkdir(parents=True)
    script = (
        "import os, pathlib, sys; "
        "pathlib.Path('tempat').write_text(os.environ['EKTP_WORKSPACE']); sys.exit(3)"
    )
    command = [sys.executable, "-c", script]
    monkeypatch.setattr("ektp_analytics.pipeline.lab.lab_command", lambda **_: command)
    assert run_lab(folder) == 3
    assert (folder / "tempat").read_text() == str(tmp_path / "kerja")
