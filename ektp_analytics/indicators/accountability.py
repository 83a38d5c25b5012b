"""Accountability: promises kept, mistakes corrected, service felt."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ektp_analytics.errors import because
from ektp_analytics.indicators.cohort import cancelled_words, cohort, seen_by
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.registry import indicator
from ektp_analytics.indicators.results import PERCENT, not_computable, partial_if, share
from ektp_analytics.indicators.service_times import (
    cancelled_rows,
    date_only_rows,
    working_calendar,
)
from ektp_analytics.indicators.skm import in_period
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.measures.deadlines import tally_deadlines
from ektp_analytics.measures.limits import Limit
from ektp_analytics.measures.working_time import WorkingCalendar
from ektp_analytics.standards.lookup import standard

_PER_THOUSAND = 1_000
# Which time limit of SP4N-LAPOR each category of complaint has.
_COMPLAINT_LIMITS = {
    "informasi": "complaint_limits.information",
    "tanpa_pemeriksaan": "complaint_limits.without_inspection",
    "dengan_pemeriksaan": "complaint_limits.with_inspection",
    "pungutan": "complaint_limits.with_inspection",
}
_DEFAULT_COMPLAINT_LIMIT = "complaint_limits.without_inspection"


@indicator("schedule_kept")
def schedule_kept(data: OfficeData) -> IndicatorValue:
    """Return online applicants served on the stated day ÷ those whose day has come × 100."""
    needed = ("channel", "registered_at", "scheduled_for")
    served_by = next(
        (c for c in ("recorded_at", "complete_at") if data.has("service_log", c)), None
    )
    if served_by is None or not data.has("service_log", *needed):
        return not_computable("schedule_kept", because("column_absent"))
    group = cohort(data, "registered_at")
    online = group.requests[group.requests["channel"].eq("online")]
    due = online[online["scheduled_for"].lt(pd.Timestamp(data.period.closes))]
    served = seen_by(due[served_by], data).dt.normalize()
    kept = int(served.eq(due["scheduled_for"].dt.normalize()).sum())
    never = int(served.isna().sum())
    inputs = {"not_served": never, "not_due": len(online) - len(due)}
    return group.mark(share("schedule_kept", kept, len(due), inputs=inputs))


@indicator("promise_kept")
def promise_kept(data: OfficeData) -> IndicatorValue:
    """Return requests that reached the citizen by the promised time ÷ those due × 100.

    The row's own promise goes before the office's dated promise; a promise given as a date
    is kept until 24.00 of that date. Open requests past it count as not kept.
    """
    end = next((c for c in ("handed_over_at", "printed_at") if data.has("service_log", c)), None)
    if end is None or not data.has("service_log", "registered_at"):
        return not_computable("promise_kept", because("column_absent"))
    group = cohort(data, "registered_at")
    deadline, is_date = promised(group.requests, data)
    if deadline.isna().all():
        return not_computable("promise_kept", because("no_promise"), n=group.n)
    plain = date_only_rows(group.requests, "registered_at", end)
    tally = tally_deadlines(
        group.requests["registered_at"],
        group.requests[end],
        deadline,
        data.as_of,
        deadline_is_date=is_date.to_numpy(dtype=bool),
        date_only=plain,
    )
    found = tally.kept_share()
    days = (deadline - group.requests["registered_at"]).dt.total_seconds() / 86_400
    counter = {"name": "promise_length", "value": float(days.median()), "unit": "days"}
    inputs = {
        "kept": tally.kept,
        "late": tally.late,
        "open_past": tally.open_past,
        "not_due": tally.not_due,
    }
    if found.value is None:
        reason = found.reason or because("no_data")
        return not_computable(
            "promise_kept", reason, n=tally.decided, inputs=inputs, counter=counter
        )
    value = IndicatorValue(
        code="promise_kept",
        value=PERCENT * found.value,
        n=tally.decided,
        interval=found.interval.times(PERCENT).pair,
        inputs=inputs,
        counter=counter,
    )
    value = partial_if(value, end == "printed_at", because("handover_not_in_file"))
    return group.mark(value)


def promised(requests: pd.DataFrame, data: OfficeData) -> tuple[pd.Series, pd.Series]:
    """Return when each request was promised, and whether that is a date without a time.

    Rows with their own promise keep it; the others get the office's promise in force on
    their day of registration, NaT where there was none.
    """
    start = requests["registered_at"]
    own = requests.get("promised_at", pd.Series(pd.NaT, index=requests.index))
    own = own.astype("datetime64[us]")
    own_timed = requests.get("promised_at_has_time", pd.Series(False, index=requests.index))
    deadline, is_date = own.copy(), own.notna() & ~own_timed
    calendar = _promise_calendar(requests, data)
    for promise in data.office.promises:
        limit = Limit.parse(promise.limit)
        rows = own.isna() & start.ge(pd.Timestamp(promise.valid_from))
        deadline = deadline.mask(rows, _deadline(start, limit, calendar))
        is_date = is_date.mask(rows, limit.unit != "hours")
    return deadline, is_date.astype(bool)


def _promise_calendar(requests: pd.DataFrame, data: OfficeData) -> WorkingCalendar | None:
    in_working_days = any(Limit.parse(p.limit).unit == "working_days" for p in data.office.promises)
    if not in_working_days or requests.empty:
        return None
    return working_calendar(requests["registered_at"].min().date(), data.as_of, data.as_of)


def _deadline(start: pd.Series, limit: Limit, calendar: WorkingCalendar | None) -> pd.Series:
    if limit.unit == "hours":
        return start + pd.Timedelta(hours=limit.amount)
    if limit.unit == "days" or calendar is None:
        return start.dt.normalize() + pd.Timedelta(days=limit.amount)
    return _after_working_days(start, limit.amount, calendar)


def _after_working_days(start: pd.Series, amount: int, calendar: WorkingCalendar) -> pd.Series:
    """Return the day that is so many working days after the start day."""
    filled = start.dropna()
    days = np.busday_offset(
        filled.to_numpy("datetime64[D]"), 0, roll="backward", busdaycal=calendar.busday
    )
    later = np.busday_offset(days, amount, roll="forward", busdaycal=calendar.busday)
    return pd.Series(later, index=filled.index).reindex(start.index).astype("datetime64[us]")


@indicator("complaints_in_time")
def complaints_in_time(data: OfficeData) -> IndicatorValue:
    """Return complaints resolved in time ÷ (resolved + open past the limit) × 100.

    The limit of each kind runs in working days (SP4N-LAPOR).
    """
    complaints = data.tables["complaints"]
    counter = complaints_per_thousand(data)
    if "resolved_at" not in complaints:
        return not_computable("complaints_in_time", because("column_absent"), counter=counter)
    received = complaints[in_period(complaints, data.period, "received_at")]
    if received.empty:
        return _none_recorded("complaints_in_time", data, counter)
    calendar = working_calendar(received["received_at"].min().date(), data.as_of, data.as_of)
    due = _complaints_due(received, calendar)
    resolved = seen_by(received["resolved_at"], data).dt.normalize()
    in_time = int((resolved.notna() & resolved.le(due)).sum())
    done = int(resolved.notna().sum())
    past = int((resolved.isna() & due.le(pd.Timestamp(data.as_of))).sum())
    inputs = {"received": len(received), "resolved": done, "open_past": past}
    return share("complaints_in_time", in_time, done + past, inputs=inputs, counter=counter)


def _complaints_due(received: pd.DataFrame, calendar: WorkingCalendar) -> pd.Series:
    """Return the last day of each complaint's limit by its category and date."""
    kinds = received["category"] if "category" in received else pd.Series("", index=received.index)
    due = pd.Series(pd.NaT, index=received.index, dtype="datetime64[us]")
    for kind in kinds.fillna("").unique():
        rows = kinds.fillna("").eq(kind)
        key = _COMPLAINT_LIMITS.get(kind, _DEFAULT_COMPLAINT_LIMIT)
        first = received.loc[rows, "received_at"]
        limit = int(standard(key, on=first.min().date()).value)
        due[rows] = _after_working_days(first, limit, calendar)
    return due


def _none_recorded(code: str, data: OfficeData, counter: dict[str, Any] | None) -> IndicatorValue:
    """Nothing recorded beside many requests proves nothing: not assessed, said so."""
    requests = cohort(data, "registered_at").n if data.has("service_log", "registered_at") else 0
    reason = because("none_recorded", requests=requests)
    return IndicatorValue(code=code, status="not assessed", reason=reason, n=0, counter=counter)


def complaints_per_thousand(data: OfficeData) -> dict[str, Any]:
    """Return complaints recorded per 1,000 requests, None where either is unknown."""
    return _per_thousand(data, "complaints", "received_at", "complaints_per_1000")


def _per_thousand(data: OfficeData, source: str, stamp: str, name: str) -> dict[str, Any]:
    if not data.has(source) or not data.has("service_log", "registered_at"):
        return {"name": name, "value": None}
    table = data.tables[source]
    count = int(in_period(table, data.period, stamp).sum())
    requests = cohort(data, "registered_at").n
    value = _PER_THOUSAND * count / requests if requests else None
    return {"name": name, "value": value, "n": count}


def violations_per_thousand(data: OfficeData) -> dict[str, Any]:
    """Return violations recorded per 1,000 requests, None where either is unknown."""
    return _per_thousand(data, "discipline", "recorded_on", "violations_per_1000")


@indicator("records_right_first_time")
def records_right_first_time(data: OfficeData) -> IndicatorValue:
    """Return requests without a correction ÷ requests where corrections are stated × 100."""
    if not data.has("service_log", "corrections", "registered_at"):
        return not_computable("records_right_first_time", because("column_absent"))
    group = cohort(data, "registered_at")
    stated = group.requests["corrections"].dropna()
    counter = {"name": "corrections_by_complaint", "value": None}
    value = share("records_right_first_time", int(stated.eq(0).sum()), len(stated), counter=counter)
    return group.mark(value)


@indicator("follow_up_done")
def follow_up_done(data: OfficeData) -> IndicatorValue:
    """Return due follow-up actions carried out ÷ actions due × 100."""
    actions = data.tables["follow_up"]
    if "due" not in actions:
        return not_computable("follow_up_done", because("column_absent"))
    due = actions[actions["due"].le(pd.Timestamp(data.as_of))]
    done = due["done_on"].le(pd.Timestamp(data.as_of)).sum() if "done_on" in due else 0
    return share("follow_up_done", int(done), len(due), complete=True)


def cancelled_count(data: OfficeData) -> int:
    """Return how many requests of the period were withdrawn or refused."""
    rows, _ = data.ektp_rows("service_log")
    started = rows[in_period(rows, data.period, "registered_at")]
    return int(cancelled_rows(started, cancelled_words(data)).sum())
