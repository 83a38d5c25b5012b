"""Respondents by sex, age, education …, with groups too small to show merged."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report.sections.phrases import known, tell

# Ends of the age groups of the ministry's form; the last group is open.
AGE_ENDS = (17, 26, 36, 46, 56)
# Attributes in printed order, and whether their categories have an order, so that a small
# one joins its neighbour.
_ORDERED = {"sex": False, "age": True, "education": True, "channel": False, "occupation": False}
_ORDER = {
    "sex": ("L", "P"),
    "education": ("SD", "SMP", "SMA", "D1-D3", "D1–D3", "D3", "S1", "D4/S1", "S2", "S3"),
    "channel": ("online", "loket", "kecamatan", "jemput_bola"),
}
OTHER = "lainnya"


def profile_frame(table: pd.DataFrame, lang: Language, small: int = 5) -> pd.DataFrame:
    """Count respondents by each attribute.

    Parameters
    ----------
    table
        Questionnaires of the period.
    lang
        ``id`` or ``en``.
    small
        Groups under this size are merged: with a neighbour where the categories have an
        order, else with the other small ones; what stays small is hidden, and one more
        group of the attribute with it, since it could be told by subtraction.

    Returns
    -------
    pandas.DataFrame
        ``attribute, category, count, shown`` for the profile chart; a hidden count is
        absent, its companion has `shown` ``tt``.
    """
    rows: list[dict[str, Any]] = []
    for attribute, ordered in _ORDERED.items():
        if attribute not in table or table[attribute].isna().all():
            continue
        groups = _merged(_counted(table[attribute], attribute, lang), ordered, small, lang)
        rows += [
            {"attribute": tell(f"respondents.by_{attribute}", lang), **row}
            for row in _hidden(groups, small)
        ]
    return pd.DataFrame(rows, columns=["attribute", "category", "count", "shown"])


def _counted(values: pd.Series, attribute: str, lang: Language) -> list[tuple[str, int]]:
    """Count each category, in its order, those who didn't answer last."""
    if attribute == "age":
        counted = [(name, int(n)) for name, n in _ages(values, lang).items()]
    else:
        counts = values.dropna().astype(str).value_counts()
        order = _ORDER.get(attribute, ())
        keys = [k for k in order if k in counts] + [k for k in counts.index if k not in order]
        counted = [(_named(attribute, key, lang), int(counts[key])) for key in keys]
    blank = int(values.isna().sum())
    return [(n, c) for n, c in counted if c] + (
        [(tell("respondents.blank", lang), blank)] if blank else []
    )


def _ages(values: pd.Series, lang: Language) -> dict[str, int]:
    age = pd.to_numeric(values, errors="coerce").dropna()
    first, last = AGE_ENDS[0], AGE_ENDS[-1]
    counts = {tell("respondents.age_under", lang, age=first): int(age.lt(first).sum())}
    for low, high in zip(AGE_ENDS, AGE_ENDS[1:], strict=False):
        name = tell("respondents.age_span", lang, low=low, high=high - 1)
        counts[name] = int(age.between(low, high - 1).sum())
    counts[tell("respondents.age_over", lang, age=last - 1)] = int(age.ge(last).sum())
    return counts


def _named(attribute: str, key: str, lang: Language) -> str:
    entry = f"respondents.{attribute}_{key.replace(' ', '_').lower()}"
    return tell(entry, lang) if known(entry) else key


def _merged(
    groups: list[tuple[str, int]], ordered: bool, small: int, lang: Language
) -> list[tuple[str, int]]:
    """Merge what is too small: into a neighbour, or all small ones together."""
    if ordered:
        return _with_neighbours(groups, small, lang)
    little = [group for group in groups if group[1] < small]
    if len(little) < 2:  # noqa: PLR2004 - one alone has nothing to be merged with
        return groups
    rest = [group for group in groups if group[1] >= small]
    return [*rest, (tell("respondents.others", lang), sum(count for _, count in little))]


def _with_neighbours(
    groups: list[tuple[str, int]], small: int, lang: Language
) -> list[tuple[str, int]]:
    merged = list(groups)
    while len(merged) > 2:  # noqa: PLR2004 - two groups are never made one
        place = min(range(len(merged)), key=lambda i: merged[i][1])
        if merged[place][1] >= small:
            break
        other = place - 1 if place == len(merged) - 1 else place + 1
        first, second = sorted((place, other))
        name = tell("respondents.joined", lang, first=merged[first][0], second=merged[second][0])
        merged[first : second + 1] = [(name, merged[first][1] + merged[second][1])]
    return merged


def _hidden(groups: list[tuple[str, int]], small: int) -> list[dict[str, Any]]:
    """Hide a group that stays too small, and the next smallest with it."""
    hidden = {i for i, (_, count) in enumerate(groups) if count < small}
    companion = None
    if len(hidden) == 1 and len(groups) > 1:
        others = [i for i in range(len(groups)) if i not in hidden]
        companion = min(others, key=lambda i: groups[i][1])
    return [
        {
            "category": name,
            "count": None if i in hidden else count,
            "shown": "tt" if i == companion else None,
        }
        for i, (name, count) in enumerate(groups)
    ]
