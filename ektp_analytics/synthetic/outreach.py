"""Outreach of the made-up office: the service car of its log, and a yearly round of talks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ektp_analytics.synthetic.quarters import as_dates, drawn_by_quarter
from ektp_analytics.synthetic.service_log import log_of
from ektp_analytics.synthetic.workdays import working_days

if TYPE_CHECKING:
    from ektp_analytics.periods import Period
    from ektp_analytics.synthetic.plan import OfficePlan

_CAR_NOT_HELD = 2
"""Car days a quarter that were planned and fell through."""

_TALKS = {2: (("aparat", 9), ("warga", 2)), 4: (("aparat", 1),)}
"""Quarter → audience and number of talks: one round a year, mostly for officials."""

_TALK_HELD = 0.8


def outreach_of(plan: OfficePlan, period: Period) -> pd.DataFrame:
    """Return the events planned or held in a period."""
    table = drawn_by_quarter(period, lambda quarter: _events(plan, quarter))
    day = table["held_on"].fillna(table["planned_on"])
    inside = day.between(pd.Timestamp(period.opens), pd.Timestamp(period.closes), inclusive="left")
    rows = table[inside].sort_values("planned_on", kind="stable", ignore_index=True)
    return rows.assign(planned_on=as_dates(rows["planned_on"]), held_on=as_dates(rows["held_on"]))


def _events(plan: OfficePlan, quarter: Period) -> pd.DataFrame:
    draw = plan.stream("outreach", quarter)
    days = working_days(quarter.start, quarter.end).astype("datetime64[D]").astype("datetime64[us]")
    held = _car_days(plan, quarter)
    parts = [held, _car_days_lost(plan, days, draw)]
    parts += [_talks(plan, days, a, n, draw) for a, n in _TALKS.get(quarter.number, ())]
    names = {k.code: k.name for k in plan.kecamatan}
    table = pd.concat(parts, ignore_index=True)
    counts = {key: table[key].astype("Int64") for key in ("participants", "recordings")}
    return table.assign(kecamatan=table["kecamatan_code"].map(names), **counts)


def _car_days(plan: OfficePlan, quarter: Period) -> pd.DataFrame:
    """Return the days of the service car, counted from the log of the quarter."""
    log = log_of(plan, quarter)
    car = log[log["channel"].eq("jemput bola")]
    car = car[car["registered_at"].ge(pd.Timestamp(quarter.opens))]
    day = car["registered_at"].dt.normalize()
    recorded = car["recorded_at"].dt.normalize().eq(day)
    grouped = car.assign(day=day, recorded=recorded).groupby("day")
    table = grouped.agg(
        kecamatan_code=("kecamatan_code", lambda codes: codes.mode().iloc[0]),
        participants=("application_id", "size"),
        recordings=("recorded", "sum"),
    ).reset_index()
    return table.assign(
        kind="jemput bola", audience="warga", planned_on=table["day"], held_on=table["day"]
    ).drop(columns="day")


def _car_days_lost(plan: OfficePlan, days: np.ndarray, draw: np.random.Generator) -> pd.DataFrame:
    far = plan.remoteness() / plan.remoteness().sum()
    codes = np.array([k.code for k in plan.kecamatan], dtype=object)
    return pd.DataFrame(
        {
            "kind": "jemput bola",
            "kecamatan_code": draw.choice(codes, size=_CAR_NOT_HELD, p=far),
            "audience": "warga",
            "planned_on": np.sort(draw.choice(days, size=_CAR_NOT_HELD, replace=False)),
            "held_on": pd.NaT,
            "participants": pd.NA,
            "recordings": pd.NA,
        }
    ).astype({"held_on": "datetime64[us]"})


def _talks(
    plan: OfficePlan, days: np.ndarray, audience: str, size: int, draw: np.random.Generator
) -> pd.DataFrame:
    codes = np.array([k.code for k in plan.kecamatan], dtype=object)
    planned = pd.Series(np.sort(draw.choice(days, size=size, replace=False)))
    held = draw.random(size) < _TALK_HELD
    people = pd.array(draw.integers(18, 46, size), dtype="Int64")
    return pd.DataFrame(
        {
            "kind": "sosialisasi",
            "kecamatan_code": draw.choice(codes, size=size, replace=False),
            "audience": audience,
            "planned_on": planned,
            "held_on": planned.where(held),
            "participants": pd.Series(people).where(held),
            "recordings": pd.Series(pd.NA, index=range(size), dtype="Int64"),
        }
    )
