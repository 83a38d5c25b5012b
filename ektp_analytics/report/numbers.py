"""Numbers, dates, durations and periods as an Indonesian (or English) page prints them.

Every figure on a page goes through here: decimal comma and thousands dot in Indonesian,
a true minus sign, an en dash between the ends of an interval, round half-up as the
survey regulation asks (PermenPAN-RB 14/2017 prints indices with two decimals). A value
that is absent prints as an en dash and never as 0 or NaN.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import get_decimal_symbol, get_group_symbol
from babel.units import format_unit

from ektp_analytics.errors import Language

Number = int | float | Decimal | Fraction

ABSENT = "–"
MINUS = "\N{MINUS SIGN}"
DASH = "–"
HOURS_PER_DAY = 24
MINUTES_PER_HOUR = 60
DAYS_FROM_HOURS = 72  # below three days hours are read more easily
ROMAN = ("I", "II", "III", "IV")
_LOCALE = {"id": "id_ID", "en": "en_GB"}
_LENGTHS_KEPT = 10_000  # the same lengths come again in tables, charts and their words
_QUARTER = re.compile(r"(\d{4})-(?:Q|TW)([1-4])")
_SEMESTER = re.compile(r"(\d{4})-S([12])")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


def rounded(value: Number, decimals: int) -> Decimal:
    """Round half-up, away from zero, exactly.

    Parameters
    ----------
    value
        Finite number; a float is taken at its shortest decimal form.
    decimals
        Digits after the decimal mark.

    Returns
    -------
    Decimal
        `value` with exactly `decimals` digits, never minus zero.

    Raises
    ------
    ValueError
        If `value` is not finite.
    """
    step = Decimal(1).scaleb(-decimals)
    if isinstance(value, Fraction):
        scaled = abs(value) * 10**decimals
        units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        return (Decimal(units if value >= 0 else -units) * step).quantize(step)
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        raise ValueError(f"{value!r} is not a finite number")
    result = exact.quantize(step, ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def is_absent(value: Any) -> bool:
    """Whether a value is None, NaN, NaT or pandas' missing value."""
    if value is None or value is pd.NA or value is pd.NaT:
        return True
    return isinstance(value, (float, np.floating)) and math.isnan(value)


def number(value: Number | None, decimals: int = 0, lang: Language = "id") -> str:
    """Print a number: ``11.482``, ``84,44``, ``−1,7``; an absent one as ``–``."""
    if value is None or is_absent(value):
        return ABSENT
    return f"{rounded(value, decimals):,.{decimals}f}".translate(_signs(lang))


@cache
def _signs(lang: Language) -> dict[int, str]:
    """Return the signs of a language for those Python writes numbers with."""
    place = _LOCALE[lang]
    signs = {",": get_group_symbol(place), ".": get_decimal_symbol(place), "-": MINUS}
    return str.maketrans(signs)


def percent(value: Number | None, decimals: int = 1, lang: Language = "id") -> str:
    """Print a share given as 0–100: ``70,7%``, without a space."""
    printed = number(value, decimals, lang)
    return printed if printed == ABSENT else f"{printed}%"


def signed(value: Number | None, decimals: int = 1, lang: Language = "id") -> str:
    """Print a difference with its sign: ``+0,44``, ``−1,7``, and ``0,0`` without one."""
    printed = number(value, decimals, lang)
    positive = value is not None and printed != ABSENT and rounded(value, decimals) > 0
    return f"+{printed}" if positive else printed


def difference(after: Number, before: Number) -> Fraction:
    """Subtract two figures exactly as they are written, to be rounded once afterwards.

    In binary floats 90.560 − 91.475 is −0.91499…, which would print as −0,91.
    """
    return _times(after, 1) - _times(before, 1)


def interval(
    bounds: Sequence[Number] | None, decimals: int = 1, lang: Language = "id", unit: str = ""
) -> str:
    """Print an interval with an en dash: ``83,42–85,47``; with a minus, ``−0,4 s.d. 1,2``."""
    if bounds is None or is_absent(bounds[0]) or is_absent(bounds[1]):
        return ABSENT
    low, high = (number(end, decimals, lang) for end in bounds)
    joint = DASH if MINUS not in low + high else {"id": " s.d. ", "en": " to "}[lang]
    return f"{low}{joint}{high}{unit}"


def duration(hours: Number | None, lang: Language = "id") -> str:
    """Print a length of time in the unit it is read in: 21 menit, 12,4 jam, 3,1 hari.

    Parameters
    ----------
    hours
        Length in hours; None prints as ``–``.
    lang
        ``id`` or ``en``.

    Returns
    -------
    str
        Whole minutes below one hour, hours with one decimal below three days, days
        with one decimal from there.
    """
    if hours is None or is_absent(hours):
        return ABSENT
    minutes = rounded(_times(hours, MINUTES_PER_HOUR), 0)
    if 0 < minutes < MINUTES_PER_HOUR or hours == 0:
        return _unit(minutes, "duration-minute", "0", lang)
    if minutes == 0:
        return {"id": "kurang dari 1 menit", "en": "under 1 minute"}[lang]
    if rounded(hours, 1) < DAYS_FROM_HOURS:
        return _unit(rounded(hours, 1), "duration-hour", "0.0", lang)
    return _unit(rounded(_times(hours, Fraction(1, HOURS_PER_DAY)), 1), "duration-day", "0.0", lang)


def limit(hours: Number, lang: Language = "id") -> str:
    """Print a limit as it is written in a rule: 24 jam, 14 hari, 30 menit, 36 jam."""
    exact = _times(hours, 1)
    if exact < 1:
        return _unit(rounded(exact * MINUTES_PER_HOUR, 0), "duration-minute", "0", lang)
    if exact > HOURS_PER_DAY and exact % HOURS_PER_DAY == 0:
        return _unit(rounded(exact / HOURS_PER_DAY, 0), "duration-day", "0", lang)
    return _unit(rounded(exact, 1).normalize(), "duration-hour", "#,##0.#", lang)


def day(value: dt.date | None, lang: Language = "id") -> str:
    """Print a date: ``31 Desember 2025``."""
    if value is None or is_absent(value):
        return ABSENT
    return str(format_date(value, "d MMMM y", locale=_LOCALE[lang]))


def short_day(value: dt.date | None, lang: Language = "id") -> str:
    """Print a date for a narrow column: ``31 Des 2025``."""
    if value is None or is_absent(value):
        return ABSENT
    return str(format_date(value, "d MMM y", locale=_LOCALE[lang]))


def day_range(first: dt.date, last: dt.date, lang: Language = "id") -> str:
    """Print a span of dates: ``1 Oktober – 31 Desember 2025``."""
    pattern = "d MMMM" if first.year == last.year else "d MMMM y"
    opening = format_date(first, pattern, locale=_LOCALE[lang])
    return f"{opening} {DASH} {day(last, lang)}"


def clock(value: dt.time | dt.datetime, zone: str = "", lang: Language = "id") -> str:
    """Print a time of day: ``pukul 08.00 WIB``."""
    printed = f"{value.hour:02d}{'.' if lang == 'id' else ':'}{value.minute:02d}"
    words = ["pukul", printed, zone] if lang == "id" else [printed, zone]
    return " ".join(word for word in words if word)


def end_of_day(value: dt.date, zone: str = "", lang: Language = "id") -> str:
    """Print the close of a day as the cut-off: ``31 Desember 2025, pukul 24.00 WIB``."""
    hour = "pukul 24.00" if lang == "id" else "24:00"
    return ", ".join([day(value, lang), f"{hour} {zone}".strip()])


def period(canonical: str, lang: Language = "id", short: bool = False) -> str:
    """Print a period given in canonical form.

    Parameters
    ----------
    canonical
        ``2025-Q4`` (also ``2025-TW4``), ``2025-S2``, ``2025-03`` or ``2025``.
    lang
        ``id`` or ``en``.
    short
        The form for tables: ``TW IV 2025``, ``Smt II 2025``, ``Mar 2025``.

    Returns
    -------
    str
        ``Triwulan IV 2025``, ``Semester II 2025``, ``Maret 2025``, ``Tahun 2025``; a text
        of another form comes back as it is.
    """
    if match := _QUARTER.fullmatch(canonical):
        year, part = match.group(1), int(match.group(2))
        if lang == "en":
            return f"Q{part} {year}" if short else f"Quarter {ROMAN[part - 1]} {year}"
        return f"{'TW' if short else 'Triwulan'} {ROMAN[part - 1]} {year}"
    if match := _SEMESTER.fullmatch(canonical):
        word = {"id": "Smt" if short else "Semester", "en": "H" if short else "Half-year"}[lang]
        return f"{word} {ROMAN[int(match.group(2)) - 1]} {match.group(1)}"
    if match := _MONTH.fullmatch(canonical):
        first = dt.date(int(match.group(1)), int(match.group(2)), 1)
        return str(format_date(first, "MMM y" if short else "MMMM y", locale=_LOCALE[lang]))
    if canonical.isdigit() and not short and lang == "id":
        return f"Tahun {canonical}"
    return canonical


def joined(names: Sequence[str], lang: Language = "id") -> str:
    """Join names as a sentence does: ``A, B, dan C``."""
    return str(format_list(list(names), locale=_LOCALE[lang]))


def _times(value: Number, factor: int | Fraction) -> Fraction:
    exact = value if isinstance(value, Fraction) else Fraction(str(value))
    return exact * factor


@lru_cache(maxsize=_LENGTHS_KEPT)
def _unit(value: Decimal, name: str, pattern: str, lang: Language) -> str:
    return str(format_unit(value, name, length="long", format=pattern, locale=_LOCALE[lang]))
