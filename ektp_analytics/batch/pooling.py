"""Add the tallies of many offices: what the pooled rows of all of them would give, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from ektp_analytics.batch.tally import OfficeTally
from ektp_analytics.batch.tally_rows import KEYS, answers_from, durations_from, part_of
from ektp_analytics.measures.answer_tally import AnswerTally, merge_tallies
from ektp_analytics.measures.duration_tally import DurationTally


def pooled_durations(
    tallies: Sequence[OfficeTally], clock: str, services: Sequence[str] | None = None
) -> dict[str, DurationTally]:
    """Add the durations of one clock over all offices, by service.

    Parameters
    ----------
    tallies
        Tallies of the offices.
    clock
        ``legal`` or ``citizen``.
    services
        Services wanted; every one there is where None.
    """
    rows = pd.concat([part_of(tally.counts, "durations", clock) for tally in tallies])
    if services is not None:
        rows = rows[rows["name"].isin(list(services))]
    # The seconds of a unit are a setting and no count: each office states it once.
    added = rows.groupby(KEYS, dropna=False, sort=False)["count"].sum().reset_index()
    found = {str(name): durations_from(part) for name, part in added.groupby("name", sort=True)}
    return {name: tally for name, tally in found.items() if tally is not None}


def pooled_answers(
    tallies: Sequence[OfficeTally], margin: str
) -> dict[str, tuple[AnswerTally, int]]:
    """Add the answers of one margin over all offices, by class.

    Returns
    -------
    dict
        By class the tally of all and the number of offices in it.

    Notes
    -----
    Complete cases add up only among offices whose questionnaires use the same elements, so
    those are added first and the sums merged.
    """
    rows = pd.concat(
        [part_of(t.counts, "answers", margin).assign(office=t.office) for t in tallies]
    )
    if rows.empty:
        return {}
    found = {}
    for name, part in rows.groupby("name", sort=True):
        alike = part["office"].map(_questionnaires(part))
        added = part.groupby([alike, *KEYS], dropna=False, sort=False)["count"].sum()
        sums = [
            answers_from(_once(group.reset_index(), part[alike.eq(kind)]))
            for kind, group in added.groupby(level=0)
        ]
        merged = merge_answers([tally for tally in sums if tally is not None])
        found[str(name)] = (merged, part["office"].nunique())
    return found


def _questionnaires(rows: pd.DataFrame) -> pd.Series:
    """Tell by office which questionnaire it used: elements asked, least answers, those used."""
    asked = rows[rows["item"].isin(["asked", "minimum_answered"])]
    text = asked["of"] + "=" + asked["value"].fillna(0).astype("str")
    text += ":" + asked["count"].astype("str")
    used = rows.loc[rows["item"].eq("by_value"), ["office", "of"]].drop_duplicates()
    pieces = pd.concat([asked[["office"]].assign(of=text), used])
    return pieces.groupby("office")["of"].agg(lambda parts: "|".join(sorted(parts)))


def _once(added: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Put the rule of one questionnaire back where adding summed it up."""
    minimum = rows.loc[rows["item"].eq("minimum_answered"), "count"].max()
    is_rule = added["item"].eq("minimum_answered")
    return added.assign(count=added["count"].mask(is_rule, minimum))


def merge_answers(tallies: Sequence[AnswerTally]) -> AnswerTally:
    """Merge tallies, also of offices that asked different elements.

    An element an office did not ask is one that all its respondents left blank. Which
    questionnaires count stays what each office's own rule made it.
    """
    elements = tuple(dict.fromkeys(e for tally in tallies for e in tally.elements))
    minimum = max(tally.minimum_answered for tally in tallies)
    return merge_tallies(widened(tally, elements, minimum) for tally in tallies)


def widened(tally: AnswerTally, elements: Sequence[str], minimum: int) -> AnswerTally:
    """Return a tally as if more elements had been asked and left blank by everyone.

    Parameters
    ----------
    tally
        Of some of the elements.
    elements
        All elements, those of the tally among them.
    minimum
        Answers needed, as it is stated for all.
    """
    places = [elements.index(e) for e in tally.elements]
    size = len(elements)

    def rows(table: Any) -> Any:
        wide = np.zeros((size, table.shape[1]), dtype=np.int64)
        wide[places] = table
        return wide

    def pairs(table: Any) -> Any:
        wide = np.zeros((size, size), dtype=np.int64)
        wide[np.ix_(places, places)] = table
        return wide

    return replace(
        tally,
        elements=tuple(elements),
        minimum_answered=minimum,
        by_value=rows(tally.by_value),
        complete_by_value=rows(tally.complete_by_value),
        both=pairs(tally.both),
        sums=pairs(tally.sums),
        products=pairs(tally.products),
    )
