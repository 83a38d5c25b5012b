"""What to say when a notebook did not run to its end, and what to keep of it."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from ektp_analytics.errors import EktpError, Finding

_COLOUR = re.compile("\x1b\\[[0-9;]*m")
_RULES = {
    "DeadKernelError": "notebook_kernel_lost",
    "CellTimeoutError": "notebook_cell_too_long",
}
_WORDS = 300  # longest piece of a Python message that is printed


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


def failure(problem: Exception, name: str, done: Path, keep: Path | None) -> EktpError:
    """Return the exception to raise for a run that stopped.

    Parameters
    ----------
    problem
        What papermill or the kernel raised.
    name
        File name of the notebook.
    done
        Where the notebook was written as far as it got.
    keep
        Folder to keep it in, or None.

    Returns
    -------
    EktpError
        The sentence of the package when a cell refused its input; otherwise
        `NotebookFailed`.
    """
    from papermill.exceptions import PapermillExecutionError

    cell_error = problem if isinstance(problem, PapermillExecutionError) else None
    if cell_error is not None and cell_error.ename in _family():
        return EktpError(cell_error.evalue)
    partial = _set_aside(done, name, keep)
    place = partial.name if partial else "–"
    if cell_error is not None:
        what = f"{cell_error.ename}: {cell_error.evalue}".splitlines()[0][:_WORDS]
        finding = _finding("notebook_cell_failed", name, place, what, cell_error.exec_count)
        trace = _COLOUR.sub("", "\n".join(cell_error.traceback))
        return NotebookFailed(finding, partial, trace)
    rule = _RULES.get(type(problem).__name__, "notebook_not_run")
    what = (str(problem).splitlines() or [type(problem).__name__])[0][:_WORDS]
    return NotebookFailed(_finding(rule, name, place, what, None), partial, str(problem))


def _names_a_person(done: Path, keep: Path) -> bool:
    """Scan a notebook as a report is scanned; folders of this computer help to mend it."""
    # Loaded when needed: the scan itself knows the bundled notebooks.
    from ektp_analytics.report.exit_scan import Watch, scan_file

    return bool(scan_file(done, Watch(identities=_seen_beside(keep))))


def _seen_beside(keep: Path) -> frozenset[str]:
    """Return the identities of the office and period whose folder it is; else none."""
    from ektp_analytics.periods import Period
    from ektp_analytics.report.seen_at_door import identities_seen
    from ektp_analytics.workspace import Workspace

    place = Workspace.around(keep)
    if place is None or keep.parent.name not in place.offices():
        return frozenset()
    with suppress(EktpError):
        office = place.office(keep.parent.name)
        return identities_seen(place, office, Period.parse(keep.name))
    return frozenset()


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
    """Keep the notebook of a failed run where nobody takes it for a report.

    One that names a person of the office's files, or holds a NIK, is not kept.
    """
    if keep is None or not done.is_file() or _names_a_person(done, keep):
        return None
    kept = keep / f"{Path(name).stem}.gagal.ipynb"
    with suppress(OSError):  # the failure itself matters more than its record
        keep.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(done.read_bytes())
        return kept
    return None
