"""Which relations hold between the counts and percentages of a printed row.

Parts make the total, the complement is the total less the part, a percentage follows
from its count and its total, two complementary percentages make one hundred, and no
count exceeds the population. Coverage above 100 % is genuine (people are recorded
before they are obliged), so it is never accused by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from ektp_analytics.measures.count_judges import (
    WHOLE,
    judge_bound,
    judge_complement,
    judge_lone_percent,
    judge_parts,
    judge_percent_sum,
    judge_share,
    judge_share_of_rest,
    judge_share_of_some,
    judge_share_of_sum,
    judge_whole,
)
from ektp_analytics.measures.explanations import Explanation, say
from ektp_analytics.measures.printed_number import is_blank
from ektp_analytics.measures.printed_table import PrintedRow, PrintedTable
from ektp_analytics.measures.relation import Figure, Judge, Relation, settle, unchecked

LARGEST_FRACTION = Fraction(2)
"""A column of shares up to this may hold fractions (0.9368) in place of percent."""

ROLE_NAMES = {
    "total": {"id": "jumlah seluruhnya", "en": "total"},
    "part": {"id": "bagian", "en": "part"},
    "population": {"id": "jumlah penduduk", "en": "population"},
}


class CountGroup:
    """The counts and percentages of one group in one row.

    Parameters
    ----------
    table, row, group
        Where they stand.
    """

    def __init__(self, table: PrintedTable, row: PrintedRow, group: str) -> None:
        self.table, self.row, self.group = table, row, group
        self.totals = table.positions("total", group)
        self.populations = table.positions("population", group) or table.positions("population")
        self.parts = table.positions("part", group)
        self.complements = table.positions("complement", group)
        self.percents = table.positions("percent", group)
        self.complement_percents = table.positions("complement_percent", group)
        if not self.totals and self.parts and not self.percents and not self.complements:
            self.totals = table.positions("population", group)

    def relations(self) -> Iterator[Relation]:
        """Every relation this group can be checked by."""
        yield from self._readable()
        yield from self._whole_counts()
        yield from self._sum()
        yield from self._percent_checks()
        yield from self._percent_sums()
        yield from self._bounds()

    # The figures ---------------------------------------------------------------

    @property
    def _partition(self) -> bool:
        """Whether several parts make up the whole, so that none exceeds it."""
        return len(self.parts) > 1

    def _at(self, position: int) -> Figure | None:
        return self.table.figure(self.row, position)

    def _one(self, positions: tuple[int, ...]) -> Figure | None:
        return self._at(positions[0]) if len(positions) == 1 else None

    def _many(self, positions: tuple[int, ...]) -> list[Figure]:
        return [f for i in positions if (f := self._at(i)) is not None]

    def _header(self, position: int) -> str:
        return self.table.columns[position].header

    def _unchecked(self, check: str, position: int, why: Explanation) -> Relation:
        printed = self.table.text(self.row, position)
        return unchecked(check, self.row.row, self._header(position), printed, why)

    def _relation(self, check: str, figures: list[Figure], judge: Judge) -> Relation:
        place = figures[0]
        return Relation(check, place.row, place.column, place.text, tuple(figures), judge)

    def _missing(self, positions: tuple[int, ...], word: str) -> Explanation:
        if len(positions) > 1:
            return say("two_columns", names=", ".join(self._header(i) for i in positions))
        if positions:
            return say("figure_missing", column=self._header(positions[0]))
        return say("column_missing", role=ROLE_NAMES[word])

    # Cells ---------------------------------------------------------------------

    def _counts(self) -> tuple[int, ...]:
        own = self.table.positions("population", self.group)
        return self.totals + self.parts + self.complements + tuple(set(own) - set(self.totals))

    def _readable(self) -> Iterator[Relation]:
        for i in self._counts() + self.percents + self.complement_percents:
            text = self.table.text(self.row, i)
            if not is_blank(text) and self._at(i) is None:
                yield self._unchecked("readable", i, say("unreadable", text=text))

    def _whole_counts(self) -> Iterator[Relation]:
        """Yield the check that a count of persons has no decimals, unless its column has."""
        figures = self._many(self._counts())
        odd = [f for f in figures if not f.first.whole]
        others = [f for f in figures if f.first.whole]
        clear = bool(others) and all(f.settled for f in others)
        if len(odd) == 1 and clear and not odd[0].settled:
            yield self._relation("whole_count", [settle(odd[0], True)], judge_whole)

    # Sums ----------------------------------------------------------------------

    def _sum(self) -> Iterator[Relation]:
        parts, rest = self._many(self.parts), self._many(self.complements)
        single = len(self.parts) == 1
        if not self.parts or (single and not rest):
            return
        check, place = ("complement", self.complements[0]) if single else ("parts", None)
        total = self._one(self.totals)
        blank = next((i for i in self.parts + self.complements if self._at(i) is None), None)
        where = place if place is not None else (self.totals or self.parts)[0]
        if total is None or blank is not None:
            if total is not None or parts or rest:
                lacking = (blank,) if total is not None and blank is not None else self.totals
                yield self._unchecked(check, where, self._missing(lacking, "total"))
        elif single:
            yield self._relation(check, [rest[0], total, parts[0]], judge_complement)
        else:
            judge = partial(judge_parts, rest=len(rest))
            yield self._relation(check, [total, *parts, *rest], judge)

    # Percentages ---------------------------------------------------------------

    def _percent_checks(self) -> Iterator[Relation]:
        paired = len(self.percents) == len(self.parts)
        for order, position in enumerate(self.percents):
            percent = self._at(position)
            if percent is None:
                continue
            if paired or not self.parts:
                part = self._at(self.parts[order]) if paired else None
                rest = None if self._partition else self._one(self.complements)
                yield self._share("percent", position, percent, part, rest, self.parts)
            else:
                yield self._share_of_some_part(position, percent)
        for position in self.complement_percents:
            percent = self._at(position)
            if percent is not None:
                part = self._at(self.parts[0]) if len(self.parts) == 1 else None
                rest = self._one(self.complements)
                lacking = self.complements
                yield self._share("complement_percent", position, percent, rest, part, lacking)

    def _share(
        self,
        check: str,
        position: int,
        percent: Figure,
        count: Figure | None,
        other: Figure | None,
        lacking: tuple[int, ...],
    ) -> Relation:
        """Relate a share to its count; total or count may follow from the other count."""
        total = self._one(self.totals)
        fraction = self._may_be_fraction(position)
        outside = check == "complement_percent" or self._partition
        limit = WHOLE if outside else None
        if total is not None and count is not None:
            judge = partial(judge_share, fraction=fraction)
            return self._relation(check, [percent, count, total], judge)
        if total is not None and other is not None:
            judge = partial(judge_share_of_rest, fraction=fraction)
            return self._relation(check, [percent, other, total], judge)
        if count is not None and other is not None and not self.totals[1:]:
            judge = partial(judge_share_of_sum, fraction=fraction)
            return self._relation(check, [percent, count, other], judge)
        figures = [percent, *(f for f in (total or count,) if f is not None)]
        why = (
            self._missing(self.totals, "total") if total is None else self._missing(lacking, "part")
        )
        known = "total" if total is not None else "part" if count is not None else ""
        judge = partial(judge_lone_percent, known=known, limit=limit, why=why)
        return self._relation(check, figures, judge)

    def _share_of_some_part(self, position: int, percent: Figure) -> Relation:
        total = self._one(self.totals)
        parts = self._many(self.parts + self.complements)
        if total is None or not parts:
            return self._unchecked("percent", position, self._missing(self.totals, "total"))
        return self._relation("percent", [percent, total, *parts], judge_share_of_some)

    def _may_be_fraction(self, position: int) -> bool:
        texts = [self.table.text(r, position) for r in self.table.rows]
        numbers = [f.first for r in self.table.rows if (f := self.table.figure(r, position))]
        signed = any("%" in t or "pers" in t.casefold() for t in texts)
        return not signed and all(n.value <= LARGEST_FRACTION for n in numbers)

    def _percent_sums(self) -> Iterator[Relation]:
        one, rest = self._one(self.percents), self._one(self.complement_percents)
        if one is not None and rest is not None:
            yield self._relation("percent_sum", [one, rest], judge_percent_sum)
        shares = self._many(self.percents)
        if self._partition and len(shares) == len(self.parts) and not self.complements:
            yield self._relation("percent_sum", shares, judge_percent_sum)

    # Bound ---------------------------------------------------------------------

    def _bounds(self) -> Iterator[Relation]:
        if not self.populations or self.populations == self.totals:
            return
        counts = self._many(self.totals + self.parts + self.complements)
        if not counts:
            return
        bound = self._one(self.populations)
        if bound is None:
            why, first = self._missing(self.populations, "population"), counts[0]
            yield unchecked("bound", first.row, first.column, first.text, why)
            return
        for figure in counts:
            yield self._relation("bound", [figure, bound], judge_bound)
