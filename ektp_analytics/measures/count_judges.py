"""Judges of printed counts and percentages: from one reading of each figure to a verdict.

Every judge takes the figures of its relation in a fixed order and computes in exact
fractions. Counts printed with decimals (say, in thousands) stand for an interval of
half their last digit.
"""

from __future__ import annotations

from fractions import Fraction

from ektp_analytics.measures.explanations import Explanation, Shown, say
from ektp_analytics.measures.grim import percent_is_possible, total_exists
from ektp_analytics.measures.printed_number import (
    PrintedNumber,
    agreement,
    agreement_within,
)
from ektp_analytics.measures.relation import GOOD, Judgement, Verdict

WHOLE = Fraction(100)
"""The whole, in percent."""


def judge_whole(numbers: tuple[PrintedNumber, ...]) -> Judgement:
    """Judge a count printed with decimals: no number of persons is printed so."""
    (count,) = numbers
    if count.whole and count.regular:
        return Judgement("follows", int(count.value), say("count_whole"))
    return Judgement("impossible", None, say("count_not_whole", text=count))


def judge_complement(numbers: tuple[PrintedNumber, ...]) -> Judgement:
    """Judge complement = total - part."""
    rest, total, part = numbers
    due = total.value - part.value
    if due < 0 and rest.value == 0:
        return Judgement("not checkable", None, say("part_above_total", part=part, total=total))
    details = {
        "rest": rest,
        "total": total,
        "part": part,
        "due": _shown(due, numbers),
        "gap": _shown(abs(rest.value - due), numbers),
        "total_due": _shown(part.value + rest.value, numbers),
        "part_due": _shown(total.value - rest.value, numbers),
    }
    verdict = _sum_verdict(rest.value - due, numbers)
    code = "complement_ok" if verdict in GOOD else "complement_bad"
    return Judgement(verdict, _plain(due), say(code, **details))


def judge_parts(numbers: tuple[PrintedNumber, ...], *, rest: int = 0) -> Judgement:
    """Judge parts (and the rest, if printed) against the total.

    A rest may also be the total less the first part, beside parts that already make
    the total.
    """
    total, *others = numbers
    due = sum((n.value for n in others), Fraction(0))
    verdict = _sum_verdict(total.value - due, numbers)
    if verdict not in GOOD and rest == 1:
        *parts, left = others
        inner = sum((n.value for n in parts), Fraction(0))
        if _sum_verdict(total.value - inner, numbers) in GOOD:
            matches = _sum_verdict(total.value - parts[0].value - left.value, numbers)
            verdict, due = (matches, inner) if matches in GOOD else (verdict, due)
    code = "parts_ok" if verdict in GOOD else "parts_bad"
    details = {
        "total": total,
        "parts": " + ".join(n.text for n in others),
        "due": _shown(due, numbers),
        "gap": _shown(abs(total.value - due), numbers),
    }
    return Judgement(verdict, _plain(due), say(code, **details))


def judge_share(numbers: tuple[PrintedNumber, ...], *, fraction: bool = False) -> Judgement:
    """Judge percent = 100 x part / total."""
    percent, part, total = numbers
    if total.value <= 0:
        return Judgement("not checkable", None, say("total_zero", total=total))
    slack_part, slack_total = _half_unit(part), _half_unit(total)
    low = WHOLE * (part.value - slack_part) / (total.value + slack_total)
    high = WHOLE * (part.value + slack_part) / (total.value - slack_total)
    return _judge_percent(percent, low, high, part.text, total.text, fraction)


def judge_share_of_rest(numbers: tuple[PrintedNumber, ...], *, fraction: bool = False) -> Judgement:
    """Judge percent = 100 x (total - the other count) / total."""
    percent, other, total = numbers
    if total.value <= 0:
        return Judgement("not checkable", None, say("total_zero", total=total))
    share = WHOLE * (total.value - other.value) / total.value
    if (share < 0 and percent.value == 0) or (share == WHOLE and percent.value > WHOLE):
        return Judgement("not checkable", None, say("part_above_total", part=other, total=total))
    name = f"({total.text} − {other.text})"
    return _judge_percent(percent, share, share, name, total.text, fraction)


def judge_share_of_sum(numbers: tuple[PrintedNumber, ...], *, fraction: bool = False) -> Judgement:
    """Judge percent = 100 x part / (part + complement), where no total is printed."""
    percent, part, other = numbers
    total = part.value + other.value
    if total <= 0:
        return Judgement("not checkable", None, say("total_zero", total=Shown(total)))
    share = WHOLE * part.value / total
    return _judge_percent(
        percent, share, share, part.text, f"({part.text} + {other.text})", fraction
    )


def judge_share_of_some(numbers: tuple[PrintedNumber, ...]) -> Judgement:
    """Judge one percentage beside several parts: it may belong to any of them."""
    percent, total, *parts = numbers
    found = [judge_share((percent, part, total)) for part in parts]
    good = [j for j in found if j.verdict in GOOD]
    if good:
        return good[0]
    return Judgement("not checkable", None, say("percent_of_which_part", percent=percent))


def judge_lone_percent(
    numbers: tuple[PrintedNumber, ...],
    *,
    known: str,
    limit: Fraction | None,
    why: Explanation,
) -> Judgement:
    """Judge a percentage whose count or total is not printed: only what is impossible."""
    percent, *others = numbers
    if percent.value < 0 or (limit is not None and percent.value > limit):
        return Judgement("impossible", None, say("share_out_of_range", percent=percent))
    if known == "total" and others[0].whole:
        possible = percent_is_possible(percent, int(others[0].value))
        if possible != "not checkable":
            code = "percent_impossible" if possible == "impossible" else "percent_possible"
            return Judgement(possible, None, say(code, percent=percent, total=others[0]))
    if known == "part" and others[0].whole and not total_exists(int(others[0].value), percent):
        return Judgement("impossible", None, say("no_such_total", percent=percent, part=others[0]))
    return Judgement("not checkable", None, why)


def judge_percent_sum(numbers: tuple[PrintedNumber, ...]) -> Judgement:
    """Judge that complementary percentages make one hundred, within their decimals."""
    total = sum((n.value for n in numbers), Fraction(0))
    units = sum((n.unit for n in numbers), Fraction(0))
    gap = total - WHOLE
    places = max(n.decimals for n in numbers)
    details = {"shares": " + ".join(n.text for n in numbers), "sum": Shown(total, places)}
    if gap > 0 and numbers[-1].value == 0 and numbers[0].value > WHOLE:
        return Judgement("not checkable", None, say("coverage_above_100", **details))
    verdict: Verdict = "does not follow"
    if gap == 0:
        verdict = "follows"
    elif abs(gap) <= units / 2:
        verdict = "rounded"
    elif -units < gap < 0:
        verdict = "truncated"
    code = "percent_sum_ok" if verdict in GOOD else "percent_sum_bad"
    return Judgement(verdict, float(total), say(code, **details))


def judge_bound(numbers: tuple[PrintedNumber, ...]) -> Judgement:
    """Judge that a count does not exceed the population."""
    count, bound = numbers
    if not bound.whole and count.whole:
        return Judgement("not checkable", None, say("bound_unit", bound=bound))
    inside = count.value <= bound.value
    code = "bound_ok" if inside else "bound_bad"
    verdict: Verdict = "follows" if inside else "impossible"
    return Judgement(verdict, _plain(bound.value), say(code, count=count, bound=bound))


def _judge_percent(
    percent: PrintedNumber, low: Fraction, high: Fraction, part: str, total: str, fraction: bool
) -> Judgement:
    middle = (low + high) / 2
    details = {
        "percent": percent,
        "part": part,
        "total": total,
        "due": Shown(middle, max(percent.decimals, 2)),
        "gap": Shown(abs(percent.value - middle), max(percent.decimals, 2)),
    }
    found = _agrees(percent, low, high)
    if found is not None:
        return Judgement(found, float(middle), say(f"percent_{found}", **details))
    as_fraction = _agrees(percent, low / WHOLE, high / WHOLE) if fraction else None
    if as_fraction is not None:
        return Judgement(as_fraction, float(middle), say("percent_as_fraction", **details))
    if percent.value < 0 <= low:
        return Judgement("impossible", float(middle), say("share_out_of_range", percent=percent))
    return Judgement("does not follow", float(middle), say("percent_bad", **details))


def _agrees(percent: PrintedNumber, low: Fraction, high: Fraction) -> Verdict | None:
    return agreement(percent, low) if low == high else agreement_within(percent, low, high)


def _half_unit(number: PrintedNumber) -> Fraction:
    """Half the last printed digit of a count with decimals; whole counts are exact."""
    return Fraction(0) if number.whole else number.unit / 2


def _sum_verdict(gap: Fraction, numbers: tuple[PrintedNumber, ...]) -> Verdict:
    if gap == 0:
        return "follows"
    slack = sum((_half_unit(n) for n in numbers), Fraction(0))
    return "rounded" if abs(gap) <= slack else "does not follow"


def _shown(value: Fraction, numbers: tuple[PrintedNumber, ...]) -> Shown:
    return Shown(value, 0 if value.denominator == 1 else max(n.decimals for n in numbers))


def _plain(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)
