"""Nothing ends before it starts: reject rows whose stamps are in the wrong order."""

from __future__ import annotations

import pandas as pd

from ektp_analytics.sources.findings import ROWS_LISTED_EACH, ROWS_NAMED_OF_MANY
from ektp_analytics.sources.reading import Reading

_SHOWN = "%Y-%m-%d %H:%M:%S"


def reject_reversed(reading: Reading, start: str, end: str) -> None:
    """Reject rows whose end lies before their start.

    A stamp without time of day is compared by its day only.
    """
    if start not in reading.columns or end not in reading.columns:
        return
    first, last = reading.columns[start], reading.columns[end]
    if not (earlier := last < first).any():
        return
    whole = reading.columns[f"{start}_has_time"] & reading.columns[f"{end}_has_time"]
    reversed_ = earlier & (whole | (last.dt.normalize() < first.dt.normalize()))
    alive = reversed_ & reading.alive
    stamps = pd.DataFrame({"start": first[alive], "end": last[alive]})
    _report_reversed(reading, stamps, reading.header(start), reading.header(end))
    reading.reject(alive)


def _report_reversed(reading: Reading, stamps: pd.DataFrame, start: str, end: str) -> None:
    many = len(stamps) > ROWS_LISTED_EACH
    count = len(stamps) if many else 1
    rows = tuple(int(r) for r in stamps.index[:ROWS_NAMED_OF_MANY]) if many else ()
    for row, stamp in stamps.head(1 if many else len(stamps)).iterrows():
        reading.log.add(
            "end_before_start", "error", row=int(str(row)), column=end, count=count, rows=rows,
            value=stamp["end"].strftime(_SHOWN),
            start_column=start, start_value=stamp["start"].strftime(_SHOWN),
        )  # fmt: skip
