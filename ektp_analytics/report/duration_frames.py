"""Durations of several groups or limits side by side."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ektp_analytics.measures.durations import DurationResult

_COUNTS = ("n", "finished", "open", "late")
_SHARES = ("within_limit", "within_limit_low", "within_limit_high")
_HOURS = ("median_hours", "closed_only_median_hours", "p90_hours")


def durations_frame(results: Mapping[str, DurationResult]) -> pd.DataFrame:
    """Return one row per result.

    Parameters
    ----------
    results
        Results by name, of groups of requests or of one group under several limits.

    Returns
    -------
    pandas.DataFrame
        Index: the names. Columns n, finished, open, late (``Int64``), within_limit and its
        95 % interval (percent), median_hours, closed_only_median_hours, p90_hours
        (``Float64``); what can't be computed is missing.
    """
    rows = [_row(result) for result in results.values()]
    table = pd.DataFrame(
        rows, index=list(results), columns=[*_COUNTS[:3], *_SHARES, _COUNTS[3], *_HOURS]
    )
    types = dict.fromkeys(_COUNTS, "Int64") | dict.fromkeys((*_SHARES, *_HOURS), "Float64")
    return table.astype(types)


def _row(result: DurationResult) -> dict[str, float | int | None]:
    low, high = result.within_limit_interval or (None, None)
    own = {name: getattr(result, name) for name in (*_COUNTS, "within_limit", *_HOURS)}
    return {**own, "within_limit_low": low, "within_limit_high": high}
