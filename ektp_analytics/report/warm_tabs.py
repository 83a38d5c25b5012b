"""Tabs in which plotly and the fonts are loaded: the next page takes the place of the last.

Loading them anew is half of what printing a page takes. A page with a program of its own is
never put into such a tab (`may_share`); one that failed leaves no tab behind.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from ektp_analytics.report.devtools import Visit, ask, open_page, watched_tab
from ektp_analytics.report.page import empty_page

# A tab is closed after so many pages, so that nothing a browser keeps can pile up.
PAGES_OF_A_TAB = 200
_PROGRAM = re.compile(r"<script(?![^>]*\btype=\"application/json\")", re.IGNORECASE)
_HANDLER = re.compile(r"<[^>]*\son\w+\s*=", re.IGNORECASE)


class WarmTab:
    """One tab, the addresses it asked for, and how many pages it has shown."""

    def __init__(self, tab: Any, outside: list[str]) -> None:
        self.tab, self.outside, self.shown = tab, outside, 0

    async def show(self, html: str) -> dict[str, Any]:
        """Show a page in place of the last one; return what it says when it is ready."""
        self.shown += 1
        self.outside.clear()
        call = f"showPage({json.dumps(html)})"
        answer = await ask(self.tab, "Runtime.evaluate", expression=call, awaitPromise=True)
        ready: dict[str, Any] = json.loads(answer["result"]["value"])
        return ready


class WarmTabs:
    """The warm tabs of one browser, each used by one page at a time.

    Parameters
    ----------
    browser
        choreographer's open browser.
    folder
        Where the empty page is written while a tab opens it; the system's own by default.
    """

    def __init__(self, browser: Any, folder: Path | None = None) -> None:
        self.browser, self._folder = browser, folder
        self._free: list[WarmTab] = []

    async def visit(self, html: str, take: Callable[[Any], Awaitable[bytes]]) -> Visit:
        """Show a page and make something of it.

        Parameters
        ----------
        html
            What `bare_page` leaves of a page, without a program of its own.
        take
            What to make of the tab.
        """
        warm = await self.taken()
        try:
            ready = await warm.show(html)
            content = b"" if "error" in ready else await take(warm.tab)
        except BaseException:
            await warm.tab.close()
            raise
        outside = list(warm.outside)
        await self.returned(warm, sound="error" not in ready and not outside)
        return Visit(ready, outside, content)

    async def warm_up(self) -> None:
        """Open a tab before a page needs it."""
        if not self._free:
            self._free.append(await self._opened())

    async def taken(self) -> WarmTab:
        """Return a tab for the caller alone, until it is `returned`."""
        return self._free.pop() if self._free else await self._opened()

    async def returned(self, warm: WarmTab, *, sound: bool = True) -> None:
        """Keep a tab for the next page, or close one that failed or has served its time."""
        if sound and warm.shown < PAGES_OF_A_TAB:
            self._free.append(warm)
        else:
            await warm.tab.close()

    async def _opened(self) -> WarmTab:
        tab, outside = await watched_tab(self.browser)
        with tempfile.TemporaryDirectory(prefix="ektp-", dir=self._folder) as scratch:
            page = Path(scratch) / "halaman.html"
            page.write_text(empty_page(), encoding="utf-8")
            await open_page(tab, page)
        # The browser's first, empty tab covers it: what nobody sees is printed, not painted.
        await ask(self.browser.get_tab(), "Page.bringToFront")
        return WarmTab(tab, outside)


def may_share(html: str) -> bool:
    """Tell whether what `bare_page` leaves of a page has no program of its own."""
    return not _PROGRAM.search(html) and not _HANDLER.search(html)
