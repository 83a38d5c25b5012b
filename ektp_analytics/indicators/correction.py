"""Accountability, correction: complaints resolved, records right, follow-up carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from ektp_analytics.errors import Reason, Refused, because
from ektp_analytics.indicators.accountability import after_working_days
from ektp_analytics.indicators.cohort import cohort, seen
from ektp_analytics.indicators.counters import (
    complaints_per_thousand,
    corrections_by_complaint,
    none_recorded,
)
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.registry import indicator
from ektp_analytics.indicators.results import columns_missing, not_computable, partial_if, share
from ektp_analytics.indicators.service_times import working_calendar
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.indicators.windows import in_period
from ektp_analytics.standards.lookup import standard

# Which time limit of SP4N-LAPOR! each category of complaint has.
LIMIT_OF_KIND: Mapping[str, str] = {
    "informasi": "complaint_limits.information",
    "tanpa_pemeriksaan": "complaint_limits.without_inspection",
    "dengan_pemeriksaan": "complaint_limits.with_inspection",
    "pungutan": "complaint_limits.with_inspection",
}
# A complaint without a known category gets the limit of an ordinary one.
LIMIT_OF_OTHERS = "complaint_limits.without_inspection"


@indicator("complaints_in_time")
def complaints_in_time(data: OfficeData) -> IndicatorValue:
    """Return complaints resolved in time ÷ (resolved + open past the limit) × 100.

    Resolved counts in the period it happens in; open past the limit counts whenever the
    complaint was received, so that one left lying is never forgotten. The limit of each
    kind runs in working days (SP4N-LAPOR!).
    """
    code, complaints = "complaints_in_time", data.tables["complaints"]
    counter = complaints_per_thousand(data)
    if "resolved_at" not in complaints:
        reason = columns_missing(data, "complaints", "resolved_at")
        return not_computable(code, reason, counter=counter)
    known = complaints[complaints["received_at"].lt(data.period.closes)]
    resolved = seen(known, "resolved_at", data)
    concerned = resolved.isna() | resolved.ge(data.period.opens)
    known, resolved = known[concerned], resolved[concerned]
    if known.empty:
        return none_recorded(code, data, counter)
    due = complaints_due(known, data)
    done = resolved.notna() & due.notna()
    in_time = int((done & resolved.dt.normalize().le(due)).sum())
    past = int((resolved.isna() & due.le(pd.Timestamp(data.as_of))).sum())
    inputs = {
        "received": int(in_period(complaints, data.period, "received_at").sum()),
        "resolved": int(done.sum()),
        "open_past": past,
        "open_not_past": int((resolved.isna() & due.gt(pd.Timestamp(data.as_of))).sum()),
        "without_limit": int(due.isna().sum()),
    }
    value = share(code, in_time, int(done.sum()) + past, inputs=inputs, counter=counter)
    without = because("no_limit_in_force", n=inputs["without_limit"])
    return partial_if(value, inputs["without_limit"] > 0, without)


def complaints_due(complaints: pd.DataFrame, data: OfficeData) -> pd.Series:
    """Return the last day of each complaint's limit, by its category and its own day.

    NaT where no limit was in force yet.
    """
    first = complaints["received_at"].min().date()
    calendar = working_calendar(first, data.as_of, data.as_of, data.office)
    kinds = complaints.get("category", pd.Series("", index=complaints.index)).fillna("")
    keys = kinds.map({kind: LIMIT_OF_KIND.get(kind, LIMIT_OF_OTHERS) for kind in kinds.unique()})
    days = complaints["received_at"].dt.date
    due = pd.Series(pd.NaT, index=complaints.index, dtype="datetime64[us]")
    limits = {pair: _working_days(*pair) for pair in sorted(set(zip(keys, days, strict=True)))}
    amounts = pd.Series([limits[pair] for pair in zip(keys, days, strict=True)], keys.index, float)
    for amount in amounts.dropna().unique():
        rows = amounts.eq(amount)
        due[rows] = after_working_days(complaints["received_at"][rows], int(amount), calendar)
    return due


def _working_days(key: str, on: date) -> int | None:
    try:
        return int(standard(key, on=on).value)
    except Refused:
        # The national channel's limits are known from 2018 on; before it none was in force.
        return None


@indicator("records_right_first_time")
def records_right_first_time(data: OfficeData) -> IndicatorValue:
    """Return requests without a correction ÷ requests where corrections are stated × 100."""
    needed = ("corrections", "registered_at")
    if not data.has("service_log", *needed):
        reason = columns_missing(data, "service_log", *needed)
        return not_computable("records_right_first_time", reason)
    group = cohort(data, "registered_at")
    stated = group.requests["corrections"].dropna()
    inputs = {"not_stated": group.n - len(stated)}
    right = int(stated.eq(0).sum())
    value = share("records_right_first_time", right, len(stated), inputs=inputs)
    found = corrections_by_complaint(data)
    if isinstance(found, Reason):
        return group.mark(replace(value, counter_reason=found))
    return group.mark(replace(value, counter=found))


@indicator("follow_up_done")
def follow_up_done(data: OfficeData) -> IndicatorValue:
    """Return due follow-up actions carried out ÷ actions due × 100, late ones included."""
    actions = data.tables["follow_up"]
    if "due" not in actions:
        reason = columns_missing(data, "follow_up", "due")
        return not_computable("follow_up_done", reason)
    due = actions[actions["due"].lt(data.period.closes)]
    done_on = due.get("done_on", pd.Series(pd.NaT, index=due.index, dtype="datetime64[us]"))
    done = done_on.lt(data.period.closes)
    inputs = {
        "done_late": int((done & done_on.gt(due["due"])).sum()),
        "without_due_date": int(actions["due"].isna().sum()),
    }
    return share("follow_up_done", int(done.sum()), len(due), complete=True, inputs=inputs)
