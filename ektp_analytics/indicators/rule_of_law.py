"""Rule of law, limits: the legal time limit is met and nothing is charged."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from ektp_analytics.errors import because
from ektp_analytics.indicators.cohort import Cohort, cohort, seen
from ektp_analytics.indicators.counters import complaints_per_thousand
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
from ektp_analytics.indicators.service_times import date_only_rows
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.indicators.windows import in_period
from ektp_analytics.measures.deadlines import share_within_own_limits
from ektp_analytics.measures.duration_tally import DurationTally
from ektp_analytics.measures.limit_share import share_within
from ektp_analytics.measures.limits import SECONDS_PER_HOUR, Limit
from ektp_analytics.measures.proportions import Interval
from ektp_analytics.measures.request_tally import tally_durations
from ektp_analytics.measures.survival import Estimate
from ektp_analytics.periods import Period
from ektp_analytics.standards import Standard, standard

LEGAL_LIMIT = "ektp_time_limits.issue"
_SUFFIX = {"hours": "h", "days": "d", "working days": "wd"}

Part = tuple[DurationTally, Limit]


@indicator("legal_time_limit")
def legal_time_limit(data: OfficeData, started: Period | None = None) -> IndicatorValue:
    """Return the share printed within the legal limit in force on each request's day.

    The clock runs from the moment requirements are declared complete; open requests are
    censored at 24.00 of the period's last day (Kaplan–Meier). Where stamps are dates the
    value is the lowest share they allow, with the whole range beside it.

    Parameters
    ----------
    data
        Tables, seen at the end of their period.
    started
        Period in which the clock started; the report's own where None.
    """
    code, needed = "legal_time_limit", ("complete_at", "printed_at")
    if not data.has("service_log", *needed):
        return not_computable(code, columns_missing(data, "service_log", *needed))
    when = started or data.period
    group = cohort(data, "complete_at", when)
    parts = [_by_limit(rows, limit, data) for limit, rows in limits_by_request(group, when)]
    limits = ", ".join(dict.fromkeys(str(limit) for _, limit in parts))
    undecided = sum(tally.limits[str(limit)].undecided for tally, limit in parts)
    found, highest = share_within_own_limits(parts), highest_share(parts)
    inputs = {
        "finished": sum(tally.finished for tally, _ in parts),
        "open": sum(tally.open for tally, _ in parts),
        "cancelled": group.cancelled,
        "limits": limits,
        "not_declared_complete": not_declared_complete(data),
        "n_all_services": group.n_all_services,
        "range": _range(found, highest) if undecided else None,
    }
    if undecided and found.value is not None and highest is not None:
        found = Estimate(found.value, Interval(found.interval.low, highest.interval.high))
    value = estimated(code, found, group.n, inputs=inputs, counter=wait_to_complete(group))
    reason = because("dates_without_time", undecided=undecided, limit=limits)
    return group.mark(partial_if(value, undecided > 0, reason))


def limits_by_request(group: Cohort, period: Period) -> list[tuple[Limit, pd.DataFrame]]:
    """Split a cohort by the legal limit in force on each request's own day."""
    found: list[tuple[Limit, pd.DataFrame]] = []
    started = group.requests["complete_at"].dt.normalize()
    day: date = period.start
    while day <= period.end:
        law = standard(LEGAL_LIMIT, on=day)
        last = min(law.valid_until or period.end, period.end)
        inside = started.between(pd.Timestamp(day), pd.Timestamp(last))
        found.append((as_limit(law), group.requests[inside]))
        day = (pd.Timestamp(last) + pd.Timedelta(days=1)).date()
    return found


def as_limit(law: Standard) -> Limit:
    """Return a dated legal limit as a limit of the clock."""
    return Limit.parse(f"{law.value}{_SUFFIX[law.unit]}")


def _by_limit(rows: pd.DataFrame, limit: Limit, data: OfficeData) -> Part:
    tally = tally_durations(
        rows["complete_at"],
        rows["printed_at"],
        data.as_of,
        limits=[limit],
        date_only=date_only_rows(rows, "complete_at", "printed_at"),
    )
    return tally, limit


def highest_share(parts: list[Part]) -> Estimate | None:
    """Return the highest share the stamps allow, where one limit holds for all requests."""
    held = [(tally, limit) for tally, limit in parts if tally.n]
    return share_within(*held[0], "shortest") if len(held) == 1 else None


def _range(lowest: Estimate, highest: Estimate | None) -> tuple[float, float] | None:
    if lowest.value is None or highest is None or highest.value is None:
        return None
    return PERCENT * lowest.value, PERCENT * highest.value


def wait_to_complete(group: Cohort) -> dict[str, Any] | None:
    """Return the median wait from registration to complete requirements, in hours."""
    rows = group.requests
    if "registered_at" not in rows:
        return None
    hours = (rows["complete_at"] - rows["registered_at"]).dt.total_seconds() / SECONDS_PER_HOUR
    if hours.isna().all():
        return None
    return {"name": "wait_to_complete", "value": float(hours.median()), "unit": "hours"}


def not_declared_complete(data: OfficeData) -> int | None:
    """Return the requests registered in the period and not yet declared complete."""
    if not data.has("service_log", "registered_at", "complete_at"):
        return None
    rows = cohort(data, "registered_at").requests
    return int(seen(rows, "complete_at", data).isna().sum())


@indicator("free_of_charge")
def free_of_charge(data: OfficeData) -> IndicatorValue:
    """Return requests on which nothing was charged ÷ requests with a stated fee × 100.

    An upheld complaint about an unofficial payment makes the figure partial.
    """
    code, needed = "free_of_charge", ("fee_charged", "registered_at")
    counter = complaints_per_thousand(data)
    if not data.has("service_log", *needed):
        reason = columns_missing(data, "service_log", *needed)
        return not_computable(code, reason, counter=counter)
    group = cohort(data, "registered_at")
    fees = group.requests["fee_charged"].dropna()
    inputs = {"not_stated": group.n - len(fees), "upheld_payments": upheld_payments(data)}
    value = share(code, int(fees.eq(0).sum()), len(fees), inputs=inputs, counter=counter)
    denied = because("denied_by_complaints", n=inputs["upheld_payments"])
    return group.mark(partial_if(value, inputs["upheld_payments"] > 0, denied))


def upheld_payments(data: OfficeData) -> int:
    """Return the upheld complaints about unofficial payments received or decided in the period."""
    if not data.has("complaints", "category", "outcome"):
        return 0
    complaints = data.tables["complaints"]
    inside = in_period(complaints, data.period, "received_at")
    if "resolved_at" in complaints:
        inside |= in_period(complaints, data.period, "resolved_at")
    about_payment = complaints["category"].eq("pungutan") & complaints["outcome"].eq("upheld")
    return int((inside & about_payment).sum())
