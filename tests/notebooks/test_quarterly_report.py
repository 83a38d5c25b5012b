"""The report's own notebook: thin, whole, and the same pages as the library gives."""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from ektp_analytics.pipeline.history import runs_before
from ektp_analytics.report import sections
from ektp_analytics.report.edition import Edition
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.workspace import Workspace

NAME = "quarterly_report"
BOOK = Path(__file__).parents[2] / "notebooks" / f"{NAME}.ipynb"
STEPS = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.Try,
    ast.If, ast.With, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp,
)  # fmt: skip


def code_cells() -> list[Any]:
    book = nbformat.read(BOOK, as_version=4)
    nbformat.validate(book)
    return [cell for cell in book.cells if cell.cell_type == "code"]


def pages_called() -> list[str]:
    """Return the pages in the order the notebook shows them."""
    trees = [ast.parse(cell.source) for cell in code_cells()]
    return [
        node.func.attr
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "sections"
    ]


def shown_in(cell: Any) -> list[ast.expr]:
    """Return what a cell shows: the parts of its one ``display``, or its one expression."""
    (step,) = ast.parse(cell.source).body
    assert isinstance(step, ast.Expr)
    call = step.value
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
        assert call.func.id == "display" and not call.keywords
        return call.args
    return [call]


def test_it_loads_calls_and_shows() -> None:
    """No definition, no loop, no condition; one chapter to a cell, nothing run is committed."""
    for cell in code_cells():
        assert not [n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, STEPS)]
        assert cell.outputs == [] and cell.execution_count is None
    chapters = [cell for cell in code_cells() if "sections." in cell.source]
    pages = [page for cell in chapters for page in shown_in(cell)]
    assert all(isinstance(page, ast.Call) and len(page.args) in (2, 3) for page in pages)
    assert [ast.unparse(page.func).removeprefix("sections.") for page in pages] == pages_called()


def test_every_page_is_shown_once() -> None:
    """A page that exists but is never called would silently be missing from every report."""
    assert sorted(pages_called()) == sorted(sections.__all__)


def test_chapters_come_in_the_order_of_the_ministry() -> None:
    """PermenPAN-RB 14/2017: introduction, collection, results, analysis, conclusion, annexes."""
    called = pages_called()
    order = [
        "cover_page", "approval_page", "foreword_page", "contents", "summary_page",
        "introduction_page", "collection_page", "respondents_page", "elements_page",
        "coverage_page", "waiting_page", "trend_page", "scorecard_page", "follow_up_page",
        "conclusion_page", "processing_page", "methodology_page", "provenance_page",
    ]  # fmt: skip
    wanted = [called.index(page) for page in order if page in called]
    assert len(wanted) == len(order)
    first = ("cover_page", "approval_page", "foreword_page", "contents", "summary_page")
    assert tuple(called[:5]) == first
    assert called.index("conclusion_page") < called.index("processing_page")
    assert called.index("trend_page") > called.index("elements_page")


def test_words_for_a_reader_of_the_notebook_stay_off_the_page() -> None:
    """Every explanation is tagged ``hide``; each chapter is told before it is shown."""
    book = nbformat.read(BOOK, as_version=4)
    told = [cell for cell in book.cells if cell.cell_type == "markdown"]
    assert told and told[0].source.startswith("# ")
    assert all("hide" in cell.metadata.get("tags", []) for cell in told)


@pytest.mark.parametrize("page", ["elements_page", "scorecard_page", "conclusion_page"])
def test_the_notebook_shows_what_the_library_gives(
    page: str, shown: Callable[..., Any], tiny_workspace: Path, tiny_run: PeriodRun
) -> None:
    """Each table of a page, the same to the last letter."""
    place = Workspace.find(tiny_workspace)
    history = runs_before(place, tiny_run.office.id, tiny_run.period)
    assert [run.period for run in history] == list(place.periods(tiny_run.office.id))[:-1]
    seen = shown(NAME)
    section = getattr(sections, page)(tiny_run, Edition("id", tiny_run.data.as_of))
    wanted = {word for word in section.html().striptags().split() if any(map(str.isdigit, word))}
    said = " ".join(str(d.get("text/html", "")) for d in seen.data)
    assert len(seen.data) > len(sections.__all__) / 2
    numbers = [w for w in wanted if "," in w and len(w) < 8]
    assert numbers
    assert all(number.strip("();.") in said for number in numbers)


def test_it_runs_in_english_too(shown: Callable[..., Any]) -> None:
    """The parameter reaches the pages."""
    said = " ".join(str(d.get("text/html", "")) for d in shown(NAME, lang="en").data)
    assert "Executive summary" in said
    assert "Ringkasan eksekutif" not in said
