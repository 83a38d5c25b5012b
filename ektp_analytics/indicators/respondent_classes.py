"""Classes respondents are shown by; a label nobody foresaw stays under its own name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.labels import label, labels, word
from ektp_analytics.workspace import Office

ATTRIBUTES = ("sex", "age", "education", "occupation", "channel", "service", "kecamatan")
# Attributes of a person; a small class of them is merged or hidden (UU 27/2022).
PERSONAL = ("sex", "age", "education", "occupation", "kecamatan")
# First year of each age class. The first is below the age of the obligation, the last is
# old age in law (UU 13/1998: 60 and above).
AGE_STARTS = (0, 17, 20, 30, 40, 50, 60)


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of one attribute in one table.

    Parameters
    ----------
    of_rows
        Class of each row, NA where the answer is blank; shape (n,).
    names
        Printed name of each class, in printed order.
    ordered
        Classes that stand in an order and may be merged with a neighbour, in that order.
    """

    of_rows: pd.Series
    names: Mapping[str, str]
    ordered: tuple[str, ...] = ()


def classes_of(
    rows: pd.DataFrame, attribute: str, office: Office, lang: Language = "id"
) -> Classes | None:
    """Class the rows of a survey or log by an attribute; None where it was not asked.

    Parameters
    ----------
    rows
        Table with the attribute's column; for kecamatan ``kecamatan_code`` goes first.
    attribute
        One of ``ATTRIBUTES``.
    office
        Names its kecamatan by their codes.
    lang
        Language of the names.
    """
    if attribute == "kecamatan" and "kecamatan_code" in rows:
        return _by_code(rows["kecamatan_code"], office)
    if attribute not in rows:
        return None
    if attribute == "age":
        return _by_age(rows["age"], lang)
    found = _by_text(rows[attribute])
    if attribute == "education":
        return _by_rank(found)
    known = labels()["classes"].get(attribute)
    return found if known is None else _by_list(rows[attribute], tuple(known), attribute, lang)


def _by_code(codes: pd.Series, office: Office) -> Classes:
    """Class by region code, in the order of the profile; codes it does not list come last."""
    listed = {k.code: k.name for k in office.kecamatan}
    given = set(codes.dropna())
    strange = sorted(given - set(listed))
    return Classes(codes, {c: n for c, n in listed.items() if c in given} | {c: c for c in strange})


def _by_age(ages: pd.Series, lang: Language) -> Classes:
    keys = [str(start) for start in AGE_STARTS]
    edges = [*AGE_STARTS, float("inf")]
    cut = pd.cut(ages.astype("float64"), edges, right=False, labels=keys).astype("str")
    given = set(cut.dropna())
    used = tuple(key for key in keys if key in given)
    return Classes(cut, {key: age_name((key,), lang) for key in used}, used)


def age_name(keys: tuple[str, ...], lang: Language = "id") -> str:
    """Return the name of neighbouring age classes taken together."""
    starts = [*AGE_STARTS, None]
    low, last = int(keys[0]), starts.index(int(keys[-1]))
    high = starts[last + 1]
    if high is None:
        return word("age_from", lang, low=low)
    return word("age_below", lang, high=high) if low == 0 else f"{low}–{high - 1}"


def plain(text: str) -> str:
    """Return a label without case and signs: ``S-1`` and ``s1`` are one class."""
    return re.sub(r"[\W_]+", "", text.casefold())


def _by_text(texts: pd.Series) -> Classes:
    """Class by the label itself, the most frequent first, printed in its usual spelling."""
    stripped = texts.str.strip().mask(lambda t: t.eq(""))
    spelled = stripped.value_counts()
    keys = stripped.map({text: plain(text) for text in spelled.index}).astype("str")
    order = keys.value_counts()
    usual = {key: next(t for t in spelled.index if plain(t) == key) for key in order.index}
    return Classes(keys, usual)


def _by_list(texts: pd.Series, known: tuple[str, ...], attribute: str, lang: Language) -> Classes:
    """Class by a known list, in its order; other labels follow under their own names."""
    given = set(texts.dropna())
    names = {key: label_of_class(attribute, key, lang) for key in known if key in given}
    return Classes(texts, names | {text: text for text in sorted(given - set(known))})


def label_of_class(attribute: str, key: str, lang: Language = "id") -> str:
    """Return the printed name of a known class."""
    text: str = labels()["classes"][attribute][key][lang]
    return text


def _by_rank(found: Classes) -> Classes:
    """Put levels of education in their order; unknown ones follow."""
    ranks = _education_ranks()
    known = sorted((k for k in found.names if k in ranks), key=lambda k: ranks[k])
    names = {k: found.names[k] for k in [*known, *(k for k in found.names if k not in ranks)]}
    return Classes(found.of_rows, names, tuple(known))


@cache
def _education_ranks() -> Mapping[str, int]:
    levels = labels()["education_order"]
    return {spelling: rank for rank, level in enumerate(levels) for spelling in level}


def attribute_name(attribute: str, lang: Language = "id") -> str:
    """Return the printed name of an attribute."""
    return label("attributes", attribute, lang)


def merged_name(classes: Classes, keys: tuple[str, ...], attribute: str, lang: Language) -> str:
    """Return the name of classes merged with a neighbour."""
    if attribute == "age":
        return age_name(keys, lang)
    return ", ".join(classes.names[key] for key in keys)
