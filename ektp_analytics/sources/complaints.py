"""Read complaints: one row per complaint, received, answered, resolved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ektp_analytics.sources.order_of_stamps import reject_reversed
from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.repeats import list_equal_rows, merge_repeats, reject_conflicts
from ektp_analytics.sources.result import ReadOptions, ReadResult


def read_complaints(
    path: str | Path, options: ReadOptions | None = None, **settings: Any
) -> ReadResult:
    """Read the complaints of an office.

    Parameters
    ----------
    path
        XLSX, XLS, ODS, CSV, TSV or Parquet; one row per complaint.
    options, **settings
        As for `read_survey`.

    Returns
    -------
    ReadResult
        Stamps as ``datetime64[us]`` with ``…_has_time``; ``category`` informasi,
        tanpa_pemeriksaan, dengan_pemeriksaan, pungutan, kesalahan_data, or as written.

    Notes
    -----
    Exact repeats are merged where a number or a time of day tells complaints apart, else
    kept and listed. A complaint answered or resolved before it was received is rejected.
    """
    reading = Reading.open(Path(path), "complaints", replace(options or ReadOptions(), **settings))
    reading.parse()
    reading.reject_blank()
    if reading.has("complaint_id") or reading.columns["received_at_has_time"].any():
        merge_repeats(reading)
    else:
        list_equal_rows(reading)
    reject_conflicts(reading, "complaint_id")
    for end in ("responded_at", "resolved_at"):
        reject_reversed(reading, "received_at", end)
    return reading.result()
