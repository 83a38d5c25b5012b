"""Print a report page as a PDF, and make sure that nothing is missing in it.

The browser is driven through its DevTools: it loads the page, waits until the page says
that every chart is drawn, and prints a tagged PDF with an outline. Then pages and
charts are counted, title and author are set, and the file moves into place. A browser
that cannot be driven is asked to print by its command line instead; the result says so.
"""

from __future__ import annotations

import os
import re
import tempfile
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from ektp_analytics.errors import EktpError, Finding
from ektp_analytics.report.browser import Browser, BrowserProblem, find_browser
from ektp_analytics.report.devtools import NumberedPrint, Visit, pdf_of, picture_of, visit
from ektp_analytics.report.page import bare_page, whole_page
from ektp_analytics.report.page_numbers import page_numbers, with_page_numbers
from ektp_analytics.report.pdf_fallback import printed_plainly
from ektp_analytics.report.pdf_file import PdfFailed, finished_pdf
from ektp_analytics.report.publish import put_in_place
from ektp_analytics.report.warm_tabs import WarmTabs, may_share

Made = TypeVar("Made")
PRINT_LIMIT = 180.0  # seconds one report may take to draw and print
_PLOT = re.compile(r'<div\b[^>]*\bclass="plot[ "]')


@dataclass(frozen=True, slots=True)
class PrintedPdf:
    """A PDF that was printed and checked.

    Attributes
    ----------
    path
        Where it is.
    pages, charts
        Pages in the file, charts drawn.
    findings
        What should be known: parts wider than the page, signs without a glyph, the
        fallback.
    numbers
        Page number of each heading of the table of contents.
    """

    path: Path
    pages: int
    charts: int
    findings: tuple[Finding, ...] = ()
    numbers: tuple[str, ...] = ()


class PdfPrinter:
    """A warm browser that prints one page after the other.

    Use it as a context manager around a whole run; the browser opens in the background
    while other work goes on, and closes at the end.

    Parameters
    ----------
    browser
        Executable; found by `find_browser` if not given.
    limit
        Seconds one page may take; then the browser is killed and the next page gets a
        new one.

    Raises
    ------
    BrowserProblem
        When no browser is found, before anything else is done.

    Examples
    --------
    >>> with PdfPrinter() as printer:  # doctest: +SKIP
    ...     printer.print_page(html, Path("laporan.pdf"), author="Disdukcapil …")
    """

    def __init__(self, browser: Path | None = None, limit: float = PRINT_LIMIT) -> None:
        self.path = browser or find_browser()
        self.limit = limit
        self._opening = threading.Lock()
        self._browser: Browser | None = Browser(self.path)
        self._tabs: WarmTabs | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the browser; safe to call twice."""
        browser, self._browser = self._browser, None
        if browser is not None:
            browser.close()

    def warm_up(self) -> None:
        """Open a tab in the background, so that the first page finds plotly and fonts loaded.

        A browser that cannot is told by the page that needs it.
        """

        def opened() -> None:
            with suppress(EktpError):
                self.within(lambda browser: self.warm_tabs(browser).warm_up(), "-")

        threading.Thread(target=opened, name="ektp-warm", daemon=True).start()

    def print_page(
        self, html: str, target: Path, *, author: str = "", contents: Sequence[str] = ()
    ) -> PrintedPdf:
        """Print one HTML page to a PDF file.

        Parameters
        ----------
        html
            A page of `build_page`, `bare_report` or `page_of`.
        target
            The PDF; an old one is replaced only when the new one is whole.
        author
            Author in the document's metadata.
        contents
            Headings whose page numbers go into the table of contents, in its order.

        Returns
        -------
        PrintedPdf
            Pages, charts and what should be known.

        Raises
        ------
        PdfFailed
            When the page is not ready within the limit, a chart is missing, no page came
            out, or the page asked for anything outside this computer.
        BrowserProblem
            When the browser can't be started, neither driven nor by its command line.
        Refused
            When the old file is open elsewhere.
        """
        bare = bare_page(html)
        charts = len(_PLOT.findall(bare))
        try:
            numbered = NumberedPrint(contents)
            seen = self._visit(bare, target.name, numbered if contents else pdf_of)
            content, headings = seen.content, seen.ready.get("headings", [])
            numbers, changes = numbered.numbers, numbered.changes
            findings = _judge(seen, target.name, charts)
        except BrowserProblem:
            content, headings = self._printed_plainly(bare, target.name, contents), []
            note = Finding(rule="pdf_printed_plainly", severity="warning", file=target.name)
            findings = (note,)
            numbers = page_numbers(content, contents) if contents else ()
            changes = {}
        finished, pages = finished_pdf(content, target.name, charts, author, headings, changes)
        _write(finished, target)
        return PrintedPdf(target, pages, charts, findings, numbers)

    def _printed_plainly(self, bare: str, name: str, contents: Sequence[str]) -> bytes:
        """Print by the command line; where there is a table of contents, twice."""
        with self._page_file(bare) as page:
            content = printed_plainly(self.path, page, name, self.limit)
        if not contents:
            return content
        with self._page_file(with_page_numbers(bare, page_numbers(content, contents))) as page:
            return printed_plainly(self.path, page, name, self.limit)

    @contextmanager
    def _page_file(self, bare: str) -> Iterator[Path]:
        """Keep a page in a file that the browser can open."""
        with tempfile.TemporaryDirectory(prefix="ektp-", dir=visible_folder(self.path)) as folder:
            page = Path(folder) / "halaman.html"
            page.write_text(whole_page(bare), encoding="utf-8")
            yield page

    def take_picture(
        self, html: str, target: Path, *, width: int, height: int, scale: float = 2.0
    ) -> tuple[Finding, ...]:
        """Take a PNG picture of a page that fits on one sheet (a poster).

        Parameters
        ----------
        html, target
            As for `print_page`.
        width, height
            Size of the sheet in px at 96 to the inch.
        scale
            Picture points per px; 2 gives 192 to the inch.

        Returns
        -------
        tuple of Finding
            Parts wider than the page and signs without a glyph.

        Raises
        ------
        PdfFailed, BrowserProblem, Refused
            As for `print_page`; there is no fallback.
        """
        take = partial(picture_of, width=width, height=height, scale=scale)
        bare = bare_page(html)
        seen = self._visit(bare, target.name, take)
        findings = _judge(seen, target.name, len(_PLOT.findall(bare)))
        _write(seen.content, target)
        return findings

    def _visit(self, bare: str, name: str, take: Callable[[Any], Awaitable[bytes]]) -> Visit:
        """Let the browser show a page, and make something of it within the limit."""

        async def shown(browser: Any) -> Visit:
            return await self.warm_tabs(browser).visit(bare, take)

        if may_share(bare):
            return self.within(shown, name)
        with self._page_file(bare) as page:
            return self.within(partial(visit, page=page, take=take), name)

    def warm_tabs(self, browser: Any) -> WarmTabs:
        """Return the warm tabs of the open browser."""
        if self._tabs is None or self._tabs.browser is not browser:
            self._tabs = WarmTabs(browser, visible_folder(self.path))
        return self._tabs

    def within(
        self,
        work: Callable[[Any], Coroutine[Any, Any, Made]],
        name: str,
        limit: float | None = None,
    ) -> Made:
        """Let the open browser do work within the limit; one that takes too long is ended.

        Several threads may ask at once, each in a tab of its own.

        Parameters
        ----------
        work
            Takes choreographer's browser and returns what is to be done in it.
        name
            What is made, for messages.
        limit
            Seconds; the printer's own by default.

        Raises
        ------
        PdfFailed
            When it takes too long or fails.
        BrowserProblem
            When the browser can't be started.
        """
        with self._opening:
            if self._browser is None or not self._browser.alive:
                self.close()
                self._browser = Browser(self.path)
            browser = self._browser
        opened = browser.ready()
        seconds = self.limit if limit is None else limit
        try:
            made: Made = browser.run(work(opened), seconds)
        except TookTooLong as problem:
            raise PdfFailed("pdf_too_slow", name, limit=float(seconds)) from problem
        except Exception as problem:
            what = (str(problem).splitlines() or [type(problem).__name__])[0][:200]
            raise PdfFailed("pdf_page_failed", name, what=what) from problem
        return made

    def leave(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do a last thing in the browser, such as closing a tab, if it is still open."""
        if self._browser is None or not self._browser.alive:
            work.close()
            return
        with suppress(Exception):
            self._browser.run(work, self.limit)


def _judge(seen: Visit, name: str, charts: int) -> tuple[Finding, ...]:
    """Stop for what must not be published; return what should be known."""
    ready = seen.ready
    if "error" in ready:
        raise PdfFailed("pdf_page_failed", name, what=str(ready["error"])[:200])
    if asked := [*seen.outside, *ready["blocked"]]:
        raise PdfFailed("pdf_asks_outside", name, what=str(asked[0])[:120])
    if ready["charts"] != charts:
        raise PdfFailed("pdf_incomplete", name, what=f"{ready['charts']} dari {charts} gambar")
    wide = [("page_too_wide", part) for part in ready["overflow"]]
    signs = [("sign_without_glyph", " ".join(ready["missing"]))] if ready["missing"] else []
    return tuple(
        Finding(rule=rule, severity="warning", file=name, details={"what": what})
        for rule, what in wide + signs
    )


def _write(content: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, new = tempfile.mkstemp(dir=target.parent, prefix=".ektp-", suffix=target.suffix)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    put_in_place(Path(new), target)


def visible_folder(browser: Path) -> Path | None:
    """Return a folder the browser can read: one packed by snap does not see /tmp."""
    return Path.home() if "snap" in str(browser.resolve()) else None
