"""A browser is found or one sentence says how to get one."""

import os
from pathlib import Path

import pytest

from ektp_analytics.report.browser import BrowserProblem, find_browser
from ektp_analytics.report.page import PageInfo, page_of
from ektp_analytics.report.pdf import PdfPrinter


def test_browser_path_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """BROWSER_PATH overrides what is installed."""
    own = tmp_path / "peramban"
    own.write_text("#!/bin/sh\n")
    own.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(own))
    assert find_browser() == own


def test_the_search_path_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of Chrome, Chromium, Edge and Brave on the search path."""
    if os.name != "posix":
        pytest.skip("a shell script stands in for the browser")
    own = tmp_path / "microsoft-edge"
    own.write_text("#!/bin/sh\n")
    own.chmod(0o755)
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("choreographer.browsers.chromium._is_exe", lambda path: False)
    assert find_browser() == own


def test_without_a_browser_one_sentence_says_so_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """D05, D13: jupyter/nbconvert#2139, plotly/Kaleido#401: told before the run, with the fix."""
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "tidak-ada"))
    with pytest.raises(BrowserProblem, match="BROWSER_PATH") as problem:
        PdfPrinter()
    assert "Berkas lain tetap ditulis" in str(problem.value)
    assert "\n" not in str(problem.value)
    assert "Chrome" in problem.value.finding.text("remedy", "en") + problem.value.finding.message


@pytest.mark.browser
def test_a_browser_that_does_not_start_is_named(tmp_path: Path) -> None:
    """A program that is no browser gives one sentence, not a hang."""
    if os.name != "posix":
        pytest.skip("a shell script stands in for the browser")
    own = tmp_path / "rusak"
    own.write_text("#!/bin/sh\nexit 3\n")
    own.chmod(0o755)
    with PdfPrinter(browser=own) as printer, pytest.raises(BrowserProblem, match="rusak"):
        printer.print_page("<p>x</p>", tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.browser
def test_a_browser_that_died_is_replaced(page_info: PageInfo, tmp_path: Path) -> None:
    """A browser that the system ended between two reports does not end the run."""
    with PdfPrinter() as warm:
        warm.print_page(page_of("<p>satu</p>", page_info), tmp_path / "a.pdf")
        assert warm._browser is not None
        warm._browser.kill()
        assert warm.print_page(page_of("<p>dua</p>", page_info), tmp_path / "b.pdf").pages == 1
