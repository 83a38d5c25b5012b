"""Who answered the survey, by what they say of themselves; small classes merged or hidden."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language, Reason, because
from ektp_analytics.indicators.labels import word
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.respondent_classes import (
    ATTRIBUTES,
    PERSONAL,
    Classes,
    attribute_name,
    classes_of,
    merged_name,
)
from ektp_analytics.indicators.satisfaction import counted_questionnaires
from ektp_analytics.indicators.told_before import (
    Group,
    Told,
    joined_groups,
    kept_back,
    survey_span,
)
from ektp_analytics.measures.small_cells import (
    SECONDARY,
    SHOWN,
    SMALLEST_SHOWN,
    hide_small,
    merge_small_neighbours,
)

PERCENT = 100


@dataclass(frozen=True, slots=True)
class SafeClasses:
    """Classes of an attribute as they may be printed.

    Parameters
    ----------
    of_rows
        Printed class of each row, NA where blank.
    names
        Printed name of each class, in printed order.
    counts
        Rows of each class (int64), indexed by class.
    hidden
        ``primary``, ``secondary`` or empty, indexed by class.
    blank
        Rows without an answer.
    merged
        Whether classes were merged.
    blank_hidden
        Whether the blanks are hidden too: beside a printed number of blanks the total
        would tell how few answered.
    groups
        Classes each printed class is made of, in printed order.
    """

    of_rows: pd.Series
    names: Mapping[str, str]
    counts: pd.Series
    hidden: pd.Series
    blank: int
    merged: bool
    blank_hidden: bool = False
    groups: tuple[Group, ...] = ()


def safe_classes(
    rows: pd.DataFrame, attribute: str, data: OfficeData, lang: Language = "id"
) -> SafeClasses | None:
    """Class rows by an attribute so that no small class of persons can be read off.

    Classes in an order are merged with a neighbour until they are large enough; other
    small classes are hidden, with one more so that the total does not give them away, and
    so is what earlier reports on the same persons hid (`OfficeData.told_before`). Channel
    and service are no attributes of a person and stay as they are.

    Parameters
    ----------
    rows
        Questionnaires.
    attribute
        What they are classed by.
    data
        Office, whose setting ``small_cell`` is the least count shown (5).
    lang
        Language of the names.
    """
    found = classes_of(rows, attribute, data.office, lang)
    if found is None:
        return None
    personal = attribute in PERSONAL
    smallest = int(data.office.setting("small_cell", SMALLEST_SHOWN)) if personal else 0
    told = told_of(attribute, data) if personal else ()
    sizes = found.of_rows.value_counts().to_dict()
    groups = _groups(found, sizes, smallest, told)
    names = {keys[0]: merged_name(found, keys, attribute, lang) for keys in groups}
    of_rows = found.of_rows
    if any(len(keys) > 1 for keys in groups):
        of_rows = of_rows.map({key: keys[0] for keys in groups for key in keys})
    of_rows = of_rows.astype("str")
    together = [sum(sizes.get(key, 0) for key in keys) for keys in groups]
    counts = pd.Series(together, index=pd.Index(list(names), dtype="str"), dtype="int64")
    by_lead = {keys[0]: keys for keys in groups}
    kept = kept_back(by_lead, counts, survey_span(data), told, smallest)
    hidden = hide_small(counts, smallest, kept)
    few = personal and bool(hidden.ne(SHOWN).all()) and int(counts.sum()) < smallest
    blank, merged = int(of_rows.isna().sum()), len(groups) < len(found.names)
    return SafeClasses(of_rows, names, counts, hidden, blank, merged, few, tuple(groups))


def survey_classes(data: OfficeData, attribute: str, lang: Language = "id") -> SafeClasses | None:
    """Return the `safe_classes` of the questionnaires counted, found once for all who ask."""
    return data.once(
        ("survey_classes", attribute, lang),
        lambda: safe_classes(counted_questionnaires(data), attribute, data, lang),
    )


def told_of(attribute: str, data: OfficeData) -> tuple[Told, ...]:
    """Return what the earlier reports on the same persons told of an attribute."""
    found = (before.once(("told", attribute), partial(_told, attribute, before))
             for before in data.told_before)  # fmt: skip
    return tuple(one for one in found if one is not None)


def _told(attribute: str, before: OfficeData) -> Told | None:
    rows = counted_questionnaires(before)
    safe = survey_classes(before, attribute)
    raw = classes_of(rows, attribute, before.office)
    if safe is None or raw is None:
        return None
    members = {keys[0]: keys for keys in safe.groups}
    closed = [members[str(key)] for key in safe.hidden.index[safe.hidden.ne(SHOWN)]]
    hidden = frozenset(key for keys in closed for key in keys)
    return Told(survey_span(before), safe.groups, hidden, raw.of_rows.value_counts())


def _groups(
    found: Classes, counts: Mapping[Hashable, int], smallest: int, told: tuple[Told, ...]
) -> list[Group]:
    """Return the classes to be printed, each as the classes it is made of."""
    single: list[Group] = [(key,) for key in found.ordered]
    start = joined_groups(single, told)
    sizes = [sum(counts.get(key, 0) for key in keys) for keys in start]
    merged = merge_small_neighbours(sizes, smallest)
    ordered = [tuple(key for place in places for key in start[place]) for places in merged]
    return [*ordered, *((key,) for key in found.names if key not in found.ordered)]


@dataclass(frozen=True, slots=True)
class SurveyProfile:
    """Who answered.

    Parameters
    ----------
    n
        Questionnaires counted.
    table
        One row per class: ``key`` (attribute), ``attribute`` and ``category`` (printed
        names), ``count`` (Int64, NA where hidden), ``share`` (Float64, percent of n, NA
        where hidden), ``shown`` (str, text in place of a count hidden as the second one),
        ``hidden`` (``primary``, ``secondary`` or empty).
    remarks
        What was merged, hidden or not asked.
    """

    n: int
    table: pd.DataFrame
    remarks: tuple[Reason, ...] = field(default=())

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table


def survey_profile(data: OfficeData, lang: Language = "id") -> SurveyProfile:
    """Return who answered the survey, by every attribute it asked.

    Parameters
    ----------
    data
        Needs the survey.
    lang
        Language of the names.
    """
    return data.once(("survey_profile", lang), lambda: _profile(data, lang))


def _profile(data: OfficeData, lang: Language) -> SurveyProfile:
    n = len(counted_questionnaires(data))
    lines: list[dict[str, Any]] = []
    remarks: list[Reason] = []
    for attribute in ATTRIBUTES:
        safe = survey_classes(data, attribute, lang)
        name = attribute_name(attribute, lang)
        if safe is None:
            remarks.append(because("attribute_not_asked", attribute=name))
            continue
        lines += _lines(safe, attribute, n, lang)
        remarks += _remarks(safe, name)
    return SurveyProfile(n, _table(lines), tuple(remarks))


def _lines(safe: SafeClasses, attribute: str, n: int, lang: Language) -> Iterator[dict[str, Any]]:
    """Yield the rows of one attribute, the blanks last: they are no class of persons."""
    classes = [*zip(safe.names.values(), safe.counts.tolist(), safe.hidden.tolist(), strict=True)]
    if safe.blank:
        mark = SECONDARY if safe.blank_hidden else SHOWN
        classes.append((word("blank", lang), safe.blank, mark))
    for category, rows, hidden in classes:
        count = rows if hidden == SHOWN else None
        yield {
            "key": attribute,
            "attribute": attribute_name(attribute, lang),
            "category": category,
            "count": count,
            "share": None if count is None else PERCENT * count / max(n, 1),
            "shown": word("closed", lang) if hidden == SECONDARY else None,
            "hidden": hidden,
        }


def _table(lines: list[dict[str, Any]]) -> pd.DataFrame:
    columns = ["key", "attribute", "category", "count", "share", "shown", "hidden"]
    frame = pd.DataFrame(lines, columns=columns)
    texts = dict.fromkeys(("key", "attribute", "category", "shown", "hidden"), "str")
    return frame.astype({**texts, "count": "Int64", "share": "Float64"})


def _remarks(safe: SafeClasses, name: str) -> list[Reason]:
    found = [because("classes_merged", attribute=name)] if safe.merged else []
    if safe.hidden.ne(SHOWN).any():
        found.append(because("classes_hidden", attribute=name))
    return found
