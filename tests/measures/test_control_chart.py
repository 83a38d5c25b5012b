"""XmR charts against published limits, and the rules by pencil."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.measures.control_chart import xmr_chart

REFERENCE = Path(__file__).parents[2].parent / "shared" / "data" / "spc_xmr_reference.csv"


def months(values: list[float | None]) -> pd.Series:
    names = pd.period_range("2024-01", periods=len(values), freq="M").astype("str")
    return pd.Series(values, index=names, dtype="Float64")


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference limits are not at hand")
def test_limits_against_nhs() -> None:
    """NHSRplotthedots 0.2.2, vignette "deviations": both conventions, two decimals."""
    with REFERENCE.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 2
    for row in rows:
        values = [float(value) for value in row["values"].split(";")]
        chart = xmr_chart(months(values), screen_outliers=row["screen_outliers"] == "TRUE")
        limits = chart.phases[0]
        found = (limits.mean, limits.upper, limits.lower)
        expected = [float(row[name]) for name in ("mean", "upl", "lpl")]
        assert found == pytest.approx(expected, abs=0.005)
        assert chart.points["outside"].tolist() == [value == 10 for value in values]


def test_eight_in_a_row_on_one_side() -> None:
    """Eight below the mean are flagged, seven above are not."""
    values = [1, 2, 1, 2, 1, 2, 1, 2, 5, 6, 5, 6, 5, 6, 5, 0]
    flagged = xmr_chart(months(list(map(float, values)))).points["run"]
    assert flagged.tolist() == [True] * 8 + [False] * 8


def test_a_point_on_the_mean_ends_a_run() -> None:
    """Mean 5: four below, one on it, four below: no run of eight."""
    values = [4.0, 4, 4, 4, 5, 4, 4, 4, 4, 9, 10, 4]
    chart = xmr_chart(months(values))
    assert chart.phases[0].mean == 5
    assert not chart.points["run"].any()


def test_six_rising() -> None:
    """Six points each above the last are a trend, five are not."""
    rising = xmr_chart(months([5.0, 4, 5, 6, 7, 8, 9, 5, 6, 5, 6, 5])).points["trend"]
    assert rising.tolist() == [False] + [True] * 6 + [False] * 5
    five = xmr_chart(months([5.0, 4, 5, 6, 7, 8, 5, 5, 6, 5, 6, 5])).points["trend"]
    assert not five.any()
    falling = xmr_chart(months([5.0, 9, 8, 7, 6, 5, 4, 5, 6, 5, 6, 5])).points["trend"]
    assert falling.sum() == 6


def test_a_blank_period_changes_no_flag() -> None:
    """NHSRplotthedots issue 156: with the last period blank the earlier flags stay."""
    values: list[float | None] = [5.0, 4, 5, 6, 7, 8, 9, 5, 6, 5, 6, 5]
    whole = xmr_chart(months(values)).points
    blank = xmr_chart(months([*values, None])).points
    assert blank.iloc[:-1][["outside", "run", "trend"]].equals(whole[["outside", "run", "trend"]])
    assert not blank.iloc[-1][["outside", "run", "trend"]].any()
    assert blank.iloc[-1]["value"] is pd.NA
    inside = xmr_chart(months([*values[:4], None, *values[4:]])).points
    assert inside.drop(index="2024-05")["trend"].tolist() == whole["trend"].tolist()


def test_how_many_points_limits_need() -> None:
    """Seven: none; eight to eleven: provisional, no flags; twelve: limits and flags."""
    values = [1.0, 2, 1, 2, 1, 2, 1, 30, 1, 2, 1, 2]
    seven, eight, eleven, twelve = (xmr_chart(months(values[:n])) for n in (7, 8, 11, 12))
    assert seven.phases[0].mean is None
    assert "sedikitnya 8" in str(seven.phases[0].reason)
    for chart in (eight, eleven):
        assert chart.phases[0].provisional
        assert chart.phases[0].upper is not None
        assert chart.phases[0].reason is not None
        assert not chart.points[["outside", "run", "trend"]].any(axis=None)
    assert not twelve.phases[0].provisional
    assert twelve.phases[0].reason is None


def test_no_variation_has_no_limits() -> None:
    """Equal values give no limits of zero width."""
    for screened, values in ((False, [3.0] * 12), (True, [3.0] * 11 + [50.0])):
        chart = xmr_chart(months(values), screen_outliers=screened)
        assert chart.phases[0].upper is None
        assert chart.phases[0].reason is not None
        assert not chart.points["outside"].any()
        assert chart.points["upper"].isna().all()


def test_a_break_is_declared_never_found() -> None:
    """A shift without a declaration is one process; declared, two with limits of their own."""
    values = [1.0, 2] * 6 + [11.0, 12] * 6
    series = months(values)
    assert len(xmr_chart(series).phases) == 1
    chart = xmr_chart(series, breaks=["2025-01"])
    assert [phase.mean for phase in chart.phases] == [1.5, 11.5]
    assert [phase.first for phase in chart.phases] == ["2024-01", "2025-01"]
    assert chart.points["phase"].tolist() == [0] * 12 + [1] * 12
    assert not chart.points["run"].any()
    with pytest.raises(ValueError, match="2030"):
        xmr_chart(series, breaks=["2030-01"])


def test_an_empty_series_is_no_chart() -> None:
    """Nothing to draw; all periods blank has a reason."""
    with pytest.raises(ValueError, match="at least one"):
        xmr_chart(months([]))
    blank = xmr_chart(months([None] * 12))
    assert blank.phases[0].n == 0
    assert blank.phases[0].reason is not None


@given(st.lists(st.floats(-1000, 1000), min_size=12, max_size=40), st.floats(-100, 100))
def test_limits_move_with_the_values(values: list[float], shift: float) -> None:
    """Adding a constant moves centre and limits by it; limits are finite or absent."""
    one = xmr_chart(months(list(values))).phases[0]
    other = xmr_chart(months([value + shift for value in values])).phases[0]
    if one.upper is None or other.upper is None:
        assert one.reason is not None or other.reason is not None
        return
    assert np.isfinite([one.mean, one.lower, one.upper]).all()
    assert other.mean == pytest.approx((one.mean or 0) + shift, abs=1e-6)
    assert other.upper == pytest.approx(one.upper + shift, abs=1e-6)
