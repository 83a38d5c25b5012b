"""Read the list of what must be published: one row per item."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.repeats import merge_repeats
from ektp_analytics.sources.result import ReadOptions, ReadResult


def read_publications(
    path: str | Path, options: ReadOptions | None = None, **settings: Any
) -> ReadResult:
    """Read the publications of an office.

    Parameters
    ----------
    path
        XLSX, XLS, ODS, CSV, TSV or Parquet; one row per required item.
    options, **settings
        As for `read_survey`.

    Returns
    -------
    ReadResult
        ``published`` as ``boolean``; ``covers_period`` stays as written.

    Notes
    -----
    A row that does not say whether its item is published is rejected. An item said not
    to be published that has a date of publication keeps its "no", with a warning.
    """
    reading = Reading.open(
        Path(path), "publications", replace(options or ReadOptions(), **settings)
    )
    reading.parse()
    reading.reject_blank()
    merge_repeats(reading)
    if "published_on" in reading.columns:
        denied = reading.columns["published"].eq(False).fillna(False).astype(bool)
        dated = denied & reading.columns["published_on"].notna() & reading.alive
        reading.report(dated, "published_contradicts", "warning", "published_on")
    return reading.result()
