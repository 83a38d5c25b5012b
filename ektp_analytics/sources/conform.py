"""The last step of every reader: documented dtypes, and values within their range."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from ektp_analytics.lean_imports import without
from ektp_analytics.sources.headers import IMPORTANCE_PREFIX
from ektp_analytics.sources.schema import Kind, SourceSchema, schema

if TYPE_CHECKING:
    import pandera.pandas as pandera

DTYPES: Mapping[Kind, str] = {
    "text": "str",
    "key": "str",
    "region_code": "str",
    "category": "str",
    "count": "Int64",
    "money": "Float64",
    "number": "Float64",
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
    types: dict[str, Any] = {key: _dtype(key, source) for key in frame.columns}
    other = {key: dtype for key, dtype in types.items() if dtype and frame[key].dtype != dtype}
    return frame.assign(**{key: frame[key].astype(dtype) for key, dtype in other.items()})


def _dtype(key: str, source: SourceSchema) -> str | None:
    if key.endswith("_has_time"):
        return "bool"
    if key.startswith(IMPORTANCE_PREFIX):
        return DTYPES["answer"]
    column = source.columns.get(key)
    return DTYPES[column.kind] if column else None


def table_schema(source: SourceSchema) -> pandera.DataFrameSchema:
    """Return what a validated table of a source holds, as a pandera schema.

    Parameters
    ----------
    source
        The source's columns.

    Returns
    -------
    pandera.DataFrameSchema
        One optional, nullable column per key with its dtype and its range; further
        columns (``…_has_time``, ``contradiction``) are allowed.
    """
    _load_pandera()
    import pandera.pandas as pandera

    return pandera.DataFrameSchema(
        {
            key: pandera.Column(
                DTYPES[column.kind],
                nullable=True,
                required=False,
                checks=_checks(key, column.limits),
            )
            for key, column in source.columns.items()
        }
    )


def out_of_range(frame: pd.DataFrame, source: SourceSchema) -> dict[str, pd.Series]:
    """Return, by column, the rows whose value lies outside the column's range.

    The ranges are those of ``columns.yaml``; pandera checks them all at once.
    """
    ranged = [
        key
        for key, column in source.columns.items()
        if key in frame.columns and column.limits != (None, None)
    ]
    if not ranged:
        return {}
    wanted = _ranges(source.key, tuple(ranged))
    from pandera.errors import SchemaErrors

    types = {key: DTYPES[source.columns[key].kind] for key in ranged}
    try:
        wanted.validate(frame[ranged].astype(types), lazy=True)
    except SchemaErrors as failed:
        return {
            str(key): frame.index.to_series().isin(group["index"])
            for key, group in failed.failure_cases.groupby("column")
        }
    return {}


@lru_cache(maxsize=256)
def _ranges(source: str, columns: tuple[str, ...]) -> pandera.DataFrameSchema:
    """Return the schema of some columns of a source; made once for all files."""
    return table_schema(schema(source)).select_columns(list(columns))


def _load_pandera() -> None:
    with without("hypothesis"):  # pandera makes up test data with it
        import pandera.pandas
        import pandera.strategies.pandas_strategies  # noqa: F401


def _checks(key: str, limits: tuple[float | None, float | None]) -> list[pandera.Check]:
    import pandera.pandas as pandera

    low, high = limits
    if low is None and high is None:
        return []
    bounds = (
        float("-inf") if low is None else low,
        float("inf") if high is None else high,
    )
    return [pandera.Check.in_range(*bounds, name=key)]
