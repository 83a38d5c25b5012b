"""Parameters arrive as they are, or the run stops."""

import datetime
from pathlib import PurePosixPath, PureWindowsPath

import nbformat
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.errors import Refused
from ektp_analytics.report.parameters import (
    checked_parameters,
    declared_parameters,
    plain_value,
)


def notebook(source: str, tags: list[str]) -> nbformat.NotebookNode:
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": tags})
    return nbformat.v4.new_notebook(cells=[cell])


def test_without_a_parameters_cell_nothing_runs() -> None:
    """P01: nteract/papermill#245 runs on top-of-file defaults instead."""
    with pytest.raises(Refused, match="parameters") as refusal:
        declared_parameters(notebook("unit = 'A'", []), "buku.ipynb")
    assert refusal.value.findings[0].rule == "notebook_without_parameters"


def test_the_cell_is_read_as_literals_only() -> None:
    """A default that has to be computed can't be known before the run."""
    source = '"""Apa."""\noffice: str = "contoh"\nperiod = "2025-Q4"  # triwulan\nlimits = [1, 2.5]'
    declared = declared_parameters(notebook(source, ["parameters"]), "b.ipynb")
    assert declared == {"office": "contoh", "period": "2025-Q4", "limits": [1, 2.5]}
    for bad in ("import os", "period = now()", "x.y = 1", "period: str", "a = "):
        with pytest.raises(Refused) as refusal:
            declared_parameters(notebook(bad, ["parameters"]), "b.ipynb")
        assert refusal.value.findings[0].rule == "notebook_parameters_not_literal"


@pytest.mark.parametrize(
    ("wrong", "near"), [("periode", "period"), ("ofice", "office"), ("Period", "period")]
)
def test_a_misspelt_parameter_stops_and_names_the_nearest(wrong: str, near: str) -> None:
    """P02: nteract/papermill#701, #869: papermill only warns and reports the default period."""
    declared = {"office": "contoh", "period": "2025-Q4"}
    with pytest.raises(Refused) as refusal:
        checked_parameters(declared, {wrong: "2025-Q1"}, "b.ipynb")
    details = refusal.value.findings[0].details
    assert details["parameter"] == wrong
    assert details["nearest"] == near
    assert "office, period" in str(refusal.value)


def test_office_and_period_are_never_taken_from_the_defaults() -> None:
    """P02, its other half: no report for the default period."""
    declared = {"office": "contoh", "period": "2025-Q4", "seed": 7}
    with pytest.raises(Refused, match="period"):
        checked_parameters(declared, {"office": "sekadau"}, "b.ipynb")
    whole = checked_parameters(declared, {"office": "sekadau", "period": "2019-S1"}, "b.ipynb")
    assert whole == {"office": "sekadau", "period": "2019-S1"}


@pytest.mark.parametrize("text", ["0101", "2025_1", "12E2", "1.000", "True", "[1]"])
def test_text_stays_text(text: str) -> None:
    """P04: papermill's command line makes 101, 20251 and 1200.0 of the first three."""
    assert checked_parameters({"code": "16.07"}, {"code": text}, "b.ipynb") == {"code": text}


def test_a_number_where_text_is_expected_stops() -> None:
    """P04: 101 can't be turned back into 0101, so it is refused."""
    for value in (101, 1200.0, True):
        with pytest.raises(Refused, match="teks"):
            checked_parameters({"code": "16.07"}, {"code": value}, "b.ipynb")


def test_objects_become_what_they_mean() -> None:
    """P05: papermill writes them as text; the text "False" counts as true."""
    plain = plain_value(
        {
            "year": np.int64(2025),
            "final": np.bool_(False),
            "share": np.float64(0.5),
            "folder": PureWindowsPath(r"C:\data\new"),
            "other": PurePosixPath("data/raw"),
            "rows": np.array([1, 2]),
            "names": pd.Series(["a", "b"]),
            "day": datetime.date(2025, 12, 31),
            "stamp": pd.Timestamp("2025-12-31 08:00"),
            "name": np.str_("Sembawa"),
            "pair": (1, None),
        }
    )
    assert plain == {
        "year": 2025,
        "final": False,
        "share": 0.5,
        "folder": r"C:\data\new",
        "other": "data/raw",
        "rows": [1, 2],
        "names": ["a", "b"],
        "day": "2025-12-31",
        "stamp": "2025-12-31T08:00:00",
        "name": "Sembawa",
        "pair": [1, None],
    }
    assert plain["final"] is False
    assert {type(v) for v in plain.values()} == {int, bool, float, str, list}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1}, np.nan])
def test_what_has_no_plain_form_stops(value: object) -> None:
    """P05: no object reaches the notebook as its printed name."""
    with pytest.raises(TypeError):
        plain_value(value)
    with pytest.raises(Refused):
        checked_parameters({"x": None}, {"x": value}, "b.ipynb")


@pytest.mark.parametrize("word", ["None", "null", " NaN ", "NaT", "<NA>"])
def test_the_word_for_nothing_is_no_value(word: str) -> None:
    """P16: never a filter on the word."""
    with pytest.raises(Refused, match="kata"):
        checked_parameters({"until": None}, {"until": word}, "b.ipynb")


def test_whole_numbers_serve_as_decimals_but_not_the_reverse() -> None:
    """A declared decimal accepts 7; a declared whole number refuses 7.5."""
    given_value = checked_parameters({"limit": 0.5}, {"limit": 7}, "b.ipynb")["limit"]
    assert type(given_value) is float
    with pytest.raises(Refused):
        checked_parameters({"seed": 1}, {"seed": 7.5}, "b.ipynb")


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.text()
        | st.floats(allow_nan=False).filter(lambda x: abs(x) != float("inf")),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=10,
    )
)
def test_plain_values_pass_unchanged(value: object) -> None:
    """What is plain already is neither converted nor guessed."""
    assert plain_value(value) == value
