"""The survey index of two periods compared, on the elements both of them asked."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from ektp_analytics.errors import because
from ektp_analytics.measures.answer_tally import AnswerTally, restrict
from ektp_analytics.measures.change import Change, Reading, moved_beyond_noise
from ektp_analytics.measures.index_interval import (
    IndexInterval,
    element_interval,
    index_interval,
)


def index_reading(
    tally: AnswerTally, population: int | None = None, basis: Hashable = None
) -> Reading:
    """Read the survey index of a period, its interval as noise."""
    return _as_reading(index_interval(tally, population), basis)


def element_reading(
    tally: AnswerTally, element: str, population: int | None = None, basis: Hashable = None
) -> Reading:
    """Read the index of one element of a period, its interval as noise."""
    return _as_reading(element_interval(tally, element, population), basis)


def _as_reading(interval: IndexInterval, basis: Hashable) -> Reading:
    value = None if interval.index is None else float(interval.index)
    return Reading(value=value, basis=basis, interval=interval.bounds, reason=interval.reason)


def index_change(
    before: AnswerTally,
    after: AnswerTally,
    populations: tuple[int | None, int | None] = (None, None),
) -> Change:
    """Judge the change of the survey index between two periods.

    Both are computed on the elements answered in both periods; a note names the elements
    left out.

    Returns
    -------
    Change
        Not comparable where no element was answered in both periods, or a period has no
        interval.
    """
    common = tuple(element for element in before.answered if element in after.answered)
    if not common:
        return Change(verdict="not comparable", reason=because("change_no_common_element"))
    pair = [
        index_reading(restrict(tally, common), population)
        for tally, population in zip((before, after), populations, strict=True)
    ]
    change = moved_beyond_noise({"index": (pair[0], pair[1])}, material=0)["index"]
    left_out = sorted({*before.answered, *after.answered} - {*common})
    notes = (because("change_on_common_set", left_out=", ".join(left_out)),) if left_out else ()
    return replace(change, notes=notes)
