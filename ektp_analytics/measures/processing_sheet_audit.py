"""Audit of the survey's processing sheet: each foot figure recomputed from the answers.

PermenPAN-RB 14/2017, annex: NRR = sum of the answers of an element / questionnaires,
weighted NRR = NRR × 1/x, index = Σ weighted NRR × 25. Reports print the weight 1/9 as
0.1111, 0.111 or 0.11 and then compute with it; a figure that one of these gives is
recognised and named, never called wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial

import pandas as pd

from ektp_analytics.errors import refuse
from ektp_analytics.measures.explanations import Explanation, Shown, say
from ektp_analytics.measures.grade_bands import GradeBand, judge_grade, schemes_at
from ektp_analytics.measures.index_judges import rounded_weights, shown_exactly
from ektp_analytics.measures.mean_judges import INDEX_DECIMALS, AnswerScale
from ektp_analytics.measures.printed_number import PrintedNumber, agreement, is_blank, readings
from ektp_analytics.measures.published_figures import FOUR_POINT, AuditResult, audit_relations
from ektp_analytics.measures.relation import Figure, Judge, Judgement, Relation, unchecked

_RANK = {"follows": 0, "rounded": 1, "truncated": 2}
_CHECKS = {
    "sum": "element_sum",
    "mean": "element_mean",
    "weighted": "weighted_mean",
    "index": "element_index",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One honest way to come to a figure, and the sentence that says so."""

    value: Fraction
    words: Explanation


@dataclass(frozen=True, slots=True)
class ElementTally:
    """The answers of one element: their sum, how many, and how many questionnaires."""

    total: int
    n: int
    questionnaires: int

    @property
    def mean(self) -> Fraction:
        """The mean of the answers given."""
        return Fraction(self.total, self.n)

    @property
    def means(self) -> tuple[tuple[Fraction, int], ...]:
        """The mean over those who answered, and over all questionnaires where some did not."""
        bases = dict.fromkeys((self.n, self.questionnaires))
        return tuple((Fraction(self.total, base), base) for base in bases)


def audit_processing_sheet(
    answers: pd.DataFrame,
    feet: pd.DataFrame,
    bands: Sequence[GradeBand] = (),
    *,
    as_of: str = "",
    scale: AnswerScale = FOUR_POINT,
) -> AuditResult:
    """Recompute every foot figure of a processing sheet.

    Parameters
    ----------
    answers
        Texts, one row per respondent (index = row as the file shows it), one column per
        element. Blanks, dashes and 0 are no answers.
    feet
        One row per printed figure: ``row`` (int), ``kind`` (``sum``, ``mean``,
        ``weighted``, ``index``, ``grade``, ``respondents``), ``column`` (an element's
        header for its own figure, another for one of the whole), ``text``.
    bands
        Grade bands of one or more dated schemes.
    as_of
        Date or period as printed, which tells the scheme.
    scale
        The answer scale.

    Returns
    -------
    AuditResult
        One check per foot figure.

    Raises
    ------
    Refused
        Where there is no foot figure.
    """
    sheet = _Sheet(answers, feet, tuple(bands), as_of, scale)
    relations = list(sheet.relations())
    if not relations:
        raise refuse("audit_no_figures")
    return audit_relations(relations)


class _Sheet:
    """The tallies of a sheet and the relations of its foot figures."""

    def __init__(
        self,
        answers: pd.DataFrame,
        feet: pd.DataFrame,
        bands: tuple[GradeBand, ...],
        as_of: str,
        scale: AnswerScale,
    ) -> None:
        self.answers, self.feet, self.scale = answers, feet, scale
        self.bands, self.as_of = bands, as_of
        found = {str(c): _wrong_answer(answers[c], scale) for c in answers}
        self.wrong = {column: place for column, place in found.items() if place}

    @cached_property
    def tallies(self) -> dict[str, ElementTally]:
        """Tally of every element that somebody answered."""
        given = {
            str(c): [int(t) for t in self.answers[c] if _is_answer(t)]
            for c in self.answers
            if c not in self.wrong
        }
        filled = sum(any(_is_answer(t) for t in row) for row in self.answers.to_numpy().tolist())
        return {c: ElementTally(sum(v), len(v), filled) for c, v in given.items() if v}

    @cached_property
    def weights(self) -> list[Fraction]:
        """The exact weight 1/x, then its usual roundings."""
        x = len(self.tallies)
        return [Fraction(1, x), *rounded_weights(x)]

    def relations(self) -> Iterator[Relation]:
        """Return one relation per foot figure."""
        for row, kind, column, text in self.feet.itertuples(index=False, name=None):
            yield self._relation(int(row), str(kind), str(column), str(text))

    def _relation(self, row: int, kind: str, column: str, text: str) -> Relation:
        of_element = column in self.answers.columns
        whole = {"weighted": "weighted_sum", "index": "index", "sum": "sum", "mean": "mean"}
        check = _CHECKS.get(kind, kind) if of_element else whole.get(kind, kind)
        if kind == "grade":
            return self._grade(row, column, text)
        numbers = readings(text, count=kind in {"sum", "respondents"})
        if not numbers:
            return unchecked(check, row, column, text, say("unreadable", text=text))
        if why := self._blocked(column if of_element else None):
            return unchecked(check, row, column, text, why)
        judge = self._judge(kind, column, of_element and kind != "respondents")
        figure = Figure(row, column, text, numbers, True, kind in {"sum", "respondents"})
        return Relation(check, row, column, text, (figure,), judge)

    def _blocked(self, column: str | None) -> Explanation | None:
        """Say why nothing can be recomputed: an unreadable answer, or none at all."""
        columns = [column] if column is not None else list(self.answers.columns)
        for name in columns:
            if name in self.wrong:
                at, text = self.wrong[name]
                return say("sheet_answer_wrong", row=at, column=name, text=text)
        if not self.tallies or (column is not None and column not in self.tallies):
            return say("sheet_no_answers")
        return None

    def _judge(self, kind: str, column: str, of_element: bool) -> Judge:
        if not of_element:
            return self._judge_whole(kind)
        tally = self.tallies[column]
        if kind == "sum":
            found, due = self._sum(tally.total, tally.n), Fraction(tally.total)
        elif kind == "weighted":
            found, due = list(self._weighted(column, tally)), tally.mean * self.weights[0]
        elif kind == "index":
            found, due = list(self._element_index(tally)), tally.mean * self.scale.factor
        else:
            found, due = list(_means(tally)), tally.mean
        return partial(judge_candidates, candidates=found, due=due)

    def _judge_whole(self, kind: str) -> Judge:
        mean = self._exact_mean
        if kind == "respondents":
            filled = next(iter(self.tallies.values())).questionnaires
            return partial(judge_candidates, candidates=self._respondents(filled), due=filled)
        if kind == "sum":
            total = sum(t.total for t in self.tallies.values())
            return partial(judge_candidates, candidates=self._sum(total, None), due=Fraction(total))
        if kind in {"weighted", "mean"}:
            found = list(self._weighted_sums())
            return partial(judge_candidates, candidates=found, due=mean)
        candidates = list(self._indices())
        return partial(
            judge_index_of_sheet, candidates=candidates, mean=mean, factor=self.scale.factor
        )

    @property
    def _exact_mean(self) -> Fraction:
        return sum((t.mean for t in self.tallies.values()), Fraction(0)) / len(self.tallies)

    # Ways to come to a figure ----------------------------------------------------

    @staticmethod
    def _respondents(filled: int) -> list[Candidate]:
        return [Candidate(Fraction(filled), say("sheet_respondents", due=filled))]

    @staticmethod
    def _sum(total: int, n: int | None) -> list[Candidate]:
        shown = Shown(Fraction(total))
        words = say("sheet_sum_all", due=shown) if n is None else say("sheet_sum", n=n, due=shown)
        return [Candidate(Fraction(total), words)]

    def _printed(self, kind: str, column: str) -> PrintedNumber | None:
        """Return the figure of an element printed in a foot row of one kind."""
        rows = self.feet[self.feet["kind"].eq(kind) & self.feet["column"].eq(column)]
        if len(rows) != 1:
            return None
        found = readings(str(rows["text"].iloc[0]), count=False)
        return found[0] if found else None

    def _weighted(self, column: str, tally: ElementTally) -> Iterator[Candidate]:
        printed = self._printed("mean", column)
        means = [m for m, _ in tally.means] + ([printed.value] if printed else [])
        for weight in self.weights:
            for mean in means:
                details = {"mean": Shown(mean, 3), "weight": self._name(weight)}
                yield Candidate(mean * weight, say("sheet_weighted", **details))

    def _element_index(self, tally: ElementTally) -> Iterator[Candidate]:
        for mean, _ in tally.means:
            factor = shown_exactly(self.scale.factor)
            words = say("sheet_element_index", mean=Shown(mean, 3), factor=factor)
            yield Candidate(mean * self.scale.factor, words)

    def _weighted_sums(self) -> Iterator[Candidate]:
        """Σ weighted NRR: exactly, from the printed NRR, or from the printed weighted NRR."""
        for weight in self.weights:
            for total, code in self._sums_of_means():
                words = say(f"sheet_weighted_sum_{code}", weight=self._name(weight))
                yield Candidate(total * weight, words)
        printed = self._sum_printed("weighted")
        if printed is not None:
            yield Candidate(printed, say("sheet_weighted_sum_printed"))

    def _indices(self) -> Iterator[Candidate]:
        for candidate in self._weighted_sums():
            yield Candidate(candidate.value * self.scale.factor, candidate.words)
        for printed in self._printed_whole("weighted"):
            words = say(
                "sheet_index_from_sum", sum=printed, factor=shown_exactly(self.scale.factor)
            )
            yield Candidate(printed.value * self.scale.factor, words)

    def _sums_of_means(self) -> Iterator[tuple[Fraction, str]]:
        tallies = self.tallies.values()
        yield sum((t.mean for t in tallies), Fraction(0)), "exact"
        if any(t.n != t.questionnaires for t in tallies):
            yield sum((t.means[-1][0] for t in tallies), Fraction(0)), "all"
        printed = self._sum_printed("mean")
        if printed is not None:
            yield printed, "means"

    def _sum_printed(self, kind: str) -> Fraction | None:
        """Sum a foot row as printed; None where an element's figure is missing."""
        found = [self._printed(kind, column) for column in self.tallies]
        if any(number is None for number in found):
            return None
        return sum((number.value for number in found if number), Fraction(0))

    def _printed_whole(self, kind: str) -> Iterator[PrintedNumber]:
        own = self.feet["kind"].eq(kind) & ~self.feet["column"].isin(list(self.answers.columns))
        for text in self.feet.loc[own, "text"]:
            yield from readings(str(text), count=False)[:1]

    def _name(self, weight: Fraction) -> object:
        exact = weight == self.weights[0] and weight not in rounded_weights(len(self.tallies))
        return f"1/{len(self.tallies)}" if exact else shown_exactly(weight)

    # The letter ------------------------------------------------------------------

    def _grade(self, row: int, column: str, text: str) -> Relation:
        index = self._index_figure()
        if not self.bands or index is None:
            why = say("index_missing") if self.bands else say("no_bands")
            return unchecked("grade", row, column, text, why)
        schemes = schemes_at(self.bands, self.as_of)
        judge = partial(judge_grade, text=text, schemes=schemes, scale=self.scale)
        return Relation("grade", row, column, text, (index,), judge)

    def _index_figure(self) -> Figure | None:
        own = self.feet["kind"].eq("index") & ~self.feet["column"].isin(list(self.answers.columns))
        rows = self.feet[own if own.any() else self.feet["kind"].eq("index")]
        if len(rows) != 1:
            return None
        row, _, column, text = next(rows.itertuples(index=False, name=None))
        found = readings(str(text), count=False)
        return Figure(int(row), str(column), str(text), found, True, False) if found else None


def judge_candidates(
    numbers: tuple[PrintedNumber, ...],
    *,
    candidates: Sequence[Candidate],
    due: Fraction | int,
) -> Judgement:
    """Judge a figure against every honest way to come to it; the closest names itself.

    Parameters
    ----------
    numbers
        One reading of the printed figure.
    candidates
        The ways, the usual one first.
    due
        What the answers give exactly.
    """
    (printed,) = numbers
    recomputed = int(due) if Fraction(due).denominator == 1 else float(due)
    found = [(a, c) for c in candidates if (a := agreement(printed, c.value))]
    if not found:
        places = max(printed.decimals, 0 if isinstance(recomputed, int) else INDEX_DECIMALS)
        details = {"printed": printed, "due": Shown(Fraction(due), places)}
        return Judgement("does not follow", recomputed, say("sheet_bad", **details))
    verdict, best = min(found, key=lambda pair: _RANK[pair[0]])
    more = (say("sheet_cut"),) if verdict == "truncated" else ()
    words = Explanation(best.words.code, best.words.details, more)
    return Judgement(verdict, recomputed, words)


def judge_index_of_sheet(
    numbers: tuple[PrintedNumber, ...],
    *,
    candidates: Sequence[Candidate],
    mean: Fraction,
    factor: Fraction,
) -> Judgement:
    """Judge the index of the sheet, printed on the answer scale or converted to 100."""
    (printed,) = numbers
    if printed.value > Fraction(100) / factor:
        return judge_candidates(numbers, candidates=candidates, due=mean * factor)
    plain = [Candidate(c.value / factor, c.words) for c in candidates]
    return judge_candidates(numbers, candidates=plain, due=mean)


def _means(tally: ElementTally) -> Iterator[Candidate]:
    for mean, base in tally.means:
        code = "sheet_mean" if base == tally.n else "sheet_mean_all"
        yield Candidate(mean, say(code, sum=Shown(Fraction(tally.total)), n=base, given=tally.n))


def _is_answer(text: object) -> bool:
    return str(text).strip() not in {"", "0"} and not is_blank(str(text))


def _wrong_answer(texts: pd.Series, scale: AnswerScale) -> tuple[int, str] | None:
    """Return row and text of the first cell that is no answer of the scale."""
    allowed = {str(v) for v in range(scale.lowest, scale.highest + 1)}
    for row, text in texts.items():
        if _is_answer(text) and str(text).strip() not in allowed:
            return int(str(row)), str(text)
    return None
