"""An attacker with every report of a year and a solver cannot tell a small class of a quarter.

The unknowns are the persons of each class in each stretch of the year. Every count and
every number of answers that any report prints is an equation in them.
"""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.respondent_classes import classes_of
from ektp_analytics.indicators.survey_profile import safe_classes
from ektp_analytics.indicators.told_before import survey_span
from ektp_analytics.periods import Period
from ektp_analytics.pipeline import run_period
from ektp_analytics.standards.skm import elements
from ektp_analytics.workspace import Office

SMALLEST = 5
ELEMENTS = tuple(element.key for element in elements())
OFFICE = Office(id="uji", name="Uji", short_name="Uji", region="Uji", code="99.02")
CLASSES = {
    "sex": ("L", "P"),
    "education": ("SD", "SMP", "SMA", "S1"),
    "occupation": ("PNS", "TNI", "Petani", "Pedagang"),
}
HOLDS = {"2025-Q1": (1, 3), "2025-Q2": (4, 6), "2025-S1": (1, 6), "2025-Q3": (7, 9),
         "2025-Q4": (10, 12), "2025-S2": (7, 12), "2025": (1, 12)}  # fmt: skip


@st.composite
def years(draw: st.DrawFn) -> tuple[str, pd.DataFrame, list[str]]:
    """Return an attribute, the respondents of a year, and the periods reported on."""
    attribute = draw(st.sampled_from(list(CLASSES)))
    rows = [
        {"submitted_at": pd.Timestamp(2025, month, 10), attribute: name}
        for month in (1, 4, 7, 10)
        for name in CLASSES[attribute]
        for _ in range(draw(st.integers(0, 9)))
    ]
    chosen = draw(st.lists(st.sampled_from(list(HOLDS)[:-1]), min_size=1, unique=True))
    frame = pd.DataFrame(rows, columns=["submitted_at", attribute])
    frame["submitted_at"] = frame["submitted_at"].astype("datetime64[us]")
    frame[attribute] = frame[attribute].astype("str")
    for key in ELEMENTS:
        frame[key] = pd.Series([3] * len(frame), dtype="Int64")
    return attribute, frame, [name for name in HOLDS if name in {*chosen, "2025"}]


def published(rows: pd.DataFrame, names: list[str]) -> dict[str, OfficeData]:
    """Return the data of each report, each beside those that came before it."""
    made: dict[str, OfficeData] = {}
    for name in names:  # in the order in which their periods end
        period = Period.parse(name)
        inside = rows["submitted_at"].dt.date.between(period.start, period.end)
        data = OfficeData(OFFICE, period, {"survey": rows[inside]}, {})
        span = survey_span(data)
        before = tuple(
            d
            for d in made.values()
            if survey_span(d)[0] <= span[1] and span[0] <= survey_span(d)[1]
        )
        made[name] = data.with_told_before(before)
    return made


def system(attribute: str, reports: Mapping[str, OfficeData]) -> tuple[Any, Any, list[Any]]:
    """Return the equations of everything printed, their values, and the small hidden sums."""
    found = [classes_of(data.tables["survey"], attribute, OFFICE) for data in reports.values()]
    keys = sorted({key for classes in found if classes for key in classes.names})
    column = {place: n for n, place in enumerate((q, k) for q in range(4) for k in keys)}
    lines, values, hidden = [], [], []
    for name, data in reports.items():
        safe = safe_classes(data.tables["survey"], attribute, data)
        if safe is None:
            continue
        first, last = HOLDS[name]
        quarters = [q for q in range(4) if first <= 3 * q + 1 <= last]
        line = np.zeros(len(column))
        line[[column[q, k] for q in quarters for k in keys]] = 1
        lines.append(line)
        values.append(int(safe.counts.sum()))
        for group in safe.groups:
            line = np.zeros(len(column))
            line[[column[q, k] for q in quarters for k in group]] = 1
            if safe.hidden[group[0]] == "":
                lines.append(line)
                values.append(int(safe.counts[group[0]]))
            elif safe.hidden[group[0]] == "primary" and 0 < safe.counts[group[0]] < SMALLEST:
                hidden.append((name, group, line, safe.hidden.eq("").any()))
    return np.array(lines), np.array(values), hidden


@given(years())
@settings(max_examples=60, deadline=None)
def test_no_hidden_class_follows_from_all_reports_of_a_year(
    year: tuple[str, pd.DataFrame, list[str]],
) -> None:
    attribute, rows, names = year
    lines, values, hidden = system(attribute, published(rows, names))
    for name, group, aim, others_shown in hidden:
        if not others_shown:
            continue  # the whole table is closed: only the number of answers is known
        low = linprog(aim, A_eq=lines, b_eq=values).fun
        high = -linprog(-aim, A_eq=lines, b_eq=values).fun
        assert high - low >= SMALLEST - 1e-6, (name, group, low, high)


@given(years())
@settings(max_examples=60, deadline=None)
def test_no_rest_of_a_year_without_a_report_is_a_small_class(
    year: tuple[str, pd.DataFrame, list[str]],
) -> None:
    """What the year's table leaves after its parts' tables is no count below five."""
    attribute, rows, names = year
    reports = published(rows, names)
    whole = safe_classes(reports["2025"].tables["survey"], attribute, reports["2025"])
    quarters = [data for name, data in reports.items() if "Q" in name]
    parts = [safe_classes(data.tables["survey"], attribute, data) for data in quarters]
    if whole is None or not parts:
        return
    for group in whole.groups:
        told = [sum(int(p.counts.get(g[0], 0)) for g in p.groups if set(g) <= set(group))
                for p in parts if p is not None]  # fmt: skip
        closed = any(p.hidden[g[0]] != "" for p in parts if p is not None
                     for g in p.groups if set(g) & set(group))  # fmt: skip
        if whole.hidden[group[0]] == "" and not closed:
            assert not 0 < int(whole.counts[group[0]]) - sum(told) < SMALLEST


HEADER = ["Tanggal", "Pekerjaan", *ELEMENTS]


@pytest.mark.parametrize("dated", [True, False])
def test_a_year_in_the_workspace_keeps_what_its_quarters_hid(tmp_path: Any, dated: bool) -> None:
    """With times the year's window holds the quarter; without, the file may hold it."""
    raw = tmp_path / "data" / "raw" / "uji"
    quarters = {"2025-Q1": (20, 9, 3), "2025-Q2": (20, 9, 9), "2025-Q3": (20, 9, 9)}
    later = "2025" if dated else "2025-Q4"
    all_rows = []
    for (name, sizes), month in zip(quarters.items(), (2, 5, 8), strict=True):
        rows = [
            [f"1{k % 9}/{month:02d}/2025", work, *[3] * 9]
            for work, size in zip(("Petani", "PNS", "TNI"), sizes, strict=True)
            for k in range(size)
        ]
        all_rows += rows
        write(raw / name / "survey.csv", rows, dated)
    write(raw / later / "survey.csv", all_rows, dated)
    profile = {"id": "uji", "name": "Uji", "region": "Uji", "code": "99.02"}
    (raw / "office.yaml").write_text(yaml.safe_dump(profile), encoding="utf-8")
    run = run_period(tmp_path, "uji", later)
    safe = safe_classes(run.data.tables["survey"], "occupation", run.data)
    assert safe is not None
    assert int(safe.counts["tni"]) == 21
    assert safe.hidden["tni"] != "" and safe.hidden["pns"] != ""
    assert {file.period for file in run.earlier_files} >= set(quarters)


def write(path: Any, rows: list[list[Any]], dated: bool) -> None:
    path.parent.mkdir(parents=True)
    kept = slice(0 if dated else 1, None)
    lines = [",".join(map(str, row[kept])) for row in [HEADER, *rows]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_the_stretches_of_the_attacker_are_the_quarters() -> None:
    """Every period of the test begins and ends with a quarter."""
    edges = {Period.parse(name).start for name in HOLDS} | {date(2026, 1, 1)}
    starts = [Period.parse(f"2025-Q{k}").start for k in range(1, 5)] + [date(2026, 1, 1)]
    assert edges == set(starts)
    assert all(a < b for a, b in pairwise(starts))
