"""Participation, engagement: the office goes out to people and asks them."""

from __future__ import annotations

import pandas as pd

from ektp_analytics.errors import because
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.registry import indicator
from ektp_analytics.indicators.results import (
    PERCENT,
    columns_missing,
    not_computable,
    partial_if,
    share,
)
from ektp_analytics.indicators.satisfaction import unit_survey, users_served
from ektp_analytics.indicators.survey_bursts import survey_bursts
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.indicators.windows import in_period
from ektp_analytics.measures.sampling import required_sample


def events_held(data: OfficeData) -> pd.DataFrame:
    """Return the outreach events held in the period; needs the date of holding."""
    events = data.tables["outreach"]
    return events[in_period(events, data.period, "held_on")]


@indicator("outreach_delivered")
def outreach_delivered(data: OfficeData) -> IndicatorValue:
    """Return events held ÷ events planned in the period × 100.

    An event planned for the period and held by its end counts, also on another day;
    unplanned ones do not make up for it.
    """
    code, needed = "outreach_delivered", ("planned_on", "held_on")
    if not data.has("outreach", *needed):
        return not_computable(code, columns_missing(data, "outreach", *needed))
    events = data.tables["outreach"]
    planned = events[in_period(events, data.period, "planned_on")]
    held = int(planned["held_on"].lt(data.period.closes).sum())
    kecamatan = len(data.office.kecamatan)
    per_kecamatan = len(planned) / kecamatan if kecamatan else None
    unplanned = events["planned_on"].isna() & in_period(events, data.period, "held_on")
    return share(
        code,
        held,
        len(planned),
        complete=True,
        inputs={"held_unplanned": int(unplanned.sum())},
        counter={"name": "events_planned_per_kecamatan", "value": per_kecamatan}
        if kecamatan
        else None,
    )


@indicator("outreach_reach")
def outreach_reach(data: OfficeData) -> IndicatorValue:
    """Return kecamatan with at least one event held ÷ all kecamatan × 100.

    Kecamatan are known by their codes; an event whose code is absent or not the office's
    is listed and leaves the figure partial.
    """
    code, needed = "outreach_reach", ("held_on", "kecamatan_code")
    codes = {k.code for k in data.office.kecamatan}
    if not codes:
        return not_computable(code, because("kecamatan_not_listed"))
    if not data.has("outreach", *needed):
        return not_computable(code, columns_missing(data, "outreach", *needed))
    where = events_held(data)["kecamatan_code"]
    strange = sorted(set(where.dropna()) - codes)
    unplaced = int((~where.isin(codes)).sum())
    value = share(
        code,
        len(codes & set(where.dropna())),
        len(codes),
        complete=True,
        inputs={"events": len(where), "unplaced": unplaced, "unmatched_codes": ", ".join(strange)},
    )
    return partial_if(value, unplaced > 0, because("events_unplaced", n=unplaced))


@indicator("outreach_to_residents")
def outreach_to_residents(data: OfficeData) -> IndicatorValue:
    """Return events held for residents ÷ events held with a stated audience × 100."""
    code, needed = "outreach_to_residents", ("held_on", "audience")
    if not data.has("outreach", *needed):
        return not_computable(code, columns_missing(data, "outreach", *needed))
    audience = events_held(data)["audience"]
    stated = audience.dropna()
    residents = int(stated.eq("warga").sum())
    inputs = {"not_stated": len(audience) - len(stated)}
    return share(code, residents, len(stated), complete=True, inputs=inputs)


@indicator("survey_participation")
def survey_participation(data: OfficeData) -> IndicatorValue:
    """Return questionnaires counted ÷ sample required for the users served × 100.

    The required sample is that of Krejcie and Morgan (1970); without the number of users
    served nothing can be said. The value is not capped.
    """
    code, counter = "survey_participation", survey_bursts(data)
    served, counted = users_served(data), unit_survey(data).tally.n
    if served is None:
        reason = because("users_served_missing")
        return not_computable(code, reason, n=counted, counter=counter)
    required = required_sample(served)
    return IndicatorValue(
        code=code,
        value=PERCENT * counted / required,
        n=counted,
        inputs={"respondents": counted, "required": required, "users_served": served},
        counter=counter,
    )
