"""Filled cells are counted over the rows that were used."""

from pathlib import Path

import pytest

from ektp_analytics.pipeline import run_period
from ektp_analytics.report.filled_columns import filled_frame

ROOT = Path(__file__).parents[2]


def test_the_case_study_counted_by_hand() -> None:
    """75 coded statements and 34 printed figures (README of the data); files side by side."""
    run = run_period(ROOT, "banyuasin", "2017-Q4")
    table = filled_frame(run)
    assert table.groupby("source")["rows"].first().to_dict() == {
        "evidence": 75,
        "published_figures": 34,
    }
    assert (table["filled"] <= table["rows"]).all()
    evidence = run.data.tables["evidence"]
    named = table[(table["source"] == "evidence") & (table["column"] == "Indikator")]
    assert (
        named["filled"].item()
        == evidence["indicator"].ne("").sum() - evidence["indicator"].isna().sum()
    )


def test_columns_the_file_lacks_are_left_out() -> None:
    """Sekadau published nine elements and no respondent's attributes."""
    table = filled_frame(run_period(ROOT, "sekadau", "2019-S1"))
    assert set(table["source"]) == {"survey"}
    assert "Usia" not in set(table["column"])
    assert table["rows"].unique().tolist() == [49]
    waktu = table[table["column"] == "Waktu penyelesaian"]
    assert waktu["filled"].item() == pytest.approx(49)
