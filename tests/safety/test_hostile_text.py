"""Whatever an office's files and profile say stays text: in a browser, in a spreadsheet."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ektp_analytics.report.browser import Browser, BrowserProblem, find_browser
from ektp_analytics.report.build import BuiltReport
from ektp_analytics.report.devtools import ask, open_page
from ektp_analytics.report.published_text import Passage
from ektp_analytics.workspace import Workspace

Written = dict[Path, list[Passage]]
_LOOK = """JSON.stringify({
  ran: typeof window.ran,
  scripts: [...document.scripts].map(s => s.type || s.text.slice(0, 40)),
  pictures: [...document.images].map(i => i.src.slice(0, 30)),
  handlers: [...document.querySelectorAll("*")]
    .flatMap(e => [...e.attributes]).filter(a => a.name.startsWith("on")).map(a => a.value),
  addresses: [...document.querySelectorAll("[href], [src]")]
    .map(e => e.getAttribute("href") || e.getAttribute("src")),
  svg: [...document.querySelectorAll("svg a")].map(a => a.getAttribute("href") || ""),
  text: document.body.innerText,
})"""


@pytest.fixture(scope="module")
def seen(published: tuple[Workspace, BuiltReport]) -> dict[str, Any]:
    """Open the published page as a reader does and return what came of it."""
    try:
        browser = Browser(find_browser())
        opened = browser.ready()
    except BrowserProblem as problem:
        pytest.skip(str(problem))
    page = next(path for path in published[1].files if path.name == "laporan.html")

    async def look() -> dict[str, Any]:
        tab = await opened.create_tab("about:blank")
        await open_page(tab, page, mark="")
        answer = await ask(tab, "Runtime.evaluate", expression=_LOOK)
        return json.loads(answer["result"]["value"])

    try:
        return browser.run(look(), 60)
    finally:
        browser.close()


def test_no_text_ran_as_a_program(seen: dict[str, Any]) -> None:
    """Scripts, event handlers, addresses of the form javascript: all set window.ran."""
    assert seen["ran"] == "undefined"
    assert seen["handlers"] == []
    assert not [text for text in seen["scripts"] if "ran=" in text]
    assert seen["pictures"] == [src for src in seen["pictures"] if src.startswith("data:")]


def test_no_text_became_a_link(seen: dict[str, Any]) -> None:
    outside = [
        a for a in (*seen["addresses"], *seen["svg"]) if a and not a.startswith(("#", "data:"))
    ]
    assert outside == []


def test_the_hostile_text_is_there_to_be_read(
    seen: dict[str, Any], hostile: tuple[str, ...]
) -> None:
    """Escaped, not removed: what was asked is printed."""
    shown = " ".join(seen["text"].split())
    notice = [text for text in hostile if "**" not in text]
    assert [text for text in notice if text not in shown] == []


def test_no_template_was_filled_in(written: Written) -> None:
    """7777 times 7 is 54439."""
    everything = "".join(passage.text for found in written.values() for passage in found)
    assert "54439" not in everything.replace(".", "")
    assert "7777*7" in everything


def test_no_cell_of_a_workbook_is_a_formula_of_the_data(
    written: Written, hostile: tuple[str, ...]
) -> None:
    books = [path for path in written if path.suffix == ".xlsx"]
    assert books
    texts = 0
    for sheet in (sheet for book in books for sheet in openpyxl.load_workbook(book)):
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            hit = any(text in str(cell.value) for text in hostile)
            texts += hit
            assert not (hit and cell.data_type == "f"), (sheet.title, cell.coordinate)
            assert cell.hyperlink is None or not cell.hyperlink.target
    assert texts


def test_no_text_file_starts_a_formula(written: Written) -> None:
    """A CSV has no types: a cell that starts with = + - @ must be written as text."""
    import csv

    for path in (path for path in written if path.suffix == ".csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for row in csv.reader(stream, delimiter=";") for cell in row]
        assert not [c for c in cells if c[:1] in "=@\t\r" and c]
        assert not [c for c in cells if c[:1] in ("+", "-") and not _is_number(c)]


def _is_number(cell: str) -> bool:
    return cell.lstrip("+-").replace(".", "").replace(",", "").isdigit() or cell == "-"
