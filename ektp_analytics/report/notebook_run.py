"""Run a notebook with parameters, strictly: the right report or none.

On top of papermill: a misspelt parameter stops the run, values keep their kind, the
kernel is this interpreter's own, a running event loop does no harm, and an output file
appears only when the whole notebook has run. What a failed run had done so far is kept
aside for whoever looks into it.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

import ektp_analytics
from ektp_analytics.errors import EktpError, Finding, refuse
from ektp_analytics.report.parameters import (
    INJECTED_TAG,
    checked_parameters,
    declared_parameters,
)
from ektp_analytics.report.publish import put_in_place

CELL_LIMIT = 900  # seconds one cell may take
_COLOUR = re.compile("\x1b\\[[0-9;]*m")

EngineName = Literal["ektp", "papermill"]


class NotebookFailed(EktpError):
    """A notebook stopped through a defect: an error in a cell, or its kernel ended.

    Attributes
    ----------
    finding
        What happened, in both languages.
    partial
        The notebook as far as it got, or None.
    traceback
        Python's own account, for the log file.
    """

    def __init__(self, finding: Finding, partial: Path | None, traceback: str = "") -> None:
        self.finding = finding
        self.partial = partial
        self.traceback = traceback
        super().__init__(f"{finding.message} {finding.remedy}")


@dataclass(frozen=True, slots=True)
class NotebookRun:
    """A notebook that ran to its end.

    Attributes
    ----------
    name
        File name of the notebook.
    notebook
        Node with all outputs.
    parameters
        Every parameter with the value it had.
    output
        Where it was written, or None.
    """

    name: str
    notebook: Any = field(repr=False)
    parameters: dict[str, Any]
    output: Path | None = None


def bundled_notebooks() -> dict[str, Traversable]:
    """Return the notebooks that come with the package, by name without ending.

    An installed wheel carries them inside the package; a checkout has them beside it.
    """
    inside = resources.files("ektp_analytics") / "notebooks"
    checkout = Path(ektp_analytics.__file__).parents[1]
    beside = checkout / "notebooks"
    if inside.is_dir():
        folder: Traversable = inside
    elif beside.is_dir() and (checkout / "pyproject.toml").is_file():
        folder = beside
    else:
        return {}
    files = sorted(folder.iterdir(), key=lambda item: item.name)
    return {f.name.removesuffix(".ipynb"): f for f in files if f.name.endswith(".ipynb")}


def find_notebook(name: str | Path) -> Traversable:
    """Find a notebook by path, or a bundled one by its name.

    Raises
    ------
    Refused
        When there is none; the bundled names are listed.
    """
    path = Path(name)
    if path.is_file():
        return path
    bundled = bundled_notebooks()
    if str(name) in bundled:
        return bundled[str(name)]
    raise refuse("notebook_missing", file=path.name, known=", ".join(bundled) or "–")


def run_notebook(
    notebook: str | Path,
    parameters: Mapping[str, Any],
    output: Path | None = None,
    *,
    folder: Path | None = None,
    engine: EngineName = "ektp",
    failed_folder: Path | None = None,
    cell_limit: int = CELL_LIMIT,
) -> NotebookRun:
    """Run a notebook from top to bottom with the given parameters.

    Parameters
    ----------
    notebook
        Path, or the name of a bundled notebook.
    parameters
        Values by name; see `checked_parameters` for what is accepted.
    output
        Where to write the notebook with its outputs; replaced only after success.
    folder
        Working folder of the notebook; the current one by default.
    engine
        ``ektp`` reuses one kernel per process, ``papermill`` starts one for this run.
    failed_folder
        Where a notebook that failed is kept (``<name>.gagal.ipynb``); beside `output`
        by default, nowhere without either.
    cell_limit
        Seconds one cell may take.

    Returns
    -------
    NotebookRun
        The notebook with its outputs and the value of every parameter.

    Raises
    ------
    Refused
        For a notebook or parameters that cannot be used.
    EktpError
        With the sentence of the package, when a cell refused its input.
    NotebookFailed
        For any other error in a cell, for a cell over its limit, for a lost kernel.
    """
    source = find_notebook(notebook)
    node = _read(source)
    declared = declared_parameters(node, source.name)
    values = checked_parameters(declared, parameters, source.name)
    keep = failed_folder or (output.parent if output else None)
    with tempfile.TemporaryDirectory(prefix="ektp-") as scratch:
        done = Path(scratch) / "output.ipynb"
        try:
            result = _execute(node, done, values, folder, engine, cell_limit)
        except Exception as problem:
            raise _failure(problem, source.name, done, keep) from problem
    _name_paths(result, source.name, output)
    if output is not None:
        _write(result, output)
    return NotebookRun(source.name, result, {**declared, **values}, output)


def _read(source: Traversable) -> Any:
    """Read a notebook without cells that an earlier run injected."""
    import nbformat

    try:
        node = nbformat.reads(source.read_text(encoding="utf-8"), as_version=4)
    except (ValueError, AttributeError, KeyError, nbformat.ValidationError) as problem:
        raise refuse("notebook_unreadable", file=source.name) from problem
    node.cells = [c for c in node.cells if INJECTED_TAG not in c.metadata.get("tags", [])]
    return node


def _execute(
    node: Any,
    done: Path,
    values: dict[str, Any],
    folder: Path | None,
    engine: EngineName,
    cell_limit: int,
) -> Any:
    import nbformat
    import papermill
    from papermill.engines import papermill_engines

    from ektp_analytics.report.engine import ReusedKernelEngine
    from ektp_analytics.report.kernel import InterpreterKernelManager

    papermill_engines.register("ektp", ReusedKernelEngine)
    start = done.with_name("input.ipynb")
    start.write_text(nbformat.writes(node), encoding="utf-8")
    own: dict[str, Any] = (
        {} if engine == "ektp" else {"kernel_manager_class": InterpreterKernelManager}
    )

    def run() -> Any:
        return papermill.execute_notebook(
            _no_placeholders(start),
            _no_placeholders(done),
            values,
            engine_name="ektp" if engine == "ektp" else None,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            cwd=None if folder is None else str(folder),
            execution_timeout=cell_limit,
            **own,
        )

    return run() if engine == "ektp" else _in_own_thread(run)


def _in_own_thread(job: Any) -> Any:
    """Run papermill's own engine where no event loop is running."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(job).result()


def _no_placeholders(path: Path) -> str:
    """Return a path for papermill, which would fill in its curly brackets."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _failure(problem: Exception, name: str, done: Path, keep: Path | None) -> EktpError:
    from papermill.exceptions import PapermillExecutionError

    cell_error = problem if isinstance(problem, PapermillExecutionError) else None
    if cell_error is not None and cell_error.ename in _family():
        return EktpError(cell_error.evalue)
    partial = _set_aside(done, name, keep)
    place = partial.name if partial else "–"
    if cell_error is not None:
        what = f"{cell_error.ename}: {cell_error.evalue}".splitlines()[0][:300]
        finding = _finding("notebook_cell_failed", name, place, what, cell_error.exec_count)
        trace = _COLOUR.sub("", "\n".join(cell_error.traceback))
        return NotebookFailed(finding, partial, trace)
    rule = {
        "DeadKernelError": "notebook_kernel_lost",
        "CellTimeoutError": "notebook_cell_too_long",
    }.get(type(problem).__name__, "notebook_not_run")
    what = (str(problem).splitlines() or [type(problem).__name__])[0][:300]
    return NotebookFailed(_finding(rule, name, place, what, None), partial, str(problem))


def _finding(rule: str, name: str, place: str, what: str, cell: int | None) -> Finding:
    details = {"place": place, "what": what, "cell": cell if cell is not None else "–"}
    return Finding(rule=rule, severity="error", file=name, details=details)


def _family() -> set[str]:
    """Names of this package's own errors, whose text is a sentence for an official."""
    names, waiting = set(), [EktpError]
    while waiting:
        kind = waiting.pop()
        names.add(kind.__name__)
        waiting.extend(kind.__subclasses__())
    return names - {NotebookFailed.__name__}


def _set_aside(done: Path, name: str, keep: Path | None) -> Path | None:
    """Keep the notebook of a failed run where nobody takes it for a report."""
    if keep is None or not done.is_file():
        return None
    kept = keep / f"{Path(name).stem}.gagal.ipynb"
    with suppress(OSError):  # the failure itself matters more than its record
        keep.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(done.read_bytes())
        return kept
    return None


def _name_paths(node: Any, name: str, output: Path | None) -> None:
    """Leave no folder of this computer in the notebook's own record."""
    record = node.metadata.get("papermill", {})
    record["input_path"] = name
    record["output_path"] = output.name if output else None


def _write(node: Any, output: Path) -> None:
    import nbformat

    output.parent.mkdir(parents=True, exist_ok=True)
    handle, new = tempfile.mkstemp(dir=output.parent, prefix=".ektp-", suffix=".ipynb")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(nbformat.writes(node))
    put_in_place(Path(new), output)
