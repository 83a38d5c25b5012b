"""What is asked of the browser for one page, in the words of its DevTools protocol."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ektp_analytics.report.page_numbers import page_numbers, script_of

PRINT_MARK = "#cetak"  # tells the page that it is drawn for print
OUTSIDE = ("http://*", "https://*", "ws://*", "wss://*", "ftp://*")
INSIDE = ("file:", "data:", "blob:", "about:")
# A number has a place of its own width, so that the second print moves nothing.
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


async def pdf_with_numbers(tab: Any, headings: Sequence[str], guess: Sequence[str] = ()) -> bytes:
    """Return the tab as PDF, with the pages of these headings in its table of contents.

    Parameters
    ----------
    tab
        An open page.
    headings
        Those of the table of contents, in its order.
    guess
        Numbers to begin with, such as those of the report before; where they are right, one
        print is enough.
    """
    numbers: Sequence[str] = tuple(guess)
    for _ in range(MOST_PRINTS):
        written = numbers
        await ask(tab, "Runtime.evaluate", expression=script_of(written))
        printed = await pdf_of(tab)
        numbers = page_numbers(printed, headings)
        if numbers == written:
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
