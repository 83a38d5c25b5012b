"""Reporting periods: how they are written, what they hold, what comes before."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period


@pytest.mark.parametrize(
    ("text", "canonical", "first", "last"),
    [
        ("2025-Q1", "2025-Q1", date(2025, 1, 1), date(2025, 3, 31)),
        ("2025-TW1", "2025-Q1", date(2025, 1, 1), date(2025, 3, 31)),
        ("2025-tw iv", "2025-Q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("2019-S1", "2019-S1", date(2019, 1, 1), date(2019, 6, 30)),
        ("2025-03", "2025-03", date(2025, 3, 1), date(2025, 3, 31)),
        ("2024-02", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025", "2025", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_each_way_of_writing_gives_one_canonical_period(
    text: str, canonical: str, first: date, last: date
) -> None:
    period = Period.parse(text)
    assert (str(period), period.start, period.end) == (canonical, first, last)


def test_the_period_closes_at_24_00_of_its_last_day() -> None:
    assert Period.parse("2025-Q4").closes == datetime(2026, 1, 1)


@pytest.mark.parametrize("text", ["", "2025-Q5", "2025-13", "Q1-2025", "25-Q1", "2025-S3", "None"])
def test_an_unknown_period_is_refused_with_the_ways_to_write_it(text: str) -> None:
    with pytest.raises(Refused, match="2025-Q1"):
        Period.parse(text)


def test_labels_are_those_of_indonesian_reports() -> None:
    assert Period.parse("2025-Q4").label() == "Triwulan IV 2025"
    assert Period.parse("2019-S1").label() == "Semester I 2019"
    assert Period.parse("2025-08").label() == "Agustus 2025"
    assert Period.parse("2025-Q4").label("en") == "Quarter 4 2025"


@given(
    st.integers(1990, 2100),
    st.sampled_from([("quarter", 4), ("semester", 2), ("month", 12), ("year", 1)]),
    st.integers(0, 11),
)
def test_periods_tile_the_calendar_without_gap_or_overlap(
    year: int, kind: tuple[str, int], step: int
) -> None:
    period = Period(year, kind[0], step % kind[1] + 1)  # type: ignore[arg-type]
    assert period.previous().closes == period.opens
    assert period.previous().shifted(1) == period
    assert Period.parse(str(period)) == period
