"""Rows that stand twice: exact repeats are merged, one number with two contents is a conflict."""

from __future__ import annotations

import pandas as pd

from ektp_analytics.sources.reading import Reading

_OTHERS_NAMED = 5


def merge_repeats(reading: Reading) -> None:
    """Mark rows that repeat an earlier one in every cell of the file."""
    if reading.options.repeats == "keep":
        return
    again = _repeats(reading)
    reading.keep_repeats_out(again)
    values = pd.Series(None, index=again.index[again], dtype=object)
    reading.log.add_rows("row_repeated", "warning", values)


def list_equal_rows(reading: Reading) -> None:
    """List rows that equal an earlier one in a source where two events may be alike."""
    again = _repeats(reading)
    values = pd.Series(None, index=again.index[again], dtype=object)
    reading.log.add_rows("row_equal_kept", "warning", values)


def _repeats(reading: Reading) -> pd.Series:
    """Tell which rows repeat an earlier one.

    A column that tells all rows apart settles it, and such a one often stands first: only
    rows that share their text in every column looked at so far are compared in the next.
    """
    alive = reading.alive
    candidates = alive.index[alive]
    positions = [int(p) for p in reading.body.columns]
    for position in positions:
        text = reading.text_at(position)
        some = text if len(candidates) == len(text) else text.loc[candidates]
        candidates = candidates[some.duplicated(keep=False)]
        if candidates.empty:
            break
    again = pd.Series(False, index=reading.body.index)
    if not candidates.empty:
        texts = pd.DataFrame({p: reading.text_at(p).loc[candidates] for p in positions})
        again[candidates] = texts.duplicated(keep="first")
    return again


def reject_conflicts(reading: Reading, key: str) -> None:
    """Leave out rows that share an identity number and differ, until it is resolved."""
    if key not in reading.columns:
        return
    ids = reading.columns[key][reading.alive].dropna()
    ids = ids[ids.ne("")]
    differing = ids
    if reading.options.repeats == "keep":  # equal rows were kept on purpose and differ in nothing
        differing = ids[~_repeats(reading)[ids.index]]
    conflicting = ids[ids.isin(differing[differing.duplicated()])]
    mask = pd.Series(False, index=reading.body.index)
    mask[conflicting.index] = True
    rows_by_id = conflicting.groupby(conflicting).groups
    for row, value in conflicting.items():
        others = [str(r) for r in rows_by_id[value][: _OTHERS_NAMED + 1] if r != row]
        reading.log.add(
            "id_conflict", "error", row=int(str(row)), column=reading.header(key), value=value,
            others=", ".join(others[:_OTHERS_NAMED]),
        )  # fmt: skip
    reading.reject(mask)
