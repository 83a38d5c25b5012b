"""Audit of printed figures: which follow from the figures beside them.

Each check recomputes one printed figure from the others of its row (or, for a Jumlah
row, of its column) in exact fractions and says whether it follows, follows after
rounding or cutting, contradicts them, or cannot be checked and why. Where it
contradicts, the single slips that would mend it are listed and never applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ektp_analytics.errors import refuse
from ektp_analytics.measures.count_relations import CountGroup
from ektp_analytics.measures.explanations import Explanation, Language, say
from ektp_analytics.measures.grade_bands import GradeBand
from ektp_analytics.measures.index_relations import IndexGroup
from ektp_analytics.measures.mean_judges import AnswerScale
from ektp_analytics.measures.printed_table import (
    COUNT_ROLES,
    RATE_ROLES,
    PrintedRow,
    PrintedTable,
)
from ektp_analytics.measures.relation import (
    BAD,
    Figure,
    Recomputed,
    Relation,
    Repair,
    Verdict,
    evaluate,
    find_repairs,
    unchecked,
)
from ektp_analytics.measures.total_rows import total_row_relations

FOUR_POINT = AnswerScale(1, 4)
"""Answers 1 to 4, the scale of the satisfaction survey (PermenPAN-RB 14/2017, annex)."""

_PLACE = {"id": "baris {row}, kolom {column}", "en": "row {row}, column {column}"}


@dataclass(frozen=True, slots=True)
class Check:
    """What was found about one printed figure.

    Parameters
    ----------
    check
        Name of the check: ``parts``, ``complement``, ``percent``,
        ``complement_percent``, ``percent_sum``, ``bound``, ``whole_count``,
        ``total_row``, ``mean``, ``mean_of_elements``, ``index``, ``weight``,
        ``grade``, ``sample``, ``readable``, ``row``, ``column``, ``alone``; of a processing sheet
        also ``element_sum``, ``element_mean``, ``weighted_mean``, ``weighted_sum``,
        ``element_index``, ``respondents``; of a list ``repeat``.
    row, column, printed
        The place, and what stands there.
    recomputed
        What the other figures give, unrounded; None where nothing can be computed.
    verdict
        ``follows`` (equal at full printed precision), ``rounded``, ``truncated``,
        ``impossible`` (no data could give it), ``does not follow`` (contradicts the
        figures beside it) or ``not checkable``.
    explanation
        The sentence, in both languages.
    repairs
        At most ten single slips that would make it follow.
    """

    check: str
    row: int
    column: str
    printed: str
    recomputed: Recomputed
    verdict: Verdict
    explanation: Explanation
    repairs: tuple[Repair, ...] = ()

    @property
    def place(self) -> str:
        """File row and column, in Indonesian."""
        return place_text(self.row, self.column)

    @property
    def ok(self) -> bool:
        """Whether the figure is not accused."""
        return self.verdict not in BAD

    def to_record(self, lang: Language = "id") -> dict[str, Any]:
        """Return the check as the plain record of the JSON contract."""
        record: dict[str, Any] = {
            "check": self.check,
            "place": place_text(self.row, self.column, lang),
            "printed": self.printed,
            "recomputed": self.recomputed,
            "verdict": self.verdict,
            "explanation": self.explanation.text(lang),
            "repairs": [_repair_record(r, lang) for r in self.repairs],
        }
        if self.recomputed is None:
            record["reasons"] = {"recomputed": record["explanation"]}
        return record


@dataclass(frozen=True, slots=True)
class AuditResult:
    """Every check of one printed table; prints its summary in one line."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """True where no figure is impossible or contradicts the others."""
        return all(c.ok for c in self.checks)

    @property
    def accused(self) -> tuple[Check, ...]:
        """The checks whose figure does not follow or is impossible."""
        return tuple(c for c in self.checks if not c.ok)

    def to_frame(self, lang: Language = "id") -> pd.DataFrame:
        """Return one row per check.

        Returns
        -------
        DataFrame
            Columns ``check, row, column, printed, recomputed, verdict, explanation,
            repairs`` (repairs as text, ``would_be (slip)`` parted by semicolons).
        """
        records = [
            {
                "check": c.check,
                "row": c.row,
                "column": c.column,
                "printed": c.printed,
                "recomputed": "" if c.recomputed is None else str(c.recomputed),
                "verdict": c.verdict,
                "explanation": c.explanation.text(lang),
                "repairs": "; ".join(f"{r.column}: {r.would_be} ({r.slip})" for r in c.repairs),
            }
            for c in self.checks
        ]
        columns = ["check", "row", "column", "printed", "recomputed"]
        return pd.DataFrame(records, columns=[*columns, "verdict", "explanation", "repairs"])

    def to_record(self, lang: Language = "id") -> dict[str, Any]:
        """Return the plain record of the JSON contract."""
        return {"ok": self.ok, "checks": [c.to_record(lang) for c in self.checks]}

    @property
    def summary(self) -> Explanation:
        """How many checks were made and how many figures they accuse."""
        accused = {(c.row, c.column) for c in self.accused}
        return say("summary", checks=len(self.checks), accused=len(accused))

    def __str__(self) -> str:
        return self.summary.text()


def audit_table(
    table: PrintedTable,
    bands: Sequence[GradeBand] = (),
    *,
    scale: AnswerScale = FOUR_POINT,
) -> AuditResult:
    """Check every printed figure of a table against the figures beside it.

    Parameters
    ----------
    table
        The printed table with the role of each column.
    bands
        Grade bands, of one or more dated schemes; without any no letter is checked.
    scale
        The answer scale behind means and index.

    Returns
    -------
    AuditResult
        One check per relation, in the order of the rows.

    Raises
    ------
    Refused
        Where the table holds no figure at all.
    """
    figures = [f for row in table.rows for f in _figures(table, row)]
    if not figures:
        raise refuse("audit_no_figures")
    relations = list(_relations(table, bands, scale))
    return audit_relations(relations or map(_alone, figures))


def audit_relations(relations: Iterable[Relation]) -> AuditResult:
    """Judge relations between printed figures and look for repairs of those that fail.

    Parameters
    ----------
    relations
        In the order of the checks; a relation that says the same about the same figures
        as an earlier one is left out.

    Returns
    -------
    AuditResult
    """
    once = {(r.check, r.row, r.column, tuple(f.place for f in r.figures)): r for r in relations}
    by_place = _Neighbours(list(once.values()))
    return AuditResult(tuple(_checked(r, by_place) for r in once.values()))


def place_text(row: int, column: str, lang: Language = "id") -> str:
    """Write a place as the file row and the column header."""
    return _PLACE[lang].format(row=row, column=column)


def _relations(
    table: PrintedTable, bands: Sequence[GradeBand], scale: AnswerScale
) -> Iterator[Relation]:
    for row in table.rows:
        if table.is_mean(row):
            header = table.columns[table.positions("label")[0]].header
            yield unchecked("row", row.row, header, table.texts(row, "label"), say("mean_row"))
            continue
        for group in table.groups:
            yield from CountGroup(table, row, group).relations()
            yield from IndexGroup(table, row, group, scale, bands).relations()
    yield from total_row_relations(table)


def _figures(table: PrintedTable, row: PrintedRow) -> list[Figure]:
    places = [i for i, c in enumerate(table.columns) if c.role in COUNT_ROLES | RATE_ROLES]
    return [f for i in places if (f := table.figure(row, i)) is not None]


def _alone(figure: Figure) -> Relation:
    """Say of a figure that no other one in the table tells anything about it."""
    return unchecked("alone", *figure.place, figure.text, say("figure_alone"))


class _Neighbours:
    """The relations each figure takes part in."""

    def __init__(self, relations: Sequence[Relation]) -> None:
        self._by_place: dict[tuple[int, str], list[Relation]] = {}
        for relation in relations:
            for figure in relation.figures:
                self._by_place.setdefault(figure.place, []).append(relation)

    def of(self, relation: Relation) -> list[Relation]:
        found = [r for f in relation.figures for r in self._by_place[f.place]]
        return list({id(r): r for r in found}.values())


def _checked(relation: Relation, neighbours: _Neighbours) -> Check:
    judged = evaluate(relation)
    explanation = judged.explanation
    repairs: tuple[Repair, ...] = ()
    if judged.verdict in BAD:
        repairs, found = find_repairs(relation, neighbours.of(relation))
        explanation = _with_repairs(explanation, len(repairs), found)
    return Check(
        relation.check,
        relation.row,
        relation.column,
        relation.printed,
        judged.recomputed,
        judged.verdict,
        explanation,
        repairs,
    )


def _with_repairs(explanation: Explanation, listed: int, found: int) -> Explanation:
    code = "repairs_none" if not found else "repairs_some" if found > listed else "repairs_all"
    more = (*explanation.more, say(code, n=listed, found=found))
    return Explanation(explanation.code, explanation.details, more)


def _repair_record(repair: Repair, lang: Language) -> dict[str, str]:
    return {
        "place": place_text(repair.row, repair.column, lang),
        "printed": repair.printed,
        "would_be": repair.would_be,
        "slip": repair.slip,
    }
