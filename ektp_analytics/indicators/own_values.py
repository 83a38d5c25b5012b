"""Indicators of an office's own: the value comes from a file the office fills in itself."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import because
from ektp_analytics.framework.indicator import Indicator
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.results import not_assessed, not_computable
from ektp_analytics.indicators.value import IndicatorValue

OWN_VALUES = "own_values"
"""Key of the source: one row per indicator of the office's own catalogue."""


def own_value(item: Indicator, data: OfficeData) -> IndicatorValue:
    """Return the value the office gives for one of its own indicators.

    Parameters
    ----------
    item
        The indicator of the own catalogue.
    data
        Its source ``own_values`` holds ``code``, ``value``, and where given ``n``, ``low``,
        ``high`` (the 95 % interval) and ``evidence``; checked against the catalogue.

    Returns
    -------
    IndicatorValue
        ``not assessed`` with a reason where the file has no row or no value for it. The
        interval is the one given; none is made up from a value and a count.
    """
    table = data.table(OWN_VALUES)
    if table is None:
        return not_assessed(item.code, because("source_missing", source=OWN_VALUES))
    rows = table[table["code"].eq(item.code)]
    if rows.empty:
        return not_assessed(item.code, because("own_value_without_row"))
    if len(rows) > 1:
        return not_computable(item.code, because("own_value_twice", n=len(rows)))
    row = {name: value for name, value in rows.iloc[0].items() if not pd.isna(value)}
    if "value" not in row:
        return not_assessed(item.code, because("own_value_blank"), n=_whole(row.get("n")))
    return _given(item, row)


def _given(item: Indicator, row: dict[Any, Any]) -> IndicatorValue:
    ends = (row.get("low"), row.get("high"))
    interval = None if None in ends else (float(row["low"]), float(row["high"]))
    counted = item.uncertainty == "complete_count"
    evidence = row.get("evidence")
    return IndicatorValue(
        code=item.code,
        value=float(row["value"]),
        n=_whole(row.get("n")),
        interval=interval,
        interval_reason=None if interval or counted else because("own_value_no_interval"),
        notes=(because("own_value_evidence", evidence=evidence),) if evidence else (),
    )


def _whole(n: Any) -> int | None:
    return None if n is None else int(n)
