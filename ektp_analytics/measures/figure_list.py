"""Audit of figures listed one per row, as they stand scattered in a text.

The parts of the list make up one whole. Each percentage is held against the parts of its
group; where one count has lost a digit, against every count it can have been.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import combinations

import pandas as pd

from ektp_analytics.errors import refuse
from ektp_analytics.measures.count_judges import WHOLE, judge_bound, judge_whole
from ektp_analytics.measures.explanations import Explanation, Shown, say
from ektp_analytics.measures.partition import (
    PartitionAudit,
    PrintedPart,
    PrintedShare,
    ShareFinding,
    audit_partition,
)
from ektp_analytics.measures.printed_number import PrintedNumber, agreement, is_blank, readings
from ektp_analytics.measures.published_figures import AuditResult, Check
from ektp_analytics.measures.relation import (
    BAD,
    MOST_REPAIRS,
    Figure,
    Judgement,
    Repair,
    Verdict,
)

MOST_PARTS = 6
"""With more parts nearly every whole percentage fits some of their combinations."""

_COUNTS = frozenset({"part", "count", "total", "population"})
_SHARES = frozenset({"percent", "complement_percent"})
_BEST: tuple[Verdict, ...] = ("follows", "rounded", "truncated", "does not follow", "impossible")
_SHOWN = 2


@dataclass(frozen=True, slots=True)
class ListedFigure:
    """One row of the list."""

    row: int
    role: str
    group: str
    text: str
    label: str = ""

    @property
    def name(self) -> str:
        """What tells this figure from all others."""
        return str(self.row)


def audit_figure_list(entries: pd.DataFrame, *, column: str) -> AuditResult:
    """Hold every count and percentage of a list against the others.

    Parameters
    ----------
    entries
        One row per figure, index = row as the file shows it: ``role`` (``part``,
        ``count``, ``total``, ``population``, ``percent``, ``complement_percent``; others
        are no figures), ``group`` (ties a count to its percentages), ``printed``, and
        perhaps ``label``.
    column
        Header of the printed figures, for the places.

    Returns
    -------
    AuditResult

    Raises
    ------
    Refused
        Where the list holds no count and no percentage.
    """
    figures = _FigureList(tuple(_listed(entries)), column)
    checks = (*figures.count_checks(), *figures.share_checks())
    if not checks:
        raise refuse("audit_no_figures")
    return AuditResult(tuple(sorted(checks, key=lambda c: c.row)))


def _listed(entries: pd.DataFrame) -> Iterator[ListedFigure]:
    for row, entry in entries.iterrows():
        role = str(entry["role"]).strip().casefold()
        text = str(entry["printed"]).strip()
        if role in _COUNTS | _SHARES and not is_blank(text):
            group, label = str(entry.get("group", "")).strip(), str(entry.get("label", ""))
            yield ListedFigure(int(str(row)), role, group, text, label)


class _FigureList:
    """The figures of one list by role, and what can be said about each."""

    def __init__(self, figures: tuple[ListedFigure, ...], column: str) -> None:
        self.figures, self.column = figures, column

    def of(self, *roles: str) -> list[ListedFigure]:
        return [f for f in self.figures if f.role in roles]

    @cached_property
    def parts(self) -> list[ListedFigure]:
        """Parts that are numbers."""
        return [f for f in self.of("part") if readings(f.text, count=True)]

    @cached_property
    def bound(self) -> Figure | None:
        """The population, where exactly one is printed."""
        found = self.of("population")
        return self._figure(found[0]) if len(found) == 1 else None

    def _figure(self, listed: ListedFigure) -> Figure | None:
        count = listed.role in _COUNTS
        found = readings(listed.text, count=count)
        # A count with decimals is settled: no column shows that it may be in thousands.
        return Figure(listed.row, self.column, listed.text, found, True, count) if found else None

    # Counts ------------------------------------------------------------------------

    def count_checks(self) -> Iterator[Check]:
        """Check counts: readable, whole, repeated alike, within the population."""
        for listed in self.figures:
            figure = self._figure(listed)
            if figure is None:
                why = Judgement("not checkable", None, say("unreadable", text=listed.text))
                yield self._check(listed, why, "readable")
            elif listed.role in _COUNTS - {"population"}:
                yield from self._of_count(listed, figure)

    def _of_count(self, listed: ListedFigure, figure: Figure) -> Iterator[Check]:
        if not _is_regular(listed.text):
            check = self._check(listed, judge_whole((figure.first,)), "whole_count")
            yield replace(check, repairs=self._completed(listed))
        elif listed.role == "count":
            yield from self._repeats(listed, figure)
        elif listed.role == "total" and self._whole is not None:
            yield self._check(listed, judge_listed_total(figure.first, self._whole), "parts")
        elif listed.role == "part" and self.bound is not None:
            whole = self._whole if listed == self.parts[0] else None
            judged = judge_bound_of_whole((figure.first, self.bound.first), whole=whole)
            yield self._check(listed, judged, "bound")

    def _repeats(self, listed: ListedFigure, figure: Figure) -> Iterator[Check]:
        for part in self.parts:
            other = self._figure(part)
            if listed.group and part.group == listed.group and other is not None:
                judged = judge_repeat((figure.first, other.first), row=part.row)
                yield self._check(listed, judged, "repeat")

    def _completed(self, listed: ListedFigure) -> tuple[Repair, ...]:
        """List the counts a short one can have been, those that fit most percentages first."""
        if self.partition is None:
            return ()
        found = [
            (sum(f.verdicts[k] in BAD for f in self.partition.of(c.pattern)), count)
            for c in self.partition.completions
            for k, count in enumerate(c.counts)
        ]
        ranked = dict.fromkeys(count for _, count in sorted(found, key=lambda pair: pair[0]))
        texts = [f"{count:,}".replace(",", ".") for count in list(ranked)[:MOST_REPAIRS]]
        return tuple(Repair(listed.row, self.column, listed.text, t, "digit lost") for t in texts)

    # Percentages -------------------------------------------------------------------

    @cached_property
    def partition(self) -> PartitionAudit | None:
        """The parts with every percentage that names some; None where they are no whole."""
        short = [f for f in self.parts if not _is_regular(f.text)]
        if len(self.parts) < 2 or len(short) > 1 or len(self.parts) < len(self.of("part")):  # noqa: PLR2004
            return None
        parts = [PrintedPart(f.name, f.text) for f in self.parts]
        shares = [
            PrintedShare(f.name, f.text, names) for f in self._shares if (names := self._of(f))
        ]
        return audit_partition(parts, shares)

    @property
    def _whole(self) -> tuple[int, int] | None:
        if self.partition is None:
            return None
        totals = [t for c in self.partition.completions for t in c.totals]
        return min(totals), max(totals)

    @property
    def _shares(self) -> list[ListedFigure]:
        return [f for f in self.of(*_SHARES) if readings(f.text, count=False)]

    def _of(self, share: ListedFigure) -> tuple[str, ...]:
        """Return the parts a percentage covers; those outside its group for a complement."""
        own = {f.name for f in self.parts if share.group and f.group == share.group}
        if share.role == "percent" or not own:
            return tuple(f.name for f in self.parts if f.name in own)
        return tuple(f.name for f in self.parts if f.name not in own)

    def share_checks(self) -> Iterator[Check]:
        """One check per percentage."""
        for share in self._shares:
            if self.partition is None:
                why = say("list_no_part", group=share.group or share.label)
                yield self._check(share, Judgement("not checkable", None, why))
            elif self._of(share):
                found = [f for f in self.partition.findings if f.label == share.name]
                yield self._of_findings(share, found)
            else:
                yield self._check(share, self._of_any(share, self.partition))

    def _of_findings(self, share: ListedFigure, found: Sequence[ShareFinding]) -> Check:
        """Take the most favourable completion; list what would repair the figure in any."""
        best = min(found, key=lambda f: _BEST.index(f.verdict))
        middle = float((best.low + best.high) / 2)
        check = self._check(share, Judgement(best.verdict, middle, self._named(best.explanation)))
        if best.verdict not in BAD:
            return check
        slips = dict.fromkeys(repair for f in found for repair in f.repairs)
        repairs = [Repair(share.row, self.column, share.text, would, slip) for would, slip in slips]
        return replace(check, repairs=tuple(repairs[:MOST_REPAIRS]))

    def _named(self, words: Explanation) -> Explanation:
        """Name other percentages by their row, not by the name used inside."""
        places = {f.name: {"id": f"baris {f.row}", "en": f"row {f.row}"} for f in self.figures}
        more = tuple(
            Explanation(m.code, {**m.details, "label": places[m.details["label"]]})
            for m in words.more
        )
        return Explanation(words.code, words.details, more)

    def _check(self, listed: ListedFigure, judged: Judgement, name: str = "") -> Check:
        return Check(
            name or listed.role, listed.row, self.column, listed.text,
            judged.recomputed, judged.verdict, judged.explanation,
        )  # fmt: skip

    def _of_any(self, share: ListedFigure, partition: PartitionAudit) -> Judgement:
        """Judge a percentage whose parts are not named by every combination of parts."""
        percent = readings(share.text, count=False)[0]
        k = len(self.parts)
        if k > MOST_PARTS:
            return Judgement("not checkable", None, say("list_too_many_parts", parts=k))
        values = list(_combined(self.parts, partition))
        if any(agreement(percent, v) for v in values):
            return Judgement("not checkable", None, say("list_some_combination", percent=percent))
        nearest = min(values, key=lambda v: abs(v - percent.value))
        details = {"percent": percent, "parts": k, "nearest": Shown(nearest, _SHOWN)}
        return Judgement("does not follow", float(nearest), say("list_no_combination", **details))


def _is_regular(text: str) -> bool:
    number = readings(text, count=True)[0]
    return number.whole and number.regular


def _combined(parts: Sequence[ListedFigure], partition: PartitionAudit) -> Iterator[Fraction]:
    """Every share that some of the parts have of the whole, for every possible total."""
    fixed = [int(readings(p.text, count=True)[0].value) for p in parts if _is_regular(p.text)]
    for completion in partition.completions:
        for count, total in zip(completion.counts, completion.totals, strict=True):
            counts = [*fixed, count] if len(fixed) < len(parts) else fixed
            for size in range(1, len(counts) + 1):
                for some in combinations(counts, size):
                    yield WHOLE * sum(some) / total


def judge_repeat(numbers: tuple[PrintedNumber, ...], *, row: int) -> Judgement:
    """Judge a count printed twice: both must be the same."""
    again, first = numbers
    value = int(first.value) if first.whole else float(first.value)
    if again.value == first.value:
        return Judgement("follows", value, say("list_repeat_ok", text=first, row=row))
    return Judgement("does not follow", value, say("list_repeat_bad", text=first, row=row))


def judge_bound_of_whole(
    numbers: tuple[PrintedNumber, ...], *, whole: tuple[int, int] | None
) -> Judgement:
    """Judge a part against the population; the first part speaks for all of them together."""
    judged = judge_bound(numbers)
    bound = numbers[1]
    if whole is None or not bound.whole or whole[0] <= bound.value:
        return judged
    details = {"low": Shown(Fraction(whole[0])), "high": Shown(Fraction(whole[1])), "bound": bound}
    sentence = say("total_above_bound", **details)
    if judged.verdict in BAD:
        words = judged.explanation
        return replace(judged, explanation=Explanation(words.code, words.details, (sentence,)))
    return Judgement("impossible", judged.recomputed, sentence)


def judge_listed_total(total: PrintedNumber, whole: tuple[int, int]) -> Judgement:
    """Judge a printed total against the sum of the parts, or the sums it can be."""
    low, high = whole
    details = {"low": Shown(Fraction(low)), "high": Shown(Fraction(high)), "total": total}
    follows = low <= total.value <= high
    code = "list_total_ok" if follows else "list_total_bad"
    return Judgement("follows" if follows else "does not follow", low, say(code, **details))
