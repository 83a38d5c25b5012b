"""Charts as PNG for Word: one kaleido server per run, started once, with the report's fonts.

kaleido draws an SVG and turns it into a picture, which sees no font of the page around it;
``template/still.js`` writes the fonts into the SVG first, so that a chart in Word has the
same letters as in the PDF.
"""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ektp_analytics.report.browser import BrowserProblem, find_browser, may_sandbox
from ektp_analytics.report.figure import Plot
from ektp_analytics.report.page import FONTS
from ektp_analytics.report.template_text import template_text

START_LIMIT = 60.0  # seconds until the first picture, the start of the browser included
PICTURE_LIMIT = 20.0  # seconds for one picture
SCALE = 2.5  # points of the picture per px: 240 to the inch, sharp in print
_CHART_FAMILY = "Source Sans Pro"


class StillCamera:
    """Takes pictures of charts.

    Use it as a context manager around a whole run; its browser opens in the background
    while other work goes on, and closes at the end.

    Parameters
    ----------
    browser
        Executable; found by `find_browser` if not given.

    Raises
    ------
    BrowserProblem
        When no browser is found, or kaleido (the extra ``image``) is not installed.
    """

    def __init__(self, browser: Path | None = None) -> None:
        self.path = browser or find_browser()
        self._kaleido = _kaleido()
        self._limit = START_LIMIT
        self._running = True
        self._kaleido.start_sync_server(
            n=1,
            timeout=PICTURE_LIMIT,
            page_generator=_Page(self._kaleido),
            path=str(self.path),
            enable_sandbox=may_sandbox(),
            silence_warnings=True,
        )

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
        size = {"width": plot.width, "height": plot.height, "scale": scale, "format": "png"}
        taken: bytes = self._within(
            self._limit, lambda: self._kaleido.calc_fig_sync(plot.to_json(), opts=size)
        )
        self._limit = PICTURE_LIMIT
        return taken

    def close(self) -> None:
        """Stop the server; safe to call twice."""
        if self._running:
            self._running = False
            self._within(
                PICTURE_LIMIT, lambda: self._kaleido.stop_sync_server(silence_warnings=True)
            )

    def _within(self, limit: float, work: Callable[[], Any]) -> Any:
        """Do work in a thread that may be given up: a dead server would wait for ever."""
        done: list[Any] = []
        failed: list[BaseException] = []

        def run() -> None:
            try:
                done.append(work())
            except BaseException as problem:  # noqa: BLE001 - handed to the caller below
                failed.append(problem)

        thread = threading.Thread(target=run, name="ektp-still", daemon=True)
        thread.start()
        thread.join(limit)
        if done:
            return done[0]
        problem = failed[0] if failed else TimeoutError(f"{limit:g} s")
        raise BrowserProblem("still_failed", what=_short(problem)) from problem


class _Page:
    """The page kaleido draws in: its own, with our fonts, our Indonesian and no network."""

    def __init__(self, kaleido: Any) -> None:
        self._own = kaleido.PageGenerator(mathjax=False)

    def generate_index(self) -> str:
        """Return the page."""
        page: str = self._own.generate_index()
        ours = (
            f'<style id="report-fonts">{_font_faces()}</style>\n'
            f"<script>{template_text('locale-id.js')}</script>\n"
            f"<script>{template_text('still.js')}</script>\n</head>"
        )
        return page.replace("</head>", ours, 1)


def _kaleido() -> Any:
    """Return kaleido, or say how to get it."""
    try:
        import kaleido
    except ImportError as problem:
        raise BrowserProblem("still_not_installed") from problem
    return kaleido


@cache
def _font_faces() -> str:
    """Return the style rules of the fonts charts are set in."""
    rules = []
    for family, weight, style, package, file in FONTS:
        if family == _CHART_FAMILY:
            content = (resources.files(package) / "files" / file).read_bytes()
            address = f"data:font/ttf;base64,{base64.b64encode(content).decode('ascii')}"
            rules.append(
                f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
                f'font-style: {style}; src: url("{address}") format("truetype"); }}'
            )
    return "\n".join(rules)


def _short(problem: BaseException) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0][:200]
