"""A browser that cannot be driven prints by its command line."""

from pathlib import Path

import pikepdf
import pytest

from ektp_analytics.report.browser import Browser, BrowserProblem
from ektp_analytics.report.notebook_run import NotebookRun
from ektp_analytics.report.page import PageInfo, build_page
from ektp_analytics.report.pdf import PdfPrinter
from ektp_analytics.report.pdf_file import figure_texts

pytestmark = pytest.mark.browser


def test_the_fallback_prints_and_says_so(
    report_run: NotebookRun, page_info: PageInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser that cannot be driven still prints, with the charts counted."""

    def undriven(self: Browser) -> None:
        raise BrowserProblem("browser_not_started", browser="x", what="pipa")

    monkeypatch.setattr(Browser, "ready", undriven)
    with PdfPrinter() as plain:
        done = plain.print_page(build_page(report_run.notebook, page_info), tmp_path / "x.pdf")
    assert [f.rule for f in done.findings] == ["pdf_printed_plainly"]
    assert done.pages == 2
    with pikepdf.open(done.path) as pdf:
        assert len(figure_texts(pdf)) == 2
