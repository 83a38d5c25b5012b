"""Classes of respondents."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from ektp_analytics.indicators.respondent_classes import age_name, classes_of, plain
from ektp_analytics.workspace import Office

OFFICE = Office("x", "X", "X", "X", "1", profile={"kecamatan": [{"code": "01.1", "name": "Hulu"}]})


def column(name: str, *values: Any) -> pd.DataFrame:
    kind = "Int64" if name == "age" else "str"
    return pd.DataFrame({name: pd.array(list(values), dtype=kind)})


def test_a_label_nobody_foresaw_stays_under_its_own_name() -> None:
    """S43: S-1, D-IV, SMA: three classes, each under its own name, in order of level."""
    found = classes_of(column("education", "S-1", "D-IV", "SMA"), "education", OFFICE)
    assert found is not None
    assert list(found.names.values()) == ["SMA", "S-1", "D-IV"]
    assert found.of_rows.notna().all()
    strange = classes_of(column("education", "SMA", "Pesantren"), "education", OFFICE)
    assert strange is not None and list(strange.names.values()) == ["SMA", "Pesantren"]


def test_spellings_of_one_label_are_one_class() -> None:
    """``S1``, ``S-1`` and ``s1`` are one, printed in the usual spelling."""
    found = classes_of(column("education", "S1", "S-1", "s1", "S1", " "), "education", OFFICE)
    assert found is not None
    assert dict(found.names) == {"s1": "S1"}
    assert found.of_rows.isna().tolist() == [False] * 4 + [True]
    assert plain("D-III ") == "diii"


@pytest.mark.parametrize(
    ("age", "name"),
    [(16, "di bawah 17"), (17, "17–19"), (19, "17–19"), (20, "20–29"), (65, "60 ke atas")],
)
def test_each_age_is_in_one_class(age: int, name: str) -> None:
    """S40: classes do not overlap; 65 is counted once."""
    found = classes_of(column("age", age), "age", OFFICE)
    assert found is not None and list(found.names.values()) == [name]


def test_merged_ages_have_one_name() -> None:
    assert age_name(("17", "20")) == "17–29"
    assert age_name(("50", "60"), "en") == "50 and above"
    assert age_name(("0", "17"), "en") == "below 20"


def test_kecamatan_go_by_code() -> None:
    """The name comes from the profile; a strange code is printed as it is, a blank is none."""
    found = classes_of(column("kecamatan_code", "01.1", "99.9", None), "kecamatan", OFFICE)
    assert found is not None
    assert dict(found.names) == {"01.1": "Hulu", "99.9": "99.9"}
    assert found.of_rows.isna().tolist() == [False, False, True]


def test_known_lists_come_first_and_strangers_follow() -> None:
    found = classes_of(column("sex", "P", "L", "X", None), "sex", OFFICE, "en")
    assert found is not None
    assert list(found.names.values()) == ["Men", "Women", "X"]


def test_what_was_not_asked_has_no_classes() -> None:
    assert classes_of(column("sex", "L"), "occupation", OFFICE) is None
