"""Counts that should make up a whole, one of them short of a digit.

A text prints the parts of a whole with some percentages, but no total, and one count
has lost a digit (``106,51`` for ``106.51x``). Every digit and place that could be
missing gives a candidate total; each printed percentage is held against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from ektp_analytics.measures.count_judges import WHOLE
from ektp_analytics.measures.explanations import Explanation, Language, Shown, say
from ektp_analytics.measures.printed_number import (
    GROUP_SIZE,
    PrintedNumber,
    agreement,
    readings,
)
from ektp_analytics.measures.relation import GOOD, MOST_REPAIRS, Verdict
from ektp_analytics.measures.repairs import Slip, slips

SHOWN_DECIMALS = 3
"""Decimals of a recomputed percentage in a sentence."""


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """One part of the whole: its name and its count as printed."""

    label: str
    count: str


@dataclass(frozen=True, slots=True)
class PrintedShare:
    """A printed percentage and the parts it is said to cover, by their labels."""

    label: str
    percent: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to complete the short count.

    Parameters
    ----------
    pattern
        The count with ``x`` for the missing digit, ``106.51x``; as printed where
        nothing is missing.
    counts, totals
        The counts it can mean and the totals they lead to, in ascending order.
    """

    pattern: str
    counts: tuple[int, ...]
    totals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShareFinding:
    """What one completion says about one printed percentage.

    Parameters
    ----------
    pattern, label, printed
        The completion, and the percentage as printed.
    low, high
        The recomputed percentage over all totals of the completion.
    verdicts
        The verdict for each total of the completion.
    repairs
        Single slips that would make it follow for some total: (would_be, slip).
    explanation
        The sentence, in both languages.
    """

    pattern: str
    label: str
    printed: str
    low: Fraction
    high: Fraction
    verdicts: tuple[Verdict, ...]
    repairs: tuple[tuple[str, Slip], ...]
    explanation: Explanation

    @property
    def fits(self) -> int:
        """For how many totals the printed percentage follows."""
        return sum(v in GOOD for v in self.verdicts)

    @property
    def verdict(self) -> Verdict:
        """The best verdict over the totals."""
        return min(self.verdicts, key=_RANK.index)


@dataclass(frozen=True, slots=True)
class PartitionAudit:
    """The completions, what each says about every percentage, and the bound."""

    completions: tuple[Completion, ...]
    findings: tuple[ShareFinding, ...]
    bound: int | None = None

    @property
    def exceeds_bound(self) -> bool | None:
        """Whether every possible total is larger than the bound; None without a bound."""
        if self.bound is None:
            return None
        return all(t > self.bound for c in self.completions for t in c.totals)

    def candidates(self) -> pd.DataFrame:
        """Return one row per possible total.

        Returns
        -------
        DataFrame
            Columns ``pattern, count, total``, and one column per percentage with its
            verdict for that total.
        """
        return pd.DataFrame(
            {"pattern": c.pattern, "count": count, "total": total}
            | {f.label: f.verdicts[k] for f in self.of(c.pattern)}
            for c in self.completions
            for k, (count, total) in enumerate(zip(c.counts, c.totals, strict=True))
        )

    def of(self, pattern: str) -> tuple[ShareFinding, ...]:
        """Return what one completion says about the percentages."""
        return tuple(f for f in self.findings if f.pattern == pattern)

    def to_frame(self, lang: Language = "id") -> pd.DataFrame:
        """Return one row per completion and percentage.

        Returns
        -------
        DataFrame
            Columns ``pattern, first_total, last_total, label, printed, low, high,
            fits, verdict, repairs, explanation``; low and high in percent, float64.
        """
        totals = {c.pattern: c.totals for c in self.completions}
        return pd.DataFrame(
            {
                "pattern": f.pattern,
                "first_total": totals[f.pattern][0],
                "last_total": totals[f.pattern][-1],
                "label": f.label,
                "printed": f.printed,
                "low": float(f.low),
                "high": float(f.high),
                "fits": f.fits,
                "verdict": f.verdict,
                "repairs": "; ".join(f"{text} ({slip})" for text, slip in f.repairs),
                "explanation": f.explanation.text(lang),
            }
            for f in self.findings
        )


def audit_partition(
    parts: Sequence[PrintedPart],
    shares: Sequence[PrintedShare] = (),
    *,
    bound: int | None = None,
) -> PartitionAudit:
    """Find the totals that printed parts can have, and hold the percentages against them.

    Parameters
    ----------
    parts
        All parts of the whole with their counts as printed; at most one of them may be
        short of a digit, which its separators show.
    shares
        Printed percentages of the whole, each with the parts it covers.
    bound
        What the total cannot exceed, say the population.

    Returns
    -------
    PartitionAudit

    Raises
    ------
    ValueError
        If a count is no number, more than one is short of a digit, or a share names an
        unknown part.
    """
    known = {p.label for p in parts}
    unknown = sorted({label for s in shares for label in s.of} - known)
    if unknown:
        raise ValueError(f"shares name unknown parts {unknown}; parts are {sorted(known)}")
    completed = [_completions_of(p) for p in parts]
    if sum(len(c) > 1 for c in completed) > 1:
        raise ValueError("more than one count is short of a digit")
    completions, findings = [], []
    for pattern in max(completed, key=len):
        counts = [c[0] if len(c) == 1 else pattern for c in completed]
        totals = _totals(counts)
        completions.append(Completion(pattern[0], _varying(counts, pattern), totals))
        by_label = {p.label: c[1] for p, c in zip(parts, counts, strict=True)}
        findings += [_finding(s, shares, pattern[0], by_label, totals) for s in shares]
    return PartitionAudit(tuple(completions), tuple(findings), bound)


Pattern = tuple[str, tuple[int, ...]]


def _completions_of(part: PrintedPart) -> list[Pattern]:
    found = readings(part.count, count=True)
    if not found:
        raise ValueError(f"{part.label}: {part.count!r} is no number")
    if found[0].whole and found[0].regular:
        return [(part.count, (int(found[0].value),))]
    return _patterns(found[-1])


def _patterns(short: PrintedNumber) -> list[Pattern]:
    """Put a digit into every place of the group that is short of one."""
    first, last = _short_group(short)
    patterns = []
    for i in range(last, first - 1, -1):
        values = tuple(int(short.digits[:i] + d + short.digits[i:]) for d in "0123456789")
        text = _with_x(short, i)
        patterns.append((text, values))
    return patterns


def _short_group(short: PrintedNumber) -> tuple[int, int]:
    """Return the first and last place of the missing digit, in the joined digits."""
    groups = short.text.split(short.group_mark) if short.group_mark else [short.text]
    start = 0
    for position, group in enumerate(groups):
        size = sum(c.isdigit() for c in group)
        if position and size < GROUP_SIZE:
            return start, start + size
        start += size
    return 0, len(short.digits)


def _with_x(short: PrintedNumber, place: int) -> str:
    body = short.digits[:place] + "x" + short.digits[place:]
    lead = len(body) % GROUP_SIZE
    groups = ([body[:lead]] if lead else []) + [
        body[i : i + GROUP_SIZE] for i in range(lead, len(body), GROUP_SIZE)
    ]
    return ".".join(groups)


def _totals(counts: Sequence[Pattern]) -> tuple[int, ...]:
    fixed = sum(values[0] for _, values in counts if len(values) == 1)
    varying = next((values for _, values in counts if len(values) > 1), (0,))
    return tuple(fixed + v for v in varying)


def _varying(counts: Sequence[Pattern], pattern: Pattern) -> tuple[int, ...]:
    return pattern[1] if pattern in counts else counts[0][1]


_RANK: tuple[Verdict, ...] = (
    "follows",
    "rounded",
    "truncated",
    "does not follow",
    "impossible",
)


def _finding(
    share: PrintedShare,
    shares: Sequence[PrintedShare],
    pattern: str,
    counts: dict[str, tuple[int, ...]],
    totals: tuple[int, ...],
) -> ShareFinding:
    percent = _percent(share)
    values = [
        WHOLE * sum(_at(counts[label], k) for label in share.of) / total
        for k, total in enumerate(totals)
    ]
    verdicts = tuple(agreement(percent, v) or _refusal(percent) for v in values)
    fits = any(v in GOOD for v in verdicts)
    repairs = () if fits else _repairs(percent, values)
    details = {
        "percent": percent,
        "pattern": pattern,
        "low": Shown(min(values), SHOWN_DECIMALS),
        "high": Shown(max(values), SHOWN_DECIMALS),
        "fits": sum(v in GOOD for v in verdicts),
        "totals": len(totals),
    }
    more = () if fits else _derived(share, percent, shares, set(counts))
    return ShareFinding(
        pattern,
        share.label,
        share.percent,
        min(values),
        max(values),
        verdicts,
        repairs,
        say("share_ok" if fits else "share_bad", *more, **details),
    )


def _percent(share: PrintedShare) -> PrintedNumber:
    found = readings(share.percent, count=False)
    if not found:
        raise ValueError(f"{share.label}: {share.percent!r} is no percentage")
    return found[0]


def _at(values: tuple[int, ...], k: int) -> int:
    return values[k] if len(values) > 1 else values[0]


def _refusal(percent: PrintedNumber) -> Verdict:
    return "does not follow" if 0 <= percent.value <= WHOLE else "impossible"


def _repairs(percent: PrintedNumber, values: Sequence[Fraction]) -> tuple[tuple[str, Slip], ...]:
    found = (
        (candidate.text, slip)
        for slip, candidate in slips(percent, count=False)
        if any(agreement(candidate, v) for v in values)
    )
    return tuple(found)[:MOST_REPAIRS]


def _derived(
    share: PrintedShare, percent: PrintedNumber, shares: Sequence[PrintedShare], parts: set[str]
) -> tuple[Explanation, ...]:
    """Say whether the percentage is one hundred less another printed one."""
    for other in shares:
        rest = _percent(other)
        if set(other.of) == parts - set(share.of) and rest.value + percent.value == WHOLE:
            return (say("share_derived", percent=percent, other=rest, label=other.label),)
    return ()
