"""The nine elements as indicators."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from ektp_analytics.indicators.registry import computations
from ektp_analytics.indicators.satisfaction import (
    counted_questionnaires,
    ektp_survey,
    error_correlation,
    unit_survey,
    users_served_by,
)

ELEMENTS = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku",
            "pengaduan", "sarana")  # fmt: skip


def value(code: str, data: Any) -> Any:
    return computations()[code](data)


def test_an_element_is_its_mean_times_25(office_data: Any, answers: Any) -> None:
    """4, 3, 3, 2: mean 3, index 75, n = 4. Four forms are too few for an interval, and the
    reason is said.
    """
    found = value("skm_waktu", office_data(survey=answers(4, 3, 3, 2).assign(ektp=True)))
    assert (found.value, found.n, found.status) == (75.0, 4, "ok")
    assert found.interval is None
    assert found.interval_reason is not None
    assert found.interval_reason.code == "too_few_for_interval"


def test_only_e_ktp_forms_count_and_both_n_are_there(office_data: Any, answers: Any) -> None:
    """Two e-KTP forms of 4 and one family-card form of 1: 100 beside the unit's 75."""
    rows = answers(4, 4, 1).assign(ektp=[True, True, False])
    data = office_data(survey=rows)
    found = value("skm_waktu", data)
    assert (found.value, found.inputs["questionnaires"]) == (100.0, 2)
    assert found.inputs["questionnaires_all_services"] == 3
    assert unit_survey(data).summary.index == 75.0


def test_without_services_the_unit_value_is_partial(office_data: Any, answers: Any) -> None:
    found = value("skm_waktu", office_data(survey=answers(4, 2)))
    assert (found.value, found.status) == (75.0, "partial")
    assert found.reason is not None and found.reason.code == "services_not_told_apart"


def test_a_replaced_question_keeps_its_slot_and_is_noted(office_data: Any, answers: Any) -> None:
    profile = {"survey": {"replaced_questions": {"biaya": "kejelasan biaya"}}}
    rows = answers(4, 2).assign(ektp=True)
    found = value("skm_biaya", office_data(profile=profile, survey=rows))
    assert (found.status, [n.code for n in found.notes]) == ("ok", ["question_replaced"])


def test_not_asked_and_not_answered(office_data: Any, answers: Any) -> None:
    """An element the form lacks, and one nobody answered: two reasons, no number."""
    rows = (
        answers(4, 3).assign(waktu=pd.array([pd.NA, pd.NA], dtype="Int64")).drop(columns="sarana")
    )
    data = office_data(survey=rows)
    reasons = [value(code, data).reason.code for code in ("skm_sarana", "skm_waktu")]
    assert reasons == ["element_not_asked", "no_answers"]


def test_a_finite_population_only_for_a_drawn_sample(office_data: Any, answers: Any) -> None:
    """20 forms of 40 served: drawn at random the standard error shrinks by √(1 − 20/40); a
    voluntary survey gets no such credit.
    """
    rows = answers(*([4, 3] * 10))
    served = {"users_served": {"2025-Q4": 40}}
    plain, drawn = (
        unit_survey(office_data(profile={"survey": {**served, "method": m}}, survey=rows))
        for m in ("voluntary", "random")
    )
    errors = [found.summary.standard_error for found in (plain, drawn)]
    assert errors[1] == pytest.approx(errors[0] * np.sqrt(0.5))


def test_the_whole_unit_is_no_population_for_e_ktp(office_data: Any, answers: Any) -> None:
    """N of all services says nothing about e-KTP; N by service does."""
    rows = answers(*([4, 3] * 10)).assign(ektp=True)
    survey = {"method": "random", "users_served": {"2025-Q4": 40}}
    services = {"ektp": ["Rekam", "Ganti"]}
    without = office_data(profile={"survey": survey, "services": services}, survey=rows)
    by_service = {"service": {"2025-Q4": {"Rekam": 15, "Ganti": 25}}}
    with_n = office_data(
        profile={"survey": {**survey, "users_served_by": by_service}, "services": services},
        survey=rows,
    )
    errors = [ektp_survey(d)[0].summary.standard_error for d in (without, with_n)]
    assert errors[1] == pytest.approx((errors[0] or 0) * np.sqrt(0.5))
    assert users_served_by(with_n, "service") == {"Rekam": 15, "Ganti": 25}


def test_correlation_of_errors_is_that_of_the_answers(office_data: Any, answers: Any) -> None:
    """With complete forms the correlation of two means is Pearson's of the answers
    (numpy.corrcoef); a constant element has none.
    """
    rng = np.random.default_rng(7)
    columns = {e: rng.integers(1, 5, 40) for e in ELEMENTS} | {"biaya": np.full(40, 4)}
    rows = answers(*([4] * 40)).assign(
        **{e: pd.array(v, dtype="Int64") for e, v in columns.items()}
    )
    tally = unit_survey(office_data(survey=rows)).tally
    found = error_correlation(tally, "waktu")
    expected = np.corrcoef(columns["waktu"], columns["sarana"])[0, 1]
    assert found["skm_sarana"] == pytest.approx(expected)
    assert "skm_biaya" not in found and "skm_waktu" not in found


def test_counted_questionnaires(office_data: Any, answers: Any) -> None:
    """S41: forms of 30 September, 1 October, 31 December and 1 January, and one with two
    answers: the quarter holds two.
    """
    rows = answers(4, 4, 4, 4, {"waktu": 4, "biaya": 4})
    stamps = ["2025-09-30 23:59", "2025-10-01", "2025-12-31 23:59", "2026-01-01", "2025-11-01"]
    rows["submitted_at"] = pd.to_datetime(stamps, format="ISO8601").astype("datetime64[us]")
    data = office_data(survey=rows)
    assert len(counted_questionnaires(data)) == 2
    assert unit_survey(data).tally.n == 2
    assert unit_survey(data).outside_period == 2
