"""The periods before, as far back as a report looks."""

from __future__ import annotations

from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.pipeline.earlier_files import periods_looked_back
from ektp_analytics.pipeline.run_period import run_period
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.workspace import Workspace


def runs_before(place: Workspace, office_id: str, period: Period) -> list[PeriodRun]:
    """Return the runs of the office's earlier periods of the same kind, oldest first.

    Parameters
    ----------
    place, office_id, period
        The workspace, the office, and the period reported on.

    Returns
    -------
    list of PeriodRun
        Up to eight; an earlier period whose files can no longer be read is left out, as
        it is told there and not here.
    """
    runs: list[PeriodRun] = []
    for earlier in periods_looked_back(place, office_id, period):
        try:
            runs.append(run_period(place, office_id, earlier))
        except Refused:
            continue
    return runs
