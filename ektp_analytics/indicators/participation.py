"""Participation: who is reached, how evenly, and how the office goes out to people."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ektp_analytics.errors import because
from ektp_analytics.indicators.coverage import Coverage, coverage
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.registry import indicator
from ektp_analytics.indicators.results import PERCENT, not_computable, share
from ektp_analytics.indicators.satisfaction import survey_bursts, unit_survey
from ektp_analytics.indicators.skm import in_period
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.measures.sampling import required_sample

# The worst-covered part of the obligated population that equity looks at.
WORST_COVERED_SHARE = 0.20
# A base older than this cannot say anything about the period.
OLDEST_BASE_MONTHS = 12


def office_coverage(data: OfficeData) -> Coverage:
    """Return coverage on the last common day not after the period's end."""
    return coverage(data.tables["registrations"], data.as_of)


@indicator("recording_coverage")
def recording_coverage(data: OfficeData) -> IndicatorValue:
    """Return recorded ÷ obligated × 100."""
    return _rate(data, "recording_coverage", "recorded")


@indicator("card_possession")
def card_possession(data: OfficeData) -> IndicatorValue:
    """Return card holders ÷ obligated × 100."""
    return _rate(data, "card_possession", "holders")


def _rate(data: OfficeData, rate: str, part: str) -> IndicatorValue:
    found = office_coverage(data)
    stale = _stale(data, found, rate)
    if stale:
        return stale
    value = getattr(found.total, rate)
    if value is None:
        return not_computable(rate, found.total.reasons[rate])
    notes = (because("above_hundred"),) if value > PERCENT else ()
    inputs = {
        part: getattr(found.total, part),
        "obligated": found.total.obligated,
        "as_of": found.as_of.isoformat() if found.as_of else None,
        "kecamatan": len(found.rows),
    }
    return IndicatorValue(
        code=rate, value=value, n=found.total.obligated, inputs=inputs, notes=notes
    )


def _stale(data: OfficeData, found: Coverage, code: str) -> IndicatorValue | None:
    """Refuse a base without a common date, or one older than twelve months."""
    if found.as_of is None:
        return not_computable(code, found.reasons["as_of"])
    if _months_before(found.as_of, data.as_of) >= OLDEST_BASE_MONTHS:
        reason = because("base_too_old", as_of=found.as_of.isoformat())
        return IndicatorValue(code=code, status="not assessed", reason=reason)
    return None


def _months_before(earlier: date, later: date) -> int:
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - (later.day < earlier.day)


@indicator("recorded_without_card")
def recorded_without_card(data: OfficeData) -> IndicatorValue:
    """Return (recorded − holders) ÷ recorded × 100."""
    total = office_coverage(data).total
    code = "recorded_without_card"
    if total.recorded is None or total.holders is None:
        return not_computable(code, total.reasons.get("holders") or total.reasons["recorded"])
    waiting = max(total.recorded - total.holders, 0)
    return share(code, waiting, total.recorded, complete=True)


@indicator("ikd_activation")
def ikd_activation(data: OfficeData) -> IndicatorValue:
    """Return digital identities activated ÷ recorded × 100."""
    found = office_coverage(data)
    total = _sum_on(data, found, "ikd")
    if total is None or found.total.recorded is None:
        return not_computable("ikd_activation", because("column_absent"))
    return share("ikd_activation", total, found.total.recorded, complete=True)


def _sum_on(data: OfficeData, found: Coverage, column: str) -> int | None:
    """Return the sum of a count over all kecamatan on the common day."""
    table = data.tables["registrations"]
    if column not in table or found.as_of is None:
        return None
    counts = table.loc[table["as_of"].eq(pd.Timestamp(found.as_of)), column]
    return None if counts.isna().any() else int(counts.sum())


@indicator("coverage_equity")
def coverage_equity(data: OfficeData) -> IndicatorValue:
    """Return coverage of the worst-covered fifth of the obligated ÷ coverage of all.

    Kecamatan are taken from the lowest coverage upwards until they hold a fifth of the
    obligated population; the kecamatan on the boundary counts pro rata.
    """
    found = office_coverage(data)
    stale = _stale(data, found, "coverage_equity")
    if stale:
        return stale
    frame = found.to_frame()
    if frame["recording_coverage"].isna().any() or found.total.recording_coverage is None:
        return not_computable("coverage_equity", found.total.reasons["recording_coverage"])
    frame = frame.sort_values("recording_coverage", kind="stable")
    fifth = WORST_COVERED_SHARE * float(frame["obligated"].sum())
    before = frame["obligated"].cumsum() - frame["obligated"]
    taken = (fifth - before).clip(lower=0, upper=frame["obligated"]).astype(float)
    worst = float((taken * frame["recording_coverage"].astype(float)).sum()) / fifth
    inputs = {"worst_fifth": worst, "overall": found.total.recording_coverage}
    value = worst / found.total.recording_coverage
    return IndicatorValue(code="coverage_equity", value=value, n=len(frame), inputs=inputs)


@indicator("sex_parity")
def sex_parity(data: OfficeData) -> IndicatorValue:
    """Return the lower ÷ the higher recording coverage of women and men."""
    found = office_coverage(data)
    counts = {
        f"{part}_{sex}": _sum_on(data, found, f"{part}_{sex}")
        for part in ("recorded", "obligated")
        for sex in ("male", "female")
    }
    missing = [name for name, count in counts.items() if not count]
    if missing:
        return not_computable("sex_parity", because("counts_by_sex_missing"))
    rates = {
        sex: PERCENT * (counts[f"recorded_{sex}"] or 0) / (counts[f"obligated_{sex}"] or 1)
        for sex in ("male", "female")
    }
    value = min(rates.values()) / max(rates.values())
    n = (counts["obligated_male"] or 0) + (counts["obligated_female"] or 0)
    return IndicatorValue(code="sex_parity", value=value, n=n, inputs={**counts, **rates})


def _held(data: OfficeData) -> pd.DataFrame:
    """Return the events held in the period."""
    events = data.tables["outreach"]
    return events[in_period(events, data.period, "held_on")] if "held_on" in events else events[:0]


@indicator("outreach_delivered")
def outreach_delivered(data: OfficeData) -> IndicatorValue:
    """Return events held ÷ events planned in the period × 100."""
    events = data.tables["outreach"]
    if "planned_on" not in events:
        return not_computable("outreach_delivered", because("column_absent"))
    planned = events[in_period(events, data.period, "planned_on")]
    held = planned["held_on"].le(pd.Timestamp(data.as_of)).sum() if "held_on" in planned else 0
    per_kecamatan = len(planned) / len(data.office.kecamatan) if data.office.kecamatan else None
    counter = {"name": "events_planned_per_kecamatan", "value": per_kecamatan}
    return share("outreach_delivered", int(held), len(planned), complete=True, counter=counter)


@indicator("outreach_reach")
def outreach_reach(data: OfficeData) -> IndicatorValue:
    """Return kecamatan with at least one event held ÷ all kecamatan × 100."""
    codes = {k.code for k in data.office.kecamatan}
    held = _held(data)
    if not codes:
        return not_computable("outreach_reach", because("kecamatan_not_listed"))
    if "kecamatan_code" not in held:
        return not_computable("outreach_reach", because("column_absent"))
    reached = codes & set(held["kecamatan_code"].dropna())
    return share("outreach_reach", len(reached), len(codes), complete=True)


@indicator("outreach_to_residents")
def outreach_to_residents(data: OfficeData) -> IndicatorValue:
    """Return events held for residents ÷ events held with a stated audience × 100."""
    held = _held(data)
    if "audience" not in held:
        return not_computable("outreach_to_residents", because("column_absent"))
    stated = held["audience"].dropna()
    return share("outreach_to_residents", int(stated.eq("warga").sum()), len(stated), complete=True)


@indicator("survey_participation")
def survey_participation(data: OfficeData) -> IndicatorValue:
    """Return questionnaires counted ÷ sample required for the users served × 100.

    The required sample is that of Krejcie and Morgan (1970); without the number of users
    served nothing can be said.
    """
    counter = survey_bursts(data)
    served = data.office.users_served(data.period)
    counted = unit_survey(data).tally.n
    if served is None:
        reason = because("users_served_missing")
        return not_computable("survey_participation", reason, n=counted, counter=counter)
    required = required_sample(served)
    return IndicatorValue(
        code="survey_participation",
        value=PERCENT * counted / required,
        n=counted,
        inputs={"respondents": counted, "required": required, "users_served": served},
        counter=counter,
    )
