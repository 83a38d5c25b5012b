"""Grade bands and the letter printed beside an index.

Letters of different schemes are never compared: a row is judged by the schemes in
force at its printed date, and an undated row by any of them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ektp_analytics.measures.explanations import Explanation, Shown, say
from ektp_analytics.measures.index_judges import index_factor, index_outside
from ektp_analytics.measures.mean_judges import AnswerScale
from ektp_analytics.measures.printed_number import PrintedNumber, half_up
from ektp_analytics.measures.relation import Judgement

BAND_DECIMALS = 2
"""Decimals at which the grade bands are stated (76.60 is C, 76.61 is B)."""

BAND_UNIT = Fraction(1, 10**BAND_DECIMALS)

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?:-(0[1-9]|1[0-2])(?!\d))?")


@dataclass(frozen=True, slots=True)
class GradeBand:
    """One band of a grading scheme.

    Parameters
    ----------
    letter, label
        ``A`` and "Sangat Baik".
    lower, upper
        Ends of the band, both inside, at two decimals.
    scheme
        Name of the scheme it belongs to.
    valid_from, valid_until
        Days between which the scheme was in force; None means open.
    """

    letter: str
    lower: Fraction
    upper: Fraction
    label: str = ""
    scheme: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


def schemes_at(bands: Sequence[GradeBand], as_of: str) -> tuple[tuple[GradeBand, ...], ...]:
    """Return the grading schemes in force at a printed date.

    Parameters
    ----------
    bands
        Bands of one or more schemes.
    as_of
        The date or period as printed; its year (and month, if written 2017-05) counts.
        Without a year the schemes still in force are meant.

    Returns
    -------
    tuple of tuple of GradeBand
        One entry per scheme; two where the period touches the change of schemes.
    """
    span = _days_of(as_of)
    names = dict.fromkeys(b.scheme for b in bands)
    return tuple(
        tuple(b for b in bands if b.scheme == name)
        for name in names
        if any(b.scheme == name and _in_force(b, span) for b in bands)
    )


def _days_of(as_of: str) -> tuple[date, date] | None:
    found = _YEAR.search(as_of)
    if found is None:
        return None
    year, month = int(found[1]), found[2]
    first, last = (int(month), int(month)) if month else (1, 12)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _in_force(band: GradeBand, span: tuple[date, date] | None) -> bool:
    if span is None:
        return band.valid_until is None
    first, last = band.valid_from or date.min, band.valid_until or date.max
    return first <= span[1] and span[0] <= last


def _band_of(value: Fraction, bands: Sequence[GradeBand]) -> GradeBand | None:
    return next((b for b in bands if b.lower <= value <= b.upper), None)


def _names(text: str, due: GradeBand, bands: Sequence[GradeBand]) -> bool | None:
    """Whether a grade text names the band: its letter, its label, or both; None if neither."""
    letters = {b.letter for b in bands}
    words = [w for w in re.split(r"[\W_]+", text) if w]
    letter = next((w for w in words if w in letters), None)
    if letter is None and words and words[0].upper() in letters:
        letter = words[0].upper()
    label = _label_in(text, bands)
    if letter is None and label is None:
        return None
    return letter in (None, due.letter) and label in (None, due.label)


def _label_in(text: str, bands: Sequence[GradeBand]) -> str | None:
    """Find the longest label in the text: "Kurang Baik" before "Baik"."""
    plain = " ".join(re.split(r"[\W_]+", text)).casefold()
    found = [b.label for b in bands if b.label and b.label.casefold() in plain]
    return max(found, key=len, default=None)


def _letter_within(
    text: str, span: tuple[Fraction, Fraction], schemes: tuple[tuple[GradeBand, ...], ...]
) -> bool:
    low, high = (half_up(v, BAND_DECIMALS) for v in span)
    return any(
        _names(text, band, scheme)
        for scheme in schemes
        for band in scheme
        if band.lower <= high and low <= band.upper
    )


def judge_grade(
    numbers: tuple[PrintedNumber, ...],
    *,
    text: str,
    schemes: tuple[tuple[GradeBand, ...], ...],
    scale: AnswerScale,
) -> Judgement:
    """Judge the letter against the printed index, in the schemes in force then."""
    (index,) = numbers
    if index_outside(index, scale):
        return Judgement("not checkable", None, say("grade_index_impossible", index=index))
    factor = scale.factor if index_factor(index, scale) == 1 else Fraction(1)
    value, half = index.value * factor, index.unit * factor / 2
    found = ((_band_of(half_up(value, BAND_DECIMALS), s), s) for s in schemes)
    due = [(band, _names(text, band, scheme)) for band, scheme in found if band]
    if not due:
        return Judgement("not checkable", None, say("no_band_at_date"))
    if all(fits is None for _, fits in due):
        return Judgement("not checkable", None, say("grade_unreadable", text=text))
    band = next((b for b, fits in due if fits), None)
    if band is not None:
        return Judgement("follows", band.letter, _say_grade("grade_ok", text, index, band))
    band = due[0][0]
    if index.unit > BAND_UNIT and _letter_within(text, (value - half, value + half), schemes):
        return Judgement("rounded", band.letter, _say_grade("grade_by_rounding", text, index, band))
    return Judgement("does not follow", band.letter, _say_grade("grade_bad", text, index, band))


def _say_grade(code: str, text: str, index: PrintedNumber, band: GradeBand) -> Explanation:
    return say(
        code,
        text=text,
        index=index,
        letter=band.letter,
        label=band.label,
        scheme=band.scheme,
        low=Shown(band.lower, BAND_DECIMALS),
        high=Shown(band.upper, BAND_DECIMALS),
    )
