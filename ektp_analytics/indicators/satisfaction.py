"""The nine elements of the satisfaction survey as indicators."""

from __future__ import annotations

from functools import partial
from typing import Any

from ektp_analytics.errors import because
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.registry import indicator
from ektp_analytics.indicators.results import PERCENT, not_computable, partial_if
from ektp_analytics.indicators.skm import SkmIndex, asked_elements, in_period, skm_index
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.standards.skm import elements

_STRAIGHT_LINE_ANSWERS = 5


def unit_survey(data: OfficeData) -> SkmIndex:
    """Return the official index of the unit: all services together."""
    return _index(data, ektp_only=False)


def ektp_survey(data: OfficeData) -> tuple[SkmIndex, bool]:
    """Return the index of the e-KTP services, and whether they could be told apart."""
    _, told_apart = data.ektp_rows("survey")
    return _index(data, ektp_only=True), told_apart


def _index(data: OfficeData, *, ektp_only: bool) -> SkmIndex:
    table = data.ektp_rows("survey")[0] if ektp_only else data.tables["survey"]
    minimum = data.office.setting("completeness_minimum", None)
    return skm_index(
        table,
        period=data.period,
        population=data.office.users_served(data.period),
        method=data.office.survey.get("method", "voluntary"),
        settings=None if minimum is None else {"completeness_minimum": minimum},
    )


def survey_bursts(data: OfficeData) -> dict[str, Any]:
    """Return the share of questionnaires that give one answer throughout, in percent.

    Printed beside survey indicators: forms filled in without reading raise them.
    """
    table = data.tables["survey"]
    answers = table.loc[in_period(table, data.period), list(asked_elements(table))]
    straight = answers.nunique(axis=1).eq(1) & answers.notna().sum(axis=1).ge(
        _STRAIGHT_LINE_ANSWERS
    )
    value = PERCENT * float(straight.mean()) if len(answers) else None
    return {"name": "survey_bursts", "value": value, "n": len(answers)}


def element_indicator(element: str, data: OfficeData) -> IndicatorValue:
    """Return one element's index (mean answer × 25) of the e-KTP services."""
    code = f"skm_{element}"
    counter = survey_bursts(data)
    found, told_apart = ektp_survey(data)
    summary = next((e for e in found.summary.elements if e.key == element), None)
    if summary is None:
        return not_computable(code, because("element_not_asked"), counter=counter)
    if summary.nrr is None:
        return not_computable(code, because("no_answers"), n=0, counter=counter)
    value = IndicatorValue(
        code=code,
        value=summary.nrr * 25,
        n=summary.n,
        interval=summary.interval.bounds,
        notes=summary.interval.notes,
        inputs={"nrr": summary.nrr, "blank": summary.blank, "grade": summary.grade},
        counter=counter,
    )
    replaced = element in (data.office.survey.get("replaced_questions") or {})
    value = partial_if(value, replaced, because("question_replaced"))
    return partial_if(value, not told_apart, because("services_not_told_apart"))


for _element in elements():
    indicator(f"skm_{_element.key}")(partial(element_indicator, _element.key))
