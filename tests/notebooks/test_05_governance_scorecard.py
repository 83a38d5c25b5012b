"""The notebook on the scorecard shows scores, points lost, changes, suppositions and plans."""

from collections.abc import Callable
from typing import Any

import pytest

from ektp_analytics.report.charts.principles import principles
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.principle_changes import principle_frame
from ektp_analytics.scoring.follow_up_plan import follow_up_plan
from ektp_analytics.scoring.movement import changes_frame
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.scoring.promises import promises_due, promises_frame
from ektp_analytics.scoring.what_if import needed_frame, what_if

NAME = "05_governance_scorecard"


def test_the_principles_with_their_change(
    shown: Callable[..., Any], tiny_run: PeriodRun, day: Any
) -> None:
    """The chart is the library's; the points lost of every principle make its gap to 100."""
    frame = principle_frame(tiny_run.scorecard, tiny_run.scorecard_before)
    chart = principles(frame, Edition("id", day), previous_label="Triwulan III 2025")
    assert shown(NAME).has(chart)
    for item in tiny_run.scorecard.principles:
        if item.score is not None:
            lost = sum(line.points_lost or 0.0 for line in item.lines)
            assert lost == pytest.approx(100 - item.score)
    assert len(shown(NAME).charts) == 2


def test_tables_are_the_librarys(shown: Callable[..., Any], tiny_run: PeriodRun) -> None:
    """Indicators, changes, plan and what each indicator would need."""
    card, before = tiny_run.scorecard, tiny_run.scorecard_before
    plan = follow_up_plan(card, tiny_run.data.table("follow_up"))
    found = shown(NAME)
    assert found.has_table(card.indicator_frame())
    assert found.has_table(changes_frame(before, card).drop(columns=["principle"]))
    assert found.has_table(plan.to_frame())
    assert found.has_table(needed_frame(card, 90.0))


def test_last_periods_promises(shown: Callable[..., Any], tiny_run: PeriodRun) -> None:
    """One done in time, one not done; both indicators are compared with the quarter before."""
    due = promises_due(
        tiny_run.data.table("follow_up"), tiny_run.scorecard_before, tiny_run.scorecard
    )
    assert [promise.state for promise in due] == ["done", "not done"]
    assert all(promise.change is not None for promise in due)
    assert shown(NAME).has_table(promises_frame(due))


def test_a_supposition_of_ones_own(shown: Callable[..., Any], tiny_run: PeriodRun) -> None:
    """The parameter reaches the library."""
    suppose = {"legal_time_limit": 99.0}
    expected = what_if(tiny_run.scorecard, {"promise_kept": 90.0}).to_frame()
    assert shown(NAME).has_table(expected)
    other = what_if(tiny_run.scorecard, suppose)
    assert other.gain("rule_of_law") != 0
