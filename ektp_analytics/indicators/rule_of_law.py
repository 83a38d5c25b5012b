"""Rule of law: legal limits, the same procedure for all, discipline."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from ektp_analytics.errors import because
from ektp_analytics.indicators.accountability import (
    complaints_per_thousand,
    violations_per_thousand,
)
from ektp_analytics.indicators.cohort import Cohort, cohort, seen_by
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.registry import indicator
from ektp_analytics.indicators.results import PERCENT, not_computable, partial_if, share
from ektp_analytics.indicators.service_times import date_only_rows
from ektp_analytics.indicators.skm import in_period
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.measures.deadlines import share_within_own_limits
from ektp_analytics.measures.duration_tally import DurationTally
from ektp_analytics.measures.limits import Limit
from ektp_analytics.measures.request_tally import tally_durations
from ektp_analytics.standards.lookup import Standard, standard

LEGAL_LIMIT = "ektp_time_limits.issue"
# Below this many requests none of them being recorded as a violation means little.
REQUESTS_WITHOUT_A_RECORD = 500
_SUFFIX = {"hours": "h", "days": "d", "working days": "wd"}


@indicator("legal_time_limit")
def legal_time_limit(data: OfficeData) -> IndicatorValue:
    """Return the share printed within the legal limit in force on each request's day.

    The clock runs from the moment requirements are declared complete; open requests are
    censored at 24.00 of the period's last day (Kaplan–Meier).
    """
    if not data.has("service_log", "complete_at", "printed_at"):
        return not_computable("legal_time_limit", because("column_absent"))
    group = cohort(data, "complete_at")
    parts = [_by_limit(rows, limit, data) for limit, rows in limits_by_request(group, data)]
    found = share_within_own_limits(parts)
    tallies = [tally for tally, _ in parts]
    inputs = {
        "finished": sum(t.finished for t in tallies),
        "open": sum(t.open for t in tallies),
        "cancelled": group.cancelled,
        "limits": ", ".join(str(limit) for _, limit in parts),
        "not_declared_complete": not_declared_complete(data),
    }
    counter = wait_to_complete(group)
    if found.value is None:
        reason = found.reason or because("no_data")
        return not_computable("legal_time_limit", reason, n=group.n, inputs=inputs, counter=counter)
    undecided = sum(t.limits[str(limit)].undecided for t, limit in parts)
    value = IndicatorValue(
        code="legal_time_limit",
        value=PERCENT * found.value,
        n=group.n,
        interval=found.interval.times(PERCENT).pair,
        inputs=inputs,
        counter=counter,
    )
    reason = because("dates_without_time", undecided=undecided, limit=inputs["limits"])
    return group.mark(partial_if(value, undecided > 0, reason))


def limits_by_request(group: Cohort, data: OfficeData) -> list[tuple[Limit, pd.DataFrame]]:
    """Split a cohort by the legal limit in force on each request's own day."""
    found: list[tuple[Limit, pd.DataFrame]] = []
    day: date = data.period.start
    while day <= data.period.end:
        law = standard(LEGAL_LIMIT, on=day)
        last = min(law.valid_until or data.period.end, data.period.end)
        started = group.requests["complete_at"].dt.normalize()
        inside = started.between(pd.Timestamp(day), pd.Timestamp(last))
        found.append((as_limit(law), group.requests[inside]))
        day = (pd.Timestamp(last) + pd.Timedelta(days=1)).date()
    return found


def as_limit(law: Standard) -> Limit:
    """Return a dated legal limit as a limit of the clock."""
    return Limit.parse(f"{law.value}{_SUFFIX[law.unit]}")


def _by_limit(rows: pd.DataFrame, limit: Limit, data: OfficeData) -> tuple[DurationTally, Limit]:
    tally = tally_durations(
        rows["complete_at"],
        rows["printed_at"],
        data.as_of,
        limits=[limit],
        date_only=date_only_rows(rows, "complete_at", "printed_at"),
    )
    return tally, limit


def wait_to_complete(group: Cohort) -> dict[str, Any]:
    """Return the median wait from registration to complete requirements, in hours."""
    rows = group.requests
    if "registered_at" not in rows:
        return {"name": "wait_to_complete", "value": None}
    hours = (rows["complete_at"] - rows["registered_at"]).dt.total_seconds() / 3_600
    value = float(hours.median()) if hours.notna().any() else None
    return {"name": "wait_to_complete", "value": value, "unit": "hours"}


def not_declared_complete(data: OfficeData) -> int | None:
    """Return the requests registered in the period and not yet declared complete."""
    if not data.has("service_log", "registered_at"):
        return None
    rows = cohort(data, "registered_at").requests
    return int(seen_by(rows["complete_at"], data).isna().sum())


@indicator("free_of_charge")
def free_of_charge(data: OfficeData) -> IndicatorValue:
    """Return requests on which nothing was charged ÷ requests with a stated fee × 100.

    An upheld complaint about an unofficial payment makes the figure partial.
    """
    counter = complaints_per_thousand(data)
    if not data.has("service_log", "fee_charged", "registered_at"):
        return not_computable("free_of_charge", because("column_absent"), counter=counter)
    group = cohort(data, "registered_at")
    fees = group.requests["fee_charged"].dropna()
    value = share("free_of_charge", int(fees.eq(0).sum()), len(fees), counter=counter)
    upheld = _upheld_payments(data)
    return group.mark(partial_if(value, upheld > 0, because("denied_by_complaints", n=upheld)))


def _upheld_payments(data: OfficeData) -> int:
    if not data.has("complaints", "category", "outcome"):
        return 0
    complaints = data.tables["complaints"]
    inside = in_period(complaints, data.period, "received_at")
    about_payment = complaints["category"].eq("pungutan") & complaints["outcome"].eq("upheld")
    return int((inside & about_payment).sum())


@indicator("opening_on_time")
def opening_on_time(data: OfficeData) -> IndicatorValue:
    """Return days opened no later than due ÷ service days × 100.

    Without an opening file the first counter event of each day stands in for the opening,
    and the figure is partial: a place may be open before it serves anyone.
    """
    if data.has("opening", "day", "due_open", "opened_at"):
        days = data.tables["opening"]
        days = days[in_period(days, data.period, "day")].dropna(subset=["due_open", "opened_at"])
        late = (days["opened_at"] - days["due_open"]).clip(lower=0)
        inputs = {"median_late_minutes": float(late.median()) if len(days) else None}
        on_time = int(days["opened_at"].le(days["due_open"]).sum())
        return share("opening_on_time", on_time, len(days), inputs=inputs)
    return _opening_from_log(data)


def _opening_from_log(data: OfficeData) -> IndicatorValue:
    due = data.office.setting("due_open", None)
    if due is None or not data.has("service_log", "channel", "complete_at"):
        return not_computable("opening_on_time", because("opening_not_derivable"))
    log = data.tables["service_log"]
    timed = log.get("complete_at_has_time", pd.Series(True, index=log.index))
    counter = log[log["channel"].eq("loket") & timed & in_period(log, data.period, "complete_at")]
    first = counter.groupby(counter["complete_at"].dt.normalize())["complete_at"].min()
    hour, minute = (int(part) for part in str(due).replace(":", ".").split("."))
    minutes = first.dt.hour * 60 + first.dt.minute
    value = share("opening_on_time", int((minutes <= hour * 60 + minute).sum()), len(first))
    return partial_if(value, True, because("opening_from_log"))


@indicator("counters_open")
def counters_open(data: OfficeData) -> IndicatorValue:
    """Return counters open ÷ counters due over the period's days × 100."""
    return _of_due(data, "counters_open", "counters_open", "counters_due")


@indicator("staff_on_time")
def staff_on_time(data: OfficeData) -> IndicatorValue:
    """Return staff present on time ÷ staff due over the period's days × 100."""
    return _of_due(data, "staff_on_time", "staff_on_time", "staff_due")


def _of_due(data: OfficeData, code: str, part: str, due: str) -> IndicatorValue:
    if not data.has("opening", "day", part, due):
        return not_computable(code, because("column_absent"))
    days = data.tables["opening"]
    days = days[in_period(days, data.period, "day")].dropna(subset=[part, due])
    return share(code, int(days[part].sum()), int(days[due].sum()), inputs={"days": len(days)})


@indicator("sanction_follow_through")
def sanction_follow_through(data: OfficeData) -> IndicatorValue:
    """Return violations sanctioned ÷ violations recorded × 100."""
    counter = violations_per_thousand(data)
    violations = data.tables["discipline"]
    recorded = violations[in_period(violations, data.period, "recorded_on")]
    if "level" in recorded:
        recorded = recorded[recorded["level"].notna()]
    if recorded.empty:
        requests = (
            cohort(data, "registered_at").n if data.has("service_log", "registered_at") else 0
        )
        code = "none_recorded" if requests > REQUESTS_WITHOUT_A_RECORD else "nothing_to_count"
        reason = because(code, requests=requests)
        return IndicatorValue(
            code="sanction_follow_through",
            status="not assessed",
            reason=reason,
            n=0,
            counter=counter,
        )
    done = _sanctioned(recorded, data)
    return share("sanction_follow_through", done, len(recorded), complete=True, counter=counter)


def _sanctioned(recorded: pd.DataFrame, data: OfficeData) -> int:
    if "sanctioned_on" in recorded:
        return int(np.asarray(seen_by(recorded["sanctioned_on"], data).notna()).sum())
    return int(recorded["sanction"].notna().sum()) if "sanction" in recorded else 0
