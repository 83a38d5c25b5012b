"""A few small made-up offices, and one run of one of them."""

from pathlib import Path

import pytest

from ektp_analytics.pipeline.run_period import run_period
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.synthetic import made_up_code, write_office
from ektp_analytics.workspace import Workspace

PERIOD = "2025-Q4"
OFFICES = ("satu", "dua", "tiga")


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write one quarter of three small offices once; tests copy what they change."""
    root = tmp_path_factory.mktemp("rekaan")
    for number, office in enumerate(OFFICES, start=1):
        write_office(root, office=office, code=made_up_code(number), periods=[PERIOD], scale=0.12)
    return root


@pytest.fixture(scope="session")
def one_run(made_up: Path) -> PeriodRun:
    """Run one office once, without keeping anything."""
    return run_period(made_up, OFFICES[0], PERIOD)


@pytest.fixture
def place(made_up: Path, tmp_path: Path) -> Workspace:
    """Copy the workspace, so that a test may change it."""
    import shutil

    shutil.copytree(made_up, tmp_path / "kerja")
    return Workspace.find(tmp_path / "kerja")
