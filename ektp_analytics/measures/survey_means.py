"""Everything that is printed about one survey index, from one tally."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language, Reason, because
from ektp_analytics.measures.answer_tally import AnswerTally
from ektp_analytics.measures.flip_count import answers_to_flip
from ektp_analytics.measures.index_interval import (
    CONFIDENCE,
    IndexInterval,
    element_interval,
    index_interval,
)
from ektp_analytics.measures.mean_index import (
    INDEX_DECIMALS,
    REPORTED_WEIGHTS,
    Bands,
    complete_case_index,
    element_index,
    grade_of,
    mean_index,
    to_next_band,
    weight_variants,
)
from ektp_analytics.measures.rounding import round_half_up

ELEMENTS_OF_FULL_FORM = 9
"""Elements of the full questionnaire (PermenPAN-RB 14/2017); an index on fewer is partial."""

NOTABLE_DIFFERENCE = Fraction(1, 2)
"""Index points from which complete cases tell another story than all questionnaires."""

OF_THE_INDEX = (
    "index",
    "index_unrounded",
    "grade",
    "label",
    "to_next_band",
    "answers_to_flip",
    "flip_to",
)


@dataclass(frozen=True, slots=True)
class ElementSummary:
    """One element of the survey.

    Parameters
    ----------
    key
        Name of the element.
    n, blank
        Valid answers, and counted questionnaires without one.
    nrr
        Mean answer, 1 to 4, unrounded; None without an answer.
    index
        Mean × 25, two decimals half-up.
    grade, label
        Letter and label of the rounded index.
    interval
        Interval of the element's index, with the reason where it has no bounds.
    """

    key: str
    n: int
    blank: int
    nrr: float | None
    index: float | None
    grade: str | None
    label: str | None
    interval: IndexInterval

    def to_record(self) -> dict[str, Any]:
        """Return the element as the JSON contract prints it."""
        fields = ("key", "n", "blank", "nrr", "index", "grade")
        return {name: getattr(self, name) for name in fields}


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSummary:
    """The survey index with everything that must stand beside it.

    Parameters
    ----------
    n, below_minimum
        Questionnaires counted, and kept but not counted for too few answers.
    index
        Two decimals, half-up; the value that is graded.
    index_unrounded
        The exact index as a float.
    grade, label
        Letter and label of the rounded index.
    partial
        Fewer elements were answered than the full form has.
    elements_asked, elements_answered
        Elements asked, and those with at least one valid answer.
    interval, confidence
        Bounds of the index, and their nominal coverage.
    elements
        One summary per element, in the order asked.
    weight_variants
        Index with shortened weights, two decimals half-up, for reconciliation only.
    index_complete_cases, complete_n
        Unrounded index of questionnaires without a blank, and their number.
    to_next_band
        Points from the rounded index to the next better band.
    answers_to_flip, flip_to
        Least number of one-point moves of recorded answers that changes the letter, and
        the letter then reached.
    standard_error
        Of the index, in points; None with the reason of the interval.
    reasons
        For each field that is None, why.
    notes
        What must be said beside the index.
    """

    n: int
    below_minimum: int
    index: float | None
    index_unrounded: float | None
    grade: str | None
    label: str | None
    partial: bool
    elements_asked: int
    elements_answered: int
    interval: tuple[float, float] | None
    confidence: float
    elements: tuple[ElementSummary, ...]
    weight_variants: Mapping[str, float | None]
    index_complete_cases: float | None
    complete_n: int
    to_next_band: float | None
    answers_to_flip: int | None
    flip_to: str | None
    standard_error: float | None = None
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    notes: tuple[Reason, ...] = ()

    def to_record(self, lang: Language = "id") -> dict[str, Any]:
        """Return the fields of the JSON contract, reasons in words."""
        fields = (
            "n",
            "index",
            "index_unrounded",
            "grade",
            "label",
            "partial",
            "elements_asked",
            "confidence",
            "index_complete_cases",
            "to_next_band",
            "answers_to_flip",
            "flip_to",
        )
        record = {name: getattr(self, name) for name in fields}
        return {
            **record,
            "interval": list(self.interval) if self.interval else None,
            "elements": [element.to_record() for element in self.elements],
            "weight_variants": dict(self.weight_variants),
            "reasons": {name: reason.text(lang) for name, reason in self.reasons.items()},
        }

    def to_frame(self) -> pd.DataFrame:
        """Return one row per element: element, n, blank, nrr, index, low, high, grade, label."""
        rows = [
            {
                "element": e.key,
                "n": e.n,
                "blank": e.blank,
                "nrr": e.nrr,
                "index": e.index,
                "low": e.interval.bounds[0] if e.interval.bounds else None,
                "high": e.interval.bounds[1] if e.interval.bounds else None,
                "grade": e.grade,
                "label": e.label,
            }
            for e in self.elements
        ]
        numbers = dict.fromkeys(("nrr", "index", "low", "high"), "Float64")
        types = {"element": "str", "grade": "str", "label": "str", "n": "Int64", "blank": "Int64"}
        return pd.DataFrame(rows, columns=list(_FRAME_COLUMNS)).astype({**types, **numbers})


_FRAME_COLUMNS = ("element", "n", "blank", "nrr", "index", "low", "high", "grade", "label")


def index_summary(
    tally: AnswerTally,
    bands: Bands,
    population: int | None = None,
    *,
    confidence: float = CONFIDENCE,
    full_form: int = ELEMENTS_OF_FULL_FORM,
    weights: Sequence[str] = REPORTED_WEIGHTS,
) -> IndexSummary:
    """Compute everything that is printed about one survey index.

    Parameters
    ----------
    tally
        Sufficient statistics of the survey, from `tally_answers` or a merge.
    bands
        (lower edge, letter, label) of each grade on the 25–100 scale, in any order.
    population
        Persons served in the survey's window; only for random or systematic samples.
    confidence
        Nominal coverage of the intervals.
    full_form
        Elements of the full form of the scheme.
    weights
        Shortened weights to reconcile printed reports with.

    Returns
    -------
    IndexSummary
        Every field that is None has its reason in `reasons`.
    """
    exact_index = mean_index(tally)
    interval = index_interval(tally, population, confidence)
    elements = tuple(_element(tally, e, bands, population, confidence) for e in tally.elements)
    reasons = {**_reasons_of_interval(interval), **_reasons_of_elements(elements)}
    parts = (
        _graded(exact_index, bands, reasons)
        | _flip(tally, bands, reasons)
        | _complete_cases(tally, reasons)
        | {"weight_variants": _variants(tally, weights, reasons)}
    )
    return IndexSummary(
        n=tally.n,
        below_minimum=tally.below_minimum,
        partial=len(tally.answered) < full_form,
        elements_asked=len(tally.elements),
        elements_answered=len(tally.answered),
        interval=interval.bounds,
        confidence=confidence,
        elements=elements,
        complete_n=tally.complete_n,
        standard_error=interval.standard_error,
        reasons=reasons,
        notes=(*interval.notes, *_notes(tally, exact_index, bands)),
        **parts,
    )


def _element(
    tally: AnswerTally, element: str, bands: Bands, population: int | None, confidence: float
) -> ElementSummary:
    mean, index = tally.mean(element), element_index(tally, element)
    band = None if index is None else grade_of(index, bands)
    return ElementSummary(
        key=element,
        n=tally.count(element),
        blank=tally.blank(element),
        nrr=None if mean is None else float(mean),
        index=_rounded(index),
        grade=band.letter if band else None,
        label=band.label if band else None,
        interval=element_interval(tally, element, population, confidence),
    )


def _graded(index: Fraction | None, bands: Bands, reasons: dict[str, Reason]) -> dict[str, Any]:
    if index is None:
        reasons.update(dict.fromkeys(OF_THE_INDEX, because("no_answers")))
        return dict.fromkeys(("index", "index_unrounded", "grade", "label", "to_next_band"))
    band, ahead = grade_of(index, bands), to_next_band(index, bands)
    if ahead is None:
        reasons["to_next_band"] = because("best_band", letter=band.letter)
    return {
        "index": _rounded(index),
        "index_unrounded": float(index),
        "grade": band.letter,
        "label": band.label,
        "to_next_band": None if ahead is None else float(ahead),
    }


def _flip(tally: AnswerTally, bands: Bands, reasons: dict[str, Reason]) -> dict[str, Any]:
    flip = answers_to_flip(tally, bands)
    if isinstance(flip, Reason):
        reasons.update(answers_to_flip=flip, flip_to=flip)
        return {"answers_to_flip": None, "flip_to": None}
    return {"answers_to_flip": flip.moves, "flip_to": flip.letter}


def _complete_cases(tally: AnswerTally, reasons: dict[str, Reason]) -> dict[str, Any]:
    index = complete_case_index(tally)
    if index is None:
        code = "no_complete_questionnaire" if tally.answered else "no_answers"
        reasons["index_complete_cases"] = because(code)
    return {"index_complete_cases": None if index is None else float(index)}


def _variants(
    tally: AnswerTally, weights: Sequence[str], reasons: dict[str, Reason]
) -> dict[str, float | None]:
    variants = weight_variants(tally, weights)
    if isinstance(variants, Reason):
        reasons["weight_variants"] = variants
        return dict.fromkeys(weights)
    return {weight: float(index) for weight, index in variants.items()}


def _reasons_of_interval(interval: IndexInterval) -> dict[str, Reason]:
    return {"interval": interval.reason} if interval.reason else {}


def _reasons_of_elements(elements: Sequence[ElementSummary]) -> dict[str, Reason]:
    empty = [element.key for element in elements if element.nrr is None]
    fields = ("nrr", "index", "grade")
    return {f"elements.{key}.{name}": because("no_answers") for key in empty for name in fields}


def _notes(tally: AnswerTally, index: Fraction | None, bands: Bands) -> tuple[Reason, ...]:
    notes = (because("single_respondent"),) if tally.n == 1 else ()
    complete = complete_case_index(tally)
    if index is None or complete is None:
        return notes
    other_letter = grade_of(index, bands).letter != grade_of(complete, bands).letter
    if other_letter or abs(index - complete) >= NOTABLE_DIFFERENCE:
        told = {"index": _rounded(index), "complete": _rounded(complete), "n": tally.complete_n}
        notes = (*notes, because("complete_cases_differ", **told))
    return notes


def _rounded(index: Fraction | None) -> float | None:
    return None if index is None else float(round_half_up(index, INDEX_DECIMALS))
