"""The 95 % interval of the survey index, from its tally alone.

The variance is that of the linearised mean of element means; the interval is taken on
the logit of the index's place between its lowest and highest possible value, so that it
stays inside 25–100 and leans away from the nearer end.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm, sqrt

from scipy.special import expit, logit, stdtrit

from ektp_analytics.errors import Reason, because
from ektp_analytics.measures.answer_tally import AnswerTally
from ektp_analytics.measures.mean_index import POINTS_PER_ANSWER, mean_index

CONFIDENCE = 0.95
LOWEST, HIGHEST = 25, 100
FEWEST_FOR_INTERVAL = 10
"""Below this many questionnaires the t interval of a four-point mean is not trustworthy."""

NARROW_ABOVE, NARROW_BELOW_N = 95, 100
"""Above this index with fewer questionnaires than this, coverage falls short of 95 %."""


@dataclass(frozen=True, slots=True)
class IndexInterval:
    """An index with what sampling leaves open.

    Parameters
    ----------
    index
        Exact index, None without an answer.
    bounds
        Lower and upper end of the interval in index points, None with a `reason`.
    standard_error
        In index points; None where it cannot be estimated.
    degrees
        Degrees of freedom of the t quantile.
    confidence
        Nominal coverage.
    reason
        Why there are no bounds.
    notes
        What must be said beside the interval.
    """

    index: Fraction | None
    bounds: tuple[float, float] | None
    standard_error: float | None
    degrees: int | None
    confidence: float
    reason: Reason | None = None
    notes: tuple[Reason, ...] = ()


def index_variance(tally: AnswerTally) -> Fraction | None:
    """Return the exact linearised variance of the index, without finite-population correction.

    With n questionnaires, n_e answers to element e, m_e their mean and x elements
    answered, questionnaire i contributes z_i = 25/x · Σ_e (y_ie − m_e) · n/n_e over the
    elements it answers. The z_i sum to zero, so the variance of the index is
    Σ z_i² / (n (n − 1)) (Taylor linearisation of a mean of ratios; Wolter, Introduction
    to Variance Estimation, 2007, chapter 6). Σ z_i² needs only counts, sums and
    cross-products of pairs.

    Returns
    -------
    Fraction or None
        In squared index points; None with fewer than two questionnaires.
    """
    if tally.n <= 1 or not tally.answered:
        return None
    places = [tally.elements.index(element) for element in tally.answered]
    both, sums = tally.both.tolist(), tally.sums.tolist()
    products = tally.products.tolist()
    # All terms are brought to one denominator first: whole numbers add up faster than fractions.
    common = lcm(*(both[place][place] for place in places))
    wider = {place: common // both[place][place] for place in places}
    total = 0
    for position, a in enumerate(places):
        for b in places[position:]:
            n_a, n_b, s_a, s_b = both[a][a], both[b][b], sums[a][a], sums[b][b]
            joint = (
                products[a][b] * n_a * n_b
                - sums[a][b] * s_b * n_a
                - sums[b][a] * s_a * n_b
                + both[a][b] * s_a * s_b
            )
            total += (1 if a == b else 2) * joint * (wider[a] * wider[b]) ** 2
    scale = Fraction(POINTS_PER_ANSWER, len(places)) ** 2
    return scale * Fraction(total * tally.n, common**4 * (tally.n - 1))


def index_interval(
    tally: AnswerTally, population: int | None = None, confidence: float = CONFIDENCE
) -> IndexInterval:
    """Return the interval of the index.

    Parameters
    ----------
    tally
        Sufficient statistics of the survey.
    population
        Persons served in the survey's window. Give it only for a random or systematic
        sample; the finite-population correction 1 − n/N is then applied. A voluntary
        survey gets none.
    confidence
        Nominal coverage.

    Returns
    -------
    IndexInterval
        Bounds None with a reason for fewer than 10 questionnaires, equal answers, or
        everybody asked (n = N).
    """
    index, variance = mean_index(tally), index_variance(tally)
    if index is None or variance is None or tally.n < FEWEST_FOR_INTERVAL:
        reason = because("no_answers") if index is None else _too_few(tally.n)
        return IndexInterval(index, None, None, None, confidence, reason)
    corrected = population is not None and population >= tally.n
    if corrected and population is not None:
        variance *= 1 - Fraction(tally.n, population)
    if not variance:
        reason = because("everyone_asked" if population == tally.n else "no_variance")
        return IndexInterval(index, None, None, None, confidence, reason)
    notes = () if population is None or corrected else (_below_sample(population, tally.n),)
    return logit_interval(index, variance, tally.n - 1, tally.n, confidence, notes)


def logit_interval(
    index: Fraction,
    variance: Fraction,
    degrees: int,
    n: int,
    confidence: float = CONFIDENCE,
    notes: tuple[Reason, ...] = (),
) -> IndexInterval:
    """Return the interval of an index with a known variance above zero.

    With θ = (index − 25) / 75 the interval is logit θ ± t · se(θ) / (θ (1 − θ)), carried
    back to index points; t has the given degrees of freedom.
    """
    span = HIGHEST - LOWEST
    place = float((index - LOWEST) / span)
    error = sqrt(variance)
    width = float(stdtrit(degrees, (1 + confidence) / 2)) * error / span / (place * (1 - place))
    low, high = (LOWEST + span * float(expit(logit(place) + s * width)) for s in (-1, 1))
    if index > NARROW_ABOVE and n < NARROW_BELOW_N:
        notes = (*notes, because("interval_too_narrow"))
    return IndexInterval(index, (low, high), error, degrees, confidence, notes=notes)


def element_interval(
    tally: AnswerTally,
    element: str,
    population: int | None = None,
    confidence: float = CONFIDENCE,
) -> IndexInterval:
    """Return the interval of one element's index, on that element's own answers."""
    return index_interval(_answers_of(tally, element), population, confidence)


def _answers_of(tally: AnswerTally, element: str) -> AnswerTally:
    """Return the tally of one element as a survey of those who answered it."""
    place = tally.elements.index(element)
    here = slice(place, place + 1)
    count = tally.count(element)
    return AnswerTally(
        elements=(element,),
        minimum_answered=1,
        n=count,
        below_minimum=0,
        by_value=tally.by_value[here],
        both=tally.both[here, here],
        sums=tally.sums[here, here],
        products=tally.products[here, here],
        complete_n=count,
        complete_by_value=tally.by_value[here],
    )


def _too_few(n: int) -> Reason:
    return because("too_few_for_interval", n=n, needed=FEWEST_FOR_INTERVAL)


def _below_sample(population: int, n: int) -> Reason:
    return because("population_below_sample", population=population, n=n)
