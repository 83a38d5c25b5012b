"""Letters by the scheme in force: 82 is A under the 2004 bands and B under those of 2017."""

from datetime import date
from fractions import Fraction

import pytest

from ektp_analytics.measures.grade_bands import GradeBand, judge_grade, schemes_at
from ektp_analytics.measures.mean_judges import AnswerScale
from ektp_analytics.measures.printed_number import readings

CHANGE = date(2017, 5, 9)
LABELS = {"D": "Tidak Baik", "C": "Kurang Baik", "B": "Baik", "A": "Sangat Baik"}
EDGES = {
    "KepmenPAN 25/2004": [
        ("D", "25", "43.75"),
        ("C", "43.76", "62.50"),
        ("B", "62.51", "81.25"),
        ("A", "81.26", "100"),
    ],
    "PermenPAN-RB 14/2017": [
        ("D", "25", "64.99"),
        ("C", "65", "76.60"),
        ("B", "76.61", "88.30"),
        ("A", "88.31", "100"),
    ],
}
BANDS = tuple(
    GradeBand(
        letter,
        Fraction(low),
        Fraction(high),
        LABELS[letter],
        scheme,
        valid_from=CHANGE if "2017" in scheme else None,
        valid_until=None if "2017" in scheme else date(2017, 5, 8),
    )
    for scheme, edges in EDGES.items()
    for letter, low, high in edges
)


def verdict(index: str, text: str, as_of: str = "2023") -> str:
    number = readings(index, count=False)[:1]
    schemes = schemes_at(BANDS, as_of)
    return judge_grade(number, text=text, schemes=schemes, scale=AnswerScale(1, 4)).verdict


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2015", "follows"),
        ("about 2015", "follows"),
        ("2023 S1", "does not follow"),
        ("", "does not follow"),
        ("2017", "follows"),
        ("2017-04", "follows"),
        ("2017-06", "does not follow"),
    ],
)
def test_the_scheme_of_the_time(as_of: str, expected: str) -> None:
    """82 with the letter A: right before May 2017, wrong after; in 2017 either may be meant."""
    assert verdict("82.00", "A", as_of) == expected


@pytest.mark.parametrize(
    ("index", "text", "expected"),
    [
        ("76.60", "C", "follows"),
        ("76.61", "C", "does not follow"),
        ("76.605", "B", "follows"),
        ("97.22", "A (sangat baik)", "follows"),
        ("64.99", "D (Tidak Baik)", "follows"),
        ("80.00", "Baik", "follows"),
        ("80.00", "Kurang Baik", "does not follow"),
        ("80.00", "B (Sangat Baik)", "does not follow"),
        ("80.00", "memuaskan", "not checkable"),
        ("88.3", "A", "rounded"),
        ("88.2", "A", "does not follow"),
        ("3.20", "B", "follows"),
        ("104", "A", "not checkable"),
    ],
)
def test_letters_and_labels(index: str, text: str, expected: str) -> None:
    """Edges at two decimals; 88.3 may have been 88.31 to 88.34, 88.2 may not; 3.20 is 80."""
    assert verdict(index, text) == expected
