"""Outreach and survey participation, counted by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from ektp_analytics.indicators.engagement import (
    outreach_delivered,
    outreach_reach,
    outreach_to_residents,
    survey_participation,
)


def test_outreach_delivered(office_data: Any, table: Any) -> None:
    """Planned in the quarter: three. Held in time, held later in the quarter, held in
    January: 2 ÷ 3. An unplanned event makes up for nothing. Three kecamatan: 1 event each.
    """
    events = table(
        {"planned_on": "2025-10-10", "held_on": "2025-10-10"},
        {"planned_on": "2025-10-20", "held_on": "2025-12-20"},
        {"planned_on": "2025-12-20", "held_on": "2026-01-05"},
        {"planned_on": None, "held_on": "2025-11-11"},
        {"planned_on": "2025-08-01", "held_on": "2025-08-01"},
    )
    found = outreach_delivered(office_data(outreach=events))
    assert found.value == pytest.approx(200 / 3)
    assert found.inputs["held_unplanned"] == 1
    assert found.counter == {"name": "events_planned_per_kecamatan", "value": 1.0}


def test_no_kecamatan_list_leaves_out_the_counter(office_data: Any, table: Any) -> None:
    events = table({"planned_on": "2025-10-10", "held_on": "2025-10-10"})
    found = outreach_delivered(office_data(profile={"kecamatan": []}, outreach=events))
    assert (found.value, found.counter) == (100.0, None)


def test_outreach_reach_goes_by_code_never_by_name(office_data: Any, table: Any) -> None:
    """R13: two kecamatan by code; ``3578010`` is another coding system, one event has no
    code: 2 ÷ 3, partial, the stranger listed.
    """
    codes = ("99.01.01", "99.01.02", "99.01.02", "3578010", None)
    events = table(*({"held_on": "2025-11-11", "kecamatan_code": c} for c in codes))
    found = outreach_reach(office_data(outreach=events))
    assert found.value == pytest.approx(200 / 3)
    assert found.status == "partial"
    assert (found.inputs["unplaced"], found.inputs["unmatched_codes"]) == (2, "3578010")


def test_outreach_to_residents(office_data: Any, table: Any) -> None:
    """For residents 1, for officials 3, not stated 1: 1 ÷ 4, the paper's finding in numbers."""
    audience = ("warga", "aparat", "aparat", "aparat", None)
    events = table(*({"held_on": "2025-11-11", "audience": a} for a in audience))
    found = outreach_to_residents(office_data(outreach=events))
    assert (found.value, found.n, found.inputs["not_stated"]) == (25.0, 4, 1)


def test_survey_participation(office_data: Any, answers: Any) -> None:
    """10 served need 10 (Krejcie and Morgan 1970, first row of the table); 5 came: 50 %.
    One form has two answers only and does not count.
    """
    rows = answers(4, 4, 3, 3, 2, {"persyaratan": 4, "prosedur": 4})
    profile = {"survey": {"users_served": {"2025-Q4": 10}}}
    found = survey_participation(office_data(profile=profile, survey=rows))
    assert (found.value, found.n, found.inputs["required"]) == (50.0, 5, 10)


def test_without_users_served_nothing_can_be_said(office_data: Any, answers: Any) -> None:
    found = survey_participation(office_data(survey=answers(4, 3)))
    assert (found.value, found.n, found.status) == (None, 2, "not computable")
    assert found.reason is not None and found.reason.code == "users_served_missing"


def test_a_survey_held_once_a_semester_has_the_semester_as_its_window(
    office_data: Any, answers: Any
) -> None:
    """Reported in 2025-Q4: forms of August count, those of June do not, and N is that of
    the semester.
    """
    rows = answers(4, 4, 4)
    stamps = ["2025-08-15 09:00", "2025-11-15 09:00", "2025-06-15 09:00"]
    rows["submitted_at"] = pd.to_datetime(stamps)
    profile = {
        "periodicity": {"survey": "semester"},
        "survey": {"users_served": {"2025-S2": 10, "2025-Q4": 5}},
    }
    found = survey_participation(office_data(profile=profile, survey=rows))
    assert (found.n, found.inputs["users_served"], found.value) == (2, 10, 20.0)
