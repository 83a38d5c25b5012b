"""Compute every indicator of the catalogue from an office's validated tables."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from ektp_analytics.errors import because
from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.framework.indicator import Indicator
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.own_values import own_value
from ektp_analytics.indicators.registry import Computation, computations
from ektp_analytics.indicators.results import not_assessed
from ektp_analytics.indicators.value import IndicatorValue


def compute_indicators(data: OfficeData, catalogue: Catalogue) -> tuple[IndicatorValue, ...]:
    """Compute all indicators, in the order of the catalogue.

    Parameters
    ----------
    data
        Validated tables of an office and a period.
    catalogue
        Which indicators there are and what each needs.

    Returns
    -------
    tuple of IndicatorValue
        One per indicator; an indicator whose source was not given is ``not assessed``,
        with the reason, and never 0.

    Notes
    -----
    An indicator of an own catalogue that no registered function computes takes its value
    from the source ``own_values``; without that it is ``not assessed`` too.
    """
    known = computations()
    return tuple(
        _compute(item, known.get(item.code) or partial(own_value, item), data)
        for item in catalogue.indicators.values()
    )


def _compute(item: Indicator, computation: Computation, data: OfficeData) -> IndicatorValue:
    main = item.sources[0]
    missing = not_assessed(item.code, because("source_missing", source=main))
    found = computation(data) if any(data.has(source) for source in item.sources) else missing
    if found.value is None and not data.has(main):
        found = missing
    given = tuple(f for source in item.sources for f in data.files.get(source, ()))
    return replace(
        found,
        principle=item.principle,
        aspect=item.aspect,
        office=data.office.id,
        period=str(data.period),
        unit=item.unit,
        sources=given,
        legal_basis=item.legal_basis,
    )
