"""Charts as PNG for Word, taken in the browser that prints the PDF.

Each chart is drawn in a tab that has plotly and the report's fonts already, and photographed:
a chart in Word has the same letters as in the PDF, and no second browser is started.
"""

from __future__ import annotations

import json
from functools import partial
from math import ceil
from types import TracebackType
from typing import Any, Self

from ektp_analytics.errors import EktpError, Language
from ektp_analytics.report.browser import BrowserProblem
from ektp_analytics.report.devtools import ask, picture_of
from ektp_analytics.report.figure import Plot
from ektp_analytics.report.pdf import PdfPrinter
from ektp_analytics.report.pdf_file import PdfFailed
from ektp_analytics.report.warm_tabs import WarmTab, WarmTabs

PICTURE_LIMIT = 30.0  # seconds for one picture, the start of the browser included
SCALE = 2.5  # points of the picture per px: 240 to the inch, sharp in print


class StillCamera:
    """Takes pictures of charts in a tab of a warm browser.

    Use it as a context manager around a whole run; it takes a tab with the first picture and
    gives it back at the end. The browser stays open.

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
        self._tabs: WarmTabs | None = None
        self._warm: WarmTab | None = None
        self._sound = True

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
            self._sound = False
            raise BrowserProblem("still_failed", what=_short(problem)) from problem

    def close(self) -> None:
        """Give the tab back; safe to call twice."""
        warm, self._warm = self._warm, None
        if warm is not None and self._tabs is not None:
            self._printer.leave(self._tabs.returned(warm, sound=self._sound))

    async def _taken(self, plot: Plot, scale: float, browser: Any) -> bytes:
        """Draw a chart in the tab of this browser and return its picture."""
        tabs = self._printer.warm_tabs(browser)
        if self._warm is None or tabs is not self._tabs:
            self._tabs, self._warm = tabs, await tabs.taken()
        tab = self._warm.tab
        call = f"drawStill({json.dumps(plot.to_json())}, {json.dumps(self._lang)})"
        drawn = await ask(tab, "Runtime.evaluate", expression=call, awaitPromise=True)
        if "exceptionDetails" in drawn:
            raise RuntimeError(str(drawn["result"].get("description", "plotly")))
        size = {"width": ceil(plot.width), "height": ceil(plot.height)}
        return await picture_of(tab, **size, scale=scale)


def _short(problem: EktpError) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0][:200]
