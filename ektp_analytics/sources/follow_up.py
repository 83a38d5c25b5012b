"""Read the follow-up plan: one row per promised action."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.repeats import merge_repeats
from ektp_analytics.sources.result import ReadOptions, ReadResult


def read_follow_up(
    path: str | Path, options: ReadOptions | None = None, **settings: Any
) -> ReadResult:
    """Read the actions an office promised after its last survey.

    Parameters
    ----------
    path
        XLSX, XLS, ODS, CSV, TSV or Parquet; one row per action.
    options, **settings
        As for `read_survey`.

    Returns
    -------
    ReadResult
        ``due`` and ``done_on`` as ``datetime64[us]``; a due date given as a month, a
        quarter or a semester is its last day.

    Notes
    -----
    "Sudah" is no date: whether an action was done in time needs the day, so such a row is
    rejected with a finding that asks for it.
    """
    reading = Reading.open(Path(path), "follow_up", replace(options or ReadOptions(), **settings))
    reading.parse()
    reading.reject_blank()
    merge_repeats(reading)
    return reading.result()
