"""Which requests met the legal limit of their own day, one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ektp_analytics.indicators.cohort import Cohort, cohort
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.rule_of_law import limits_by_request
from ektp_analytics.indicators.service_times import date_only_rows
from ektp_analytics.measures.limits import Limit
from ektp_analytics.measures.request_clock import ONE_DAY, ViewedRequests, view_requests
from ektp_analytics.measures.request_tally import UNDECIDED, WITHIN, outcome


@dataclass(frozen=True, slots=True)
class DueRequests:
    """Requests whose legal limit has run out by the end of the period.

    Parameters
    ----------
    rows
        The requests with ``on_time`` (bool). Those still within their limit are left out
        whether finished or not, so that quick ones are not counted alone.
    undecided
        Requests whose stamps are dates and leave the outcome open; not among the rows.
    group
        The cohort they come from.
    """

    rows: pd.DataFrame
    undecided: int
    group: Cohort


def due_requests(data: OfficeData) -> DueRequests:
    """Judge the requests declared complete in the period by the limit of their own day.

    Parameters
    ----------
    data
        Needs ``complete_at`` and ``printed_at`` in the service log.
    """
    return data.once("due_requests", lambda: _due_requests(data))


def _due_requests(data: OfficeData) -> DueRequests:
    group = cohort(data, "complete_at")
    judged = [_judged(rows, limit, data) for limit, rows in limits_by_request(group, data.period)]
    everyone = pd.concat(judged)
    undecided = everyone["outcome"].eq(UNDECIDED)
    kept = everyone[~undecided].drop(columns="outcome")
    on_time = everyone.loc[~undecided, "outcome"].eq(WITHIN)
    return DueRequests(kept.assign(on_time=on_time), int(undecided.sum()), group)


def _judged(rows: pd.DataFrame, limit: Limit, data: OfficeData) -> pd.DataFrame:
    """Return the due requests with their outcome under one limit."""
    viewed = view_requests(
        rows["complete_at"],
        rows["printed_at"],
        data.as_of,
        date_only=date_only_rows(rows, "complete_at", "printed_at"),
    )
    due = _has_run_out(viewed, limit)
    return rows.iloc[viewed.rows[due]].assign(outcome=outcome(viewed, limit)[due])


def _has_run_out(
    viewed: ViewedRequests, limit: Limit
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Say whose limit lies wholly before the view; a date is taken as late as it may be."""
    if limit.seconds is None:
        last_day = viewed.start_day + limit.amount * ONE_DAY
        return np.asarray(last_day <= np.datetime64(viewed.as_of))
    latest = np.where(viewed.date_only, viewed.start_day + ONE_DAY, viewed.started)
    runs_out = latest + np.timedelta64(limit.seconds, "s")
    return np.asarray(runs_out <= np.datetime64(viewed.as_of, "us") + ONE_DAY)
