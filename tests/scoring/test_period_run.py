"""A run says what it lacks, and scores the period before as it scored itself."""

from pathlib import Path

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.pipeline import run_period
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.synthetic import write_office


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> PeriodRun:
    root = tmp_path_factory.mktemp("kantor")
    write_office(root, office="uji-coba", periods=("2025-Q3", "2025-Q4"), scale=0.03)
    return run_period(root, "uji-coba", "2025-Q4")


def test_a_source_that_is_there_changes_nothing(run: PeriodRun) -> None:
    """The run itself comes back, so that a notebook can say what it needs in one line."""
    assert run.needing("service_log", "survey") is run


def test_a_source_that_is_not_there_is_named(run: PeriodRun) -> None:
    """With the office, the period and what there is instead."""
    with pytest.raises(Refused, match=r"opening.*uji-coba 2025-Q4.*survey"):
        run.needing("survey", "opening")


def test_the_period_before_is_scored_alike(run: PeriodRun) -> None:
    """Same catalogue and seed, so that the two may be compared."""
    before = run.scorecard_before
    assert before is not None
    assert before.period == "2025-Q3"
    assert before.settings == run.scorecard.settings
    assert before.catalogue is run.catalogue


def test_the_first_period_has_none(run: PeriodRun, tmp_path: Path) -> None:
    """Nothing before, no scores before."""
    write_office(tmp_path, office="uji-coba", periods=("2025-Q4",), scale=0.03)
    assert run_period(tmp_path, "uji-coba", "2025-Q4").scorecard_before is None
