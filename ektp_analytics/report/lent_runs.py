"""Runs lent to a notebook by the process that computed them, so that nothing is read twice.

`ektp report` computes a period, then runs the notebook in a kernel of its own. The runs go
there in a file of a private folder; asked for the same office and period the kernel returns
them. Run by hand, a notebook computes them itself, and comes to the same.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ektp_analytics.periods import Period
from ektp_analytics.scoring.period_run import PeriodRun

Key = tuple[str, str, str]

_lent: dict[Key, PeriodRun] = {}
_waiting: list[Path] = []


def lend(runs: Iterable[PeriodRun], root: Path, file: Path) -> Path:
    """Write runs where a kernel can take them from.

    Parameters
    ----------
    runs
        What was computed.
    root
        Folder of their workspace.
    file
        The file, in a folder that only this user can read.
    """
    by_key = {_key(root, run.office.id, run.period): run for run in runs}
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table | {MappingProxyType: _reduced}
    pickler.dump(by_key)
    file.write_bytes(stream.getbuffer())
    return file


def take(file: Path | None) -> None:
    """Forget what was lent before; from now on, the runs in the file are there for asking."""
    _lent.clear()
    _waiting[:] = [] if file is None else [file]


def lent_run(root: Path, office_id: str, period: Period) -> PeriodRun | None:
    """Return the run of an office and period, if it was lent to this process."""
    while _waiting:
        # Written by the process that started this kernel, in its own private folder.
        _lent.update(pickle.loads(_waiting.pop().read_bytes()))  # noqa: S301
    return _lent.get(_key(root, office_id, period))


def _key(root: Path, office_id: str, period: Period) -> Key:
    return str(root.resolve()), office_id, str(period)


def _reduced(mapping: MappingProxyType[Any, Any]) -> tuple[Any, tuple[dict[Any, Any]]]:
    """Say how a read-only mapping, which pickle does not know, is made again."""
    return _read_only, (dict(mapping),)


def _read_only(content: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(content)
