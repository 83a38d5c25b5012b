"""Run a notebook with parameters, strictly: the right report or none.

On top of papermill: a misspelt parameter stops the run, values keep their kind, the
kernel is this interpreter's own, a running event loop does no harm, and an output file
appears only when the whole notebook has run. What a failed run had done so far is kept
aside for whoever looks into it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import ektp_analytics
from ektp_analytics.errors import refuse
from ektp_analytics.lean_imports import without
from ektp_analytics.report.engine import ReusedKernelEngine, warm_up
from ektp_analytics.report.notebook_failure import NotebookFailed, failure
from ektp_analytics.report.parameters import (
    INJECTED_TAG,
    checked_parameters,
    declared_parameters,
)
from ektp_analytics.report.publish import put_in_place

if TYPE_CHECKING:
    from ektp_analytics.report.exit_scan import Watch
    from ektp_analytics.scoring.period_run import PeriodRun

CELL_LIMIT = 900  # seconds one cell may take
_OF_PYTHON = {"kernel_name": "python3", "language": "python"}

EngineName = Literal["ektp", "papermill"]
__all__ = [
    "NotebookFailed",
    "NotebookRun",
    "bundled_notebooks",
    "find_notebook",
    "run_notebook",
]


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
    """Find a bundled notebook by its name, or any by its path.

    A bundled name always means the bundled notebook, whatever lies in the current folder.

    Raises
    ------
    Refused
        When there is none; the bundled names are listed.
    """
    path = Path(name)
    bundled = bundled_notebooks()
    if str(name) in bundled:
        return bundled[str(name)]
    if path.is_file():
        return path
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
    lent: Iterable[PeriodRun] = (),
    watch: Watch | None = None,
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
    lent
        Runs of the notebook's workspace that this process has computed already; the engine
        ``ektp`` uses them in place of its own.
    watch
        Whom and what the written notebook must not name; by default it is looked through for
        identity numbers alone, as its parameters name the workspace.

    Returns
    -------
    NotebookRun
        The notebook with its outputs and the value of every parameter.

    Raises
    ------
    Refused
        For a notebook or parameters that cannot be used, or a result that names a person or
        this computer; nothing is written then.
    EktpError
        With the sentence of the package, when a cell refused its input.
    NotebookFailed
        For any other error in a cell, for a cell over its limit, for a lost kernel.
    """
    source = find_notebook(notebook)
    node = _read(source)
    declared = declared_parameters(node, source.name)
    values = checked_parameters(declared, parameters, source.name)
    if engine == "ektp":
        warm_up()  # while papermill is being imported
    keep = failed_folder or (output.parent if output else None)
    with tempfile.TemporaryDirectory(prefix="ektp-") as scratch:
        done = Path(scratch) / "output.ipynb"
        try:
            runs = _lent(lent, values, done) if engine == "ektp" else None
            result = _execute(node, done, values, folder, engine, cell_limit, runs)
        except Exception as problem:
            raise failure(problem, source.name, done, keep) from problem
    _name_paths(result, source.name, output)
    if output is not None:
        _write(result, output, watch)
    return NotebookRun(source.name, result, {**declared, **values}, output)


def _lent(runs: Iterable[PeriodRun], values: Mapping[str, Any], done: Path) -> Path | None:
    """Write the runs lent to the notebook beside its working copy; None without any."""
    runs = tuple(runs)
    if not runs:
        return None
    from ektp_analytics.report.lent_runs import lend

    return lend(runs, Path(values["workspace"]), done.with_name("runs.pickle"))


def _read(source: Traversable) -> Any:
    """Read a notebook without cells that an earlier run injected."""
    with without("rfc3987_syntax"):  # addresses a notebook's format does not use
        import nbformat

    try:
        node = nbformat.reads(source.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    except (ValueError, AttributeError, KeyError, nbformat.ValidationError) as problem:
        raise refuse("notebook_unreadable", file=source.name) from problem
    node.cells = [c for c in node.cells if INJECTED_TAG not in c.metadata.get("tags", [])]
    return node


def _text(node: Any) -> str:
    import nbformat

    return str(nbformat.writes(node))  # type: ignore[no-untyped-call]


def _execute(
    node: Any,
    done: Path,
    values: dict[str, Any],
    folder: Path | None,
    engine: EngineName,
    cell_limit: int,
    lent: Path | None,
) -> Any:
    start = done.with_name("input.ipynb")
    start.write_text(_text(node), encoding="utf-8")
    place = None if folder is None else str(folder)
    if engine == "ektp":
        return _in_one_kernel(start, done, values, place, cell_limit, lent)
    return _in_own_thread(partial(_by_papermill, start, done, values, place, cell_limit))


def _in_one_kernel(
    start: Path,
    done: Path,
    values: dict[str, Any],
    place: str | None,
    cell_limit: int,
    lent: Path | None,
) -> Any:
    """Run the notebook in the kernel of this process; it is written to disk only if it fails."""
    import papermill
    from papermill.engines import papermill_engines
    from papermill.execute import raise_for_execution_errors
    from papermill.utils import chdir

    papermill_engines.register("ektp", ReusedKernelEngine)
    prepared = papermill.execute_notebook(
        _no_placeholders(start), None, values, prepare_only=True, **_OF_PYTHON
    )
    with chdir(place):
        node = papermill_engines.execute_notebook_with_engine(
            "ektp",
            prepared,
            _OF_PYTHON["kernel_name"],
            output_path=str(done),
            progress_bar=False,
            execution_timeout=cell_limit,
            lent=lent,
        )
    raise_for_execution_errors(node, str(done))
    return node


def _by_papermill(
    start: Path, done: Path, values: dict[str, Any], place: str | None, cell_limit: int
) -> Any:
    """Run the notebook as papermill does by itself, in a kernel of its own."""
    import papermill

    from ektp_analytics.report.kernel import InterpreterKernelManager

    return papermill.execute_notebook(
        _no_placeholders(start),
        _no_placeholders(done),
        values,
        progress_bar=False,
        cwd=place,
        execution_timeout=cell_limit,
        kernel_manager_class=InterpreterKernelManager,
        **_OF_PYTHON,
    )


def _in_own_thread(job: Any) -> Any:
    """Run papermill's own engine where no event loop is running."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(job).result()


def _no_placeholders(path: Path) -> str:
    """Return a path for papermill, which would fill in its curly brackets."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _name_paths(node: Any, name: str, output: Path | None) -> None:
    """Leave no folder of this computer in the notebook's own record."""
    record = node.metadata.get("papermill", {})
    record["input_path"] = name
    record["output_path"] = output.name if output else None


def _write(node: Any, output: Path, watch: Watch | None) -> None:
    from ektp_analytics.report.exit_scan import Watch, check_content

    check_content(_text(node).encode(), output.name, watch or Watch())
    output.parent.mkdir(parents=True, exist_ok=True)
    handle, new = tempfile.mkstemp(dir=output.parent, prefix=".ektp-", suffix=".ipynb")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(_text(node))
    put_in_place(Path(new), output)
