"""Charts as PNG for Word, taken in the browser that prints the PDF.

One tab holds a page with plotly and the report's fonts; each chart is drawn there and
photographed, so that a chart in Word has the same letters as in the PDF and no second
browser is started.
"""

from __future__ import annotations

import json
import tempfile
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ektp_analytics.errors import EktpError, Language
from ektp_analytics.report.browser import BrowserProblem
from ektp_analytics.report.devtools import ask, open_page, picture_of
from ektp_analytics.report.figure import Plot
from ektp_analytics.report.page import still_page
from ektp_analytics.report.pdf import PdfPrinter, visible_folder
from ektp_analytics.report.pdf_file import PdfFailed

PICTURE_LIMIT = 30.0  # seconds for one picture, the start of the browser included
SCALE = 2.5  # points of the picture per px: 240 to the inch, sharp in print


class StillCamera:
    """Takes pictures of charts in a tab of a warm browser.

    Use it as a context manager around a whole run; its tab opens with the first picture and
    closes at the end. The browser stays open.

    Parameters
    ----------
    printer
        The browser.
    lang
        Language of months and decimal marks.
    limit
        Seconds one picture may take.
    """

    def __init__(
        self, printer: PdfPrinter, lang: Language = "id", limit: float = PICTURE_LIMIT
    ) -> None:
        self._printer, self._lang, self._limit = printer, lang, limit
        self._browser: Any = None
        self._tab: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def picture(self, plot: Plot, scale: float = SCALE) -> bytes:
        """Return a chart as PNG.

        Parameters
        ----------
        plot
            The drawn figure; its size in px is kept.
        scale
            Points of the picture per px.

        Raises
        ------
        BrowserProblem
            When the picture is not there in time.
        """
        try:
            return self._printer.within(partial(self._taken, plot, scale), "PNG", self._limit)
        except PdfFailed as problem:
            raise BrowserProblem("still_failed", what=_short(problem)) from problem

    def close(self) -> None:
        """Close the tab; safe to call twice."""
        tab, self._tab = self._tab, None
        if tab is not None:
            self._printer.leave(tab.close())

    async def _taken(self, plot: Plot, scale: float, browser: Any) -> bytes:
        """Draw a chart in the tab of this browser and return its picture."""
        if self._tab is None or browser is not self._browser:
            self._browser, self._tab = browser, await self._opened(browser)
        figure = json.dumps(plot.to_json())
        drawn = await ask(
            self._tab, "Runtime.evaluate", expression=f"drawStill({figure})", awaitPromise=True
        )
        if "exceptionDetails" in drawn:
            raise RuntimeError(str(drawn["result"].get("description", "plotly")))
        size = {"width": round(plot.width), "height": round(plot.height)}
        return await picture_of(self._tab, **size, scale=scale)

    async def _opened(self, browser: Any) -> Any:
        """Open the page of charts in a new tab."""
        tab = await browser.create_tab("about:blank")
        folder = visible_folder(self._printer.path)
        with tempfile.TemporaryDirectory(prefix="ektp-", dir=folder) as scratch:
            page = Path(scratch) / "gambar.html"
            page.write_text(still_page(self._lang), encoding="utf-8")
            ready = await open_page(tab, page)
        if "error" in ready:
            raise RuntimeError(str(ready["error"]))
        return tab


def _short(problem: EktpError) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0][:200]
