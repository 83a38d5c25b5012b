"""A made-up province or nation to try a whole batch on: many offices, each with its own habits."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from ektp_analytics.synthetic import DEFAULT_PERIODS, DEFAULT_SEED, made_up_code, write_office

ID = "rekaan-{number:03}"


def write_offices(
    root: Path,
    count: int,
    *,
    periods: Sequence[str] = DEFAULT_PERIODS,
    seed: int = DEFAULT_SEED,
    scale: float = 1.0,
    workers: int | None = None,
) -> tuple[str, ...]:
    """Write the files of many made-up offices, ``rekaan-001`` and on, with codes of their own.

    Parameters
    ----------
    root
        The workspace.
    count
        Number of offices.
    periods, seed, scale
        As for `write_office`.
    workers
        Processes; by default one per processor.

    Returns
    -------
    tuple of str
        The ids.
    """
    write = partial(_write_one, root, tuple(periods), seed, scale)
    number = min(workers or os.cpu_count() or 1, count)
    with ProcessPoolExecutor(number, mp_context=multiprocessing.get_context("spawn")) as pool:
        return tuple(pool.map(write, range(1, count + 1), chunksize=4))


def _write_one(root: Path, periods: tuple[str, ...], seed: int, scale: float, number: int) -> str:
    office = ID.format(number=number)
    code = made_up_code(number)
    write_office(root, office=office, code=code, periods=periods, seed=seed, scale=scale)
    return office
