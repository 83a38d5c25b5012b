"""Read a satisfaction survey: one row per respondent, nine elements by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.result import ReadOptions, ReadResult
from ektp_analytics.sources.submissions import list_suspicious, merge_submissions
from ektp_analytics.sources.survey_answers import read_answers


def read_survey(
    path: str | Path, options: ReadOptions | None = None, **settings: Any
) -> ReadResult:
    """Read a satisfaction survey file.

    Parameters
    ----------
    path
        XLSX, XLS, ODS, CSV, TSV or Parquet; one row per respondent.
    options
        How to read where the file does not say so itself.
    **settings
        Single options by name, such as ``mapping={"waktu": "3. Kecepatan"}``.

    Returns
    -------
    ReadResult
        Table with the element keys as ``Int64`` 1–4, ``submitted_at``
        ``datetime64[us]`` and the respondent attributes the file has.

    Raises
    ------
    Refused
        Unusable file; two columns for one element; another scale than 1–4; numbers that
        contradict their labels.

    Notes
    -----
    An answer that is none of 1–4 loses its cell, never its row. With a submission key
    the latest submission counts.
    """
    reading = Reading.open(Path(path), "survey", replace(options or ReadOptions(), **settings))
    reading.parse()
    answers = read_answers(reading)
    merge_submissions(reading)
    list_suspicious(reading, answers)
    return reading.result()
