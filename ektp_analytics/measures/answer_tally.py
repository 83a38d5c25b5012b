"""Survey answers reduced to whole numbers that add up: the sufficient statistics of an index.

A tally holds no row. Tallies of parts merge by addition into the tally of the whole, so
one office, a province and a cluster compute the same index by the same code.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Counts = npt.NDArray[np.int64]

ANSWER_VALUES = (1, 2, 3, 4)
"""The four-point answer scale, worst to best."""

ENOUGH_ANSWERS = 5
"""A questionnaire counts from this many answered elements (fewer if fewer were asked)."""


@dataclass(frozen=True, slots=True, eq=False)
class AnswerTally:
    """Whole-number sufficient statistics of a four-point survey.

    Parameters
    ----------
    elements
        Names of the elements asked, in order; x of them.
    minimum_answered
        Answers a questionnaire needs in order to count.
    n
        Questionnaires counted.
    below_minimum
        Questionnaires kept but not counted, because they hold fewer answers.
    by_value
        (x, 4) int64: answers 1, 2, 3 and 4 of each element, counted questionnaires only.
    both
        (x, x) int64, symmetric: questionnaires that answer both elements of the pair.
    sums
        (x, x) int64: sum of the row element's answers over those questionnaires.
    products
        (x, x) int64, symmetric: sum of the products of the two answers over them.
    complete_n, complete_by_value
        The same count and (x, 4) table over complete cases: questionnaires that answer
        every element which any counted questionnaire answers.
    """

    elements: tuple[str, ...]
    minimum_answered: int
    n: int
    below_minimum: int
    by_value: Counts
    both: Counts
    sums: Counts
    products: Counts
    complete_n: int
    complete_by_value: Counts

    @property
    def answered(self) -> tuple[str, ...]:
        """Elements with at least one valid answer."""
        return tuple(e for e in self.elements if self.count(e))

    def count(self, element: str) -> int:
        """Return the number of valid answers of an element."""
        return int(self.by_value[self._place(element)].sum())

    def blank(self, element: str) -> int:
        """Return the number of counted questionnaires without an answer to an element."""
        return self.n - self.count(element)

    def values(self, element: str) -> dict[int, int]:
        """Return how often each answer was given to an element, unused answers included."""
        counted = self.by_value[self._place(element)].tolist()
        return dict(zip(ANSWER_VALUES, counted, strict=True))

    def mean(self, element: str) -> Fraction | None:
        """Return the exact mean answer of an element (its NRR), None without an answer."""
        place = self._place(element)
        count = int(self.both[place, place])
        return Fraction(int(self.sums[place, place]), count) if count else None

    def complete_mean(self, element: str) -> Fraction | None:
        """Return the exact mean answer of an element over complete cases."""
        if not self.complete_n or not self.count(element):
            return None
        total = int(self.complete_by_value[self._place(element)] @ np.array(ANSWER_VALUES))
        return Fraction(total, self.complete_n)

    def _place(self, element: str) -> int:
        return self.elements.index(element)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AnswerTally):
            return NotImplemented
        return self.to_record() == other.to_record()

    def __hash__(self) -> int:
        return hash((self.elements, self.n, self.by_value.tobytes()))

    def __add__(self, other: AnswerTally) -> AnswerTally:
        return merge_tallies((self, other))

    def to_record(self) -> dict[str, Any]:
        """Return the tally as plain lists and whole numbers, ready for JSON."""
        return {
            "elements": list(self.elements),
            "minimum_answered": self.minimum_answered,
            "n": self.n,
            "below_minimum": self.below_minimum,
            "by_value": self.by_value.tolist(),
            "both": self.both.tolist(),
            "sums": self.sums.tolist(),
            "products": self.products.tolist(),
            "complete_n": self.complete_n,
            "complete_by_value": self.complete_by_value.tolist(),
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> AnswerTally:
        """Read a tally back from `to_record`."""

        def table(name: str) -> Counts:
            return np.array(record[name], dtype=np.int64)

        return cls(
            elements=tuple(record["elements"]),
            minimum_answered=int(record["minimum_answered"]),
            n=int(record["n"]),
            below_minimum=int(record["below_minimum"]),
            by_value=table("by_value"),
            both=table("both"),
            sums=table("sums"),
            products=table("products"),
            complete_n=int(record["complete_n"]),
            complete_by_value=table("complete_by_value"),
        )


def minimum_for(elements: Sequence[str], enough: int = ENOUGH_ANSWERS) -> int:
    """Return how many answers a questionnaire needs: `enough`, or all if fewer were asked."""
    return max(1, min(enough, len(elements)))


def tally_answers(
    frame: pd.DataFrame, elements: Sequence[str], minimum_answered: int | None = None
) -> AnswerTally:
    """Reduce a table of questionnaires to its tally.

    Parameters
    ----------
    frame
        One row per questionnaire; the columns `elements` hold 1, 2, 3, 4 or a blank.
    elements
        Columns of the elements asked.
    minimum_answered
        Answers a questionnaire needs in order to count; by default `minimum_for`.

    Returns
    -------
    AnswerTally

    Raises
    ------
    ValueError
        If a column holds anything else than 1 to 4 or a blank.
    """
    return _tallied(_checked_answers(frame, elements), elements, minimum_answered)


def _tallied(answers: Counts, elements: Sequence[str], minimum_answered: int | None) -> AnswerTally:
    """Tally answers that were checked: one row per questionnaire, 0 for a blank."""
    needed = minimum_for(elements) if minimum_answered is None else minimum_answered
    given = answers > 0
    counted = given.sum(axis=1) >= max(1, needed)
    answers, given = answers[counted], given[counted].astype(np.int64)
    complete = answers[given[:, given.any(axis=0)].all(axis=1)]
    return AnswerTally(
        elements=tuple(elements),
        minimum_answered=needed,
        n=len(answers),
        below_minimum=len(counted) - len(answers),
        by_value=_count_values(answers),
        both=given.T @ given,
        sums=answers.T @ given,
        products=answers.T @ answers,
        complete_n=len(complete),
        complete_by_value=_count_values(complete),
    )


def tally_by(
    frame: pd.DataFrame,
    by: str,
    elements: Sequence[str],
    minimum_answered: int | None = None,
) -> dict[Hashable, AnswerTally]:
    """Tally each group of one column; rows without a group are under the key None."""
    return tally_by_each(frame, {by: frame[by]}, elements, minimum_answered)[by]


def tally_by_each(
    frame: pd.DataFrame,
    margins: Mapping[str, pd.Series],
    elements: Sequence[str],
    minimum_answered: int | None = None,
) -> dict[str, dict[Hashable, AnswerTally]]:
    """Tally each group of several attributes of the rows, as `tally_by` does of one."""
    answers = _checked_answers(frame, elements)
    places = pd.Series(np.arange(len(frame)), index=frame.index)
    found = {}
    for margin, names in margins.items():
        groups = places.groupby(names, sort=True, observed=True, dropna=False)
        found[margin] = {
            _group_key(label): _tallied(answers[rows.to_numpy()], elements, minimum_answered)
            for label, rows in groups
        }
    return found


def merge_tallies(tallies: Iterable[AnswerTally]) -> AnswerTally:
    """Add tallies of parts into the tally of the whole, exactly.

    A part in which some element has no answer at all holds no complete case of the
    whole once another part has answers to that element.

    Raises
    ------
    ValueError
        If there is nothing to merge, or the parts asked different elements.
    """
    parts = tuple(tallies)
    if not parts:
        raise ValueError("no tally to merge")
    asked = {(part.elements, part.minimum_answered) for part in parts}
    if len(asked) > 1:
        raise ValueError(f"tallies of different questionnaires cannot be merged: {sorted(asked)}")
    by_value = _added(part.by_value for part in parts)
    in_use = by_value.any(axis=1)
    whole = [p for p in parts if np.array_equal(p.by_value.any(axis=1), in_use)]
    return AnswerTally(
        elements=parts[0].elements,
        minimum_answered=parts[0].minimum_answered,
        n=sum(part.n for part in parts),
        below_minimum=sum(part.below_minimum for part in parts),
        by_value=by_value,
        both=_added(part.both for part in parts),
        sums=_added(part.sums for part in parts),
        products=_added(part.products for part in parts),
        complete_n=sum(part.complete_n for part in whole),
        complete_by_value=_added([p.complete_by_value for p in whole] or [by_value * 0]),
    )


def restrict(tally: AnswerTally, elements: Sequence[str]) -> AnswerTally:
    """Return the part of a tally that concerns some of its elements.

    Questionnaires stay counted by the rule of the whole questionnaire. Complete cases
    are not known for a part: they are those of the whole.
    """
    places = np.array([tally.elements.index(e) for e in elements], dtype=np.intp)
    pairs = np.ix_(places, places)
    return AnswerTally(
        elements=tuple(elements),
        minimum_answered=tally.minimum_answered,
        n=tally.n,
        below_minimum=tally.below_minimum,
        by_value=tally.by_value[places],
        both=tally.both[pairs],
        sums=tally.sums[pairs],
        products=tally.products[pairs],
        complete_n=tally.complete_n,
        complete_by_value=tally.complete_by_value[places],
    )


def _group_key(label: Any) -> Hashable:
    key: Hashable = None if pd.isna(label) else label
    return key


def _checked_answers(frame: pd.DataFrame, elements: Sequence[str]) -> Counts:
    """Return the answers as (n, x) int64 with 0 for a blank."""
    table = frame.loc[:, list(elements)].astype("Float64")
    answers = table.to_numpy(dtype=float, na_value=np.nan)
    wrong = ~(np.isnan(answers) | np.isin(answers, ANSWER_VALUES)).all(axis=0)
    if wrong.any():
        element = elements[int(wrong.argmax())]
        raise ValueError(f"column {element!r} holds a value that is not 1, 2, 3, 4 or blank")
    whole: Counts = np.nan_to_num(answers).astype(np.int64)
    return whole


def _count_values(answers: Counts) -> Counts:
    return np.stack([(answers == value).sum(axis=0) for value in ANSWER_VALUES], axis=1)


def _added(tables: Iterable[Counts]) -> Counts:
    total: Counts = np.stack(list(tables)).sum(axis=0)
    return total
