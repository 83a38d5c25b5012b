"""Read the evidence log: coded statements from documents, interviews and observation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ektp_analytics.privacy import mask_text
from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.repeats import merge_repeats
from ektp_analytics.sources.result import ReadOptions, ReadResult


def read_evidence(
    path: str | Path, options: ReadOptions | None = None, **settings: Any
) -> ReadResult:
    """Read an evidence log.

    Parameters
    ----------
    path
        XLSX, XLS, ODS, CSV, TSV or Parquet; one row per coded statement.
    options, **settings
        As for `read_survey`.

    Returns
    -------
    ReadResult
        Text columns; ``principle`` one of the four keys, ``valence`` supporting or
        hindering. Statements coded with anything else are rejected.
    """
    reading = Reading.open(Path(path), "evidence", replace(options or ReadOptions(), **settings))
    reading.parse()
    reading.reject_blank()
    for key in ("principle", "valence"):
        known = reading.schema.columns[key].values
        reading.reject(~reading.columns[key].isin(list(known)))
    if "paraphrase" in reading.columns:
        reading.columns["paraphrase"] = reading.columns["paraphrase"].map(
            mask_text, na_action="ignore"
        )
    merge_repeats(reading)
    return reading.result()
