"""Cells of printed tables: numbers as they read, shares behind counts apart."""

import datetime as dt

import pandas as pd
import pytest

from ektp_analytics.sources.printed_cells import printed_text, split_count, split_counts
from ektp_analytics.sources.printed_roles import ColumnRole


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1325996.0, "1325996"),
        (85.02, "85.02"),
        (85.017341040462, "85.017341040462"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (1.2e16, "12000000000000000"),
        (float("nan"), ""),
        (7, "7"),
        (None, ""),
        (" 1.325.996 ", "1.325.996"),
        (dt.datetime(2017, 12, 31), "2017-12-31"),
    ],
)
def test_a_number_has_no_more_digits_than_it_needs(cell: object, text: str) -> None:
    assert printed_text(cell) == text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1.325.996 (8,98%)", ("1.325.996", "8,98%")),
        ("106,51 (6,82 persen)", ("106,51", "6,82 persen")),
        ("127.682 orang (8 %)", ("127.682 orang", "8 %")),
        ("1.325.996 (1)", ("1.325.996 (1)", "")),
        ("8,98%", ("8,98%", "")),
        ("", ("", "")),
    ],
)
def test_a_share_behind_a_count(text: str, parts: tuple[str, str]) -> None:
    """The first as Asmawati (2023) prints it; a footnote mark is no share."""
    assert split_count(text) == parts


def test_the_share_gets_a_column_of_its_own() -> None:
    frame = pd.DataFrame({"Wajib": ["1.000", "2.000"], "Rekam": ["900 (90%)", "1.000"]})
    roles = {"Wajib": ColumnRole("total", "g"), "Rekam": ColumnRole("part", "g")}
    split, found = split_counts(frame, roles)
    assert list(split.columns) == ["Wajib", "Rekam", "Rekam (%)"]
    assert list(split["Rekam (%)"]) == ["90%", ""]
    assert found["Rekam (%)"] == ColumnRole("percent", "g")


def test_a_group_that_has_the_column_keeps_its_cells_whole() -> None:
    frame = pd.DataFrame({"Rekam": ["900 (90%)"], "Persen": ["90"]})
    roles = {"Rekam": ColumnRole("part", "g"), "Persen": ColumnRole("percent", "g")}
    split, _ = split_counts(frame, roles)
    assert list(split["Rekam"]) == ["900 (90%)"]
