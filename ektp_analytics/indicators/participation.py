"""Participation, reach and equity: who is recorded, who holds the card, how evenly."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

from ektp_analytics.errors import because
from ektp_analytics.indicators.coverage import Coverage, coverage
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.registry import indicator
from ektp_analytics.indicators.results import (
    PERCENT,
    columns_missing,
    not_assessed,
    not_computable,
    share,
)
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.periods import Period

# The worst-covered part of the obligated population that equity looks at.
WORST_COVERED_SHARE = 0.20
# A base older than this cannot say anything about the period.
OLDEST_BASE_MONTHS = 12
SEXES = ("male", "female")
_SEMESTER = re.compile(r"semester\s+(?P<number>II?)\b\D*(?P<year>20\d\d)", re.IGNORECASE)


def office_coverage(data: OfficeData) -> Coverage:
    """Return coverage on the last common day not after the period's end."""
    return data.once("coverage", lambda: coverage(data.tables["registrations"], data.as_of))


def base_refused(code: str, data: OfficeData) -> IndicatorValue | None:
    """Refuse counts without a common date, or older than twelve months at the period's end.

    A source named with its own date, such as ``DKB Semester I 2024``, dates the base.
    """
    found = office_coverage(data)
    if found.as_of is None:
        return not_computable(code, found.reasons["as_of"])
    oldest = pd.Timestamp(data.as_of) - pd.DateOffset(months=OLDEST_BASE_MONTHS)
    base = min(found.as_of, *base_days(rows_on_day(data)))
    if pd.Timestamp(base) < oldest:
        return not_assessed(code, because("base_too_old", as_of=base.isoformat()))
    return None


def base_days(rows: pd.DataFrame) -> list[date]:
    """Return the dates that the named sources of the base carry: the end of their semester."""
    named: set[str] = set(rows["base_source"].dropna()) if "base_source" in rows else set()
    found = [_SEMESTER.search(name) for name in named]
    spans = [Period.parse(f"{m['year']}-S{len(m['number'])}") for m in found if m is not None]
    return [span.end for span in spans] or [date.max]


def rows_on_day(data: OfficeData) -> pd.DataFrame:
    """Return the registration counts of the day coverage is computed on."""
    table, day = data.tables["registrations"], office_coverage(data).as_of
    return table[:0] if day is None else table[table["as_of"].eq(pd.Timestamp(day))]


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
    if refused := base_refused(rate, data):
        return refused
    value = getattr(found.total, rate)
    if value is None:
        return not_computable(rate, found.total.reasons[rate])
    rows = rows_on_day(data)
    sources = sorted(set(rows["base_source"].dropna())) if "base_source" in rows else []
    above = [row.kecamatan for row in found.rows if (getattr(row, rate) or 0) > PERCENT]
    return IndicatorValue(
        code=rate,
        value=value,
        n=found.total.obligated,
        notes=(because("above_hundred"),) if value > PERCENT else (),
        inputs={
            part: getattr(found.total, part),
            "obligated": found.total.obligated,
            "as_of": found.as_of.isoformat() if found.as_of else None,
            "base_source": ", ".join(sources),
            "kecamatan": len(found.rows),
            "above_hundred": ", ".join(above),
        },
    )


@indicator("recorded_without_card")
def recorded_without_card(data: OfficeData) -> IndicatorValue:
    """Return (recorded − holders) ÷ recorded × 100; nobody holds a card unrecorded."""
    code, total = "recorded_without_card", office_coverage(data).total
    if refused := base_refused(code, data):
        return refused
    if total.recorded is None or total.holders is None:
        return not_computable(code, total.reasons.get("holders") or total.reasons["recorded"])
    if total.holders > total.recorded:
        return not_computable(code, because("part_above_whole"))
    return share(code, total.recorded - total.holders, total.recorded, complete=True)


@indicator("ikd_activation")
def ikd_activation(data: OfficeData) -> IndicatorValue:
    """Return digital identities activated ÷ recorded × 100."""
    code, recorded = "ikd_activation", office_coverage(data).total.recorded
    if refused := base_refused(code, data):
        return refused
    if not data.has("registrations", "ikd", "recorded"):
        return not_computable(code, columns_missing(data, "registrations", "ikd", "recorded"))
    activated = _sum_on_day(data, "ikd")
    if activated is None or recorded is None:
        return not_computable(code, because("count_missing"))
    return share(code, activated, recorded, complete=True)


def _sum_on_day(data: OfficeData, column: str) -> int | None:
    """Return the sum of a count over all kecamatan; None where one is blank."""
    rows = rows_on_day(data)
    return None if column not in rows or rows[column].isna().any() else int(rows[column].sum())


@indicator("coverage_equity")
def coverage_equity(data: OfficeData) -> IndicatorValue:
    """Return coverage of the worst-covered fifth of the obligated ÷ coverage of all.

    Kecamatan are taken from the lowest coverage upwards until they hold a fifth of the
    obligated population; the kecamatan on the boundary counts pro rata.
    """
    code, found = "coverage_equity", office_coverage(data)
    if refused := base_refused(code, data):
        return refused
    overall = found.total.recording_coverage
    if overall is None:
        return not_computable(code, found.total.reasons["recording_coverage"])
    if len(found.rows) < 2:  # noqa: PLR2004 - one kecamatan has nothing to be compared with
        return not_computable(code, because("one_kecamatan_only"))
    if overall == 0:
        return not_computable(code, because("nobody_recorded"))
    frame = found.to_frame().sort_values("recording_coverage", kind="stable")
    sizes = frame["obligated"].astype(float)
    fifth = WORST_COVERED_SHARE * float(sizes.sum())
    taken = (fifth - (sizes.cumsum() - sizes)).clip(lower=0).clip(upper=sizes)
    worst = float((taken * frame["recording_coverage"].astype(float)).sum()) / fifth
    names = ", ".join(frame.loc[taken.gt(0), "kecamatan"])
    inputs = {"worst_fifth": worst, "overall": overall, "worst_kecamatan": names}
    return IndicatorValue(code=code, value=worst / overall, n=len(frame), inputs=inputs)


@indicator("sex_parity")
def sex_parity(data: OfficeData) -> IndicatorValue:
    """Return the lower ÷ the higher recording coverage of women and men."""
    code = "sex_parity"
    if refused := base_refused(code, data):
        return refused
    total = office_coverage(data).total
    if total.recording_coverage is None:
        return not_computable(code, total.reasons["recording_coverage"])
    recorded, obligated = (
        {sex: _sum_on_day(data, f"{part}_{sex}") for sex in SEXES}
        for part in ("recorded", "obligated")
    )
    rates = {sex: _percent(recorded[sex], obligated[sex]) for sex in SEXES}
    known = [rate for rate in rates.values() if rate is not None]
    if len(known) < len(SEXES):
        return not_computable(code, because("counts_by_sex_missing"))
    if max(known) == 0:
        return not_computable(code, because("nobody_recorded"))
    n = sum(obligated[sex] or 0 for sex in SEXES)
    return IndicatorValue(code=code, value=min(known) / max(known), n=n, inputs=rates)


def _percent(part: int | None, base: int | None) -> float | None:
    return None if part is None or not base else PERCENT * part / base
