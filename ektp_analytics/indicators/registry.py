"""Which function computes which indicator: every code by exactly one function."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.value import IndicatorValue

Computation = Callable[[OfficeData], IndicatorValue]

_computations: dict[str, Computation] = {}


def indicator(code: str) -> Callable[[Computation], Computation]:
    """Register a function as the one that computes an indicator of the catalogue."""

    def register(function: Computation) -> Computation:
        if code in _computations:
            raise ValueError(f"two functions compute {code}")
        _computations[code] = function
        return function

    return register


def computations() -> Mapping[str, Computation]:
    """Return every registered computation by code."""
    # Importing a subject registers its functions.
    from ektp_analytics.indicators import (  # noqa: F401
        accountability,
        correction,
        discipline,
        engagement,
        equal_procedure,
        participation,
        rule_of_law,
        satisfaction,
        transparency,
    )

    return dict(_computations)
