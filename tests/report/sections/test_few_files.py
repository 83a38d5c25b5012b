"""An office that delivers one file alone still gets a whole report that says what is missing."""

import inspect
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ektp_analytics.pipeline import run_period
from ektp_analytics.report import sections
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.sources.schema import schemas

Words = Callable[[Section], str]
RAW = Path(__file__).parents[3] / "data" / "raw" / "contoh"
PERIOD = "2025-Q4"
FILES = sorted(path.name for path in (RAW / PERIOD).iterdir())


def _run_on(tmp_path: Path, *files: str) -> PeriodRun:
    folder = tmp_path / "data" / "raw" / "contoh" / PERIOD
    folder.mkdir(parents=True)
    shutil.copy(RAW / "office.yaml", folder.parent)
    for name in files:
        shutil.copy(RAW / PERIOD / name, folder)
    return run_period(tmp_path, "contoh", PERIOD)


def _pages(run: PeriodRun, edition: Edition) -> list[Section]:
    made = []
    for name in sections.__all__:
        page = getattr(sections, name)
        more = [()] if "history" in inspect.signature(page).parameters else []
        made.append(page(run, edition, *more))
    return made


@pytest.mark.parametrize("file", FILES)
def test_one_file_alone_gives_every_page(file: str, tmp_path: Path, words: Words) -> None:
    """Nothing absent is printed as a program writes it, and no source by its English key."""
    run = _run_on(tmp_path, file)
    assert len(run.sources) == 1
    read = " ".join(words(page) for page in _pages(run, Edition("id")) if page)
    assert "belum dinilai" in read
    assert not re.search(r"\b(None|nan|NaN|NaT|<NA>)\b", read)
    keys = [key for key in schemas() if "_" in key]
    assert not [key for key in keys if key in read.replace(file, "")]


def test_coded_statements_alone_are_shown(tmp_path: Path, words: Words) -> None:
    """With nothing scored they are all the report has to say of the service."""
    run = _run_on(tmp_path, "evidence.csv")
    read = words(sections.strengths_page(run, Edition("id")))
    assert "Faktor penghambat" in read
    assert "17 pernyataan" in read
