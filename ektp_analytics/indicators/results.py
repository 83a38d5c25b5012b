"""Put what was counted into the one indicator record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ektp_analytics.errors import Reason, because
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.measures.proportions import wilson
from ektp_analytics.measures.survival import Estimate

PERCENT = 100


def not_computable(code: str, reason: Reason, **more: Any) -> IndicatorValue:
    """Return an indicator whose source was given but cannot answer."""
    return IndicatorValue(code=code, status="not computable", reason=reason, **more)


def not_assessed(code: str, reason: Reason, **more: Any) -> IndicatorValue:
    """Return an indicator nobody could assess: no source, nothing recorded, too old."""
    return IndicatorValue(code=code, status="not assessed", reason=reason, **more)


def columns_missing(data: OfficeData, source: str, *columns: str) -> Reason:
    """Say which of the columns an indicator needs the file lacks."""
    return because(
        "columns_missing", source=source, columns=", ".join(data.missing(source, *columns))
    )


def share(
    code: str,
    hits: int,
    trials: int,
    *,
    complete: bool = False,
    inputs: Mapping[str, Any] | None = None,
    **more: Any,
) -> IndicatorValue:
    """Return a share in percent.

    Parameters
    ----------
    code
        Indicator.
    hits, trials
        Counts; no trials make it not computable.
    complete
        A complete count has no interval; an observed process has Wilson's.
    inputs
        Further figures that explain the value.
    **more
        Other fields of the record (``counter``, ``notes``).
    """
    figures = {"hits": hits, "trials": trials, **(inputs or {})}
    if trials == 0:
        return not_computable(code, because("nothing_to_count"), n=0, inputs=figures, **more)
    pair = None if complete else wilson(hits, trials).times(PERCENT).pair
    value = PERCENT * hits / trials
    return IndicatorValue(code=code, value=value, n=trials, interval=pair, inputs=figures, **more)


def estimated(code: str, found: Estimate, n: int, **more: Any) -> IndicatorValue:
    """Return an estimated fraction in percent, with its interval or the reason for none."""
    if found.value is None:
        return not_computable(code, found.reason or because("no_data"), n=n, **more)
    return IndicatorValue(
        code=code,
        value=PERCENT * found.value,
        n=n,
        interval=found.interval.times(PERCENT).pair,
        interval_reason=found.interval.reason,
        **more,
    )


def partial_if(value: IndicatorValue, condition: bool, reason: Reason) -> IndicatorValue:
    """Mark a computed value as only partial; a second reason stands beside the first."""
    if not condition or value.value is None:
        return value
    if value.reason is not None:
        return replace(value, status="partial", notes=(*value.notes, reason))
    return replace(value, status="partial", reason=reason)
