"""Add the tallies of many offices: what the pooled rows of all of them would give, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from ektp_analytics.batch.tally import OfficeTally
from ektp_analytics.batch.tally_rows import (
    KEYS,
    NUMBERS,
    TEXTS,
    answers_from,
    durations_from,
    part_of,
)
from ektp_analytics.measures.answer_tally import AnswerTally, merge_tallies
from ektp_analytics.measures.duration_tally import DurationTally


def stacked(tallies: Sequence[OfficeTally]) -> pd.DataFrame:
    """Lay the counts of many offices under one another, each row with its office.

    Returns
    -------
    DataFrame
        The columns of a tally and ``office``; texts as categories in the order of the alphabet,
        so that millions of rows are chosen and added up by number.
    """
    counts = [tally.counts for tally in tallies]
    rows = pd.concat(counts, ignore_index=True)
    places = np.repeat(np.arange(len(tallies)), [len(table) for table in counts])
    offices = pd.Categorical.from_codes(places, pd.Index([tally.office for tally in tallies]))
    return rows.assign(**{name: _in_order(rows[name]) for name in TEXTS}, office=offices)


def _in_order(texts: pd.Series) -> pd.Series:
    """Return texts as categories in the order of the alphabet."""
    named = texts.astype("category")
    return named.cat.reorder_categories(sorted(named.cat.categories))


def by_office(rows: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Give the rows of each office that has any, in the order in which they were stacked."""
    places, names = rows["office"].cat.codes.to_numpy(), rows["office"].cat.categories
    edges = np.flatnonzero(np.diff(places, prepend=-1, append=-1))
    for first, last in pairwise(edges):
        yield str(names[places[first]]), rows.iloc[first:last]


def pooled_durations(
    rows: pd.DataFrame, clock: str, services: Sequence[str] | None = None
) -> dict[str, DurationTally]:
    """Add the durations of one clock over all offices, by service.

    Parameters
    ----------
    rows
        Counts of the offices, from `stacked`.
    clock
        ``legal`` or ``citizen``.
    services
        Services wanted; every one there is where None.
    """
    rows = part_of(rows, "durations", clock)
    if services is not None:
        rows = rows[rows["name"].isin(list(services))]
    # The seconds of a unit are a setting and no count: each office states it once.
    added = _added(rows, [])
    parts = added.groupby("name", sort=True, observed=True)
    found = {str(name): durations_from(part) for name, part in parts}
    return {name: tally for name, tally in found.items() if tally is not None}


def _added(rows: pd.DataFrame, also: Sequence[str]) -> pd.DataFrame:
    """Add up the rows of one key, and of other columns."""
    return (
        rows.groupby([*also, *KEYS], dropna=False, sort=False, observed=True)["count"]
        .sum()
        .reset_index()
    )


def pooled_answers(rows: pd.DataFrame, margin: str) -> dict[str, tuple[AnswerTally, int]]:
    """Add the answers of one margin over all offices, by class.

    Parameters
    ----------
    rows
        Counts of the offices, from `stacked`.
    margin
        ``all``, ``ektp`` or an attribute.

    Returns
    -------
    dict
        By class the tally of all and the number of offices in it.

    Notes
    -----
    Complete cases add up only among offices whose questionnaires use the same elements, so
    those are added first and the sums merged.
    """
    rows = part_of(rows, "answers", margin)
    found = {}
    for name, part in rows.groupby("name", sort=True, observed=True):
        kinds = _questionnaires(part)
        alike = part.assign(kind=part["office"].cat.codes.map(kinds))
        added = _added(alike, ["kind"])
        sums = [
            answers_from(_once(group, alike[alike["kind"].eq(kind)]))
            for kind, group in added.groupby("kind")
        ]
        merged = merge_answers([tally for tally in sums if tally is not None])
        found[str(name)] = (merged, len(kinds))
    return found


def _questionnaires(rows: pd.DataFrame) -> dict[int, int]:
    """Tell by office which questionnaire it used: elements asked, least answers, those used.

    Returns
    -------
    dict
        By place of the office the number of its questionnaire, in order of appearance.
    """
    used = rows[rows["item"].isin(["asked", "minimum_answered", "by_value"])]
    # Of answers it matters which element has any, not how many.
    answered = used["item"].eq("by_value")
    numbers = {name: used[name].mask(answered) for name in NUMBERS}
    keys = ["item", "of", *NUMBERS]
    pieces = used[keys].assign(**numbers).groupby(keys, dropna=False, observed=True).ngroup()
    stated = pd.DataFrame({"office": used["office"].cat.codes, "piece": pieces})
    stated = stated.drop_duplicates().sort_values(["office", "piece"])
    offices, first = np.unique(stated["office"], return_index=True)
    kinds: dict[bytes, int] = {}
    return {
        office: kinds.setdefault(own.tobytes(), len(kinds))
        for office, own in zip(
            offices.tolist(), np.split(stated["piece"].to_numpy(), first[1:]), strict=True
        )
    }


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
