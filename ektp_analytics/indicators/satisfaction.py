"""The nine elements of the satisfaction survey as indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from ektp_analytics.errors import because
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.registry import indicator
from ektp_analytics.indicators.results import not_computable, partial_if
from ektp_analytics.indicators.skm import SkmIndex, asked_elements, skm_index
from ektp_analytics.indicators.survey_bursts import survey_bursts
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.indicators.windows import in_window, source_window
from ektp_analytics.measures.answer_tally import ENOUGH_ANSWERS, AnswerTally, minimum_for
from ektp_analytics.measures.survey_means import ElementSummary
from ektp_analytics.standards.skm import elements

POINTS_PER_ANSWER = 25
"""From the 1–4 scale to the index scale (PermenPAN-RB 14/2017, annex)."""


def unit_survey(data: OfficeData) -> SkmIndex:
    """Return the official index of the unit: all services together."""
    return data.once("unit_survey", lambda: _index(data, ektp_only=False))


def ektp_survey(data: OfficeData) -> tuple[SkmIndex, bool]:
    """Return the index of the e-KTP services, and whether they could be told apart."""
    _, told_apart = data.ektp_rows("survey")
    return data.once("ektp_survey", lambda: _index(data, ektp_only=told_apart)), told_apart


def _index(data: OfficeData, *, ektp_only: bool) -> SkmIndex:
    table = data.tables["survey"]
    inside = in_window(data, "survey", "submitted_at")
    chosen = inside & table["ektp"] if ektp_only else inside
    minimum = data.office.setting("completeness_minimum", None)
    found = skm_index(
        table[chosen],
        on=data.period.end,
        population=ektp_users_served(data) if ektp_only else users_served(data),
        method=data.office.survey.get("method", "voluntary"),
        settings=None if minimum is None else {"completeness_minimum": minimum},
    )
    return replace(found, outside_period=int((~inside).sum()))


def counted_questionnaires(data: OfficeData) -> pd.DataFrame:
    """Return the questionnaires the unit's index counts: in the window, with enough answers."""
    return data.once("counted_questionnaires", lambda: _counted_questionnaires(data))


def _counted_questionnaires(data: OfficeData) -> pd.DataFrame:
    table = data.tables["survey"]
    asked = list(asked_elements(table))
    enough = minimum_for(asked, data.office.setting("completeness_minimum", ENOUGH_ANSWERS))
    answered = table[asked].notna().sum(axis=1).ge(enough)
    return table[in_window(data, "survey", "submitted_at") & answered]


def users_served(data: OfficeData) -> int | None:
    """Return the persons the unit served in the survey's window; None where not given."""
    served = data.office.users_served(source_window(data, "survey"))
    return served or None


def users_served_by(data: OfficeData, attribute: str) -> Mapping[str, int]:
    """Return the persons served in the survey's window by service or kecamatan.

    The profile gives them under ``survey: users_served_by: service: 2025-Q4: {name: n}``.
    """
    given = (data.office.survey.get("users_served_by") or {}).get(attribute) or {}
    window = given.get(str(source_window(data, "survey"))) or {}
    return {str(name): int(count) for name, count in window.items()}


def ektp_users_served(data: OfficeData) -> int | None:
    """Return the persons served by e-KTP services; None unless given for each of them."""
    served = users_served_by(data, "service")
    names = data.office.ektp_services
    if not names or any(name not in served for name in names):
        return None
    return sum(served[name] for name in names) or None


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
    value = _element_value(code, summary, found, data)
    value = replace(value, counter=counter)
    return partial_if(value, not told_apart, because("services_not_told_apart"))


def _element_value(
    code: str, summary: ElementSummary, found: SkmIndex, data: OfficeData
) -> IndicatorValue:
    replaced = summary.key in (data.office.survey.get("replaced_questions") or {})
    notes = (because("question_replaced"),) if replaced else ()
    return IndicatorValue(
        code=code,
        value=(summary.nrr or 0.0) * POINTS_PER_ANSWER,
        n=summary.n,
        interval=summary.interval.bounds,
        interval_reason=summary.interval.reason,
        notes=(*summary.interval.notes, *notes),
        inputs={
            "nrr": summary.nrr,
            "blank": summary.blank,
            "grade": summary.grade,
            "questionnaires": found.tally.n,
            "questionnaires_all_services": unit_survey(data).tally.n,
            "correlation": error_correlation(found.tally, summary.key),
        },
    )


def error_correlation(tally: AnswerTally, element: str) -> dict[str, float]:
    """Return how the sampling error of an element goes with that of each other, by code.

    With C_ab = Σ (y_a − m_a)(y_b − m_b) over questionnaires that answer both, the
    correlation of the two means is C_ab / √(C_aa · C_bb) (the factors n_a, n_b cancel).
    Elements without variation have none.
    """
    both, sums = tally.both.astype(float), tally.sums.astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.diag(sums) / np.diag(both)
    crossed = sums * means
    joint = tally.products - crossed - crossed.T + both * np.outer(means, means)
    place = tally.elements.index(element)
    found = {}
    for other, name in enumerate(tally.elements):
        spread = joint[place, place] * joint[other, other]
        if other != place and spread > 0:
            r = float(joint[place, other] / np.sqrt(spread))
            found[f"skm_{name}"] = min(1.0, max(-1.0, r))
    return found


for _element in elements():
    indicator(f"skm_{_element.key}")(partial(element_indicator, _element.key))
