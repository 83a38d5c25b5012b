"""Numbers and dates as Indonesian and English official print writes them."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.report import numbers


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (84.44, 2, "84,44"),
        (11482, 0, "11.482"),
        (-1.7, 1, "−1,7"),
        (1325996.25, 2, "1.325.996,25"),
        (0, 0, "0"),
        (-0.04, 1, "0,0"),
    ],
)
def test_indonesian_marks(value, decimals, printed):
    """CLDR locale id: decimal comma, thousands dot; U+2212 for minus; never minus zero."""
    assert numbers.number(value, decimals) == printed


def test_english_marks():
    """CLDR locale en-GB: decimal point, thousands comma."""
    assert numbers.number(-11482.5, 1, "en") == "−11,482.5"
    assert numbers.percent(70.7, 1, "en") == "70.7%"


def test_ties_round_away_from_zero_as_the_law_prints():
    """PermenPAN-RB 14/2017 limits (64.99 | 65.00) need round half-up; binary floats don't
    make 64.995 round down here because the shortest decimal form is rounded.
    """
    assert numbers.number(64.995, 2) == "65,00"
    assert numbers.number(2.5, 0) == "3"
    assert numbers.number(Fraction(5199, 80), 2) == "64,99"
    assert numbers.number(Decimal("-0.125"), 2) == "−0,13"


@given(st.fractions(min_value=-10_000, max_value=10_000, max_denominator=10_000))
def test_a_rounded_fraction_is_within_half_a_unit(value):
    """Definition of rounding to the nearest hundredth."""
    assert abs(Fraction(numbers.rounded(value, 2)) - value) <= Fraction(1, 200)


@pytest.mark.parametrize("absent", [None, float("nan"), np.float64("nan"), pd.NA, pd.NaT])
def test_absent_values_print_as_a_dash(absent):
    """An absent value is never 0 or NaN on a page."""
    assert numbers.number(absent, 2) == "–"
    assert numbers.percent(absent) == "–"
    assert numbers.duration(absent) == "–"
    assert numbers.day(absent) == "–"


def test_differences_are_exact_before_they_are_rounded():
    """90.560 − 91.475 = −0.915, half-up −0,92; binary floats give less than half."""
    assert numbers.signed(numbers.difference(90.560, 91.475), 2) == "−0,92"


def test_infinity_is_refused():
    """A page never shows infinity."""
    with pytest.raises(ValueError, match="finite"):
        numbers.number(float("inf"))


def test_signed_and_intervals():
    """A difference carries its sign, an interval an en dash, or words beside a minus."""
    assert numbers.signed(0.44, 2) == "+0,44"
    assert numbers.signed(-1.7) == "−1,7"
    assert numbers.signed(0.04) == "0,0"
    assert numbers.interval((83.42, 85.47), 2) == "83,42–85,47"
    assert numbers.interval((-0.4, 1.2)) == "−0,4 s.d. 1,2"
    assert numbers.interval((69.9, 71.5), 1, "id", "%") == "69,9–71,5%"
    assert numbers.interval(None) == "–"
    assert numbers.interval((None, 2.0)) == "–"


@pytest.mark.parametrize(
    ("hours", "printed"),
    [
        (0.35, "21 menit"),
        (12.4, "12,4 jam"),
        (74.4, "3,1 hari"),
        (59.7 / 60, "1,0 jam"),
        (71.94, "71,9 jam"),
        (71.96, "3,0 hari"),
        (0.0, "0 menit"),
        (0.001, "kurang dari 1 menit"),
    ],
)
def test_durations_in_the_unit_they_are_read_in(hours, printed):
    """21 minutes, 12.4 hours and 3.1 days are the lengths' own arithmetic: × 60, ÷ 24."""
    assert numbers.duration(hours) == printed


def test_limits_and_durations_in_english():
    """CLDR unit names; singular where the number is one."""
    assert numbers.duration(0.35, "en") == "21 minutes"
    assert numbers.limit(24) == "24 jam"
    assert numbers.limit(336) == "14 hari"
    assert numbers.limit(1, "en") == "1 hour"
    assert numbers.limit(0.25) == "15 menit"
    assert numbers.limit(36) == "36 jam"


def test_dates_and_clock():
    """CLDR month names of id; the cut-off hour is 24.00."""
    day = dt.date(2025, 12, 31)
    assert numbers.day(day) == "31 Desember 2025"
    assert numbers.day(day, "en") == "31 December 2025"
    assert numbers.short_day(dt.date(2025, 8, 3)) == "3 Agu 2025"
    assert numbers.end_of_day(day, "WIB") == "31 Desember 2025, pukul 24.00 WIB"
    assert numbers.clock(dt.time(8, 0), "WIB") == "pukul 08.00 WIB"
    assert numbers.day_range(dt.date(2025, 10, 1), day) == "1 Oktober – 31 Desember 2025"
    assert numbers.day_range(dt.date(2025, 11, 1), dt.date(2026, 1, 31)) == (
        "1 November 2025 – 31 Januari 2026"
    )


@pytest.mark.parametrize(
    ("canonical", "long", "short", "english"),
    [
        ("2025-Q4", "Triwulan IV 2025", "TW IV 2025", "Quarter IV 2025"),
        ("2025-TW1", "Triwulan I 2025", "TW I 2025", "Quarter I 2025"),
        ("2025-S1", "Semester I 2025", "Smt I 2025", "Half-year I 2025"),
        ("2025-03", "Maret 2025", "Mar 2025", "March 2025"),
        ("2025", "Tahun 2025", "2025", "2025"),
    ],
)
def test_periods(canonical, long, short, english):
    """Quarters are Triwulan with a Roman numeral in Indonesian government print."""
    assert numbers.period(canonical) == long
    assert numbers.period(canonical, short=True) == short
    assert numbers.period(canonical, "en") == english


def test_lists_are_joined_as_in_a_sentence():
    """CLDR list patterns: serial comma before dan."""
    assert numbers.joined(["A", "B", "C"]) == "A, B, dan C"
    assert numbers.joined(["A", "B"], "en") == "A and B"
