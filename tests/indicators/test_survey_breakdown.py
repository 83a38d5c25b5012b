"""The index by group."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from ektp_analytics.indicators.survey_breakdown import mean_of_groups, survey_breakdown
from ektp_analytics.standards.survey_scheme import FOURTEEN_ELEMENTS, survey_scheme

NINE = survey_scheme().elements


def forms(answers: Any, *groups: tuple[str, int, int], column: str = "service") -> pd.DataFrame:
    """So many forms of one answer for each group."""
    rows = answers(*[answer for _, n, answer in groups for _ in range(n)])
    return rows.assign(**{column: pd.array([g for g, n, _ in groups for _ in range(n)], "str")})


def test_services_and_the_pooled_index(office_data: Any, answers: Any) -> None:
    """C13: A has 10 forms at 100, B 90 at 75. The official index pools: 77.50; the mean of
    the services is 87.50, and is called so.
    """
    found = survey_breakdown(office_data(survey=forms(answers, ("A", 10, 4), ("B", 90, 3))))
    rows = found.by("service").set_index("name")
    assert rows["index"].to_dict() == {"A": 100.0, "B": 75.0, "Seluruh layanan": 77.5}
    assert rows["total"].to_dict() == {"A": False, "B": False, "Seluruh layanan": True}
    assert found.unit.summary.index == 77.5
    assert mean_of_groups(found, "service") == (87.5, 2)


def test_a_service_of_one_form(office_data: Any, answers: Any) -> None:
    """C11: one form of 4: 100.00 with ``n = 1, not for publication``, no interval."""
    found = survey_breakdown(office_data(survey=forms(answers, ("A", 1, 4), ("B", 20, 3))), "en")
    row = found.by("service").set_index("name").loc["A"]
    assert row["index"] == 100.0
    assert pd.isna(row["low"])
    assert "not for publication" in row["note"]


def test_a_small_group_of_persons_has_no_figures(office_data: Any, answers: Any) -> None:
    """Occupations of 3 and 7 are hidden: neither n nor index stands there."""
    rows = forms(answers, ("swasta", 30, 3), ("PNS", 7, 4), ("TNI", 3, 1), column="occupation")
    found = survey_breakdown(office_data(survey=rows)).by("occupation").set_index("name")
    assert found.loc["swasta", "n"] == 30
    assert found.loc[["PNS", "TNI"], ["n", "index", "low", "high"]].isna().all(axis=None)
    assert found["hidden"].to_dict() == {"swasta": "", "PNS": "secondary", "TNI": "primary"}


def test_e_ktp_services_stand_beside_the_unit(office_data: Any, answers: Any) -> None:
    rows = forms(answers, ("Rekam", 10, 4), ("KK", 10, 2)).assign(ektp=[True] * 10 + [False] * 10)
    found = survey_breakdown(office_data(survey=rows))
    totals = found.by("service")
    named = totals[totals["total"]].set_index("name")["index"].to_dict()
    assert named == {"Layanan KTP-el": 100.0, "Seluruh layanan": 75.0}
    assert found.told_apart


def test_weighted_by_users_served(office_data: Any, answers: Any) -> None:
    """A served 100 at index 100, B 300 at 75: (100·100 + 300·75) ÷ 400 = 81.25; the official
    index of 10 forms each is 87.50.
    """
    survey = {"users_served_by": {"service": {"2025-Q4": {"A": 100, "B": 300}}}}
    rows = forms(answers, ("A", 10, 4), ("B", 10, 3))
    found = survey_breakdown(office_data(profile={"survey": survey}, survey=rows))
    assert float(found.weighted["service"].index or 0) == 81.25
    assert found.unit.summary.index == 87.5


def test_without_users_served_the_weighted_index_says_why(office_data: Any, answers: Any) -> None:
    found = survey_breakdown(office_data(survey=forms(answers, ("A", 10, 4), ("B", 10, 3))))
    weighted = found.weighted["service"]
    assert weighted.index is None
    assert weighted.interval.reason is not None
    assert weighted.interval.reason.details["strata"] == "A, B"


def test_the_sample_behind_each_service(office_data: Any, answers: Any) -> None:
    """A served 100 and needs 80 (Krejcie and Morgan); the unit served 500 and needs 217."""
    survey = {"users_served": {"2025-Q4": 500},
              "users_served_by": {"service": {"2025-Q4": {"A": 100}}}}  # fmt: skip
    rows = forms(answers, ("A", 10, 4), ("B", 10, 3))
    sample = survey_breakdown(office_data(profile={"survey": survey}, survey=rows)).sample
    sample = sample.set_index("name")
    assert sample.loc["A", ["users", "required", "respondents"]].tolist() == [100, 80, 10]
    assert sample.loc["B", ["users", "required"]].isna().all()
    assert sample.loc["Seluruh layanan", "required"] == 217


@pytest.mark.parametrize(("method", "notes"), [("voluntary", 1), ("random", 0)])
def test_self_selection_is_said(office_data: Any, answers: Any, method: str, notes: int) -> None:
    data = office_data(
        profile={"survey": {"method": method}}, survey=answers(4, 3).assign(ektp=True)
    )
    assert len(survey_breakdown(data).notes) == notes


def test_intervals_hold_their_index(office_data: Any, answers: Any) -> None:
    """Every printed interval has a width and holds its index; no figure is NaN."""
    rows = forms(answers, ("A", 12, 4), ("A", 12, 3), ("B", 15, 2), ("B", 15, 3))
    groups = survey_breakdown(office_data(survey=rows)).groups
    known = groups[groups["low"].notna()]
    assert len(known)
    assert (known["low"] < known["index"]).all() and (known["index"] < known["high"]).all()


def test_the_old_form_keeps_its_bands_in_every_group(office_data: Any, answers: Any) -> None:
    """A unit that still asks the fourteen elements of KepmenPAN 25/2004: 82.00 is A by the
    bands of that scheme (81.26), for the unit and for the group, whatever the year.
    """
    keys = survey_scheme(FOURTEEN_ELEMENTS).elements
    rows = forms(answers, ("A", 28, 4), ("A", 72, 3))
    rows = rows.assign(**dict.fromkeys(keys, rows["waktu"])).drop(columns=list(NINE))
    found = survey_breakdown(office_data(survey=rows))
    assert found.unit.scheme == FOURTEEN_ELEMENTS
    assert found.unit.summary.elements_answered == 14
    table = found.by("service").set_index("name")
    assert table["index"].tolist() == [82.0, 82.0]
    assert table["grade"].tolist() == ["A", "A"]
