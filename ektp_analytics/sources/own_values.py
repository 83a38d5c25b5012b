"""Read the values of an office's own indicators: one row per indicator."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.repeats import merge_repeats, reject_conflicts
from ektp_analytics.sources.result import ReadOptions, ReadResult


def read_own_values(
    path: str | Path, options: ReadOptions | None = None, **settings: Any
) -> ReadResult:
    """Read the values an office gives for the indicators of its own catalogue.

    Parameters
    ----------
    path
        XLSX, XLS, ODS, CSV, TSV or Parquet; one row per indicator.
    options, **settings
        As for `read_survey`.

    Returns
    -------
    ReadResult
        ``code`` text; ``value``, ``low``, ``high`` ``Float64`` in the unit of the
        catalogue; ``n`` ``Int64``. A blank value is kept: the indicator is not assessed.

    Notes
    -----
    Two different rows of one code are a conflict and both rejected. Whether the code and
    the value are possible is checked against the office's catalogue, where it is known.
    """
    reading = Reading.open(Path(path), "own_values", replace(options or ReadOptions(), **settings))
    reading.parse()
    reading.reject_blank()
    merge_repeats(reading)
    reject_conflicts(reading, "code")
    return reading.result()
