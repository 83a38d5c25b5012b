"""Find a browser of the Chromium family and keep one running for printing.

The only module that starts one through choreographer. The browser lives in a thread with
its own event loop, so it serves callers inside and outside a running loop alike, and it is
killed when it does not answer in time.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Coroutine
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import suppress
from pathlib import Path
from typing import Any

from ektp_analytics.errors import EktpError, Finding

BROWSER_VARIABLE = "BROWSER_PATH"
START_LIMIT = 40.0  # seconds a browser may take to open
STOP_LIMIT = 15.0  # seconds it may take to close

# What the page and the pipe do not need, and what would ask the network for something.
QUIET = (
    "--disable-background-networking",
    "--disable-client-side-phishing-detection",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-quic",
    "--disable-translate",
    "--mute-audio",
    "--no-pings",
)


class BrowserProblem(EktpError):
    """No PDF can be printed on this computer; everything else can still be written."""

    def __init__(self, rule: str, **details: Any) -> None:
        self.finding = Finding(rule=rule, severity="warning", details=details)
        super().__init__(f"{self.finding.message} {self.finding.remedy}")


def find_browser() -> Path:
    """Return the browser to print with.

    Looks at ``BROWSER_PATH``, then on the search path and in the usual places for
    Chrome, Chromium, Edge, Brave and Vivaldi.

    Raises
    ------
    BrowserProblem
        When there is none, with one sentence on how to get one.
    """
    named = os.environ.get(BROWSER_VARIABLE)
    if named:
        if Path(named).is_file() and os.access(named, os.X_OK):
            return Path(named)
        raise BrowserProblem("browser_missing")
    from choreographer.browsers.chromium import Chromium

    found = Chromium.find_browser(skip_local=False)
    if found and Path(found).is_file():
        return Path(found)
    raise BrowserProblem("browser_missing")


def may_sandbox() -> bool:
    """Tell whether the browser's own sandbox can work for this user; never for root."""
    return os.name != "posix" or os.geteuid() != 0


class Browser:
    """One browser process, opened in the background and used until closed.

    Parameters
    ----------
    path
        Executable.
    sandbox
        Whether to ask for the sandbox; without success it is opened without.
    """

    def __init__(self, path: Path, sandbox: bool | None = None) -> None:
        self.path = path
        self.sandbox = may_sandbox() if sandbox is None else sandbox
        _quiet_log()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._work, name="ektp-browser", daemon=True)
        self._thread.start()
        self._opening = asyncio.run_coroutine_threadsafe(self._open(), self._loop)

    def ready(self) -> Any:
        """Wait until the browser is open and return choreographer's object.

        Raises
        ------
        BrowserProblem
            When it does not open.
        """
        try:
            return self._opening.result(START_LIMIT)
        except (TookTooLong, Exception) as problem:
            what = (str(problem).splitlines() or [type(problem).__name__])[0][:200]
            self.kill()
            raise BrowserProblem(
                "browser_not_started", browser=self.path.name, what=what or type(problem).__name__
            ) from problem

    def run(self, work: Coroutine[Any, Any, Any], limit: float) -> Any:
        """Run work in the browser's thread; after `limit` seconds the browser is killed.

        Raises
        ------
        TimeoutError
            When the work did not end in time.
        """
        waiting = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return waiting.result(limit)
        except TookTooLong:
            waiting.cancel()
            self.kill()
            raise
        except BaseException:
            waiting.cancel()
            raise

    def close(self) -> None:
        """Close the browser, by force if it does not close by itself; safe to call twice."""
        if self._loop.is_closed():
            return
        with suppress(TookTooLong, Exception):
            browser = self._opening.result(0) if self._opening.done() else None
            if browser is not None:
                asyncio.run_coroutine_threadsafe(browser.close(), self._loop).result(STOP_LIMIT)
        self.kill()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=STOP_LIMIT)

    def kill(self) -> None:
        """End the browser and all its processes at once."""
        process = getattr(self, "process", None)
        if process is not None and process.poll() is None:
            end_tree(process)

    @property
    def alive(self) -> bool:
        """Whether the browser can still be asked for something."""
        process = getattr(self, "process", None)
        return not self._opening.done() or (process is not None and process.poll() is None)

    def _work(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _open(self) -> Any:
        try:
            return await self._open_with(self.sandbox)
        except Exception:
            if not self.sandbox:
                raise
        self.sandbox = False  # containers often forbid what the sandbox needs
        return await self._open_with(sandbox=False)

    async def _open_with(self, sandbox: bool) -> Any:
        import choreographer

        browser = choreographer.Browser(
            path=str(self.path), browser_cls=_quiet_chromium(), enable_sandbox=sandbox
        )
        await browser.open()
        self.process = browser.subprocess
        if browser.get_tab() is None:
            raise RuntimeError("no tab")
        return browser


def _quiet_chromium() -> Any:
    """Return choreographer's Chromium with our switches added."""
    from choreographer.browsers.chromium import Chromium

    class QuietChromium(Chromium):
        """Chromium that asks the network for nothing."""

        def get_cli(self) -> Any:
            """Return the command line."""
            return [*super().get_cli(), *QUIET]

    return QuietChromium


def _quiet_log() -> None:
    """Keep choreographer's own remarks from the user; what matters is raised."""
    log = logging.getLogger("choreographer")
    if log.level == logging.NOTSET:
        log.setLevel(logging.CRITICAL)


def end_tree(process: subprocess.Popen[Any]) -> None:
    """Kill a process that leads its own group, and all it started."""
    with suppress(OSError, subprocess.SubprocessError):
        if sys.platform == "win32":
            command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(  # noqa: S603 - a number and our own words
                command, capture_output=True, timeout=STOP_LIMIT, check=False
            )
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=STOP_LIMIT)
