"""The stock route to one report: papermill, nbconvert and the browser, each by its command line."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from ektp_analytics.report.browser import find_browser, may_sandbox
from ektp_analytics.report.notebook_run import find_notebook
from ektp_analytics.workspace import Workspace

_PAGE_TIME = 10_000  # ms the browser gives the page's scripts before it prints


def stock_report(place: Workspace, office: str, period: str, target: Path) -> None:
    """Run the report's notebook and print it, with nothing of this package around it."""
    values = {"workspace": place.root, "office": office, "period": period, "lang": "id"}
    given = [part for name, value in values.items() for part in ("-p", name, str(value))]
    python = [sys.executable, "-m"]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        notebook, done = folder / "in.ipynb", folder / "out.ipynb"
        notebook.write_bytes(find_notebook("quarterly_report").read_bytes())
        _run([*python, "papermill", str(notebook), str(done), *given])
        _run([*python, "nbconvert", "--to", "html", "--no-input", str(done)])
        sandbox = [] if may_sandbox() else ["--no-sandbox"]
        page = done.with_suffix(".html").as_uri()
        printing = [f"--print-to-pdf={target}", f"--virtual-time-budget={_PAGE_TIME}", page]
        _run([str(find_browser()), "--headless", *sandbox, "--disable-gpu", *printing])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def processor_seconds() -> float:
    """Return the processor time of this process and of all it started that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
