"""The satisfaction index (IKM) of a survey table, with everything printed beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.windows import in_period
from ektp_analytics.measures.answer_tally import AnswerTally, minimum_for, tally_answers
from ektp_analytics.measures.mean_index import REPORTED_WEIGHTS, Bands
from ektp_analytics.measures.survey_means import IndexSummary, index_summary
from ektp_analytics.periods import Period
from ektp_analytics.standards.skm import bands
from ektp_analytics.standards.survey_scheme import (
    NINE_ELEMENTS,
    SCHEMES,
    survey_scheme,
)

# A finite-population correction is allowed only for these ways of choosing respondents.
PROBABILITY_METHODS = ("random", "systematic")


@dataclass(frozen=True, slots=True)
class SkmIndex:
    """The index of one survey.

    Parameters
    ----------
    summary
        Index, letter, interval, elements, reconciliation and reasons.
    tally
        Sufficient statistics it was computed from.
    outside_period
        Kept questionnaires outside the period asked for, or without a readable time.
    scheme
        Name of the scheme it was asked and graded by.
    """

    summary: IndexSummary
    tally: AnswerTally
    outside_period: int = 0
    scheme: str = NINE_ELEMENTS

    def to_record(self, lang: Language = "id") -> dict[str, Any]:
        """Return the fields of the JSON contract."""
        return self.summary.to_record(lang)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per element."""
        return self.summary.to_frame()


def asked_elements(table: pd.DataFrame) -> tuple[str, ...]:
    """Return the elements a survey table asks, in the order of its scheme's regulation."""
    known = survey_scheme(scheme_of(table)).elements
    return tuple(element for element in known if element in table)


def index_bands(on: date, lang: Language = "id", scheme: str = NINE_ELEMENTS) -> Bands:
    """Return the bands (lower edge, letter, label): those of a day, an older scheme's own."""
    if scheme != NINE_ELEMENTS:
        return survey_scheme(scheme).edges(lang)
    return [(band.lower, band.grade, band.label[lang]) for band in bands(on)]


def skm_index(
    table: pd.DataFrame,
    *,
    on: date | None = None,
    period: Period | None = None,
    population: int | None = None,
    method: str = "voluntary",
    settings: Mapping[str, int] | None = None,
    scheme: str | None = None,
) -> SkmIndex:
    """Compute the satisfaction index of a survey table.

    Parameters
    ----------
    table
        One row per respondent, element keys of the scheme as ``Int64`` 1–4.
    on
        Day whose bands apply; the period's last day, else the last submission, else today.
    period
        Only questionnaires submitted in it count; all where None.
    population
        Persons served in the survey's window.
    method
        How respondents were chosen: ``voluntary``, ``random`` or ``systematic``. Only the
        last two allow a finite-population correction.
    settings
        ``completeness_minimum``: answers a questionnaire needs to count (5).
    scheme
        ``permenpan-rb-14-2017`` (nine elements, bands in force on the day) or
        ``kepmenpan-25-2004`` (fourteen elements, always its own bands); the one whose
        elements the table holds where None.

    Returns
    -------
    SkmIndex

    Raises
    ------
    Refused
        If there is no such scheme.

    Notes
    -----
    NRR = mean of the valid answers of an element; IKM = mean of the element NRRs × 25
    (PermenPAN-RB 14/2017, annex).
    """
    inside = in_period(table, period)
    known = survey_scheme(scheme or scheme_of(table))
    asked = tuple(key for key in known.elements if key in table)
    enough = (settings or {}).get("completeness_minimum")
    minimum = minimum_for(asked) if enough is None else minimum_for(asked, enough)
    tally = tally_answers(table[inside], asked, minimum)
    day = on or (period.end if period else _last_day(table))
    summary = index_summary(
        tally,
        index_bands(day, scheme=known.key),
        population if method in PROBABILITY_METHODS else None,
        full_form=len(known.elements),
        weights=known.weights or REPORTED_WEIGHTS,
    )
    return SkmIndex(summary, tally, int((~inside).sum()), known.key)


def scheme_of(table: pd.DataFrame) -> str:
    """Return the scheme most of whose elements a survey table holds, the nine if none."""
    held = {key: sum(e in table for e in survey_scheme(key).elements) for key in SCHEMES}
    return max(SCHEMES, key=lambda key: held[key])


def _last_day(table: pd.DataFrame) -> date:
    """Return the day of the last submission, today where no time is known."""
    if "submitted_at" in table and table["submitted_at"].notna().any():
        last: date = table["submitted_at"].max().date()
        return last
    return date.today()  # noqa: DTZ011 - the office's own calendar day
