"""Judges of a printed index and of the means it comes from.

The index is the mean of the element means times one hundred over the highest answer
(times 25 for answers 1 to 4). Reports use the exact weight 1/x or a rounded one (for
nine elements 0.1111, 0.111, 0.11), and print their means rounded, so that one row
allows an interval of indices.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from ektp_analytics.measures.explanations import Explanation, Shown, say
from ektp_analytics.measures.mean_judges import (
    INDEX_DECIMALS,
    AnswerScale,
    MeanSpan,
    mean_span,
)
from ektp_analytics.measures.printed_number import (
    PrintedNumber,
    agreement,
    cut,
    half_up,
    largest_below,
    readings,
)
from ektp_analytics.measures.relation import Judgement, Verdict

WEIGHT_DECIMALS = (4, 3, 2)
"""Decimals to which reports round the weight 1/x (1/9: 0.1111, 0.111, 0.11)."""

LEAST_WEIGHT_SUM = Fraction(99, 100)
"""Nine weights of 0.11: the least by which rounded weights shrink an index."""

_WEIGHT = re.compile(r"\d[.,]\d+|\b1\s*/\s*\d+")


def judge_index(
    numbers: tuple[PrintedNumber, ...],
    *,
    scale: AnswerScale,
    n: int | None,
    converted: bool = False,
) -> Judgement:
    """Judge an index against the mean, or the element means, printed beside it.

    Tried in this order: the means as printed with the exact weight; with a rounded
    weight; what the rounding of the means allows, with the exact weight, with means cut
    in place of rounded, with a rounded weight. `converted` means are already on the scale
    of the index.
    """
    index, *means = numbers
    if outside := index_outside(index, scale):
        return outside
    if not converted and not all(scale.lowest <= m.value <= scale.highest for m in means):
        return Judgement("not checkable", None, say("mean_outside_for_index"))
    factor = Fraction(1) if converted else index_factor(index, scale)
    span = mean_span(means, n).times(factor)
    details = _index_details(index, means, span, factor)
    by_elements = len(means) > 1
    found: Verdict | None = agreement(index, span.middle)
    if found is not None:
        code = "index_by_elements" if by_elements else "index_by_mean"
        return Judgement(found, float(span.middle), say(code, **details))
    weight = _weight_behind(index, means, factor) if by_elements else None
    if weight is not None:
        text = say("index_by_weight", **details, weight=shown_exactly(weight))
        return Judgement("rounded", float(span.middle), text)
    return _index_in_span(index, len(means), span, details)


def judge_lone_index(
    numbers: tuple[PrintedNumber, ...], *, scale: AnswerScale, why: Explanation
) -> Judgement:
    """Judge an index printed without its means: only what is impossible."""
    (index,) = numbers
    return index_outside(index, scale) or Judgement("not checkable", None, why)


def judge_weight(
    numbers: tuple[PrintedNumber, ...], *, scale: AnswerScale, stated: tuple[Fraction, ...]
) -> Judgement:
    """Judge whether the weight stated beside an index is the one it was computed with.

    A stated 0.111 beside an index that only the exact 1/9 gives is a rounded weight,
    not a contradiction.
    """
    index, *means = numbers
    x, factor = len(means), index_factor(index, scale)
    total = sum((m.value for m in means), Fraction(0)) * factor
    places = max(index.decimals, INDEX_DECIMALS)
    details = {
        "index": index,
        "x": x,
        "stated": tuple(shown_exactly(w) for w in stated),
        "given": tuple(Shown(total * w, places) for w in stated),
    }
    by_stated = {agreement(index, total * w) for w in stated} - {None}
    exactly = agreement(index, total / x)
    if "follows" in by_stated or (by_stated and exactly != "follows"):
        return Judgement("follows", None, say("weight_ok", **details))
    if exactly and all(w in rounded_weights(x) for w in stated):
        return Judgement("rounded", None, say("weight_is_rounded", **details))
    return Judgement("not checkable", None, say("weight_unclear", **details))


def index_outside(index: PrintedNumber, scale: AnswerScale) -> Judgement | None:
    """Judge an index that no answers can give; None where some can.

    Parameters
    ----------
    index
        The printed index, on the answer scale or converted to one hundred.
    scale
        The answer scale.
    """
    if scale.lowest <= index.value <= scale.highest:
        return None
    lowest, highest = scale.lowest * scale.factor, scale.highest * scale.factor
    if lowest * LEAST_WEIGHT_SUM <= index.value <= highest:
        return None
    details = {"index": index, "low": Shown(lowest), "high": Shown(highest)}
    return Judgement("impossible", None, say("index_out_of_range", **details))


def index_factor(index: PrintedNumber, scale: AnswerScale) -> Fraction:
    """Return what a mean is multiplied by to give the index: 1 where it is not converted."""
    return Fraction(1) if index.value <= scale.highest else scale.factor


def _index_details(
    index: PrintedNumber, means: Sequence[PrintedNumber], span: MeanSpan, factor: Fraction
) -> dict[str, object]:
    places, x = max(index.decimals, INDEX_DECIMALS), len(means)
    total = sum((m.value for m in means), Fraction(0)) * factor
    variants = tuple(
        say("pair", first=shown_exactly(w), second=Shown(total * w, places))
        for w in rounded_weights(x)
    )
    return {
        "index": index,
        "x": x,
        "due": Shown(span.middle, places),
        "low": Shown(span.low, places),
        "high": Shown(span.last(places), places),
        "factor": shown_exactly(factor),
        "means": means[0].text if x == 1 else "",
        "variants": variants,
    }


def _index_in_span(
    index: PrintedNumber, x: int, span: MeanSpan, details: dict[str, object]
) -> Judgement:
    middle = float(span.middle)
    if span.holds(index):
        return Judgement("rounded", middle, say("index_in_interval", **details))
    cut_high = 2 * span.high - span.middle
    if cut(span.low, index.decimals) <= index.value <= largest_below(cut_high, index.decimals):
        return Judgement("truncated", middle, say("index_in_cut_interval", **details))
    for weight in rounded_weights(x) if x > 1 else []:
        if span.times(weight * x).holds(index):
            shown = shown_exactly(weight)
            return Judgement("rounded", middle, say("index_by_weight", **details, weight=shown))
    return Judgement("does not follow", middle, say("index_bad", **details))


def rounded_weights(x: int) -> list[Fraction]:
    """Return the usual roundings of the weight 1/x that differ from it, finest first."""
    exact = Fraction(1, x)
    return [w for d in WEIGHT_DECIMALS if (w := half_up(exact, d)) != exact]


def _weight_behind(
    index: PrintedNumber, means: Sequence[PrintedNumber], factor: Fraction
) -> Fraction | None:
    """Find the rounded weight that gives the index, also with rounded weighted means."""
    for weight in rounded_weights(len(means)):
        products = [m.value * weight for m in means]
        sums = [sum(products, Fraction(0))]
        sums += [sum((half_up(p, d) for p in products), Fraction(0)) for d in WEIGHT_DECIMALS]
        if any(agreement(index, s * factor) for s in sums):
            return weight
    return None


def shown_exactly(value: Fraction) -> Shown:
    """Return a weight or factor to be written with as few decimals as say it exactly."""
    decimals = next((d for d in range(8) if half_up(value, d) == value), 4)
    return Shown(value, decimals)


def stated_weights(text: str) -> tuple[Fraction, ...]:
    """Read the weights a note states, such as "0.111" or "1/9".

    Parameters
    ----------
    text
        Any note; only numbers below one that could weigh an element are taken.

    Returns
    -------
    tuple of Fraction
        In the order they are stated, each once.
    """
    found: list[Fraction] = []
    for match in _WEIGHT.findall(text):
        if "/" in match:
            found.append(Fraction(1, int(match.split("/")[1])))
        elif number := readings(match, count=False):
            found.append(number[0].value)
    return tuple(dict.fromkeys(w for w in found if 0 < w < Fraction(1, 4)))
