"""Every notebook is thin, clean, and readable on its own."""

import ast
import copy
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbstripout import strip_output

from ektp_analytics.errors import EktpError, Refused
from ektp_analytics.report.notebook_run import run_notebook

BOOKS = Path(__file__).parents[2] / "notebooks"
NAMES = (
    "01_data_quality",
    "03_registration_coverage",
    "04_service_times",
    "05_governance_scorecard",
    "06_sensitivity",
)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
STEPS = (ast.For, ast.While, ast.Try, ast.If, ast.With)
MOST_LINES = 25  # of a cell: more is logic, which belongs into the library

every_book = pytest.mark.parametrize("name", NAMES)


def cells(name: str, kind: str) -> list[Any]:
    book = nbformat.read(BOOKS / f"{name}.ipynb", as_version=4)
    nbformat.validate(book)
    return [cell for cell in book.cells if cell.cell_type == kind]


@every_book
def test_a_notebook_loads_calls_and_shows(name: str) -> None:
    """No definition and no control flow: what a notebook does, the library does."""
    for cell in cells(name, "code"):
        tree = ast.parse(cell.source)
        assert not [n for n in ast.walk(tree) if isinstance(n, DEFINITIONS + STEPS)]
        assert len(cell.source.splitlines()) <= MOST_LINES


@every_book
def test_nothing_that_was_run_is_committed(name: str) -> None:
    """No outputs, counts or machine's own metadata are left, as nbstripout would have it."""
    book = nbformat.read(BOOKS / f"{name}.ipynb", as_version=4)
    stripped = strip_output(copy.deepcopy(book), keep_output=False, keep_count=False, keep_id=False)
    assert nbformat.writes(stripped) == nbformat.writes(book)
    assert book.metadata.kernelspec.name == "python3"
    assert book.metadata.language_info.name == "python"


@every_book
def test_every_step_is_told_before_it_is_done(name: str) -> None:
    """A heading first, then words before the code; cells that show more of a step may follow."""
    book = nbformat.read(BOOKS / f"{name}.ipynb", as_version=4)
    kinds = [cell.cell_type for cell in book.cells]
    assert book.cells[0].source.startswith("# ")
    assert kinds[:2] == ["markdown", "code"]
    assert "code,code,code,code" not in ",".join(kinds)
    assert all(len(cell.source.split()) >= 5 for cell in cells(name, "markdown")[2:])


@every_book
def test_parameters_come_first_and_are_the_four(name: str) -> None:
    """The tagged cell is the first code cell and assigns literals."""
    first = cells(name, "code")[0]
    assert first.metadata.tags == ["parameters"]
    assigned = [target.id for node in ast.parse(first.source).body for target in node.targets]
    assert assigned[:4] == ["workspace", "office", "period", "lang"]


@every_book
def test_a_misspelt_parameter_names_the_nearest(name: str) -> None:
    """`periode` is not `period`; nothing is run."""
    with pytest.raises(Refused, match="period"):
        run_notebook(BOOKS / f"{name}.ipynb", {"office": "contoh", "periode": "2025-Q4"})


def test_a_source_that_is_missing_stops_with_a_plain_sentence(tmp_path: Path) -> None:
    """Sekadau gave a survey only: no traceback, but which file is needed."""
    values = {"workspace": str(BOOKS.parent), "office": "sekadau", "period": "2019-S1"}
    with pytest.raises(EktpError, match=r"service_log.*sekadau 2019-S1"):
        run_notebook(BOOKS / "04_service_times.ipynb", values)
