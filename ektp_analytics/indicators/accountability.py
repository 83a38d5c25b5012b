"""Accountability, promises: the stated day and the promised time are kept."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ektp_analytics.errors import because
from ektp_analytics.indicators.cohort import cohort, seen
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.registry import indicator
from ektp_analytics.indicators.results import (
    PERCENT,
    columns_missing,
    estimated,
    not_computable,
    partial_if,
    share,
)
from ektp_analytics.indicators.service_times import date_only_rows, working_calendar
from ektp_analytics.indicators.transparency import days_to_schedule
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.measures.deadlines import tally_deadlines
from ektp_analytics.measures.limits import Limit
from ektp_analytics.measures.proportions import Interval, wilson
from ektp_analytics.measures.survival import Estimate
from ektp_analytics.measures.working_time import WorkingCalendar

ONE_DAY = pd.Timedelta(days=1)
SECONDS_PER_DAY = 86_400
# What an office does with an applicant on the day of the visit, whichever comes first.
OFFICE_EVENTS = ("complete_at", "recorded_at")


@indicator("schedule_kept")
def schedule_kept(data: OfficeData) -> IndicatorValue:
    """Return online applicants served on the stated day ÷ those whose day has come × 100.

    Served is the first office event of the visit: requirements checked or biometrics
    recorded, whichever is stamped first.
    """
    needed = ("channel", "registered_at", "scheduled_for")
    events = [c for c in OFFICE_EVENTS if data.has("service_log", c)]
    if not events or not data.has("service_log", *needed):
        reason = columns_missing(data, "service_log", *needed, *(() if events else OFFICE_EVENTS))
        return not_computable("schedule_kept", reason)
    group = cohort(data, "registered_at")
    online = group.requests[group.requests["channel"].eq("online")]
    due = online[online["scheduled_for"].lt(data.period.closes)]
    first = pd.concat([seen(due, c, data) for c in events], axis=1).min(axis=1)
    served, stated = first.dt.normalize(), due["scheduled_for"].dt.normalize()
    inputs = {
        "served_earlier": int(served.lt(stated).sum()),
        "served_later": int(served.gt(stated).sum()),
        "not_served": int(served.isna().sum()),
        "not_due": int(online["scheduled_for"].ge(data.period.closes).sum()),
    }
    counter = days_to_schedule(online)
    kept = int(served.eq(stated).sum())
    return group.mark(share("schedule_kept", kept, len(due), inputs=inputs, counter=counter))


@indicator("promise_kept")
def promise_kept(data: OfficeData) -> IndicatorValue:
    """Return requests that reached the citizen by the promised time ÷ those due × 100.

    Only requests whose promise has run out by the end of the period are due, whether they
    are finished or not: counting the early finishers of the others would flatter. The
    row's own promise goes before the office's dated promise; a promise given as a date is
    kept until 24.00 of that date.
    """
    code = "promise_kept"
    end = next((c for c in ("handed_over_at", "printed_at") if data.has("service_log", c)), None)
    if end is None or not data.has("service_log", "registered_at"):
        reason = columns_missing(data, "service_log", "registered_at", "handed_over_at")
        return not_computable(code, reason)
    group = cohort(data, "registered_at")
    deadline, is_date = promised(group.requests, data)
    if deadline.isna().all():
        return not_computable(code, because("no_promise"), n=group.n)
    counts = count_promises(group.requests, deadline, is_date, end, data)
    lengths = (deadline - group.requests["registered_at"]).dt.total_seconds() / SECONDS_PER_DAY
    value = estimated(
        code,
        counts.lowest_share(),
        counts.due,
        inputs={
            "kept": counts.kept,
            "late": counts.due - counts.kept - counts.undecided - counts.open_past,
            "open_past": counts.open_past,
            "not_due": int(deadline.notna().sum()) - counts.due,
            "without_promise": int(deadline.isna().sum()),
            "range": counts.percent_range(),
        },
        counter={"name": "promise_length", "value": float(lengths.median()), "unit": "days"},
    )
    undecided = because("deadline_undecided", undecided=counts.undecided)
    value = partial_if(value, counts.undecided > 0, undecided)
    value = partial_if(value, end == "printed_at", because("handover_not_in_file"))
    return group.mark(value)


@dataclass(frozen=True, slots=True)
class PromiseCounts:
    """Promises that have run out by the end of the period.

    Parameters
    ----------
    due
        All of them.
    kept
        Those surely kept.
    undecided
        Those whose stamps are dates and leave it open.
    open_past
        Requests still open.
    """

    due: int
    kept: int
    undecided: int
    open_past: int

    def lowest_share(self) -> Estimate:
        """Return the share kept; where some are undecided, the lowest the stamps allow.

        The interval then reaches from Wilson's lower limit of the lowest to the upper
        limit of the highest share.
        """
        if not self.due:
            reason = because("none_due_yet")
            return Estimate(None, Interval(None, None, reason), reason)
        low, high = wilson(self.kept, self.due), wilson(self.kept + self.undecided, self.due)
        return Estimate(self.kept / self.due, Interval(low.low, high.high))

    def percent_range(self) -> tuple[float, float] | None:
        """Return the lowest and the highest share in percent; None where all is decided."""
        if not self.undecided:
            return None
        ends = self.kept, self.kept + self.undecided
        return PERCENT * ends[0] / self.due, PERCENT * ends[1] / self.due


def count_promises(
    rows: pd.DataFrame, deadline: pd.Series, is_date: pd.Series, end: str, data: OfficeData
) -> PromiseCounts:
    """Count the promises that have run out, as seen at the end of the period.

    A promise in hours from a registration without a time of day runs out somewhere within
    the day after: it is counted once from the start of that day and once from its end.
    """
    timed = rows.get("registered_at_has_time", pd.Series(True, index=rows.index))
    latest = deadline.mask(~timed & ~is_date, deadline + ONE_DAY)
    due = latest.mask(is_date, latest + ONE_DAY).le(data.period.closes)
    kept, open_rows = [], 0
    for ends in (deadline, latest):
        tally = tally_deadlines(
            rows.loc[due, "registered_at"],
            rows.loc[due, end],
            ends[due],
            data.as_of,
            deadline_is_date=is_date[due].to_numpy(dtype=bool),
            date_only=date_only_rows(rows[due], "registered_at", end),
        )
        kept.append((tally.kept, tally.kept + tally.undecided))
        open_rows = tally.open_past
    lowest, highest = kept[0][0], kept[1][1]
    return PromiseCounts(int(due.sum()), lowest, highest - lowest, open_rows)


def promised(requests: pd.DataFrame, data: OfficeData) -> tuple[pd.Series, pd.Series]:
    """Return when each request was promised, and whether that is a date without a time.

    Rows with their own promise keep it; the others get the office's promise in force on
    their day of registration, NaT where there was none.
    """
    start = requests["registered_at"]
    own = requests.get("promised_at", pd.Series(pd.NaT, index=requests.index))
    own = own.astype("datetime64[us]")
    own_timed = requests.get("promised_at_has_time", own.ne(own.dt.normalize()))
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
    first = requests["registered_at"].min().date()
    return working_calendar(first, data.as_of, data.as_of, data.office)


def _deadline(start: pd.Series, limit: Limit, calendar: WorkingCalendar | None) -> pd.Series:
    if limit.unit == "hours":
        return start + pd.Timedelta(hours=limit.amount)
    if limit.unit == "days" or calendar is None:
        last_day: pd.Series = start.dt.normalize() + ONE_DAY * limit.amount
        return last_day
    return after_working_days(start, limit.amount, calendar)


def after_working_days(start: pd.Series, amount: int, calendar: WorkingCalendar) -> pd.Series:
    """Return the day that is so many working days after the day of each stamp; NaT stays."""
    known = start.dropna()
    last_day = pd.Series(pd.NaT, index=start.index, dtype="datetime64[us]")
    last_day[known.index] = calendar.day_after(known.to_numpy("datetime64[D]"), amount)
    return last_day
