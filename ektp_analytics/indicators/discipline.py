"""Rule of law, discipline: opening, counters, staff, and what follows a violation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from ektp_analytics.errors import because
from ektp_analytics.indicators.cohort import seen
from ektp_analytics.indicators.counters import none_recorded, violations_per_thousand
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.registry import indicator
from ektp_analytics.indicators.results import (
    columns_missing,
    estimated,
    not_assessed,
    not_computable,
    partial_if,
    share,
)
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.indicators.windows import in_period
from ektp_analytics.measures.clustered_share import clustered_share

MINUTES_PER_HOUR = 60
# Stamps that someone at the office's own counter sets.
COUNTER_EVENTS = ("registered_at", "complete_at", "recorded_at", "handed_over_at")


@indicator("opening_on_time")
def opening_on_time(data: OfficeData) -> IndicatorValue:
    """Return days opened no later than due ÷ service days × 100.

    Without an opening file the first counter event of each day stands in for the opening,
    and the figure is partial: a place may be open before it serves anyone.
    """
    code, needed = "opening_on_time", ("due_open", "opened_at")
    if not data.has("opening", "day", *needed):
        return _opening_from_log(data)
    days = data.tables["opening"]
    days = days[in_period(days, data.period, "day") & days["due_open"].notna()]
    stated = days[days["opened_at"].notna()]
    late = (stated["opened_at"] - stated["due_open"]).clip(lower=0)
    on_time = stated["opened_at"].le(stated["due_open"]).astype("int64")
    blank = len(days) - len(stated)
    median = float(late.median()) if len(stated) else None
    inputs = {"median_late_minutes": median, "blank": blank}
    value = _over_days(code, on_time, pd.Series(1, index=stated.index), stated["day"], inputs)
    return partial_if(value, blank > 0, because("opening_blank", n=blank))


def _over_days(
    code: str, hits: pd.Series, trials: pd.Series, day: pd.Series, inputs: Mapping[str, Any]
) -> IndicatorValue:
    """Return a share whose trials come day by day."""
    per_day = pd.DataFrame({"hits": hits, "trials": trials}).astype("int64").groupby(day).sum()
    counts = {"hits": int(per_day["hits"].sum()), "trials": int(per_day["trials"].sum())}
    if not counts["trials"]:
        return not_computable(code, because("nothing_to_count"), n=0, inputs={**counts, **inputs})
    found = clustered_share(per_day["hits"].tolist(), per_day["trials"].tolist())
    return estimated(
        code, found, counts["trials"], inputs={**counts, "days": len(per_day), **inputs}
    )


def _opening_from_log(data: OfficeData) -> IndicatorValue:
    code, due = "opening_on_time", data.office.setting("due_open", None)
    events = [c for c in COUNTER_EVENTS if data.has("service_log", c)]
    if due is None or not events or not data.has("service_log", "channel"):
        if not data.has("opening"):
            return not_assessed(code, because("source_missing", source="opening"))
        return not_computable(code, columns_missing(data, "opening", "due_open", "opened_at"))
    first = first_counter_events(data, events)
    hour, minute = (int(part) for part in str(due).replace(":", ".").split("."))
    minutes = first.dt.hour * MINUTES_PER_HOUR + first.dt.minute
    on_time = int(minutes.le(hour * MINUTES_PER_HOUR + minute).sum())
    return partial_if(share(code, on_time, len(first)), True, because("opening_from_log"))


def first_counter_events(data: OfficeData, events: list[str]) -> pd.Series:
    """Return the first stamp of each day set at the office's own counter."""
    log = data.tables["service_log"]
    counter = log[log["channel"].eq("loket")]
    stamps = []
    for column in events:
        timed = counter.get(f"{column}_has_time", pd.Series(True, index=counter.index))
        stamps.append(counter.loc[timed & in_period(counter, data.period, column), column])
    together = pd.concat(stamps)
    first: pd.Series = together.groupby(together.dt.normalize()).min()
    return first


@indicator("counters_open")
def counters_open(data: OfficeData) -> IndicatorValue:
    """Return counters open ÷ counters due over the period's days × 100."""
    return _of_due(data, "counters_open", "counters_open", "counters_due")


@indicator("staff_on_time")
def staff_on_time(data: OfficeData) -> IndicatorValue:
    """Return staff present on time ÷ staff due over the period's days × 100."""
    return _of_due(data, "staff_on_time", "staff_on_time", "staff_due")


def _of_due(data: OfficeData, code: str, part: str, due: str) -> IndicatorValue:
    """Return a share of what was due; more than due on one day makes up for no other day."""
    if not data.has("opening", "day", part, due):
        return not_computable(code, columns_missing(data, "opening", part, due))
    days = data.tables["opening"]
    days = days[in_period(days, data.period, "day")]
    stated = days[days[part].notna() & days[due].notna()]
    above = int(stated[part].gt(stated[due]).sum())
    inputs = {"above_due": above, "blank": len(days) - len(stated)}
    counted = stated[part].where(stated[part].le(stated[due]), stated[due])
    value = _over_days(code, counted, stated[due], stated["day"], inputs)
    if above:
        value = replace(value, notes=(*value.notes, because("above_due", n=above)))
    return partial_if(value, inputs["blank"] > 0, because("opening_blank", n=inputs["blank"]))


@indicator("sanction_follow_through")
def sanction_follow_through(data: OfficeData) -> IndicatorValue:
    """Return violations sanctioned ÷ violations recorded × 100."""
    code, violations = "sanction_follow_through", data.tables["discipline"]
    counter = violations_per_thousand(data)
    recorded = violations[in_period(violations, data.period, "recorded_on")]
    if "level" in recorded:
        recorded = recorded[recorded["level"].notna()]
    if recorded.empty:
        return none_recorded(code, data, counter)
    if not {"sanction", "sanctioned_on"} & set(recorded.columns):
        reason = columns_missing(data, "discipline", "sanction", "sanctioned_on")
        return not_computable(code, reason, counter=counter)
    done = int(_sanctioned(recorded, data).sum())
    return share(code, done, len(recorded), complete=True, counter=counter)


def _sanctioned(recorded: pd.DataFrame, data: OfficeData) -> pd.Series:
    """Mark violations with a sanction by the end of the period; its date decides where given."""
    named = recorded.get("sanction", pd.Series(pd.NA, index=recorded.index)).notna()
    if "sanctioned_on" not in recorded:
        return named
    return seen(recorded, "sanctioned_on", data).notna() | (
        named & recorded["sanctioned_on"].isna()
    )
