"""Read a source that needs no rule of its own: columns by their kind, repeats merged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.repeats import merge_repeats
from ektp_analytics.sources.result import ReadOptions, ReadResult


def read_plain(
    source: str, path: str | Path, options: ReadOptions | None = None, **settings: Any
) -> ReadResult:
    """Read a file of a source whose columns are all there is to check.

    Parameters
    ----------
    source
        Key of the source.
    path, options, **settings
        As for `read_survey`.
    """
    reading = Reading.open(Path(path), source, replace(options or ReadOptions(), **settings))
    reading.parse()
    merge_repeats(reading)
    return reading.result()
