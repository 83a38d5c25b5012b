"""Put finished files where readers look, all of them or none.

Files are made in a hidden folder beside the target, so that moving them is one rename
each on the same disk. If one rename fails (on Windows: the old file is open in Excel or
a viewer), those already done are taken back and the old report stays as it was.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ektp_analytics.errors import Refused, refuse

STAGING_PREFIX = ".ektp-"


def put_in_place(new: Path, target: Path) -> Path:
    """Move one finished file over its old version in a single step.

    Parameters
    ----------
    new
        The finished file, on the same disk as `target`; gone afterwards in any case.
    target
        Where readers look.

    Returns
    -------
    Path
        `target`.

    Raises
    ------
    Refused
        When the old file is open in another program or may not be written.
    """
    try:
        new.chmod(_usual_mode())
        new.replace(target)
    except OSError as problem:
        new.unlink(missing_ok=True)
        if isinstance(problem, PermissionError):
            raise _open_elsewhere(target) from problem
        raise
    return target


@contextmanager
def publication(target: Path, check: Callable[[Path], None] | None = None) -> Iterator[Path]:
    """Give a folder to write a report into; its files move to `target` at the end.

    Parameters
    ----------
    target
        Folder such as ``reports/<office>/<period>``; made if absent. Files there that
        are not written again stay.
    check
        Called with the folder before anything moves; raises to stop the publication.

    Yields
    ------
    Path
        An empty folder on the same disk.

    Raises
    ------
    Refused
        When a file in `target` is open elsewhere. Whatever is raised inside the block
        or by `check` passes through. In all these cases `target` is as before.

    Examples
    --------
    >>> with publication(Path("reports/contoh/2025-Q4")) as folder:  # doctest: +SKIP
    ...     (folder / "catatan.txt").write_text("selesai")
    """
    existed = target.exists()
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=target.parent, prefix=_staging_prefix(target)))
    new, old = staging / "new", staging / "old"
    try:
        new.mkdir()
        yield new
        if check is not None:
            check(new)
        target.mkdir(exist_ok=True)
        _exchange(new, old, target)
    except BaseException:
        if not existed and target.is_dir() and not any(target.iterdir()):
            target.rmdir()
        raise
    finally:
        if _nothing_lost(old, target):
            shutil.rmtree(staging, ignore_errors=True)


def bring_back(target: Path) -> None:
    """Undo what a run that was killed in the middle had begun to move.

    Call it only while no other run writes `target`. Old files that had been taken away
    and not replaced come back; half-made new ones are removed, also single files.
    """
    for staging in target.parent.glob(f"{_staging_prefix(target)}*"):
        old = staging / "old"
        for path in [path for path in old.rglob("*") if path.is_file()]:
            place = target / path.relative_to(old)
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                path.replace(place)
        shutil.rmtree(staging, ignore_errors=True)
    for half_made in [p for p in target.rglob(f"{STAGING_PREFIX}*") if p.is_file()]:
        half_made.unlink(missing_ok=True)


def _staging_prefix(target: Path) -> str:
    return f"{STAGING_PREFIX}{target.name}="


def _nothing_lost(old: Path, target: Path) -> bool:
    """Tell whether every old file still has its place filled, so that copies may go."""
    files = (path for path in old.rglob("*") if path.is_file())
    return all((target / path.relative_to(old)).exists() for path in files)


def _exchange(new: Path, old: Path, target: Path) -> None:
    """Move every file from `new` to `target`; on a failure undo all that was done."""
    files = sorted(path.relative_to(new) for path in new.rglob("*") if path.is_file())
    moved: list[Path] = []
    current = Path()
    try:
        for current in files:
            moved.append(current)
            _swap(new / current, old / current, target / current)
    except OSError as problem:
        for name in reversed(moved):
            _undo(old / name, target / name, kept=(new / name).exists())
        if isinstance(problem, PermissionError):
            raise _open_elsewhere(target / current) from problem
        raise


def _swap(new: Path, old: Path, target: Path) -> None:
    if target.exists():
        old.parent.mkdir(parents=True, exist_ok=True)
        target.replace(old)
    target.parent.mkdir(parents=True, exist_ok=True)
    new.chmod(_usual_mode())
    new.replace(target)


def _undo(old: Path, target: Path, *, kept: bool) -> None:
    """Bring the old file back; a new one that had moved already goes away."""
    if old.exists():
        old.replace(target)
    elif not kept:
        target.unlink(missing_ok=True)


def _usual_mode() -> int:
    """Return the mode an ordinary new file gets here; temporary files are stricter."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _open_elsewhere(target: Path) -> Refused:
    return refuse("output_open_elsewhere", file=target.name)
