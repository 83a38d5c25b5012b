"""Read the discipline record: one row per violation, without the names of persons."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.repeats import list_equal_rows
from ektp_analytics.sources.result import ReadOptions, ReadResult


def read_discipline(
    path: str | Path, options: ReadOptions | None = None, **settings: Any
) -> ReadResult:
    """Read recorded violations and what followed them.

    Parameters
    ----------
    path
        XLSX, XLS, ODS, CSV, TSV or Parquet; one row per violation.
    options, **settings
        As for `read_survey`.

    Returns
    -------
    ReadResult
        ``level`` ringan, sedang, berat, or as written; names and NIPs stay outside.

    Notes
    -----
    Equal rows are kept and listed: without names two violations of one day look alike.
    """
    reading = Reading.open(Path(path), "discipline", replace(options or ReadOptions(), **settings))
    reading.parse()
    reading.reject_blank()
    list_equal_rows(reading)
    if "sanctioned_on" in reading.columns:
        early = reading.columns["sanctioned_on"] < reading.columns["recorded_on"]
        reading.report(early & reading.alive, "sanction_before_record", "warning", "sanctioned_on")
    return reading.result()
