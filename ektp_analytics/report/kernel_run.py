"""Run the cells of one notebook in the shared kernel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NotebookExecutionManager
from papermill.iorw import write_ipynb
from papermill.log import logger

from ektp_analytics.report.kernel import START_LIMIT, SharedKernel


class WholeNotebook(NotebookExecutionManager):  # type: ignore[misc]
    """Write nothing after each cell.

    papermill writes the notebook when its cells have run or one has failed; `keep` writes one
    that was cut short.
    """

    def save(self, **kwargs: Any) -> None:
        """Keep the notebook in memory."""

    def autosave_cell(self) -> None:
        """Keep the notebook in memory."""

    def keep(self) -> None:
        """Close the record of a notebook that was cut short, and write it as far as it came."""
        self.notebook_complete()
        if self.output_path:
            write_ipynb(self.nb, self.output_path)


def run_cells(
    record: WholeNotebook, kernel: SharedKernel, lent: Path | None = None, **options: Any
) -> None:
    """Run all cells in the kernel, which is brought back to its fresh state before.

    Raises
    ------
    nbclient.exceptions.DeadKernelError, CellTimeoutError
        When the kernel ends or a cell takes too long; the kernel is then of no use.
    """
    folder = Path.cwd()

    def job() -> None:
        kernel.start()
        kernel.prepare(folder, lent=lent)
        _client(record, kernel, **options).execute()

    kernel.worker.run(job)


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
) -> Any:
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
