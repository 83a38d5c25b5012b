"""An attacker with the printed page and a solver cannot tell a small class of persons.

Everything printed is an equation: the number of questionnaires, the classes shown, the
blanks. The hidden classes are unknowns that are not negative.
"""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.survey_breakdown import survey_breakdown
from ektp_analytics.indicators.survey_profile import SurveyProfile, survey_profile
from ektp_analytics.periods import Period
from ektp_analytics.standards.skm import elements
from ektp_analytics.workspace import Office

SMALLEST = 5
ELEMENTS = tuple(element.key for element in elements())
OFFICE = Office(id="uji", name="Uji", short_name="Uji", region="Uji", code="99.02")
CLASSES = {
    "sex": ("L", "P"),
    "education": ("SD", "SMP", "SMA", "D3", "S1", "S2"),
    "occupation": ("PNS", "TNI", "Petani", "Pedagang", "Lainnya"),
}


@st.composite
def surveys(draw: st.DrawFn) -> pd.DataFrame:
    """Return answers of up to a few dozen persons, each attribute with its own sizes."""
    n = draw(st.integers(1, 60))
    columns: dict[str, Any] = {}
    for name, classes in CLASSES.items():
        sizes = draw(st.lists(st.integers(0, 12), min_size=len(classes), max_size=len(classes)))
        given = np.repeat(classes, sizes)[:n].tolist()
        columns[name] = pd.Series([*given, *[None] * (n - len(given))], dtype="str")
    answers = {key: pd.Series([1 + (i + k) % 4 for i in range(n)], dtype="Int64")
               for k, key in enumerate(ELEMENTS)}  # fmt: skip
    return pd.DataFrame({**columns, **answers})


def data_of(table: pd.DataFrame) -> OfficeData:
    return OfficeData(OFFICE, Period.parse("2025-Q4"), {"survey": table}, {})


def told(rows: pd.DataFrame, n: int) -> list[tuple[str, float, float]]:
    """Return the range of each class hidden because it is small, from the page alone."""
    unknown = rows.index[rows["count"].isna()]
    left = n - int(rows["count"].sum())
    found = []
    for place in rows.index[rows["hidden"].eq("primary")]:
        aim = (unknown == place).astype(float)
        line, total = np.ones((1, len(unknown))), [left]
        low = linprog(aim, A_eq=line, b_eq=total).fun
        high = -linprog(-aim, A_eq=line, b_eq=total).fun
        found.append((str(rows.loc[place, "category"]), low, high))
    return found


def narrow(profile: SurveyProfile) -> list[tuple[str, float, float]]:
    """Return what could be told closer than the threshold, but where all is hidden."""
    ranges = [
        one
        for _, rows in profile.table.groupby("key")
        if rows["count"].notna().any()
        for one in told(rows, profile.n)
    ]
    return [(name, low, high) for name, low, high in ranges if high - low < SMALLEST]


@given(surveys())
@settings(max_examples=40)
def test_no_class_of_the_profile_can_be_told(table: pd.DataFrame) -> None:
    assert narrow(survey_profile(data_of(table))) == []


@given(surveys())
@settings(max_examples=12)
def test_no_small_class_is_printed(table: pd.DataFrame) -> None:
    """Counts of the profile and of the index by group; blanks and services are no class."""
    data = data_of(table)
    rows = survey_profile(data).table
    classes = rows[rows["key"].isin(CLASSES) & ~rows["category"].str.contains("(?i)isi")]
    printed = classes["count"].dropna()
    assert printed[(printed > 0) & (printed < SMALLEST)].empty
    groups = survey_breakdown(data).groups
    persons = groups[groups["key"].isin(CLASSES)]
    assert persons[(persons["n"] > 0) & (persons["n"] < SMALLEST)].empty
    figures = persons.loc[persons["hidden"].ne(""), ["n", "index", "low", "high"]]
    assert figures.isna().all(axis=None)


@given(surveys())
@settings(max_examples=12)
def test_both_tables_of_an_attribute_hide_the_same_classes(table: pd.DataFrame) -> None:
    """A class hidden in one and shown in the other would be told by it."""
    data = data_of(table)
    rows, groups = survey_profile(data).table, survey_breakdown(data).groups
    for attribute in CLASSES:
        hidden = rows[rows["key"].eq(attribute) & rows["hidden"].ne("")]["category"]
        shown = groups[groups["key"].eq(attribute) & groups["hidden"].eq("")]["name"]
        assert set(hidden) & set(shown) == set()


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_data_behind_the_chart_hold_no_hidden_count(lang: str) -> None:
    """What the interactive page carries for plotly is as silent as what it shows."""
    from ektp_analytics.report.charts.profile import profile
    from ektp_analytics.report.edition import Edition

    table = pd.DataFrame({"sex": pd.Series(["L"] * 20 + ["P"] * 17, dtype="str")})
    table["occupation"] = pd.Series(["Petani"] * 31 + ["TNI"] * 4 + ["PNS"] * 2, dtype="str")
    for key in ELEMENTS:
        table[key] = pd.Series([3] * 37, dtype="Int64")
    found = survey_profile(data_of(table), lang)
    assert found.table["hidden"].ne("").sum() >= 2
    chart = profile(found.table[found.table["key"].isin(CLASSES)], Edition(lang), n=found.n)
    page = str(chart.html())
    data = page.split('type="application/json">')[1].split("</script>", maxsplit=1)[0]
    values = [v for trace in json.loads(data)["data"] for v in np.ravel(trace.get("x", []))]
    shares = {round(100 * hidden / 37, 4) for hidden in (4, 2)}
    numbers = {round(float(v), 4) for v in values if isinstance(v, int | float)}
    assert numbers & (shares | {4.0, 2.0}) == set()
