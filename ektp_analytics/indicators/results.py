"""Put what was counted into the one indicator record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ektp_analytics.errors import Reason, because
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.measures.proportions import wilson

PERCENT = 100


def not_computable(code: str, reason: Reason, **more: Any) -> IndicatorValue:
    """Return an indicator whose source was given but cannot answer."""
    return IndicatorValue(code=code, status="not computable", reason=reason, **more)


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


def partial_if(value: IndicatorValue, condition: bool, reason: Reason) -> IndicatorValue:
    """Mark a computed value as only partial, with the reason."""
    if not condition or value.value is None:
        return value
    return replace(value, status="partial", reason=value.reason or reason)
