"""Print a page by the browser's command line, when it cannot be driven.

There is no ready signal here: the browser gives the page a budget of its own time. The
charts are counted in the PDF afterwards, as always.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from ektp_analytics.report.browser import BrowserProblem, end_tree, may_sandbox
from ektp_analytics.report.devtools import PRINT_MARK
from ektp_analytics.report.pdf_file import PdfFailed

PLAIN_BUDGET = 30_000  # ms of page time


def printed_plainly(browser: Path, page: Path, name: str, limit: float) -> bytes:
    """Return the PDF of a page.

    Parameters
    ----------
    browser
        Executable.
    page
        HTML file, in a folder of its own.
    name
        Name of the PDF, for messages.
    limit
        Seconds it may take.

    Raises
    ------
    BrowserProblem
        When the browser does not start or prints nothing.
    PdfFailed
        When it takes too long.
    """
    out = page.with_suffix(".pdf")
    process = _start(browser, page, out)
    try:
        process.wait(timeout=limit)
    except subprocess.TimeoutExpired as problem:
        raise PdfFailed("pdf_too_slow", name, limit=float(limit)) from problem
    finally:
        if process.poll() is None:
            end_tree(process)
    if not out.is_file():
        raise _not_started(browser, f"kode {process.returncode}")
    return out.read_bytes()


def _start(browser: Path, page: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [
        str(browser),
        "--headless",
        *(() if may_sandbox() else ("--no-sandbox",)),
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        f"--user-data-dir={page.with_name('profil')}",
        f"--virtual-time-budget={PLAIN_BUDGET}",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        f"--print-to-pdf={out}",
        page.as_uri() + PRINT_MARK,
    ]
    try:
        return subprocess.Popen(  # noqa: S603 - the browser found by find_browser
            command,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError as problem:
        raise _not_started(browser, str(problem)) from problem


def _not_started(browser: Path, what: str) -> BrowserProblem:
    return BrowserProblem("browser_not_started", browser=browser.name, what=what[:200])
