"""How many answers separate a letter from the next one: the least moves that change it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from ektp_analytics.errors import Reason, because
from ektp_analytics.measures.answer_tally import ANSWER_VALUES, AnswerTally
from ektp_analytics.measures.mean_index import (
    INDEX_DECIMALS,
    POINTS_PER_ANSWER,
    Bands,
    best_first,
    grade_of,
    mean_index,
)
from ektp_analytics.measures.rounding import exact

HALF_A_STEP = Fraction(1, 2 * 10**INDEX_DECIMALS)


@dataclass(frozen=True, slots=True)
class Flip:
    """The least number of one-point moves of recorded answers that changes the letter."""

    moves: int
    letter: str


@dataclass(frozen=True, slots=True)
class _Way:
    moves: int
    distance: Fraction
    reached: Fraction


def answers_to_flip(tally: AnswerTally, bands: Bands) -> Flip | Reason:
    """Count the one-point moves of recorded answers that would change the letter.

    A move raises or lowers one recorded answer of element e by one point and moves the
    index by 25 / (x · n_e). As the effect does not depend on the answer moved, taking
    the largest effects first, as far as answers can still move, gives the least number.
    The nearer direction is the one with fewer moves; at a tie, the one fewer index points
    away; at a tie again, downwards.

    Returns
    -------
    Flip or Reason
        Number of moves and the letter then reached; a reason without answers, or if the
        scheme has one letter.
    """
    index = mean_index(tally)
    if index is None:
        return because("no_answers")
    ways = [way for way in (_down(tally, index, bands), _up(tally, index, bands)) if way]
    if not ways:
        return because("one_band_only")
    nearest = min(ways, key=lambda way: (way.moves, way.distance))
    return Flip(nearest.moves, grade_of(nearest.reached, bands).letter)


def _up(tally: AnswerTally, index: Fraction, bands: Bands) -> _Way | None:
    """Move upwards until the rounded index reaches the next better band."""
    current = exact(grade_of(index, bands).lower)
    better = [exact(band.lower) for band in best_first(bands) if exact(band.lower) > current]
    if not better:
        return None
    distance = _least_rounded_to(better[-1]) - index
    room = _room(tally, [max(ANSWER_VALUES) - value for value in ANSWER_VALUES])
    moves, travelled = _largest_first(room, distance, strict=False)
    return _Way(moves, distance, index + travelled)


def _down(tally: AnswerTally, index: Fraction, bands: Bands) -> _Way | None:
    """Move downwards until the rounded index falls below its own band."""
    current = exact(grade_of(index, bands).lower)
    if current == exact(best_first(bands)[-1].lower):
        return None
    distance = index - _least_rounded_to(current)
    room = _room(tally, [value - min(ANSWER_VALUES) for value in ANSWER_VALUES])
    moves, travelled = _largest_first(room, distance, strict=True)
    return _Way(moves, distance, index - travelled)


def _least_rounded_to(edge: Fraction) -> Fraction:
    """Return the least number whose two-decimal half-up rounding is not below `edge`."""
    steps = 10**INDEX_DECIMALS
    return Fraction(ceil(edge * steps), steps) - HALF_A_STEP


def _room(tally: AnswerTally, points: list[int]) -> list[tuple[Fraction, int]]:
    """Return effect of one move and number of moves left, per element, largest effect first."""
    answered = tally.answered
    room = [
        (
            Fraction(POINTS_PER_ANSWER, len(answered) * tally.count(element)),
            sum(n * p for n, p in zip(tally.values(element).values(), points, strict=True)),
        )
        for element in answered
    ]
    return sorted(room, reverse=True)


def _largest_first(
    room: list[tuple[Fraction, int]], distance: Fraction, strict: bool
) -> tuple[int, Fraction]:
    """Return the least moves that travel `distance` (more than it if `strict`), and how far."""
    moves, travelled = 0, Fraction(0)
    for effect, available in room:
        left = (distance - travelled) / effect
        needed = max(0, floor(left) + 1 if strict else ceil(left))
        taken = min(needed, available)
        moves, travelled = moves + taken, travelled + taken * effect
        if taken == needed:
            break
    return moves, travelled
