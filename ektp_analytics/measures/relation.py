"""A relation between printed figures, and how it is judged.

A relation names the figures it needs, the place it speaks about and a judge: a pure
function from one reading of each figure to a `Judgement`. A figure with two readings is
tried in both; it is accused only when its reading is settled and no reading fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from ektp_analytics.measures.explanations import Explanation, say
from ektp_analytics.measures.printed_number import GROUP_SIZE, PrintedNumber
from ektp_analytics.measures.repairs import Slip, slips

Verdict = Literal[
    "follows", "rounded", "truncated", "impossible", "does not follow", "not checkable"
]

GOOD: frozenset[str] = frozenset({"follows", "rounded", "truncated"})
BAD: frozenset[str] = frozenset({"impossible", "does not follow"})

MOST_REPAIRS = 10
"""A longer list of slips no longer helps to find the true one."""

MOST_FIGURES = 60
"""In a longer relation (a Jumlah of many rows) only its first figure is tried for slips."""

_ORDER: tuple[Verdict, ...] = (
    "follows",
    "rounded",
    "truncated",
    "not checkable",
    "does not follow",
    "impossible",
)

Place = tuple[int, str]
Recomputed = int | float | str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure, its place and what it can mean.

    Parameters
    ----------
    row, column
        File row and column header.
    text
        As printed.
    readings
        Its readings, the likeliest first.
    settled
        Whether the table shows which reading is meant, so that it may be accused.
    count
        Whether it is a number of persons or answers.
    """

    row: int
    column: str
    text: str
    readings: tuple[PrintedNumber, ...]
    settled: bool = True
    count: bool = True

    @property
    def place(self) -> Place:
        """File row and column header."""
        return self.row, self.column

    @property
    def first(self) -> PrintedNumber:
        """The likeliest reading."""
        return self.readings[0]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a relation says: verdict, recomputed value and the sentence for it."""

    verdict: Verdict
    recomputed: Recomputed
    explanation: Explanation


Judge = Callable[[tuple[PrintedNumber, ...]], Judgement]


@dataclass(frozen=True, slots=True)
class Relation:
    """One thing that can be checked about printed figures.

    Parameters
    ----------
    check
        Name of the check.
    row, column, printed
        The place it speaks about and what stands there.
    figures
        The figures it needs, in the order the judge takes them.
    judge
        Function from one reading of each figure to a `Judgement`.
    """

    check: str
    row: int
    column: str
    printed: str
    figures: tuple[Figure, ...]
    judge: Judge

    def involves(self, place: Place) -> bool:
        """Say whether the figure at a place takes part."""
        return any(f.place == place for f in self.figures)


@dataclass(frozen=True, slots=True)
class Repair:
    """One single slip that would make a figure follow; proposed, never applied."""

    row: int
    column: str
    printed: str
    would_be: str
    slip: Slip


def unchecked(check: str, row: int, column: str, printed: str, why: Explanation) -> Relation:
    """Make a relation that cannot be judged, with the reason."""
    fixed = Judgement("not checkable", None, why)
    return Relation(check, row, column, printed, (), lambda _: fixed)


def evaluate(
    relation: Relation, replaced: Mapping[Place, PrintedNumber] | None = None
) -> Judgement:
    """Judge a relation in the most favourable reading of its figures.

    Parameters
    ----------
    relation
        The relation.
    replaced
        Figures to read as something else, by place; used to try repairs.

    Returns
    -------
    Judgement
        The best verdict over all readings. Where none is good and some figure's
        reading is not settled, ``not checkable``: an accusation would be a guess.
    """
    instead = replaced or {}
    choices = [(instead[f.place],) if f.place in instead else f.readings for f in relation.figures]
    found = [relation.judge(combination) for combination in product(*choices)]
    best = min(found, key=lambda j: _ORDER.index(j.verdict))
    if best.verdict in GOOD:
        return best
    doubtful = [f for f in relation.figures if not f.settled and f.place not in instead]
    if doubtful and found[0].verdict in BAD:
        why = say("ambiguous_number", text=doubtful[0].text)
        return Judgement("not checkable", None, why)
    return found[0]


def find_repairs(relation: Relation, others: Sequence[Relation]) -> tuple[tuple[Repair, ...], int]:
    """List the single slips that would make an accused relation follow.

    Parameters
    ----------
    relation
        The accused relation.
    others
        All relations of the table; a slip that leaves fewer of them in contradiction
        comes first.

    Returns
    -------
    tuple of (repairs, found)
        At most ten repairs, and how many there were.
    """
    before = {id(r) for r in others if evaluate(r).verdict in BAD}
    ranked = sorted(
        (
            (_contradictions(figure, candidate, others, before), index, repair)
            for index, (figure, candidate, repair) in enumerate(_candidates(relation))
        ),
        key=lambda entry: entry[:2],
    )
    return tuple(repair for _, _, repair in ranked[:MOST_REPAIRS]), len(ranked)


def _candidates(relation: Relation) -> Iterator[tuple[Figure, PrintedNumber, Repair]]:
    """Try every slip; of an impossible figure one that makes it possible will do."""
    mark = _mark_of(relation)
    impossible = evaluate(relation).verdict == "impossible"
    mended = GOOD | {"not checkable"} if impossible else GOOD
    long = len(relation.figures) > MOST_FIGURES
    for figure in relation.figures[:1] if long else relation.figures:
        tried = set()
        for reading in figure.readings:
            for slip, candidate in slips(_in_style(reading, mark), count=figure.count):
                written = (candidate.value, candidate.decimals)
                if written in tried or (figure.count and not candidate.whole):
                    continue
                tried.add(written)
                if evaluate(relation, {figure.place: candidate}).verdict in mended:
                    row, column = figure.place
                    yield figure, candidate, Repair(row, column, figure.text, candidate.text, slip)


def _mark_of(relation: Relation) -> str:
    """Return the thousands separator of the figures beside, if they show one."""
    marks = (f.first.group_mark for f in relation.figures if f.settled)
    return next((m for m in marks if m), "")


def _in_style(reading: PrintedNumber, mark: str) -> PrintedNumber:
    """Let a figure too short for a separator be written with that of its neighbours."""
    short = len(reading.digits) - reading.decimals <= GROUP_SIZE
    if not short or reading.group_mark or reading.decimal_mark == mark:
        return reading
    return replace(reading, group_mark=mark)


def _contradictions(
    figure: Figure, candidate: PrintedNumber, relations: Sequence[Relation], before: set[int]
) -> int:
    """Count how many more relations of the table contradict after the repair."""
    touched = [r for r in relations if r.involves(figure.place)]
    after = sum(evaluate(r, {figure.place: candidate}).verdict in BAD for r in touched)
    return after - sum(id(r) in before for r in touched)


def settle(figure: Figure, settled: bool) -> Figure:
    """Return the figure with its reading settled or not."""
    return replace(figure, settled=settled)
