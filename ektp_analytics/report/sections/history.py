"""The periods before: the last one, and what moved beyond noise since."""

from __future__ import annotations

from collections.abc import Sequence

from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.measures.change import Change
from ektp_analytics.measures.index_change import index_change
from ektp_analytics.report.wording import Move
from ektp_analytics.scoring.period_run import PeriodRun


def period_before(run: PeriodRun, history: Sequence[PeriodRun]) -> PeriodRun | None:
    """Return the period of the same kind just before, if it is there."""
    previous = run.period.previous()
    return next((item for item in history if item.period == previous), None)


def unit_index_change(run: PeriodRun, before: PeriodRun | None) -> Change | None:
    """Return what happened to the unit's index since the period before; None without both."""
    if before is None or "survey" not in before.sources or "survey" not in run.sources:
        return None
    then, now = unit_survey(before.data), unit_survey(run.data)
    users = before.office.users_served(before.period), run.office.users_served(run.period)
    drawn = run.office.survey.get("method") in ("random", "systematic")
    return index_change(then.tally, now.tally, users if drawn else (None, None))


def move_of(change: Change | None) -> Move:
    """Return the verdict on a change in the words of the report."""
    if change is None:
        return "no previous"
    return "same" if change.verdict == "unchanged" else change.verdict
