"""Below the processing sheet: what the grades mean, and which element is U1 to U9."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ektp_analytics.indicators.skm import SkmIndex
from ektp_analytics.report import wording
from ektp_analytics.report.processing_sheet import LEGAL_ORDER
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.wording import say
from ektp_analytics.report.workbook_sheets.sheet import Sheet
from ektp_analytics.standards.skm import bands


@dataclass(frozen=True, slots=True)
class GradeKey:
    """Where the key of grades stands, lowest first, so that formulas can look them up.

    Parameters
    ----------
    lower, letters, labels
        Addresses of lower edges, letters and names.
    names
        Name of each letter.
    """

    lower: str
    letters: str
    labels: str
    names: Mapping[str, str]

    def letter_of(self, index: str) -> str:
        """Return the formula for the letter of an index in a cell."""
        return f"LOOKUP({index},{self.lower},{self.letters})"

    def name_of(self, index: str) -> str:
        """Return the formula for the name of the grade of an index in a cell."""
        return f"LOOKUP({index},{self.lower},{self.labels})"


def write_keys(
    sheet: Sheet,
    row: int,
    on: date,
    survey: SkmIndex,
    elements: Sequence[tuple[str, str]],
) -> GradeKey:
    """Write both keys.

    Parameters
    ----------
    sheet, row
        Sheet, and row of the first head.
    on
        Day whose bands apply.
    survey
        The index, for the values the formulas have now.
    elements
        Address of the mean and of the grade of U1 to U9.

    Returns
    -------
    GradeKey
    """
    lang, found = sheet.lang, bands(on)
    heads = [say("head.performance", lang), say("head.grade", lang)]
    heads += [tell(f"workbook.{name}", lang) for name in ("from", "to")]
    sheet.heads(row, heads)
    for place, band in enumerate(found, row + 1):
        sheet.text(place, 0, band.text(lang), "foot")
        sheet.text(place, 1, band.grade, "foot", "right")
        sheet.number(place, 2, float(band.lower), 2, "foot")
        sheet.number(place, 3, float(band.upper), 2, "foot")
    end = row + len(found)
    _write_elements(sheet, end + 2, survey, elements)
    labels, letters, lower = (sheet.span((row + 1, at), (end, at)) for at in (0, 1, 2))
    return GradeKey(lower, letters, labels, {band.grade: band.text(lang) for band in found})


def _write_elements(
    sheet: Sheet, row: int, survey: SkmIndex, elements: Sequence[tuple[str, str]]
) -> None:
    lang = sheet.lang
    sheet.heads(
        row, ("", say("head.nrr", lang), say("head.grade", lang), say("head.element", lang)), (3,)
    )
    now = {element.key: element for element in survey.summary.elements}
    for place, (key, (mean, grade)) in enumerate(zip(LEGAL_ORDER, elements, strict=True), 1):
        summary = now.get(key)
        sheet.text(row + place, 0, f"U{place}", "foot")
        sheet.formula(row + place, 1, mean, summary.nrr if summary else None, 4, "foot")
        sheet.formula(row + place, 2, grade, summary.grade if summary else None, look="foot")
        sheet.text(row + place, 3, wording.name_of("element", key, lang), "plain")
