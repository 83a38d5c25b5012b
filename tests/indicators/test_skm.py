"""The index of a survey table."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ektp_analytics.indicators.skm import asked_elements, index_bands, skm_index
from ektp_analytics.periods import Period


def test_index_of_a_small_survey(answers: Any) -> None:
    """C01: all answers 4 give 100.00 and A, never 99; a mean of 3 gives 75.00 and C (C14)."""
    best = skm_index(answers(4, 4), on=date(2025, 12, 31))
    middle = skm_index(answers(4, 2), on=date(2025, 12, 31))
    assert (best.summary.index, best.summary.grade) == (100.0, "A")
    assert (middle.summary.index, middle.summary.grade) == (75.0, "C")
    assert best.to_record()["n"] == 2
    assert len(best.to_frame()) == 9


def test_the_period_holds_its_first_and_last_day(answers: Any) -> None:
    """S41: quarter 2 with answers on 31 March, 1 April, 30 June and 1 July holds two."""
    import pandas as pd

    stamps = ["2025-03-31 23:59:59", "2025-04-01 00:00:00", "2025-06-30 23:59:59", "2025-07-01"]
    rows = answers(1, 4, 4, 1)
    rows["submitted_at"] = pd.to_datetime(stamps, format="ISO8601").astype("datetime64[us]")
    found = skm_index(rows, period=Period.parse("2025-Q2"))
    assert (found.tally.n, found.summary.index, found.outside_period) == (2, 100.0, 2)


def test_a_form_counts_from_five_answers(answers: Any) -> None:
    """S17: three of nine answered: kept, not counted; the setting may lower the rule."""
    three = {"persyaratan": 1, "prosedur": 1, "waktu": 1}
    found = skm_index(answers(4, three), on=date(2025, 12, 31))
    assert (found.tally.n, found.tally.below_minimum, found.summary.index) == (1, 1, 100.0)
    lowered = skm_index(
        answers(4, three), on=date(2025, 12, 31), settings={"completeness_minimum": 3}
    )
    assert lowered.tally.n == 2


def test_the_bands_of_the_day(answers: Any) -> None:
    """C10: 82 is A by the scheme of 2004 and B by that of 2017."""
    rows = answers(
        *([{"persyaratan": 4}] * 7), *([{"persyaratan": 3}] * 18), *([{"persyaratan": 3}] * 0)
    )
    index = skm_index(rows, on=date(2025, 12, 31)).summary.index
    assert index == pytest.approx(82.0)
    assert skm_index(rows, on=date(2013, 6, 30)).summary.grade == "A"
    assert skm_index(rows, on=date(2025, 12, 31)).summary.grade == "B"
    assert {letter for _, letter, _ in index_bands(date(2025, 12, 31))} == set("ABCD")


def test_elements_come_in_the_regulations_order(answers: Any) -> None:
    assert asked_elements(answers(4)[["sarana", "waktu", "persyaratan"]]) == (
        "persyaratan", "waktu", "sarana",
    )  # fmt: skip
