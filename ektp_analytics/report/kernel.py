"""A notebook kernel of this very interpreter, kept in its own thread."""

from __future__ import annotations

import os
import queue
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop, run_sync

import ektp_analytics
from ektp_analytics.report.isolation import PLOTLY_RENDERER

START_LIMIT = 60  # seconds a kernel may take to answer
STOP_LIMIT = 5  # seconds a kernel may take to end by itself
# A file in the folder one stands in (yaml.py) must not take the place of an installed module.
_NO_FOLDER_FIRST = ("-P", "-m", "ipykernel_launcher")
_IGNORE_FOLDER = "--IPKernelApp.ignore_cwd=True"
_SOCKET_PATH_LIMIT = 100  # bytes; sun_path holds 104 on macOS, 108 on Linux
_SOCKET_SUFFIX = "/kernel-ipc-5"


class InterpreterKernelManager(AsyncKernelManager):
    """Start the kernel from ``sys.executable``, whatever kernels are installed by name.

    A kernel registered under a name may belong to another Python or be absent; this
    one always has the packages that this process has. Where the system offers them,
    it talks through local sockets in a private folder, so that parallel runs have no
    ports to fight over.
    """

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._private = Path(tempfile.mkdtemp(prefix="ektp-"))
        if local_sockets_fit(self._private):
            self.transport = "ipc"
        self.connection_file = str(self._private / "kernel.json")

    @property
    def kernel_spec(self) -> KernelSpec:
        """The kernel's command line and environment."""
        return KernelSpec(
            argv=[sys.executable, *_NO_FOLDER_FIRST, "-f", "{connection_file}", _IGNORE_FOLDER],
            display_name="Python",
            language="python",
            env={"PLOTLY_RENDERER": PLOTLY_RENDERER, "PYDEVD_DISABLE_FILE_VALIDATION": "1"},
        )

    async def cleanup_resources(self, restart: bool = False) -> None:  # type: ignore[override]
        """Remove the connection file, the sockets and their folder."""
        await super().cleanup_resources(restart=restart)
        if not restart:
            shutil.rmtree(self._private, ignore_errors=True)


def local_sockets_fit(folder: Path) -> bool:
    """Tell whether local sockets exist here and their path is short enough."""
    return os.name == "posix" and len(os.fsencode(folder)) + len(_SOCKET_SUFFIX) < (
        _SOCKET_PATH_LIMIT
    )


class Worker:
    """One thread with its own event loop, which runs one job after the other.

    The kernel's sockets belong to one event loop. A job of ours therefore always runs
    in this thread, whether or not the caller (a notebook, a server) has a loop running.
    """

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = (
            queue.SimpleQueue()
        )
        self._thread = threading.Thread(target=self._work, name="ektp-kernel", daemon=True)
        self._thread.start()

    def run(self, job: Callable[[], Any]) -> Any:
        """Run a job in the thread and return what it returns."""
        return self.begin(job).result()

    def begin(self, job: Callable[[], Any]) -> Future[Any]:
        """Let the thread run a job, and go on."""
        answer: Future[Any] = Future()
        self._jobs.put((answer, job))
        return answer

    def end(self) -> None:
        """Let the thread finish after the jobs that wait."""
        self._jobs.put(None)
        self._thread.join(timeout=STOP_LIMIT)

    def _work(self) -> None:
        # zmq needs a loop that can watch sockets; the default one of Windows can't.
        loop = ensure_event_loop(prefer_selector_loop=True)
        while (item := self._jobs.get()) is not None:
            answer, job = item
            try:
                answer.set_result(job())
            except BaseException as problem:  # noqa: BLE001 - handed to the caller's thread
                answer.set_exception(problem)
        loop.close()


class SharedKernel:
    """One running kernel with its client, for many runs in one process."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.worker = Worker()
        self.manager: Any = None
        self.client: Any = None

    def start(self) -> None:
        """Start the kernel unless it runs; call from the worker only."""
        if self.manager is None or not run_sync(self.manager.is_alive)():
            run_sync(self._start)()

    async def _start(self) -> None:
        await self._stop()
        self.manager = InterpreterKernelManager(kernel_name="python3")
        # No history file: kernels must not wait for each other's database.
        await self.manager.start_kernel(
            extra_arguments=["--HistoryManager.enabled=False"], cwd=str(Path.cwd())
        )
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.allow_stdin = False
        await self.client.wait_for_ready(timeout=START_LIMIT)

    def prepare(
        self,
        folder: Path,
        used: bool = True,
        lent: Path | None = None,
        modules: Sequence[str] = (),
    ) -> None:
        """Bring the kernel back to its fresh state, into a folder, with the runs lent to it."""
        home = str(Path(ektp_analytics.__file__).parents[1])
        # Written as expressions: no name may stay behind in the notebook's own.
        code = (
            f"(lambda path: {home!r} in path or path.append({home!r}))(__import__('sys').path)\n"
            "__import__('ektp_analytics.report.isolation', fromlist=['begin_run'])"
            f".begin_run({str(folder)!r}, used={used}, lent={lent and str(lent)!r}, "
            f"modules={tuple(modules)!r})"
        )
        reply = run_sync(self.client.execute_interactive)(
            code, silent=True, store_history=False, timeout=START_LIMIT, output_hook=_discard
        )
        if reply["content"]["status"] != "ok":
            raise RuntimeError(f"kernel not reset: {reply['content'].get('evalue')}")

    def stop(self) -> None:
        """End the kernel and its thread; safe to call twice."""
        if self.manager is not None:
            self.worker.run(run_sync(self._stop))
        self.worker.end()

    async def _stop(self) -> None:
        if self.client is not None:
            self.client.stop_channels()
        if self.manager is not None:
            if await self.manager.is_alive():
                await self.manager.shutdown_kernel(now=True)
            await self.manager.cleanup_resources()
        self.client = self.manager = None

    def kill(self) -> None:
        """End the kernel process at once, from any thread."""
        provisioner = getattr(self.manager, "provisioner", None)
        process = getattr(provisioner, "process", None)
        if process is not None:
            process.kill()


def _discard(message: object) -> None:
    """Drop an output of the preparation."""
