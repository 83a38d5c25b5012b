"""Who answered."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.indicators.survey_profile import survey_profile

COLUMNS = ["key", "attribute", "category", "count", "share", "shown", "hidden"]


def people(answers: Any, **columns: list[Any]) -> pd.DataFrame:
    n = len(next(iter(columns.values())))
    rows = answers(*([4] * n))
    for name, values in columns.items():
        rows[name] = pd.array(values, dtype="Int64" if name == "age" else "str")
    return rows


def by(profile: Any, key: str) -> dict[str, Any]:
    rows = profile.table[profile.table["key"].eq(key)]
    return dict(zip(rows["category"], rows["count"], strict=True))


def test_counts_and_shares_add_up(office_data: Any, answers: Any) -> None:
    """12 women and 8 men of 20: 60 and 40 %."""
    profile = survey_profile(office_data(survey=people(answers, sex=["P"] * 12 + ["L"] * 8)))
    assert profile.n == 20
    assert list(profile.table.columns) == COLUMNS
    assert by(profile, "sex") == {"Laki-laki": 8, "Perempuan": 12}
    assert profile.table["share"].tolist() == [40.0, 60.0]


def test_a_small_class_in_an_order_is_merged(office_data: Any, answers: Any) -> None:
    """Two of S3 go with the ten of S2."""
    levels = ["SMA"] * 20 + ["S2"] * 10 + ["S3"] * 2
    profile = survey_profile(office_data(survey=people(answers, education=levels)))
    assert by(profile, "education") == {"SMA": 20, "S2, S3": 12}
    assert any(r.code == "classes_merged" for r in profile.remarks)


def test_a_small_class_without_an_order_is_hidden_with_another(
    office_data: Any, answers: Any
) -> None:
    """TNI 3, POLRI 6, swasta 20: the first two are hidden, or 29 − 26 would tell."""
    work = ["swasta"] * 20 + ["POLRI"] * 6 + ["TNI"] * 3
    profile = survey_profile(office_data(survey=people(answers, occupation=work)))
    rows = profile.table[profile.table["key"].eq("occupation")].set_index("category")
    assert rows["count"].isna().to_dict() == {"swasta": False, "POLRI": True, "TNI": True}
    assert rows["share"].isna().tolist() == [False, True, True]
    assert rows["hidden"].to_dict() == {"swasta": "", "POLRI": "secondary", "TNI": "primary"}
    assert rows["shown"].fillna("").to_dict() == {"swasta": "", "POLRI": "tt", "TNI": ""}


def test_channel_and_service_are_no_persons(office_data: Any, answers: Any) -> None:
    """A service with two forms is shown."""
    data = office_data(survey=people(answers, service=["Rekam"] * 9 + ["Pindah"] * 2))
    assert by(survey_profile(data), "service") == {"Rekam": 9, "Pindah": 2}


def test_a_blank_is_counted_and_no_class(office_data: Any, answers: Any) -> None:
    """Two blanks are row accounting: shown, last, and they hide nothing."""
    profile = survey_profile(office_data(survey=people(answers, age=[25] * 8 + [None] * 2)))
    assert by(profile, "age") == {"20–29": 8, "tidak diisi": 2}
    assert profile.table["share"].sum() == 100


def test_the_offices_own_threshold(office_data: Any, answers: Any) -> None:
    """``small_cell: 10`` hides what 5 would show."""
    rows = people(answers, occupation=["swasta"] * 20 + ["PNS"] * 7 + ["TNI"] * 9)
    usual = survey_profile(office_data(survey=rows))
    strict = survey_profile(office_data(profile={"settings": {"small_cell": 10}}, survey=rows))
    assert usual.table["count"].notna().all()
    assert strict.table["count"].isna().sum() == 2


def test_hidden_before_stays_hidden(office_data: Any, answers: Any) -> None:
    """Three of TNI in a quarter were hidden, with six of POLRI; the year hides both too."""
    quarter = people(answers, occupation=["swasta"] * 20 + ["POLRI"] * 6 + ["TNI"] * 3)
    rest = people(answers, occupation=["swasta"] * 20 + ["POLRI"] * 7 + ["TNI"] * 9)
    before = office_data("2025-Q4", survey=quarter)
    year = office_data("2025", survey=pd.concat([quarter, rest], ignore_index=True))
    assert by(survey_profile(year), "occupation")["TNI"] == 12
    profile = survey_profile(year.with_told_before((before,)))
    assert by(profile, "occupation")["swasta"] == 40
    assert profile.table["count"].isna().sum() == 2


def test_merged_before_stays_merged(office_data: Any, answers: Any) -> None:
    quarter = people(answers, education=["SMA"] * 20 + ["S2"] * 10 + ["S3"] * 2)
    rest = people(answers, education=["SMA"] * 20 + ["S2"] * 10 + ["S3"] * 9)
    year = office_data("2025", survey=pd.concat([quarter, rest], ignore_index=True))
    assert by(survey_profile(year), "education") == {"SMA": 40, "S2": 20, "S3": 11}
    told = year.with_told_before((office_data("2025-Q4", survey=quarter),))
    assert by(survey_profile(told), "education") == {"SMA": 40, "S2, S3": 31}


def test_what_is_left_of_a_year_is_a_table_too(office_data: Any, answers: Any) -> None:
    """The quarter told 9 of TNI, the year would tell 11: two came later, and nobody else told."""
    quarter = people(answers, occupation=["swasta"] * 20 + ["PNS"] * 9 + ["TNI"] * 9)
    rest = people(answers, occupation=["swasta"] * 20 + ["PNS"] * 6 + ["TNI"] * 2)
    year = office_data("2025", survey=pd.concat([quarter, rest], ignore_index=True))
    told = year.with_told_before((office_data("2025-Q4", survey=quarter),))
    assert by(survey_profile(year), "occupation")["TNI"] == 11
    counts = by(survey_profile(told), "occupation")
    assert {name for name, count in counts.items() if count is pd.NA} == {"TNI", "PNS"}


def test_what_was_not_asked_is_said(office_data: Any, answers: Any) -> None:
    profile = survey_profile(office_data(survey=answers(4, 4)))
    assert profile.table.empty and list(profile.table.columns) == COLUMNS
    assert {r.code for r in profile.remarks} == {"attribute_not_asked"}
    assert len(profile.remarks) == 7
