"""Counts and amounts as an Indonesian writes them."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.sources.numbers import parse_numbers


def read(*cells, whole=True):
    kind = "str" if all(isinstance(c, str) for c in cells) else object
    return parse_numbers(pd.Series(list(cells), dtype=kind), whole=whole)


def values(*cells, **how):
    return [None if pd.isna(v) else v for v in read(*cells, **how).values]


def problem(parsed, row=0):
    return [rule for rule, mask in parsed.problems.items() if bool(mask.iloc[row])]


def test_s20_decimal_commas_are_decimals():
    """S20: per-element means 3,52;3,48 are 3.52 and 3.48."""
    assert values("3,52", "3,48", whole=False) == [3.52, 3.48]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.325.996", "127.682"], [1325996, 127682]),
        (["1.325.996,25"], [1325996.25]),
        (["12.983", "1.000"], [12983, 1000]),
        (["2,500,000"], [2500000]),
        (["Rp 25.000"], [25000]),
        (["Rp10.000,-"], [10000]),
        (["1 200 jiwa"], [1200]),
        (["−5"], [-5]),
        (["1234.5"], [1234.5]),
        (["0.125"], [0.125]),
    ],
)
def test_usual_spellings(cells, expected):
    """DESIGN: 1.325.996,25 is read as an Indonesian reads it."""
    found = parse_numbers(pd.Series(cells, dtype="str"), whole=False)
    read_values = found.values.fillna(-5).tolist()
    assert read_values == expected


def test_a_lone_group_of_three_is_asked_back():
    """DESIGN, files: a lone 1.325 is 1325 where the column shows that dots group thousands."""
    assert problem(read("1.325", "950")) == ["number_ambiguous"]
    assert values("1.325", "1.325.996") == [1325, 1325996]
    assert values("1.325", "2.410") == [1325, 2410]


def test_an_amount_of_rupiah_has_no_thousandths():
    """A fee of 10.000 is ten thousand rupiah: rupiah has no third decimal."""
    assert values("10.000", "0", whole=False) == [10000, 0]


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("seribu", "number_unreadable"),
        ("-4", "number_negative"),
        ("3,5", "number_not_whole"),
        ("3.57801E+15", "number_scientific"),
        ("9" * 30, "number_too_large"),
        ("nihil", "number_unreadable"),
        ("12a", "number_unreadable"),
        ("1.32.5", "number_unreadable"),
    ],
)
def test_what_is_no_count(cell, rule):
    """A count is a whole number from zero; anything else is named, never zero."""
    parsed = read(cell)
    assert problem(parsed) == [rule]
    assert parsed.values.isna().all()


def test_blanks_stay_blank():
    """Public tools turn blanks into zero; here they stay missing."""
    assert values("", "-", "NA", "–", "0") == [None, None, None, None, 0]


def test_numbers_of_a_workbook_are_numbers():
    """A workbook's 1.325 is 1.325, whatever the screen shows."""
    assert values(1.325, 1000.0, "2.410", "3.000", whole=False) == [1.325, 1000, 2410, 3000]


@given(st.integers(0, 10**12))
def test_grouping_changes_no_number(number):
    """Written with dots, with commas or plain, in a column that shows it."""
    dots = f"{number:,}".replace(",", ".")
    shown = ["1.000.000", dots]
    assert values(*shown)[1] == number
    assert values(str(number)) == [number]
    assert values("1,000,000", f"{number:,}")[1] == number or number < 1_000_000


def test_the_jumlah_line_too_shows_that_dots_group_thousands():
    """A lone 1.400 is 1400 where the total below it, 2.100, can only be grouped alike."""
    cells = pd.Series(["700", "1.400"], dtype=str)
    assert parse_numbers(cells, beside=["2.100"]).values.tolist() == [700, 1400]
    assert parse_numbers(cells).problems["number_ambiguous"].tolist() == [False, True]
