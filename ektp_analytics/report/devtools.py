"""What is asked of the browser for one page, in the words of its DevTools protocol."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ektp_analytics.report.page_numbers import page_numbers, script_of
from ektp_analytics.report.printed_numbers import changed_pages, stand_ins

PRINT_MARK = "#cetak"  # tells the page that it is drawn for print
OUTSIDE = ("http://*", "https://*", "ws://*", "wss://*", "ftp://*")
INSIDE = ("file:", "data:", "blob:", "about:")
# A number has a place of its own width, so that printing it moves nothing.
MOST_PRINTS = 3
_PRINT_OPTIONS: dict[str, Any] = {
    "printBackground": True,
    "preferCSSPageSize": True,
    "generateTaggedPDF": True,
    "generateDocumentOutline": True,
    "displayHeaderFooter": False,
}
_READY = """
new Promise((done) => {
  const look = () => window.reportReady ? done(JSON.stringify(window.reportReady))
                                        : setTimeout(look, 15);
  look();
})
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of a page.

    Attributes
    ----------
    ready
        What the page said of itself: charts, overflow, missing, blocked, headings; or error.
    outside
        Addresses outside this computer it asked for; none was answered.
    content
        What was made of it; empty after an error.
    """

    ready: dict[str, Any]
    outside: list[str]
    content: bytes


async def visit(browser: Any, page: Path, take: Callable[[Any], Awaitable[bytes]]) -> Visit:
    """Open a page in a new tab, wait until it is ready, make something of it, close the tab.

    Parameters
    ----------
    browser
        choreographer's open browser.
    page
        HTML file.
    take
        What to make of the tab: `pdf_of` or `picture_of`.
    """
    tab, outside = await watched_tab(browser)
    try:
        ready = await open_page(tab, page)
        content = b"" if "error" in ready else await take(tab)
        return Visit(ready, outside, content)
    finally:
        await tab.close()


async def watched_tab(browser: Any) -> tuple[Any, list[str]]:
    """Return a new tab for print, and the list of addresses outside that it will ask for."""
    tab = await browser.create_tab("about:blank")
    outside: list[str] = []

    async def note(event: dict[str, Any]) -> None:
        url = event["params"]["request"]["url"]
        if not url.startswith(INSIDE):
            outside.append(url)

    tab.subscribe("Network.requestWillBeSent", note)
    await ask(tab, "Network.enable")
    await ask(tab, "Network.setBlockedURLs", urls=list(OUTSIDE))
    await ask(tab, "Emulation.setEmulatedMedia", media="print")
    return tab, outside


async def open_page(tab: Any, page: Path, mark: str = PRINT_MARK) -> dict[str, Any]:
    """Open a page, for print unless `mark` is empty; return what it says when it is ready."""
    await ask(tab, "Page.enable")
    loaded = tab.subscribe_once("Page.loadEventFired")
    await ask(tab, "Page.navigate", url=page.as_uri() + mark)
    await loaded
    signal = await ask(tab, "Runtime.evaluate", expression=_READY, awaitPromise=True)
    ready: dict[str, Any] = json.loads(signal["result"]["value"])
    return ready


async def pdf_of(tab: Any) -> bytes:
    """Return the tab as a tagged PDF with an outline, on the page's own paper size."""
    printed = await ask(tab, "Page.printToPDF", **_PRINT_OPTIONS)
    return base64.b64decode(printed["data"])


class NumberedPrint:
    """Print a tab, and find out the page numbers for its table of contents.

    It is printed once, and again only where the numbers can't be put into what is printed.

    Parameters
    ----------
    headings
        Those of the table of contents, in its order.

    Attributes
    ----------
    numbers
        The page of each heading.
    changes
        Drawing commands, by index of the page, that put the numbers into the PDF.
    """

    def __init__(self, headings: Sequence[str]) -> None:
        self.headings = headings
        self.numbers: tuple[str, ...] = ()
        self.changes: Mapping[int, bytes] = {}

    async def __call__(self, tab: Any) -> bytes:
        """Return the tab as PDF."""
        self.numbers = stand_ins(len(self.headings))
        for _ in range(MOST_PRINTS):
            written = self.numbers
            await ask(tab, "Runtime.evaluate", expression=script_of(written))
            printed = await pdf_of(tab)
            self.numbers = page_numbers(printed, self.headings)
            if self.numbers == written:
                break
            changes = changed_pages(printed, written, self.numbers)
            if changes is not None:
                self.changes = changes
                break
        return printed


async def picture_of(tab: Any, width: int, height: int, scale: float) -> bytes:
    """Return the upper left `width` × `height` px of the tab as PNG.

    The tab comes to the front first: of one behind another no picture may ever come.
    """
    await ask(tab, "Page.bringToFront")
    size = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False}
    await ask(tab, "Emulation.setDeviceMetricsOverride", **size)
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    taken = await ask(tab, "Page.captureScreenshot", format="png", clip=clip)
    await ask(tab, "Emulation.clearDeviceMetricsOverride")
    return base64.b64decode(taken["data"])


async def ask(tab: Any, command: str, **params: Any) -> dict[str, Any]:
    """Send one command and return its result.

    Raises
    ------
    RuntimeError
        With the browser's words, when it refuses.
    """
    answer = await tab.send_command(command, params=params or None)
    if "error" in answer:
        raise RuntimeError(f"{command}: {answer['error'].get('message', '')}")
    result: dict[str, Any] = answer.get("result", {})
    return result
