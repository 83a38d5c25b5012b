"""The same procedure for all: stages in their order, and no group left to wait longer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ektp_analytics.errors import Reason, because
from ektp_analytics.indicators.cohort import cohort, seen_by
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.registry import indicator
from ektp_analytics.indicators.results import not_computable, partial_if, share
from ektp_analytics.indicators.rule_of_law import as_limit, limits_by_request
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.measures.shrinkage import shrink_shares

# Stages each kind of request passes, in order. Only a first recording has biometrics; the
# data of a replaced or changed card are already at the centre.
STAGES_BY_KIND: Mapping[str, tuple[str, ...]] = {
    "rekam_baru": (
        "registered_at", "complete_at", "recorded_at", "sent_at", "print_ready_at", "printed_at",
        "handed_over_at",
    ),
    "ganti": ("registered_at", "complete_at", "printed_at", "handed_over_at"),
    "ubah_data": ("registered_at", "complete_at", "printed_at", "handed_over_at"),
    "pindah": ("registered_at", "complete_at", "printed_at", "handed_over_at"),
}  # fmt: skip
SMALLEST_GROUP = 100
_POOLED = "lainnya"


@indicator("procedure_followed")
def procedure_followed(data: OfficeData) -> IndicatorValue:
    """Return requests whose stages stand in order and none skipped ÷ those checkable × 100.

    A blank stage counts as skipped only where a later one is stamped. A stage the file has
    no column for leaves the figure partial.
    """
    if not data.has("service_log", "kind", "registered_at"):
        return not_computable("procedure_followed", because("column_absent"))
    group = cohort(data, "registered_at")
    absent: set[str] = set()
    checked = followed = 0
    for kind, rows in group.requests.groupby("kind"):
        stages = STAGES_BY_KIND.get(str(kind))
        if stages is None:
            continue
        absent |= set(stages) - set(rows.columns)
        in_order, checkable = _in_order(rows, [s for s in stages if s in rows], data)
        checked += int(checkable.sum())
        followed += int((in_order & checkable).sum())
    inputs = {"unknown_kind": group.n - _of_known_kind(group.requests)}
    value = share("procedure_followed", followed, checked, inputs=inputs)
    reason = because("stages_absent", stages=", ".join(sorted(absent)))
    return group.mark(partial_if(value, bool(absent), reason))


def _of_known_kind(requests: pd.DataFrame) -> int:
    return int(requests["kind"].isin(list(STAGES_BY_KIND)).sum())


def _in_order(
    rows: pd.DataFrame, stages: list[str], data: OfficeData
) -> tuple[pd.Series, pd.Series]:
    """Mark requests whose stamps never go back and skip nothing, and those with two stamps.

    A stamp without time of day is compared by its day.
    """
    stamps = pd.DataFrame({s: seen_by(rows[s], data) for s in stages})
    plain = pd.Series(False, index=rows.index)
    for stage in stages:
        if f"{stage}_has_time" in rows:
            plain |= stamps[stage].notna() & ~rows[f"{stage}_has_time"]
    days = stamps.apply(lambda stamp: stamp.dt.normalize())
    compared = stamps.where(~plain, days)
    latest = compared.ffill(axis=1).shift(axis=1)
    going_back = (compared < latest).any(axis=1)
    later_stamped = compared.notna().iloc[:, ::-1].cummax(axis=1).iloc[:, ::-1]
    skipped = (compared.isna() & later_stamped).any(axis=1)
    return ~going_back & ~skipped, compared.notna().sum(axis=1).ge(2)


@indicator("equal_treatment")
def equal_treatment(data: OfficeData) -> IndicatorValue:
    """Return the lowest ÷ the highest shrunk on-time share, the worse of kecamatan and sex.

    On time is within the legal limit of the request's own day, among those decided.
    Groups below 100 requests are pooled.
    """
    if not data.has("service_log", "complete_at", "printed_at"):
        return not_computable("equal_treatment", because("column_absent"))
    group = cohort(data, "complete_at")
    decided = _decided(group, data)
    ratios: dict[str, dict[str, Any]] = {}
    why: Reason = because("column_absent")
    for column in ("kecamatan_code", "kecamatan", "sex"):
        if column not in decided or (column == "kecamatan" and "kecamatan_code" in decided):
            continue
        found = _ratio(decided, column)
        if isinstance(found, Reason):
            why = found
        else:
            ratios[column] = found
    if not ratios:
        return not_computable("equal_treatment", why, n=len(decided))
    worst = min(ratios, key=lambda name: ratios[name]["ratio"])
    inputs = {"by": worst, **ratios[worst]}
    value = IndicatorValue(
        code="equal_treatment", value=inputs["ratio"], n=len(decided), inputs=inputs
    )
    return group.mark(value)


def _decided(group: Any, data: OfficeData) -> pd.DataFrame:
    """Return the requests whose outcome under their legal limit is known, with ``on_time``."""
    parts = []
    for limit, rows in limits_by_request(group, data):
        law = as_limit_hours(limit)
        printed = seen_by(rows["printed_at"], data)
        took = (printed - rows["complete_at"]).dt.total_seconds() / 3_600
        waited = (pd.Timestamp(data.period.closes) - rows["complete_at"]).dt.total_seconds() / 3_600
        known = printed.notna() | waited.gt(law)
        parts.append(rows.assign(on_time=took.le(law).fillna(False))[known])
    return pd.concat(parts) if parts else group.requests.assign(on_time=False)[:0]


def as_limit_hours(limit: Any) -> float:
    """Return a limit in elapsed hours; days count 24 hours each for comparing groups."""
    return float(limit.hours) if limit.hours is not None else float(limit.amount * 24)


def _ratio(decided: pd.DataFrame, column: str) -> dict[str, Any] | Reason:
    groups = decided[decided[column].notna()].groupby(column)["on_time"].agg(["sum", "count"])
    small = groups["count"].lt(SMALLEST_GROUP)
    if small.any():
        pooled = groups[small].sum().to_frame(_POOLED).T
        groups = pd.concat([groups[~small], pooled])
    groups = groups[groups["count"].ge(SMALLEST_GROUP)]
    if len(groups) < 2:  # noqa: PLR2004 - one group has nothing to compare with
        return because("fewer_than_two_groups", smallest=SMALLEST_GROUP)
    if groups["sum"].sum() == 0:
        return because("nobody_on_time")
    from scipy.stats import chi2_contingency

    shrunk = shrink_shares(groups["sum"].tolist(), groups["count"].tolist())
    table = [groups["sum"].tolist(), (groups["count"] - groups["sum"]).tolist()]
    everyone = all(not sum(row) == 0 for row in table)
    return {
        "ratio": float(shrunk.shares.min() / shrunk.shares.max()),
        "raw_ratio": float(shrunk.raw.min() / shrunk.raw.max()),
        "chi2_p": float(chi2_contingency(table).pvalue) if everyone else None,
        "groups": len(groups),
        "lowest": str(groups.index[int(shrunk.shares.argmin())]),
        "highest": str(groups.index[int(shrunk.shares.argmax())]),
    }
