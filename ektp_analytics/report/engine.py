"""A papermill engine that keeps one kernel for all runs of a process.

Starting a kernel and importing pandas, scipy and plotly takes most of a report's time;
with this engine it is paid once. Meant for papermill's entry point group
``papermill.engine`` under the name ``ektp``. papermill loads its entry points while it is
itself being imported, so this module must not import papermill at its top.
"""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

LANGUAGE = "python"
KERNEL_NAME = "python3"  # only a label: the kernel is this interpreter's own


class ReusedKernelEngine:
    """Run notebooks one after the other in one kernel, each as if it were fresh.

    Has the three methods papermill asks of an engine.
    """

    lock = threading.RLock()
    kernel: Any = None

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """Return the kernel's label; what the notebook's metadata names is not asked for."""
        return KERNEL_NAME

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        """Return the language parameters are written in."""
        return LANGUAGE

    @classmethod
    def execute_notebook(
        cls,
        nb: Any,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: bool | dict[str, Any] = False,
        log_output: bool = False,
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
            Where a notebook that was cut short is written; papermill writes one whose cells
            have run. Nothing is saved between cells.
        progress_bar, log_output
            As in papermill.
        **options
            ``execution_timeout`` in seconds per cell, ``stdout_file``, ``stderr_file``,
            ``lent`` (file of `lent_runs.lend`); others of papermill's own engine have no effect.

        Raises
        ------
        nbclient.exceptions.DeadKernelError, CellTimeoutError
            When the kernel ends or a cell takes too long; the notebook so far has been
            written.
        """
        from ektp_analytics.report.kernel_run import WholeNotebook, run_cells

        record = WholeNotebook(
            nb, output_path=output_path, log_output=log_output, progress_bar=progress_bar
        )
        record.notebook_start()
        try:
            with cls.lock:
                run_cells(record, cls.running_kernel(), log_output=log_output, **options)
        except BaseException:  # a kernel that did not finish is not trusted again
            shutdown_kernel()
            record.keep()
            raise
        finally:
            record.cleanup_pbar()
        record.notebook_complete()
        return record.nb

    @classmethod
    def running_kernel(cls) -> Any:
        """Return this process's kernel; one inherited through a fork is not ours."""
        from ektp_analytics.report.kernel import SharedKernel

        if cls.kernel is None or cls.kernel.process != os.getpid():
            cls.kernel = SharedKernel()
        return cls.kernel


def warm_up(modules: Sequence[str] = ()) -> None:
    """Start the kernel in the background, so that the first notebook finds it ready.

    A kernel that cannot be started is reported by the run that needs it.

    Parameters
    ----------
    modules
        What it loads meanwhile, beside the libraries every notebook needs.
    """
    with ReusedKernelEngine.lock:
        kernel = ReusedKernelEngine.running_kernel()
        folder = Path.cwd()

        def job() -> None:
            kernel.start()
            kernel.prepare(folder, used=False, modules=modules)

        kernel.worker.begin(job)


def shutdown_kernel() -> None:
    """End the kernel of this process, if there is one; the next run starts another."""
    kernel, ReusedKernelEngine.kernel = ReusedKernelEngine.kernel, None
    if kernel is None or kernel.process != os.getpid():
        return
    kernel.kill()
    kernel.stop()


atexit.register(shutdown_kernel)
