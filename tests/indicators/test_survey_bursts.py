"""Forms that nobody seems to have read."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.indicators import survey_bursts as module
from ektp_analytics.indicators.survey_bursts import bursts, straight_lines, survey_bursts
from ektp_analytics.sources import submissions as reader


def at(rows: pd.DataFrame, *seconds: int) -> pd.DataFrame:
    stamps = pd.Timestamp("2025-10-01 08:00") + pd.to_timedelta(list(seconds), unit="s")
    return rows.assign(submitted_at=stamps.astype("datetime64[us]"))


MIXED = {"persyaratan": 4, "prosedur": 3, "waktu": 2, "biaya": 4, "produk": 3}


def test_straight_lines(answers: Any) -> None:
    """All nine equal; five answers, mixed; four answers equal, too few to tell."""
    rows = answers(3, MIXED, {"persyaratan": 4, "prosedur": 4, "waktu": 4, "biaya": 4})
    assert straight_lines(rows).tolist() == [True, False, False]


def test_a_burst_is_three_equal_forms_a_minute_apart_at_most(answers: Any) -> None:
    """S07: equal forms at 0, 60 and 120 s are a burst; the fourth, 61 s later, is not; an
    unlike form in between does not break it; two alone are none.
    """
    rows = at(answers(MIXED, MIXED, 3, MIXED, MIXED), 0, 60, 90, 120, 181)
    assert bursts(rows).tolist() == [True, True, False, True, False]
    assert not bursts(at(answers(MIXED, MIXED), 0, 10)).any()


def test_dates_without_times_show_no_burst(answers: Any) -> None:
    rows = answers(MIXED, MIXED, MIXED).assign(submitted_at_has_time=False)
    assert not bursts(rows).any()
    assert not bursts(rows.drop(columns="submitted_at")).any()


def test_the_counter_counts_each_form_once(office_data: Any, answers: Any) -> None:
    """Three equal straight lines in a burst and one ordinary form: 3 ÷ 4 = 75 %."""
    data = office_data(survey=at(answers(3, 3, 3, MIXED), 0, 10, 20, 5000))
    assert survey_bursts(data) == {
        "name": "survey_bursts", "value": 75.0, "unit": "percent", "n": 4, "straight": 3,
        "burst": 3,
    }  # fmt: skip


def test_no_form_no_counter(office_data: Any, answers: Any) -> None:
    rows = answers(3).assign(submitted_at=pd.Timestamp("2024-01-01"))
    assert survey_bursts(office_data(survey=rows)) is None


def test_reader_and_counter_mean_the_same_burst() -> None:
    """The reader's finding and this figure follow one rule."""
    assert (module.BURST_SIZE, module.BURST_SECONDS) == (reader.BURST_SIZE, reader.BURST_SECONDS)
