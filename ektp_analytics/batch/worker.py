"""What a worker process keeps from office to office, and how it ends with its parent."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import threading
from multiprocessing.util import Finalize

from ektp_analytics.garbage import collect_rarely
from ektp_analytics.report.browser import BrowserProblem
from ektp_analytics.report.build import NOTEBOOK
from ektp_analytics.report.engine import shutdown_kernel, warm_up
from ektp_analytics.report.notebook_imports import notebook_imports
from ektp_analytics.report.pdf import PdfPrinter

_KEPT: dict[str, PdfPrinter] = {}
_PARENT_GONE = 1
# Before the interpreter waits for the browser's own thread.
_EARLY = 100


def kept_printer() -> PdfPrinter | None:
    """Return the browser of this process, opened with the first office that prints.

    None where there is no browser; the report then says so and lacks its PDF.
    """
    if "printer" not in _KEPT:
        try:
            _KEPT["printer"] = PdfPrinter()
        except BrowserProblem:
            return None
    return _KEPT["printer"]


def let_go() -> None:
    """Close the browser and end the kernel of this process."""
    while _KEPT:
        _KEPT.popitem()[1].close()
    shutdown_kernel()


def begin(reports: bool) -> None:
    """Prepare a local worker process; one that makes reports starts its kernel at once.

    Ctrl-C is for the parent, which then ends its workers. A worker whose parent is gone,
    killed or crashed, ends itself with its kernel and browser.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_rarely()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    Finalize(None, let_go, exitpriority=_EARLY)
    if reports:
        warm_up(notebook_imports(NOTEBOOK))


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    let_go()
    os._exit(_PARENT_GONE)


atexit.register(let_go)
