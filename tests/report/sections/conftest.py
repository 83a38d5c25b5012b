"""The three bundled offices, computed once for the tests of all pages."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ektp_analytics.pipeline import run_period
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def sekadau() -> PeriodRun:
    """Return a survey alone: 49 published respondents of semester I 2019."""
    return run_period(ROOT, "sekadau", "2019-S1")


@pytest.fixture(scope="session")
def banyuasin() -> PeriodRun:
    """Return printed figures and coded statements alone."""
    return run_period(ROOT, "banyuasin", "2017-Q4")


@pytest.fixture(scope="session")
def contoh() -> PeriodRun:
    """Return a made-up office with every source."""
    return run_period(ROOT, "contoh", "2025-Q4")


@pytest.fixture(scope="session")
def contoh_before() -> PeriodRun:
    """Return the same office one quarter earlier."""
    return run_period(ROOT, "contoh", "2025-Q3")


@pytest.fixture
def edition() -> Edition:
    """Return a fresh numbering in Indonesian."""
    return Edition("id")


@pytest.fixture(scope="session")
def words() -> Callable[[Section], str]:
    """Return the function that gives what a reader reads on a page, in one line."""

    def read(section: Section) -> str:
        return " ".join(section.html().striptags().split())

    return read
