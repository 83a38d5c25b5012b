"""Which function computes which indicator: every code by exactly one function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.value import IndicatorValue

Computation = Callable[[OfficeData], IndicatorValue]

_computations: dict[str, Computation] = {}


Registered = TypeVar("Registered", bound=Callable[..., IndicatorValue])


def indicator(code: str) -> Callable[[Registered], Registered]:
    """Register a function as the one that computes an indicator of the catalogue.

    It is called with the data alone.
    """

    def register(function: Registered) -> Registered:
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
