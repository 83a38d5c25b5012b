"""A run says what it lacks, and scores the period before as it scored itself."""

from pathlib import Path

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.pipeline import run_period
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.synthetic import write_office


def tiny_office(root: Path, *periods: str) -> PeriodRun:
    """Write a tiny office without a complaints file and run its last period."""
    folder = write_office(root, office="uji-coba", periods=periods, scale=0.03)
    for period in periods:
        (folder / period / "complaints.csv").unlink(missing_ok=True)
    return run_period(root, "uji-coba", periods[-1])


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> PeriodRun:
    return tiny_office(tmp_path_factory.mktemp("kantor"), "2025-Q3", "2025-Q4")


def test_a_source_that_is_there_changes_nothing(run: PeriodRun) -> None:
    """The run itself comes back, so that a notebook can say what it needs in one line."""
    assert run.needing("service_log", "survey") is run


def test_a_source_that_is_not_there_is_named(run: PeriodRun) -> None:
    """With the office, the period and what there is instead."""
    with pytest.raises(Refused, match=r"complaints.*uji-coba 2025-Q4.*survey"):
        run.needing("survey", "complaints")


def test_the_period_before_is_scored_alike(run: PeriodRun) -> None:
    """Same catalogue and seed, so that the two may be compared."""
    before = run.scorecard_before
    assert before is not None
    assert before.period == "2025-Q3"
    assert before.settings == run.scorecard.settings
    assert before.catalogue is run.catalogue


def test_the_first_period_has_none(tmp_path: Path) -> None:
    """Nothing before, no scores before."""
    assert tiny_office(tmp_path, "2025-Q4").scorecard_before is None
