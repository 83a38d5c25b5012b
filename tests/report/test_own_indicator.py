"""An indicator of an office's own stands in every page and sheet like any other."""

from __future__ import annotations

import inspect
import io
import shutil
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from ektp_analytics.pipeline import run_period
from ektp_analytics.report import sections
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.workbook import workbook_bytes
from ektp_analytics.scoring.period_run import PeriodRun

RAW = Path(__file__).parents[2] / "data" / "raw"
PAGE = Path(__file__).parents[2] / "docs" / "methodology.md"
NAME = "Antrean daring"


@pytest.fixture(scope="module", params=["60,0", ""], ids=["given", "blank"])
def run(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> PeriodRun:
    """Return the made-up office with the catalogue the documentation shows."""
    root = tmp_path_factory.mktemp("kerja")
    office = root / "data" / "raw" / "contoh"
    for name in ("2025-Q3", "2025-Q4"):
        shutil.copytree(RAW / "contoh" / name, office / name)
    shutil.copy(RAW / "contoh" / "office.yaml", office)
    shown = PAGE.read_text(encoding="utf-8")
    catalogue, values = (shown.split(f"```{lang}\n")[1].split("```")[0] for lang in ("yaml", "csv"))
    (office / "katalog.yaml").write_text(catalogue, encoding="utf-8")
    path = office / "2025-Q4" / "own_values.csv"
    path.write_text(values.replace("60,0", request.param), encoding="utf-8")
    return run_period(root, "contoh", "2025-Q4")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_page_can_be_made(run: PeriodRun, lang: str) -> None:
    """No page stumbles over a code it has no words of its own for."""
    read = []
    for name in sections.__all__:
        page = getattr(sections, name)
        needed = [p for p in inspect.signature(page).parameters.values() if p.default is p.empty]
        if [p.name for p in needed] == ["run", "edition"]:
            read.append(str(page(run, Edition(lang)).html()))  # type: ignore[arg-type]
    assert len(read) > len(sections.__all__) // 2
    named = run.catalogue["antrean_daring"].name[lang]
    assert any(named in page for page in read)


def test_it_stands_in_the_workbook(run: PeriodRun) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook_bytes(run)))
    cells = [
        str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    ]  # fmt: skip
    assert any(NAME in cell for cell in cells)
    assert any("contoh/katalog.yaml" in cell for cell in cells)


def test_without_a_remedy_of_ours_the_plan_still_stands(run: PeriodRun) -> None:
    """We propose nothing for what we do not know; the office's own actions may name it."""
    text = str(sections.follow_up_page(run, Edition("id")).html())
    assert "Rencana tindak lanjut" in text
