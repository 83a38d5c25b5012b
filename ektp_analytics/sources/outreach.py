"""Read outreach: one row per event, planned and held."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.repeats import merge_repeats
from ektp_analytics.sources.result import ReadOptions, ReadResult


def read_outreach(
    path: str | Path, options: ReadOptions | None = None, **settings: Any
) -> ReadResult:
    """Read the outreach events of an office.

    Parameters
    ----------
    path
        XLSX, XLS, ODS, CSV, TSV or Parquet; one row per event.
    options, **settings
        As for `read_survey`.

    Returns
    -------
    ReadResult
        ``kind`` jemput_bola or sosialisasi, ``audience`` warga or aparat, or as written;
        ``planned_on`` and ``held_on`` as ``datetime64[us]``.

    Notes
    -----
    An event with neither a planned nor a held date is rejected: it belongs to no period.
    """
    reading = Reading.open(Path(path), "outreach", replace(options or ReadOptions(), **settings))
    reading.parse()
    reading.reject_blank()
    merge_repeats(reading)
    dates = [k for k in ("held_on", "planned_on") if k in reading.columns]
    if dates:
        undated = reading.alive
        for key in dates:
            undated = undated & reading.columns[key].isna()
        reading.report(undated, "event_without_date", "error", dates[0])
        reading.reject(undated)
    return reading.result()
