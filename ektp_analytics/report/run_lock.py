"""One run at a time per office and period: two at once would mix their files.

The lock is the operating system's own on an open file, so that it ends with the process
that holds it, however that ends: no lock outlives a crash or a power cut.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from ektp_analytics.errors import refuse
from ektp_analytics.periods import Period
from ektp_analytics.report.publish import bring_back

LOCK_SUFFIX = ".kunci"
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NAMED_PARTS = 3  # reports/<office>/<period>
# Seconds to wait for a run that only keeps its results: that takes moments.
A_MOMENT = 30.0
_BETWEEN_TRIES = 0.05


@contextmanager
def only_run(
    target: Path, office_id: str, period: Period, *, patience: float = 0.0
) -> Iterator[None]:
    """Hold the lock of an office's period while its report is made.

    What a killed run left half made is put right first.

    Parameters
    ----------
    target
        Folder written to, ``reports/<office>/<period>`` or that below ``data/processed``;
        the lock lies beside it, so that two computers that share the folder see each other.
    office_id, period
        Named in the refusal.
    patience
        Seconds to wait for another run to end.

    Raises
    ------
    Refused
        When another run of the same office and period is under way, the folder cannot be
        written, or the disk is full; the old report is as it was.
    """
    path = target.parent / f".{target.name}{LOCK_SUFFIX}"
    with _disk_problems_told(target):
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = _taken(path, time.monotonic() + patience)
        if stream is None:
            raise refuse("run_under_way", office=office_id, period=period.label())
        with stream:
            try:
                bring_back(target)
                yield
            finally:
                with suppress(OSError):  # Windows keeps an open file; the empty lock stays
                    path.unlink()


@contextmanager
def _disk_problems_told(target: Path) -> Iterator[None]:
    """Turn what the disk refuses into a sentence; other problems pass through."""
    try:
        yield
    except OSError as problem:
        place = "/".join(target.parts[-_NAMED_PARTS:])
        if problem.errno in _FULL:
            raise refuse("disk_full", file=place) from problem
        if problem.errno in _FORBIDDEN:
            what = problem.strerror or "-"
            raise refuse("folder_not_writable", file=place, problem=what) from problem
        raise


def _taken(path: Path, until: float) -> IO[bytes] | None:
    """Lock the file, trying again until an instant; None where another run holds it."""
    while True:
        stream = path.open("a+b")
        if _take(stream) and _still_there(stream, path):
            return stream
        stream.close()
        if time.monotonic() >= until:
            return None
        time.sleep(_BETWEEN_TRIES)


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
