"""The nine elements of the satisfaction survey and the bands of its index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ektp_analytics.errors import Language, refuse
from ektp_analytics.standards.lookup import latest_standard, standard


@dataclass(frozen=True, slots=True)
class Element:
    """One element (unsur) of the satisfaction survey.

    Parameters
    ----------
    key
        Name used everywhere in data and code, ``waktu``.
    number
        Place in the regulation's list, 1–9; many forms swap the 8th and 9th.
    label, meaning
        Name and meaning by language.
    answers
        Labels of the four answers, worth 1, 2, 3 and 4, by language.
    replaceable
        ``free_service`` or ``online_service`` where the question may be replaced for
        such a service, else None.
    """

    key: str
    number: int
    label: Mapping[str, str]
    meaning: Mapping[str, str]
    answers: Mapping[str, tuple[str, ...]]
    replaceable: str | None


@dataclass(frozen=True, slots=True)
class Band:
    """One band of the converted index (25–100), edges included, at two decimals."""

    grade: str
    label: Mapping[str, str]
    perception: int
    lower: Decimal
    upper: Decimal

    def text(self, lang: Language = "id") -> str:
        """Return the label of the band, ``Baik``."""
        return self.label[lang]


def elements(on: date | str | None = None) -> tuple[Element, ...]:
    """Return the nine elements in the regulation's order.

    Parameters
    ----------
    on
        Day for which they are asked; the latest list when left out.

    Returns
    -------
    tuple of Element
        Nine elements, persyaratan first.
    """
    order = _value("skm_elements.order", on)
    replaceable = _value("skm_elements.replaceable", on)
    found = []
    for number, key in enumerate(order, start=1):
        value = _value(f"skm_elements.{key}", on)
        answers = {lang: tuple(labels) for lang, labels in value["answers"].items()}
        found.append(
            Element(
                key,
                number,
                value["label"],
                value["meaning"],
                answers,
                replaceable.get(key),
            )
        )
    return tuple(found)


def bands(on: date | str) -> tuple[Band, ...]:
    """Return the index bands in force on a day, worst first.

    Raises
    ------
    Refused
        If no scheme was in force on that day.
    """
    return tuple(
        Band(
            grade=row["grade"],
            label=row["label"],
            perception=row["perception"],
            lower=Decimal(row["lower"]),
            upper=Decimal(row["upper"]),
        )
        for row in standard("skm_bands.scale", on=on).value
    )


def band_of(index: Decimal, on: date | str) -> Band:
    """Return the band of an index already rounded half-up to two decimals.

    The limits of the printed scheme are themselves rounded and leave gaps, so only a
    rounded index has exactly one band (PermenPAN-RB 14/2017, annex).

    Parameters
    ----------
    index
        Converted index, 25–100, with at most two decimals.
    on
        Day whose scheme applies.

    Raises
    ------
    Refused
        If the index lies in no band: outside 25–100 or not rounded.
    """
    for band in bands(on):
        if band.lower <= index <= band.upper:
            return band
    raise refuse("index_outside_bands", value=str(index))


def _value(key: str, on: date | str | None) -> Any:
    return (latest_standard(key) if on is None else standard(key, on=on)).value
