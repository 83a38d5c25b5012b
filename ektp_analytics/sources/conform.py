"""The last step of every reader: documented dtypes, and values within their range."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ektp_analytics.sources.headers import IMPORTANCE_PREFIX
from ektp_analytics.sources.schema import Kind, SourceSchema

DTYPES: Mapping[Kind, str] = {
    "text": "str",
    "key": "str",
    "region_code": "str",
    "category": "str",
    "count": "Int64",
    "money": "Float64",
    "answer": "Int64",
    "datetime": "datetime64[us]",
    "date": "datetime64[us]",
    "time": "Float64",
    "boolean": "boolean",
}


def conform(frame: pd.DataFrame, source: SourceSchema) -> pd.DataFrame:
    """Return the rows in the documented dtypes of their source.

    Parameters
    ----------
    frame
        Columns by key, of any dtype that holds the values.
    source
        The source's columns.

    Returns
    -------
    pandas.DataFrame
        ``datetime64[us]`` (naive local time), ``str``, ``Int64``, ``Float64``,
        ``boolean``; the companion ``…_has_time`` as ``bool``. Only columns the file has.
    """
    types = {key: _dtype(key, source) for key in frame.columns}
    return frame.astype({key: dtype for key, dtype in types.items() if dtype})


def _dtype(key: str, source: SourceSchema) -> str | None:
    if key.endswith("_has_time"):
        return "bool"
    if key.startswith(IMPORTANCE_PREFIX):
        return DTYPES["answer"]
    column = source.columns.get(key)
    return DTYPES[column.kind] if column else None


def out_of_range(frame: pd.DataFrame, source: SourceSchema) -> dict[str, pd.Series]:
    """Return, by column, the rows whose value lies outside the column's range.

    The ranges are those of ``columns.yaml``; pandera checks them all at once.
    """
    ranged = {
        key: column
        for key, column in source.columns.items()
        if key in frame.columns and column.limits != (None, None)
    }
    if not ranged:
        return {}
    import pandera.pandas as pandera

    checks = {
        key: pandera.Column(
            nullable=True, checks=pandera.Check.in_range(*_bounds(column.limits), name=key)
        )
        for key, column in ranged.items()
    }
    try:
        pandera.DataFrameSchema(checks).validate(frame[list(ranged)].astype("Float64"), lazy=True)
    except pandera.errors.SchemaErrors as failed:
        cases = failed.failure_cases
        return {
            str(key): frame.index.to_series().isin(group["index"])
            for key, group in cases.groupby("column")
        }
    return {}


def _bounds(limits: tuple[float | None, float | None]) -> tuple[float, float]:
    low, high = limits
    return (
        float("-inf") if low is None else low,
        float("inf") if high is None else high,
    )
