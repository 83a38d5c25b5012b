"""The same procedure for all: stages in their order, and no group left to wait longer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ektp_analytics.errors import Reason, because
from ektp_analytics.indicators.cohort import cohort, seen
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.on_time import due_requests
from ektp_analytics.indicators.registry import indicator
from ektp_analytics.indicators.results import columns_missing, not_computable, partial_if, share
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.measures.extreme_ratio import extreme_pair, extreme_ratio_interval
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
"""Requests a group needs to stand alone; smaller ones are pooled."""
POOLED = "lainnya"
FEWEST_STAMPS = 2
FEWEST_GROUPS = 2


@indicator("procedure_followed")
def procedure_followed(data: OfficeData) -> IndicatorValue:
    """Return requests whose stages stand in order and none skipped ÷ those checkable × 100.

    A blank stage counts as skipped only where a later one is stamped. A stage the file has
    no column for leaves the figure partial.
    """
    code, needed = "procedure_followed", ("kind", "registered_at")
    if not data.has("service_log", *needed):
        return not_computable(code, columns_missing(data, "service_log", *needed))
    group = cohort(data, "registered_at")
    absent: set[str] = set()
    checked = followed = 0
    stamps = group.requests.filter(regex="_at(?:_has_time)?$")
    for kind, stages in STAGES_BY_KIND.items():
        rows = stamps[group.requests["kind"].eq(kind)]
        absent |= set(stages) - set(rows.columns) if len(rows) else set()
        in_order, checkable = stage_order(rows, [s for s in stages if s in rows], data)
        checked += int(checkable.sum())
        followed += int((in_order & checkable).sum())
    known = int(group.requests["kind"].isin(list(STAGES_BY_KIND)).sum())
    inputs = {"unknown_kind": group.n - known, "too_few_stamps": known - checked}
    value = share(code, followed, checked, inputs=inputs)
    reason = because("stages_absent", stages=", ".join(sorted(absent)))
    return group.mark(partial_if(value, bool(absent), reason))


def stage_order(
    rows: pd.DataFrame, stages: list[str], data: OfficeData
) -> tuple[pd.Series, pd.Series]:
    """Mark requests whose stamps never go back and skip nothing, and those with two stamps.

    A stamp without time of day is compared by its day.
    """
    stamps = [seen(rows, stage, data).to_numpy() for stage in stages]
    plain = np.zeros(len(rows), dtype=bool)
    for stage, stamp in zip(stages, stamps, strict=True):
        if f"{stage}_has_time" in rows:
            plain |= ~np.isnat(stamp) & ~rows[f"{stage}_has_time"].to_numpy()
    going_back, skipped, blank_before = (np.zeros(len(rows), dtype=bool) for _ in range(3))
    latest = np.full(len(rows), "NaT", dtype="datetime64[us]")
    counted = np.zeros(len(rows), dtype=int)
    for stamp in stamps:
        at = np.where(plain, stamp.astype("datetime64[D]"), stamp)
        stamped = ~np.isnat(at)
        going_back |= at < latest
        skipped |= stamped & blank_before
        blank_before |= ~stamped
        latest = np.where(stamped, at, latest)
        counted += stamped
    in_order = pd.Series(~going_back & ~skipped, index=rows.index)
    return in_order, pd.Series(counted >= FEWEST_STAMPS, index=rows.index)


@dataclass(frozen=True, slots=True)
class GroupRatio:
    """On-time shares of the groups of one attribute, the lowest against the highest.

    Parameters
    ----------
    by
        The attribute.
    ratio, raw_ratio
        Lowest ÷ highest share, after shrinkage and as counted (None where nobody in any
        group is on time).
    chi2_p
        p-value of the chi-squared test that all groups share one rate; None where every
        request had the same outcome.
    groups, lowest, highest
        How many groups were compared, and which stand at the ends.
    """

    by: str
    ratio: float
    raw_ratio: float
    chi2_p: float | None
    groups: int
    lowest: str
    highest: str


@indicator("equal_treatment")
def equal_treatment(data: OfficeData) -> IndicatorValue:
    """Return the lowest ÷ the highest shrunk on-time share, the worse of kecamatan and sex.

    On time is within the legal limit of the request's own day, among requests whose limit
    has run out. Groups below 100 requests are pooled. The interval is that of the ratio
    between the two groups named, see `measures.extreme_ratio`.
    """
    code, needed = "equal_treatment", ("complete_at", "printed_at")
    if not data.has("service_log", *needed):
        return not_computable(code, columns_missing(data, "service_log", *needed))
    due = due_requests(data)
    kecamatan = "kecamatan_code" if "kecamatan_code" in due.rows else "kecamatan"
    found = [group_ratio(due.rows, by) for by in (kecamatan, "sex") if by in due.rows]
    ratios = [one for one in found if isinstance(one, GroupRatio)]
    if not ratios:
        reasons = [one for one in found if isinstance(one, Reason)]
        why = reasons[0] if reasons else columns_missing(data, "service_log", kecamatan, "sex")
        return not_computable(code, why, n=len(due.rows))
    worst = min(ratios, key=lambda one: one.ratio)
    counted = pooled_groups(due.rows, worst.by)
    interval = extreme_ratio_interval(counted["on_time"].tolist(), counted["n"].tolist())
    value = IndicatorValue(
        code=code,
        value=worst.ratio,
        n=len(due.rows),
        interval=interval.pair,
        interval_reason=interval.reason,
        inputs={name: getattr(worst, name) for name in GroupRatio.__dataclass_fields__},
    )
    left_open = because("outcome_undecided", n=due.undecided)
    return due.group.mark(partial_if(value, due.undecided > 0, left_open))


def group_ratio(judged: pd.DataFrame, by: str) -> GroupRatio | Reason:
    """Compare the groups of an attribute; requests without it are left out.

    Parameters
    ----------
    judged
        Column `by` and ``on_time`` (bool).
    by
        Attribute of the groups.
    """
    groups = pooled_groups(judged, by)
    if len(groups) < FEWEST_GROUPS:
        return because("too_few_large_groups", smallest=SMALLEST_GROUP)
    if groups["on_time"].sum() == 0:
        return because("nobody_on_time")
    from scipy.stats import chi2_contingency

    shrunk = shrink_shares(groups["on_time"].tolist(), groups["n"].tolist())
    lowest, highest = extreme_pair(shrunk)
    late = groups["n"] - groups["on_time"]
    table = [groups["on_time"].tolist(), late.tolist()]
    return GroupRatio(
        by=by,
        ratio=float(shrunk.shares.min() / shrunk.shares.max()),
        raw_ratio=float(shrunk.raw.min() / shrunk.raw.max()),
        chi2_p=float(chi2_contingency(table, correction=False).pvalue) if late.sum() else None,
        groups=len(groups),
        lowest=str(groups.index[lowest]),
        highest=str(groups.index[highest]),
    )


def pooled_groups(judged: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count each group; groups below 100 are pooled, and left out if still below.

    Returns
    -------
    pandas.DataFrame
        ``on_time`` and ``n`` (int64), indexed by group.
    """
    counted = judged[judged[by].notna()].groupby(by)["on_time"].agg(["sum", "count"])
    groups = counted.set_axis(["on_time", "n"], axis=1).astype("int64")
    small = groups["n"].lt(SMALLEST_GROUP)
    rest = groups[~small]
    pooled = groups[small].sum()
    if pooled["n"] < SMALLEST_GROUP:
        return rest
    return pd.concat([rest, pooled.to_frame(POOLED).T])
