"""Every count of a tally as one row of one table, so that tallies add up by adding rows.

Columns of the table (schema version 1):

========  ======  ==========================================================================
part      str     ``answers``, ``durations``, ``requests``, ``registrations``, ``account``
margin    str     ``all``, ``ektp``, ``service``, ``channel``, ``kecamatan``, ``sex``; the
                  clock of durations (``legal``, ``citizen``); the source of an account
name      str     class within the margin; blank for the whole or for blank cells; of
                  durations the service (``*`` all, ``*ektp`` e-KTP)
item      str     what is counted: see below
of        str     element, pair of elements ``a|b``, state of a duration
value     Int64   the answer 1–4, the minute, the place of an element; else missing
count     Int64   the count; missing only where a registration count is blank
========  ======  ==========================================================================

Items of ``answers``: ``asked`` (element `of` stands at place `value`), ``minimum_answered``,
``n``, ``below_minimum``, ``complete_n``, ``by_value``, ``complete_by_value``, ``both``,
``sums``, ``products`` (see `AnswerTally`; zeros are left out). Items of ``durations``: the
scales of `DurationTally.to_frame`. Items of ``registrations``: ``obligated``, ``recorded``,
``holders``, by kecamatan code in `name`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ektp_analytics.indicators.coverage import Coverage
from ektp_analytics.measures.answer_tally import ANSWER_VALUES, AnswerTally
from ektp_analytics.measures.duration_tally import DurationTally
from ektp_analytics.measures.time_counts import IntArray

COLUMNS = ("part", "margin", "name", "item", "of", "value", "count")
KEYS = list(COLUMNS[:-1])
TEXTS, NUMBERS = COLUMNS[:5], COLUMNS[5:]
REGISTRATION_COUNTS = ("obligated", "recorded", "holders")
_SINGLE = ("minimum_answered", "n", "below_minimum", "complete_n")
_BY_VALUE = ("by_value", "complete_by_value")
_PAIRS = ("both", "sums", "products")
_JOINT = "|"


@dataclass(frozen=True, slots=True, eq=False)
class CountBlock:
    """Rows of one part, margin, name and item: what differs between them is an array.

    Parameters
    ----------
    of
        One text for all rows, or one for each.
    value, count
        One number for each row; None for one row where it is missing, or for all values.
    """

    part: str
    margin: str
    name: str
    item: str
    of: str | npt.NDArray[np.object_] = ""
    value: IntArray | None = None
    count: IntArray | None = None

    @property
    def size(self) -> int:
        """Number of rows."""
        return 1 if self.count is None else len(self.count)


def single(part: str, margin: str, name: str, item: str, count: int | None) -> CountBlock:
    """Return one row without element and value."""
    counted = None if count is None else np.array([count], dtype=np.int64)
    return CountBlock(part, margin, name, item, count=counted)


def counts_frame(blocks: Sequence[CountBlock]) -> pd.DataFrame:
    """Return counts as the table of a tally."""
    sizes = [block.size for block in blocks]
    columns: dict[str, Any] = {
        name: np.repeat(np.array([getattr(b, name) for b in blocks], dtype=object), sizes)
        for name in TEXTS[:-1]
    }
    columns["of"] = np.concatenate([np.full(b.size, b.of, dtype=object) for b in blocks])
    for name in NUMBERS:
        columns[name] = _numbers([getattr(block, name) for block in blocks], sizes)
    return pd.DataFrame(columns).astype(dict.fromkeys(TEXTS, "str"))


def _numbers(parts: Sequence[IntArray | None], sizes: Sequence[int]) -> pd.arrays.IntegerArray:
    pairs = zip(parts, sizes, strict=True)
    given = [np.zeros(n, dtype=np.int64) if part is None else part for part, n in pairs]
    return pd.arrays.IntegerArray(
        np.concatenate(given), np.repeat([part is None for part in parts], sizes)
    )


def part_of(
    counts: pd.DataFrame, part: str, margin: str | None = None, name: str | None = None
) -> pd.DataFrame:
    """Return the rows of one part, margin and class."""
    chosen = counts["part"].eq(part)
    if margin is not None:
        chosen &= counts["margin"].eq(margin)
    if name is not None:
        chosen &= counts["name"].eq(name)
    return counts[chosen]


def answer_rows(tally: AnswerTally, margin: str, name: str) -> list[CountBlock]:
    """Write an answer tally as rows."""
    place = ("answers", margin, name)
    asked, scale = np.array(tally.elements, dtype=object), np.array(ANSWER_VALUES)
    order = np.arange(len(asked))
    rows = [CountBlock(*place, "asked", asked, order, np.zeros_like(order))]
    rows += [single(*place, item, int(getattr(tally, item))) for item in _SINGLE]
    for item in _BY_VALUE:
        table = getattr(tally, item)
        element, value = np.nonzero(table)
        rows.append(CountBlock(*place, item, asked[element], scale[value], table[element, value]))
    for item in _PAIRS:
        table = getattr(tally, item)
        first, second = np.nonzero(table)
        pair = asked[first] + _JOINT + asked[second]
        rows.append(CountBlock(*place, item, pair, None, table[first, second]))
    return rows


def answers_from(rows: pd.DataFrame) -> AnswerTally | None:
    """Read an answer tally back from its rows; None where there are none."""
    if rows.empty:
        return None
    items: dict[str, list[tuple[str, Any, int]]] = {}
    fields = (rows[name].tolist() for name in ("item", "of", "value", "count"))
    for item, *told in zip(*fields, strict=True):
        items.setdefault(item, []).append((told[0], told[1], told[2]))
    asked = sorted(items["asked"], key=lambda row: int(row[1]))
    place = {element: k for k, element in enumerate(dict.fromkeys(of for of, _, _ in asked))}
    single: dict[str, Any] = {item: sum(row[2] for row in items[item]) for item in _SINGLE}
    single["minimum_answered"] = max(row[2] for row in items["minimum_answered"])
    tables: dict[str, Any] = {item: _by_value(items.get(item, []), place) for item in _BY_VALUE}
    tables |= {item: _pairs(items.get(item, []), place) for item in _PAIRS}
    return AnswerTally(elements=tuple(place), **single, **tables)


def _by_value(rows: Sequence[tuple[str, Any, int]], place: dict[str, int]) -> npt.NDArray[np.int64]:
    table = np.zeros((len(place), len(ANSWER_VALUES)), dtype=np.int64)
    for element, value, count in rows:
        table[place[element], value - ANSWER_VALUES[0]] += count
    return table


def _pairs(rows: Sequence[tuple[str, Any, int]], place: dict[str, int]) -> npt.NDArray[np.int64]:
    table = np.zeros((len(place), len(place)), dtype=np.int64)
    for pair, _, count in rows:
        first, second = pair.split(_JOINT)
        table[place[first], place[second]] += count
    return table


def duration_rows(tally: DurationTally, clock: str, service: str) -> list[CountBlock]:
    """Write a duration tally as rows."""
    return [
        CountBlock("durations", clock, service, scale, state, values, counts)
        for scale, state, values, counts in tally.counted()
    ]


def durations_from(rows: pd.DataFrame) -> DurationTally | None:
    """Read a duration tally back from its rows; None where there are none."""
    if rows.empty:
        return None
    return DurationTally.from_columns(*(rows[name] for name in ("item", "of", "value", "count")))


def registration_rows(found: Coverage) -> list[CountBlock]:
    """Write the registration counts of each kecamatan as rows."""
    return [
        single("registrations", "kecamatan", row.code or row.kecamatan, item, getattr(row, item))
        for row in found.rows
        for item in REGISTRATION_COUNTS
    ]


def registrations_from(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row per kecamatan: ``code`` and the three counts (``Int64``)."""
    named = rows.astype({"name": "str"}).set_index("name")
    by_item = {item: named.loc[named["item"].eq(item), "count"] for item in REGISTRATION_COUNTS}
    return pd.DataFrame(by_item).astype("Int64").rename_axis("code").reset_index()
