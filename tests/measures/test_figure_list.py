"""Figures scattered in a text, listed one per row.

The case: Asmawati (2023), doi 10.30996/jpap.v8i2.8049; population of the 2020 census
836,914 (BPS). By hand: 1,325,996 + 127,682 + 23 = 1,453,701.
"""

import pandas as pd
import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.measures.figure_list import audit_figure_list
from ektp_analytics.measures.published_figures import AuditResult, Check

PAPER = [
    ("part", "pemegang", "1.325.996"),
    ("percent", "pemegang", "8,98%"),
    ("part", "kedua", "127.682"),
    ("percent", "kedua", "8%"),
    ("part", "gagal", "23"),
    ("count", "gagal", "23"),
    ("part", "belum", "106,51"),
    ("percent", "belum", "6,82%"),
    ("complement_percent", "belum", "93,18%"),
    ("percent", "belum punya", "23 %"),
    ("as_of", "", "akhir Desember 2017"),
    ("population", "", "836.914"),
]


def audit(rows: list[tuple[str, str, str]]) -> AuditResult:
    entries = pd.DataFrame(
        rows, columns=["role", "group", "printed"], index=range(2, 2 + len(rows))
    )
    return audit_figure_list(entries, column="Tertulis")


def at(result: AuditResult, row: int, check: str) -> Check:
    (found,) = [c for c in result.checks if (c.row, c.check) == (row, check)]
    return found


@pytest.fixture(scope="module")
def paper() -> AuditResult:
    return audit(PAPER)


def test_what_the_paper_prints_wrongly(paper: AuditResult) -> None:
    """Holders exceed the regency; 8,98 % is not 84,99; 106,51 is no count; 23 % fits nothing."""
    assert {(c.row, c.check, c.verdict) for c in paper.accused} == {
        (2, "bound", "impossible"),
        (3, "percent", "does not follow"),
        (8, "whole_count", "impossible"),
        (11, "percent", "does not follow"),
    }


def test_what_follows(paper: AuditResult) -> None:
    """8.18 % rounds to 8; 106,51x of 1,560,21x is 6.827 %, and 106.451 of 1,560,152 is 6.823 %."""
    assert at(paper, 5, "percent").verdict == "rounded"
    assert at(paper, 9, "percent").ok
    assert at(paper, 10, "complement_percent").ok
    assert at(paper, 7, "repeat").verdict == "follows"


def test_the_likely_repairs(paper: AuditResult) -> None:
    """84,98 lost its 4; the short count had any digit behind 106.51, or one inside."""
    assert [(r.would_be, r.slip) for r in at(paper, 3, "percent").repairs] == [
        ("84,98%", "digit lost")
    ]
    counts = [r.would_be for r in at(paper, 8, "whole_count").repairs]
    assert {"106.510", "106.511"} <= set(counts)
    assert len(counts) == 10


def test_why_the_total_is_not_the_regencys(paper: AuditResult) -> None:
    """At least 1,453,701 + 106,051 = 1,559,752 persons, against 836,914 inhabitants."""
    words = at(paper, 2, "bound").explanation.text("id")
    assert "1.559.752" in words
    assert "836.914" in words


def test_a_clean_list_is_not_accused() -> None:
    """750 + 250 = 1,000; 75 % and 25 %; both within a population of 1,400."""
    result = audit(
        [
            ("part", "a", "750"), ("percent", "a", "75%"), ("part", "b", "250"),
            ("percent", "b", "25,0%"), ("total", "", "1.000"), ("population", "", "1.400"),
            ("percent", "lain", "75"),
        ]
    )  # fmt: skip
    assert result.ok
    assert at(result, 8, "percent").verdict == "not checkable"


def test_a_total_that_the_parts_miss() -> None:
    """900 + 124 = 1,024, printed 1,000: difference 24, as in a press table of 2017."""
    result = audit([("part", "a", "900"), ("part", "b", "124"), ("total", "", "1.000")])
    assert [(c.check, c.recomputed) for c in result.accused] == [("parts", 1024)]


def test_a_repeated_count_that_differs() -> None:
    """23 in one sentence, 32 in the next."""
    rows = [("part", "g", "23"), ("count", "g", "32"), ("part", "h", "77")]
    assert [c.check for c in audit(rows).accused] == ["repeat"]


def test_what_cannot_be_checked_is_said() -> None:
    """One part is no whole; words are no number; two short counts leave no total."""
    lone = audit([("part", "a", "120"), ("percent", "a", "60%")])
    assert at(lone, 3, "percent").verdict == "not checkable"
    words = audit([("part", "a", "sekitar seratus"), ("part", "b", "20"), ("percent", "b", "20%")])
    assert words.ok
    assert at(words, 2, "readable").verdict == "not checkable"
    short = audit([("part", "a", "106,51"), ("part", "b", "20,4"), ("percent", "b", "20%")])
    assert {c.check for c in short.accused} == {"whole_count"}


def test_a_list_without_figures_is_refused() -> None:
    """Dates and limits are no figures that could follow from one another."""
    with pytest.raises(Refused):
        audit([("limit", "", "14 hari"), ("clock", "", "08.00")])
