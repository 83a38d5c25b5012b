"""A papermill engine that keeps one kernel for all runs of a process.

Starting a kernel and importing pandas, scipy and plotly takes most of a report's time;
with this engine it is paid once. Registered as ``ektp`` under ``papermill.engine``, so
papermill's own command can use it: ``papermill --engine ektp in.ipynb out.ipynb``.
"""

from __future__ import annotations

import atexit
import os
import threading
from pathlib import Path
from typing import Any

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager
from papermill.iorw import write_ipynb
from papermill.log import logger

from ektp_analytics.report.kernel import START_LIMIT, SharedKernel

_lock = threading.RLock()
_kernel: SharedKernel | None = None


class WholeNotebook(NotebookExecutionManager):  # type: ignore[misc]
    """Write the notebook once, when it is finished or has failed, not after each cell."""

    def save(self, **kwargs: Any) -> None:
        """Keep the notebook in memory."""

    def autosave_cell(self) -> None:
        """Keep the notebook in memory."""

    def notebook_complete(self, **kwargs: Any) -> None:
        """Close the record and write the notebook."""
        super().notebook_complete(**kwargs)
        if self.output_path:
            write_ipynb(self.nb, self.output_path)


class ReusedKernelEngine(Engine):  # type: ignore[misc]
    """Run notebooks one after the other in one kernel, each as if it were fresh."""

    @classmethod
    def execute_notebook(
        cls,
        nb: Any,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: bool | dict[str, Any] = False,
        log_output: bool = False,
        autosave_cell_every: int = 0,
        **options: Any,
    ) -> Any:
        """Run all cells of a notebook and return it with its outputs.

        Parameters
        ----------
        nb
            Notebook node; changed in place.
        kernel_name
            Not used: the kernel is this interpreter's own.
        output_path
            Where the notebook is written when it is finished or has failed.
        progress_bar, log_output, autosave_cell_every
            As in papermill; nothing is saved between cells.
        **options
            ``execution_timeout`` in seconds per cell, ``stdout_file``, ``stderr_file``.

        Raises
        ------
        nbclient.exceptions.DeadKernelError
            When the kernel ends in the middle; the notebook so far has been written.
        """
        record = WholeNotebook(
            nb, output_path=output_path, log_output=log_output, progress_bar=progress_bar
        )
        record.notebook_start()
        try:
            with _lock:
                _run_cells(record, log_output=log_output, **options)
        finally:
            record.cleanup_pbar()
            record.notebook_complete()
        return record.nb


def _run_cells(record: WholeNotebook, **options: Any) -> None:
    kernel = _running_kernel()
    folder = Path.cwd()

    def job() -> None:
        kernel.start()
        kernel.prepare(folder)
        _client(record, kernel, **options).execute()

    try:
        kernel.worker.run(job)
    except BaseException:  # a kernel that did not finish is not trusted again
        shutdown_kernel()
        raise


def _client(
    record: WholeNotebook,
    kernel: SharedKernel,
    *,
    log_output: bool = False,
    start_timeout: int = START_LIMIT,
    execution_timeout: int | None = None,
    stdout_file: Any = None,
    stderr_file: Any = None,
    **_: Any,
) -> PapermillNotebookClient:
    client = PapermillNotebookClient(
        record,
        km=kernel.manager,
        log=logger,
        log_output=log_output,
        startup_timeout=start_timeout,
        timeout=execution_timeout,
        stdout_file=stdout_file,
        stderr_file=stderr_file,
    )
    client.kc = kernel.client
    return client


def _running_kernel() -> SharedKernel:
    """Return this process's kernel; one inherited through a fork is not ours."""
    global _kernel
    if _kernel is None or _kernel.process != os.getpid():
        _kernel = SharedKernel()
    return _kernel


def shutdown_kernel() -> None:
    """End the kernel of this process, if there is one; the next run starts another."""
    global _kernel
    kernel, _kernel = _kernel, None
    if kernel is None or kernel.process != os.getpid():
        return
    kernel.kill()
    kernel.stop()


atexit.register(shutdown_kernel)
