"""Judges of printed means, and what the rounding of a printed mean allows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ektp_analytics.measures.explanations import Explanation, Shown, say
from ektp_analytics.measures.grim import cut_sum, mean_is_possible
from ektp_analytics.measures.printed_number import (
    PrintedNumber,
    agreement,
    agreement_below,
    agreement_within,
    half_up,
    largest_below,
)
from ektp_analytics.measures.relation import Judgement, Verdict

INDEX_DECIMALS = 2
"""Decimals at which an index or a mean of elements is published."""


@dataclass(frozen=True, slots=True)
class AnswerScale:
    """The answers a mean is made of: 1 to 4 in the satisfaction survey."""

    lowest: int = 1
    highest: int = 4

    @property
    def factor(self) -> Fraction:
        """What a mean is multiplied by to stand on a scale up to one hundred."""
        return Fraction(100, self.highest)


@dataclass(frozen=True, slots=True)
class MeanSpan:
    """A mean of printed means, and what their rounding allows: from low, below high.

    Parameters
    ----------
    middle
        The mean of the means as printed.
    low, high
        Ends of what their rounding allows; `high` itself only where `closed`.
    closed
        Whether n is so small that the ends are themselves possible sums over n.
    """

    middle: Fraction
    low: Fraction
    high: Fraction
    closed: bool = False

    def times(self, factor: Fraction) -> MeanSpan:
        """Return the span multiplied by a factor."""
        return MeanSpan(self.middle * factor, self.low * factor, self.high * factor, self.closed)

    def holds(self, printed: PrintedNumber) -> bool:
        """Say whether a printed figure is the rounding of some value in the span."""
        if self.closed:
            return agreement_within(printed, self.low, self.high) == "rounded"
        return agreement_below(printed, self.low, self.high)

    def last(self, decimals: int) -> Fraction:
        """Return the largest figure the span allows at the given decimals."""
        return half_up(self.high, decimals) if self.closed else largest_below(self.high, decimals)


def mean_span(means: Sequence[PrintedNumber], n: int | None) -> MeanSpan:
    """Return the span of a mean of printed means.

    Parameters
    ----------
    means
        Means printed in one row; the most decimals among them count for all, as
        trailing zeros are often lost.
    n
        Answers behind each mean, if known.
    """
    half = Fraction(1, 2 * 10 ** max(m.decimals for m in means))
    ends = [_possible_ends(m, half, n) for m in means]
    x = len(means)
    middle = sum((m.value for m in means), Fraction(0)) / x
    low = sum((e[0] for e in ends), Fraction(0)) / x
    high = sum((e[1] for e in ends), Fraction(0)) / x
    return MeanSpan(middle, low, high, closed=high < middle + half)


def _possible_ends(mean: PrintedNumber, half: Fraction, n: int | None) -> tuple[Fraction, Fraction]:
    """Return the interval of a rounded mean, drawn in to whole sums where n is small."""
    low, high = mean.value - half, mean.value + half
    if n is None:
        return low, high
    first, last = Fraction(math.ceil(low * n), n), Fraction(math.ceil(high * n) - 1, n)
    return (first, last) if first <= last else (low, high)


def judge_sample(numbers: tuple[PrintedNumber, ...]) -> Judgement:
    """Judge the number of respondents: whole, at least one, and a note where it is one."""
    (n,) = numbers
    if not n.whole or n.value < 1:
        return Judgement("impossible", None, say("n_not_whole", n=n))
    if n.value == 1:
        return Judgement("not checkable", None, say("n_is_one"))
    return Judgement("follows", int(n.value), say("n_ok", n=n))


def judge_mean(
    numbers: tuple[PrintedNumber, ...], *, scale: AnswerScale, over_all: bool, why: Explanation
) -> Judgement:
    """Judge a mean by its scale and, with n, by the GRIM test."""
    mean, *rest = numbers
    details = {"mean": mean, "low": scale.lowest, "high": scale.highest}
    if not scale.lowest <= mean.value <= scale.highest:
        return Judgement("impossible", None, say("mean_out_of_scale", **details))
    if not rest:
        return Judgement("not checkable", None, why)
    n = rest[0]
    if not n.whole or n.value < 1:
        return Judgement("not checkable", None, say("n_not_whole", n=n))
    if over_all:
        return Judgement("not checkable", None, say("grim_items_unknown", mean=mean))
    return _judge_possible(mean, n, details)


def _judge_possible(mean: PrintedNumber, n: PrintedNumber, details: dict[str, object]) -> Judgement:
    answers = int(n.value)
    possible = mean_is_possible(mean, answers)
    low, high = _neighbours(mean, answers)
    details = {
        **details,
        "n": n,
        "below": Shown(low, mean.decimals),
        "above": Shown(high, mean.decimals),
    }
    if possible == "not checkable":
        return Judgement(possible, None, say("grim_out_of_range", **details))
    nearest = _nearest(mean, answers)
    if possible != "impossible":
        return Judgement(possible, nearest, say("grim_possible", **details))
    whole = cut_sum(mean, answers)
    more = (
        () if whole is None else (say("grim_if_cut", mean=mean, n=n, sum=Shown(Fraction(whole))),)
    )
    return Judgement(possible, nearest, say("grim_impossible", *more, **details))


def judge_mean_of_elements(numbers: tuple[PrintedNumber, ...], *, n: int | None) -> Judgement:
    """Judge the printed mean against the mean of the printed element means."""
    mean, *elements = numbers
    span = mean_span(elements, n)
    places = max(mean.decimals, INDEX_DECIMALS)
    details = {"mean": mean, "due": Shown(span.middle, places), "x": len(elements)}
    found: Verdict | None = agreement(mean, span.middle)
    if found is None:
        found = agreement_within(mean, span.low, span.high)
    if found is not None:
        return Judgement(found, float(span.middle), say("mean_of_elements_ok", **details))
    return Judgement("does not follow", float(span.middle), say("mean_of_elements_bad", **details))


def _neighbours(mean: PrintedNumber, n: int) -> tuple[Fraction, Fraction]:
    low = Fraction(math.floor(mean.value * n), n)
    return low, low + Fraction(1, n)


def _nearest(mean: PrintedNumber, n: int) -> float:
    return float(Fraction(round(mean.value * n), n))
