"""What earlier reports have told of the same respondents, and what this one must keep back.

A year holds its quarters: a class hidden in a quarter follows from the year's table less the
tables of the other quarters, and a quarter without a report of its own follows from the year
less its siblings. So what an earlier report hid or merged stays hidden or merged in every
report whose rows may hold the same persons, and what is left over after them is hidden as a
table of its own would be (Hundepool and others, Statistical Disclosure Control, 2012,
section 4.5.2 on linked tables).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.windows import source_window
from ektp_analytics.measures.small_cells import SHOWN, hide_small

Group = tuple[str, ...]
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Told:
    """One attribute of the respondents as an earlier report printed it.

    Parameters
    ----------
    span
        First and last day the report's rows may lie on.
    groups
        Classes printed as one, each group as the classes it is made of.
    hidden
        Classes whose count was not printed.
    counts
        Rows of each class (int64), indexed by class; never printed as such.
    """

    span: Span
    groups: tuple[Group, ...] = ()
    hidden: frozenset[str] = frozenset()
    counts: pd.Series = field(default_factory=lambda: pd.Series(dtype="int64"))


def survey_span(data: OfficeData) -> Span:
    """Return the days on which the respondents of a report may have answered.

    The survey's window, seen at the end of the report's period. A table without times may
    hold everybody since the year began.
    """
    if "survey" in data.tables and not data.has("survey", "submitted_at"):
        return date(data.period.start.year, 1, 1), data.period.end
    window = source_window(data, "survey")
    return window.start, min(window.end, data.period.end)


def overlapping(span: Span, other: Span) -> bool:
    """Tell whether two spans share a day."""
    return span[0] <= other[1] and other[0] <= span[1]


def joined_groups(groups: Sequence[Group], told: Iterable[Told]) -> list[Group]:
    """Merge neighbouring groups so far that no class merged before stands alone.

    Parameters
    ----------
    groups
        Neighbouring classes in their order, as this report would print them.
    told
        The earlier reports.

    Examples
    --------
    >>> before = Told((date(2025, 1, 1), date(2025, 3, 31)), groups=(("b", "c"),))
    >>> joined_groups([("a", "b"), ("c",), ("d",)], [before])
    [('a', 'b', 'c'), ('d',)]
    """
    joined = list(groups)
    for group in (group for one in told for group in one.groups if len(group) > 1):
        touched = [k for k, keys in enumerate(joined) if set(keys) & set(group)]
        if len(touched) > 1:
            first, last = touched[0], touched[-1] + 1
            joined[first:last] = [tuple(key for keys in joined[first:last] for key in keys)]
    return joined


def kept_back(
    groups: Mapping[str, Group], counts: pd.Series, span: Span, told: Sequence[Told], smallest: int
) -> frozenset[str]:
    """Name the groups that must be hidden because of what earlier reports have told.

    Parameters
    ----------
    groups
        Classes of each printed group, by its key.
    counts
        Rows of each group, indexed by its key, shape (k,).
    span
        Days of this report's rows.
    told
        The earlier reports that may hold the same persons.
    smallest
        Least count that is shown.
    """
    hidden = {key for key, keys in groups.items() if any(set(keys) & one.hidden for one in told)}
    for family in _families(span, told):
        left = counts - sum(_regrouped(one, groups) for one in family)
        if left.ge(0).all() and left.sum() > 0:
            marks = hide_small(left, smallest, hidden)
            hidden |= set(marks.index[marks.ne(SHOWN)])
    return frozenset(hidden)


def _regrouped(one: Told, groups: Mapping[str, Group]) -> pd.Series:
    counts = {key: int(one.counts.reindex(list(keys)).sum()) for key, keys in groups.items()}
    return pd.Series(counts, dtype="int64").reindex(list(groups))


def _families(span: Span, told: Sequence[Told]) -> list[tuple[Told, ...]]:
    """Return ways to cover this report's days by earlier ones that share none.

    One for each length of span among them, from which the others fill the gaps, the longest
    first: what is left of the year after its semesters is another rest than what is left
    after its quarters.
    """
    inside = [one for one in told if span[0] <= one.span[0] and one.span[1] <= span[1]]
    ordered = sorted(inside, key=lambda one: (_days(one), one.span), reverse=True)
    return [_cover([o for o in ordered if _days(o) == days], ordered) for days in _lengths(inside)]


def _cover(first: Collection[Told], ordered: Iterable[Told]) -> tuple[Told, ...]:
    chosen: list[Told] = []
    for one in (*first, *ordered):
        if not any(overlapping(one.span, other.span) for other in chosen):
            chosen.append(one)
    return tuple(chosen)


def _lengths(told: Iterable[Told]) -> list[int]:
    return sorted({_days(one) for one in told})


def _days(one: Told) -> int:
    return (one.span[1] - one.span[0]).days
