"""The notebook on coverage shows every kecamatan, the total, equity and the change."""

from collections.abc import Callable
from typing import Any

from ektp_analytics.indicators.participation import office_coverage
from ektp_analytics.scoring.movement import changes_frame
from ektp_analytics.scoring.period_run import PeriodRun

NAME = "03_registration_coverage"


def test_rates_are_the_librarys(shown: Callable[..., Any], tiny_run: PeriodRun) -> None:
    """Unrounded, one row per kecamatan, the total their sum."""
    found = office_coverage(tiny_run.data)
    assert shown(NAME).has_table(found.to_frame())
    assert str(found.total.recording_coverage) in shown(NAME).text
    rows = found.to_frame()
    assert rows["recorded"].sum() == found.total.recorded


def test_the_chart_has_a_mark_for_every_kecamatan(
    shown: Callable[..., Any], tiny_run: PeriodRun
) -> None:
    """Recording and possession of each kecamatan are drawn."""
    (chart,) = shown(NAME).charts
    drawn = {round(x, 6) for t in chart["data"] for x in t["x"] if x is not None}
    rates = office_coverage(tiny_run.data).to_frame()["recording_coverage"]
    assert {round(float(rate), 6) for rate in rates} <= drawn


def test_the_change_is_the_librarys(shown: Callable[..., Any], tiny_run: PeriodRun) -> None:
    """Judged against the quarter before."""
    changes = changes_frame(tiny_run.scorecard_before, tiny_run.scorecard)
    own = changes.query("principle == 'participation'")
    assert own["difference"].notna().any()
    assert shown(NAME).has_table(own.drop(columns=["principle", "low", "high"]))
