"""Which relations hold between an index, the means under it, its letter and its n."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ektp_analytics.measures.explanations import Explanation, say
from ektp_analytics.measures.grade_bands import GradeBand, judge_grade, schemes_at
from ektp_analytics.measures.index_judges import (
    judge_index,
    judge_lone_index,
    judge_weight,
    stated_weights,
)
from ektp_analytics.measures.mean_judges import (
    AnswerScale,
    judge_mean,
    judge_mean_of_elements,
    judge_sample,
)
from ektp_analytics.measures.printed_number import is_blank
from ektp_analytics.measures.printed_table import PrintedRow, PrintedTable
from ektp_analytics.measures.relation import Figure, Judge, Relation, unchecked

ROLE_NAMES = {
    "n": {"id": "jumlah responden (n)", "en": "number of respondents (n)"},
    "element": {"id": "nilai unsur", "en": "element means"},
    "mean": {"id": "nilai rata-rata", "en": "mean"},
    "index": {"id": "indeks", "en": "index"},
    "weight": {"id": "bobot", "en": "weight"},
    "grade": {"id": "mutu", "en": "grade"},
}


class IndexGroup:
    """The index figures of one group in one row.

    Parameters
    ----------
    table, row, group
        Where they stand.
    scale
        The answer scale.
    bands
        Grade bands of one or more schemes; without any no letter is checked.
    """

    def __init__(
        self,
        table: PrintedTable,
        row: PrintedRow,
        group: str,
        scale: AnswerScale,
        bands: Sequence[GradeBand],
    ) -> None:
        self.table, self.row, self.scale, self.bands = table, row, scale, tuple(bands)
        self.columns = {
            role: table.positions(role, group)
            for role in ("n", "element", "mean", "index", "grade", "weight")
        }

    def relations(self) -> Iterator[Relation]:
        """Every relation these figures can be checked by."""
        yield from self._readable()
        yield from self._sample()
        yield from self._possible_means()
        yield from self._mean_of_elements()
        yield from self._index()
        yield from self._weight()
        yield from self._grade()

    # The figures ---------------------------------------------------------------

    def _one(self, role: str) -> Figure | None:
        columns = self.columns[role]
        return self.table.figure(self.row, columns[0]) if len(columns) == 1 else None

    @property
    def _elements(self) -> list[Figure]:
        found = (self.table.figure(self.row, i) for i in self.columns["element"])
        return [f for f in found if f is not None]

    @property
    def _complete(self) -> bool:
        return bool(self._elements) and len(self._elements) == len(self.columns["element"])

    @property
    def _converted_scale(self) -> AnswerScale:
        """The scale of the index: 25 to 100 for answers 1 to 4."""
        low, high = (end * self.scale.factor for end in (self.scale.lowest, self.scale.highest))
        return AnswerScale(int(low), int(high))

    @property
    def _converted(self) -> bool:
        """Whether most element figures stand on the scale of the index."""
        scale, figures = self._converted_scale, self._elements
        inside = sum(scale.lowest <= f.first.value <= scale.highest for f in figures)
        return len(figures) > 1 and 2 * inside > len(figures)

    def _text(self, role: str) -> str:
        columns = self.columns[role]
        return self.table.text(self.row, columns[0]) if columns else ""

    def _header(self, role: str) -> str:
        return self.table.columns[self.columns[role][0]].header

    def _relation(self, check: str, figures: list[Figure], judge: Judge) -> Relation:
        place = figures[0]
        return Relation(check, place.row, place.column, place.text, tuple(figures), judge)

    def _unchecked(self, check: str, role: str, why: Explanation) -> Relation:
        return unchecked(check, self.row.row, self._header(role), self._text(role), why)

    def _missing(self, role: str) -> Explanation:
        columns = self.columns[role]
        if len(columns) > 1 and role != "element":
            names = ", ".join(self.table.columns[i].header for i in columns)
            return say("two_columns", names=names)
        if not columns:
            return say("column_missing", role=ROLE_NAMES[role])
        return say("figure_missing", column=self._header(role))

    # The relations -------------------------------------------------------------

    def _readable(self) -> Iterator[Relation]:
        for role in ("n", "element", "mean", "index"):
            for i in self.columns[role]:
                text = self.table.text(self.row, i)
                if not is_blank(text) and self.table.figure(self.row, i) is None:
                    header = self.table.columns[i].header
                    why = say("unreadable", text=text)
                    yield unchecked("readable", self.row.row, header, text, why)

    def _sample(self) -> Iterator[Relation]:
        n = self._one("n")
        if n is not None:
            yield self._relation("sample", [n], judge_sample)

    def _possible_means(self) -> Iterator[Relation]:
        """GRIM; a mean beside an index is a mean over all elements, its n unknown."""
        n, means = self._one("n"), [] if self._converted else list(self._elements)
        for figure in self._elements if self._converted else []:
            why = say("mean_converted", mean=figure.first)
            judge = partial(judge_mean, scale=self._converted_scale, over_all=False, why=why)
            yield self._relation("mean", [figure], judge)
        mean = self._one("mean")
        if mean is not None:
            means.append(mean)
        for figure in means:
            over_all = figure is mean and bool(self.columns["element"] or self.columns["index"])
            judge = partial(judge_mean, scale=self.scale, over_all=over_all, why=self._missing("n"))
            figures = [figure] if n is None else [figure, n]
            yield self._relation("mean", figures, judge)

    def _mean_of_elements(self) -> Iterator[Relation]:
        mean = self._one("mean")
        if mean is not None and self._complete and not self._converted:
            judge = partial(judge_mean_of_elements, n=self._answers())
            yield self._relation("mean_of_elements", [mean, *self._elements], judge)

    def _index(self) -> Iterator[Relation]:
        index, mean = self._one("index"), self._one("mean")
        if index is None:
            return
        if self._complete:
            n = None if self._converted else self._answers()
            judge = partial(judge_index, scale=self.scale, n=n, converted=self._converted)
            yield self._relation("index", [index, *self._elements], judge)
        elif mean is not None:
            judge = partial(judge_index, scale=self.scale, n=None)
            yield self._relation("index", [index, mean], judge)
        else:
            lacking = "element" if self._elements else "mean"
            why = say("index_alone") if not self._elements else self._missing(lacking)
            judge = partial(judge_lone_index, scale=self.scale, why=why)
            yield self._relation("index", [index], judge)

    def _answers(self) -> int | None:
        n = self._one("n")
        known = n is not None and n.settled and n.first.whole and n.first.value >= 1
        return int(n.first.value) if known and n is not None else None

    def _weight(self) -> Iterator[Relation]:
        index, stated = self._one("index"), stated_weights(self._text("weight"))
        if index is None or not stated or not self._complete or self._converted:
            return
        judge = partial(judge_weight, scale=self.scale, stated=stated)
        found = self._relation("weight", [index, *self._elements], judge)
        text = self._text("weight")
        yield Relation(
            "weight", self.row.row, self._header("weight"), text, found.figures, found.judge
        )

    def _grade(self) -> Iterator[Relation]:
        text = self._text("grade")
        if is_blank(text):
            return
        index = self._one("index")
        if not self.bands:
            yield self._unchecked("grade", "grade", say("no_bands"))
        elif index is None:
            yield self._unchecked("grade", "grade", self._missing("index"))
        else:
            schemes = schemes_at(self.bands, self.table.texts(self.row, "as_of"))
            judge = partial(judge_grade, text=text, schemes=schemes, scale=self.scale)
            yield Relation("grade", self.row.row, self._header("grade"), text, (index,), judge)
