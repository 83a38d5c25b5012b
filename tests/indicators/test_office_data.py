"""The tables of an office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any


def test_e_ktp_rows_where_they_can_be_told_apart(office_data: Any, answers: Any) -> None:
    rows = answers(4, 3)
    ours, told_apart = office_data(survey=rows.assign(ektp=[True, False])).ektp_rows("survey")
    assert (len(ours), told_apart) == (1, True)
    everyone, told_apart = office_data(survey=rows).ektp_rows("survey")
    assert (len(everyone), told_apart) == (2, False)


def test_what_is_there_and_what_is_missing(office_data: Any, answers: Any) -> None:
    data = office_data(survey=answers(4))
    assert data.has("survey", "waktu") and not data.has("survey", "waktu", "sex")
    assert data.missing("survey", "waktu", "sex") == ("sex",)
    assert data.missing("opening", "day") == ("day",)
    assert data.table("opening") is None
    assert data.as_of == date(2025, 12, 31)


def test_what_is_shared_is_computed_once(office_data: Any) -> None:
    """Indicators that ask for the same thing get the same object; other data do not."""
    data, calls = office_data(), []
    for _ in range(2):
        assert data.once("x", lambda: calls.append(1) or len(calls)) == 1
    again = replace(data, period=data.period.previous())
    assert again.once("x", lambda: 5) == 5
