"""The survey index: mean of element means on a 25–100 scale, and the letter it earns.

The arithmetic is exact (fractions of whole numbers) until a figure is printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from ektp_analytics.errors import Reason, because
from ektp_analytics.measures.answer_tally import AnswerTally, merge_tallies
from ektp_analytics.measures.rounding import Number, exact, round_half_up

POINTS_PER_ANSWER = 25
"""Index points of one step on the answer scale: 100 points over the best answer, 4."""

INDEX_DECIMALS = 2
"""The printed index, and the index that is graded, has two decimals."""

REPORTED_WEIGHTS = ("0.11", "0.111")
"""Shortened element weights found in printed reports instead of the exact 1/9."""


class Band(NamedTuple):
    """One grade: the lowest rounded index that earns it, its letter and its label."""

    lower: Number
    letter: str
    label: str


Bands = Sequence[tuple[Number, str, str]]


def mean_index(tally: AnswerTally) -> Fraction | None:
    """Return the exact index: mean of the element means × 25.

    Every element with at least one valid answer weighs 1/x, x being their number
    (PermenPAN-RB 14/2017, annex, with the weight kept as a fraction).

    Returns
    -------
    Fraction or None
        Between 25 and 100; None without any answer.
    """
    return _index_of([tally.mean(element) for element in tally.answered])


def complete_case_index(tally: AnswerTally) -> Fraction | None:
    """Return the exact index over complete cases only, None if there is none."""
    if not tally.complete_n:
        return None
    return _index_of([tally.complete_mean(element) for element in tally.answered])


def element_index(tally: AnswerTally, element: str) -> Fraction | None:
    """Return the exact index of one element: its mean × 25."""
    return _index_of([tally.mean(element)])


def _index_of(means: Sequence[Fraction | None]) -> Fraction | None:
    known = [mean for mean in means if mean is not None]
    if not known:
        return None
    common = lcm(*(mean.denominator for mean in known))
    total = sum(mean.numerator * (common // mean.denominator) for mean in known)
    return Fraction(POINTS_PER_ANSWER * total, common * len(known))


def grade_of(index: Number, bands: Bands) -> Band:
    """Return the band of an index, judged on the index as printed (two decimals, half-up).

    Only lower edges count, so no index falls between two bands.

    Raises
    ------
    ValueError
        If the index lies below every band.
    """
    rounded = exact(round_half_up(index, INDEX_DECIMALS))
    for band in best_first(bands):
        if rounded >= exact(band.lower):
            return band
    raise ValueError(f"{float(rounded)} lies below every band")


def best_first(bands: Bands) -> tuple[Band, ...]:
    """Return the bands from the best down, whatever the order they were given in."""
    return tuple(sorted((Band(*b) for b in bands), key=lambda b: exact(b.lower), reverse=True))


def to_next_band(index: Number, bands: Bands) -> Fraction | None:
    """Return the points from the rounded index to the next better band, None in the best."""
    rounded = exact(round_half_up(index, INDEX_DECIMALS))
    above = [exact(band.lower) for band in best_first(bands) if exact(band.lower) > rounded]
    return above[-1] - rounded if above else None


def weight_variants(
    tally: AnswerTally, weights: Sequence[str] = REPORTED_WEIGHTS
) -> Mapping[str, Decimal] | Reason:
    """Recompute the index with shortened weights, only to reconcile printed reports.

    Parameters
    ----------
    tally
        Of x elements with answers.
    weights
        Shortened weights as text. Each must be 1/x at its own decimals, else it was never
        meant for a form of x elements.

    Returns
    -------
    Mapping from weight to index (two decimals, half-up), or the reason there is none.
    """
    means = [tally.mean(element) for element in tally.answered]
    if not means:
        return because("no_answers")
    for weight in weights:
        decimals = len(weight.partition(".")[2])
        if round_half_up(Fraction(1, len(means)), decimals) != Decimal(weight):
            return because("weights_not_for_form", weight=weight, elements=len(means))
    total = POINTS_PER_ANSWER * sum((m for m in means if m is not None), Fraction(0))
    return {w: round_half_up(total * Fraction(w), INDEX_DECIMALS) for w in weights}


@dataclass(frozen=True, slots=True)
class UnitIndices:
    """Two ways to sum up several units; they answer different questions.

    Parameters
    ----------
    pooled
        Index of all questionnaires together: every respondent weighs the same.
    mean_of_units
        Mean of the units' indices: every unit weighs the same.
    units
        Index of each unit, None where nobody answered.
    without_answers
        Units left out of both, because nobody answered.
    """

    pooled: Fraction | None
    mean_of_units: Fraction | None
    units: Mapping[str, Fraction | None]
    without_answers: tuple[str, ...]

    @property
    def reason(self) -> Reason | None:
        """Why there is neither, where nobody answered at all."""
        return None if self.pooled is not None else because("no_answers")


def index_of_units(tallies: Mapping[str, AnswerTally]) -> UnitIndices:
    """Return the pooled index and the mean of unit indices, each under its own name."""
    units = {name: mean_index(tally) for name, tally in tallies.items()}
    known = [index for index in units.values() if index is not None]
    return UnitIndices(
        pooled=mean_index(merge_tallies(tallies.values())) if known else None,
        mean_of_units=sum(known, Fraction(0)) / len(known) if known else None,
        units=units,
        without_answers=tuple(name for name, index in units.items() if index is None),
    )
