"""The survey schemes an office may declare: their elements, bands and printed weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from ektp_analytics.errors import Language, refuse
from ektp_analytics.standards.lookup import latest_standard
from ektp_analytics.standards.skm import Band, bands, elements

NINE_ELEMENTS = "permenpan-rb-14-2017"
FOURTEEN_ELEMENTS = "kepmenpan-25-2004"
SCHEMES = (NINE_ELEMENTS, FOURTEEN_ELEMENTS)


@dataclass(frozen=True, slots=True)
class SurveyScheme:
    """One way to ask and grade a satisfaction survey.

    Parameters
    ----------
    key
        ``permenpan-rb-14-2017`` or ``kepmenpan-25-2004``.
    regulation
        Where it is written.
    labels
        Label of each element by its key and language, in the regulation's order.
    bands
        Bands of its index, worst first.
    weights
        Shortened weights the regulation prints, for reconciliation only; the index itself
        takes 1/x exactly. Empty where it prints none.
    """

    key: str
    regulation: str
    labels: Mapping[str, Mapping[str, str]]
    bands: tuple[Band, ...]
    weights: tuple[str, ...]

    @property
    def elements(self) -> tuple[str, ...]:
        """Keys of the elements, in the regulation's order."""
        return tuple(self.labels)

    def edges(self, lang: Language = "id") -> list[tuple[str, str, str]]:
        """Return the bands as (lower edge, letter, label)."""
        return [(str(band.lower), band.grade, band.label[lang]) for band in self.bands]


def survey_scheme(key: str = NINE_ELEMENTS) -> SurveyScheme:
    """Return a survey scheme by its name.

    Parameters
    ----------
    key
        As declared in the profile under ``survey: scheme``.

    Raises
    ------
    Refused
        If there is no such scheme; names the nearest.
    """
    if key == NINE_ELEMENTS:
        order = latest_standard("skm_elements.order")
        nine = {element.key: element.label for element in elements()}
        return SurveyScheme(key, order.regulation, nine, bands(order.valid_from), ())
    if key == FOURTEEN_ELEMENTS:
        order = latest_standard("ikm14_elements.order")
        labels = {row["key"]: row["label"] for row in order.value}
        weights = (str(latest_standard("ikm14_elements.printed_weight").value),)
        return SurveyScheme(key, order.regulation, labels, bands(order.valid_from), weights)
    nearest = get_close_matches(str(key), SCHEMES, n=1, cutoff=0.0)[0]
    raise refuse("standard_unknown", key=str(key), nearest=nearest)
