"""A small made-up office to run whole periods on."""

from pathlib import Path

import pytest

from ektp_analytics.synthetic import write_office
from ektp_analytics.workspace import Workspace

PERIODS = ("2024-Q3", "2024-Q4", "2025-Q1", "2025-Q4")


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write four quarters of one small office once; tests copy what they change."""
    root = tmp_path_factory.mktemp("rekaan")
    write_office(root, office="kecil", periods=PERIODS, scale=0.05)
    return root


@pytest.fixture
def place(made_up: Path, tmp_path: Path) -> Workspace:
    """Copy the made-up workspace, so that a test may change it."""
    import shutil

    shutil.copytree(made_up, tmp_path / "kerja")
    return Workspace.find(tmp_path / "kerja")
