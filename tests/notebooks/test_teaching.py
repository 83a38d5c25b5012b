"""The notebooks for students run from top to bottom, in both languages, without a note left."""

import ast
from pathlib import Path
from typing import Any

import nbformat
import pytest

from ektp_analytics.report.notebook_run import run_notebook

ROOT = Path(__file__).parents[2]
BOOKS = ROOT / "notebooks"


def outputs(run: Any) -> list[Any]:
    return [o for cell in run.notebook.cells for o in cell.get("outputs", [])]


def shown(run: Any) -> str:
    return "\n".join(o["data"].get("text/html", "") for o in outputs(run) if "data" in o)


@pytest.mark.parametrize(("lang", "words"), [("id", "Jawaban"), ("en", "Answer")])
def test_the_case_study(lang: str, words: str) -> None:
    run = run_notebook("case_study_banyuasin", {"workspace": str(ROOT), "lang": lang})
    page = shown(run)
    assert "836" in page
    assert words in page
    assert all(o.output_type in {"display_data", "execute_result"} for o in outputs(run))


def test_the_satisfaction_survey(tmp_path: Path) -> None:
    values = {"workspace": str(ROOT), "office": "sekadau", "period": "2019-S1"}
    sav = tmp_path / "sekadau.sav"
    run = run_notebook("02_satisfaction_survey", {**values, "spss_file": str(sav)})
    assert "0,740" in shown(run)
    assert sav.is_file()


@pytest.mark.parametrize("name", ["case_study_banyuasin", "02_satisfaction_survey"])
def test_a_notebook_only_loads_calls_and_shows(name: str) -> None:
    book = nbformat.read(BOOKS / f"{name}.ipynb", as_version=4)
    code = [c for c in book.cells if c.cell_type == "code"]
    assert all(c.execution_count is None and not c.outputs for c in code)
    for cell in code:
        defined = (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef, ast.Lambda)
        assert not any(isinstance(node, defined) for node in ast.walk(ast.parse(cell.source)))
