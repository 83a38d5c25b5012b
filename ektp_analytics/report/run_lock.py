"""One run at a time per office and period: two at once would mix their files.

The lock is the operating system's own on an open file, so that it ends with the process
that holds it, however that ends: no lock outlives a crash or a power cut.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from ektp_analytics.errors import refuse
from ektp_analytics.periods import Period

LOCK_SUFFIX = ".kunci"


@contextmanager
def only_run(target: Path, office_id: str, period: Period) -> Iterator[None]:
    """Hold the lock of an office's period while its report is made.

    Parameters
    ----------
    target
        Folder of the reports, ``reports/<office>/<period>``; the lock lies beside it, so
        that two computers that share the folder see each other.
    office_id, period
        Named in the refusal.

    Raises
    ------
    Refused
        When another run of the same office and period is under way.
    """
    path = target.parent / f".{target.name}{LOCK_SUFFIX}"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as stream:
        if not _take(stream) or not _still_there(stream, path):
            raise refuse("run_under_way", office=office_id, period=period.label())
        try:
            yield
        finally:
            with suppress(OSError):  # Windows keeps an open file; the empty lock then stays
                path.unlink()


def _take(stream: IO[bytes]) -> bool:
    """Try to lock an open file; tell whether it is ours now."""
    try:
        if sys.platform == "win32":
            import msvcrt

            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _still_there(stream: IO[bytes], path: Path) -> bool:
    """Tell whether the file locked is the one at its place, not one just taken away."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except FileNotFoundError:
        return False
