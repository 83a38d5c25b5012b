"""A source without a file of its own shows its last valid value, with its date."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from ektp_analytics.errors import because
from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.compute import compute_indicators
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.periods import Period
from ektp_analytics.pipeline.office_sources import office_data, readable_sources
from ektp_analytics.pipeline.values_again import values_again
from ektp_analytics.workspace import Office, Workspace

# A carried value is scored for at most this many months after its own period.
MONTHS_CARRIED = 12


def carry_forward(
    values: Sequence[IndicatorValue],
    workspace: Workspace,
    office: Office,
    period: Period,
    catalogue: Catalogue,
) -> tuple[IndicatorValue, ...]:
    """Fill indicators whose source has no file this period with their last valid value.

    Parameters
    ----------
    values
        The period's own values.
    workspace, office, period, catalogue
        Where to look for earlier ones.

    Returns
    -------
    tuple of IndicatorValue
        Carried values have status ``carried`` and a note that names their period; one
        older than 12 months stays ``not assessed`` with that reason.
    """
    waiting = {v.code for v in values if v.reason and v.reason.code == "source_missing"}
    found: dict[str, IndicatorValue] = {}
    for earlier in _earlier(workspace, office, period):
        wanted = {source for code in waiting for source in catalogue[code].sources}
        if not wanted:
            break
        for value in _values_of(workspace, office, earlier, catalogue, wanted):
            if value.code in waiting and value.value is not None:
                found[value.code] = _carried(value, earlier, period)
        waiting -= set(found)
    return tuple(found.get(v.code, v) for v in values)


def values_before(
    workspace: Workspace, office: Office, period: Period, catalogue: Catalogue
) -> tuple[IndicatorValue, ...]:
    """Return the indicator values of the period of the same kind just before, if there are any."""
    before = period.previous()
    if before not in workspace.periods(office.id):
        return ()
    return _values_of(workspace, office, before, catalogue, None)


def _earlier(workspace: Workspace, office: Office, period: Period) -> list[Period]:
    """Return the office's other periods that were over by the end of this one, latest first.

    A semester's counts serve the quarter that ends with it; of two periods with one end
    the shorter speaks first.
    """
    known = [p for p in workspace.periods(office.id) if p.end <= period.end and p != period]
    return sorted(known, key=lambda p: (p.end, p.start), reverse=True)


def _values_of(
    workspace: Workspace,
    office: Office,
    period: Period,
    catalogue: Catalogue,
    wanted: Collection[str] | None,
) -> tuple[IndicatorValue, ...]:
    """Compute what an earlier period's own files of the wanted sources give."""
    sources = readable_sources(workspace, office, period, only=wanted)
    if not sources:
        return ()
    data = office_data(office, period, sources)
    return values_again(data, catalogue) if wanted is None else compute_indicators(data, catalogue)


def _carried(value: IndicatorValue, earlier: Period, period: Period) -> IndicatorValue:
    label = earlier.label()
    if _months_between(earlier, period) > MONTHS_CARRIED:
        reason = because("carried_too_old", period=label)
        return IndicatorValue(
            code=value.code, principle=value.principle, aspect=value.aspect, office=value.office,
            period=str(period), unit=value.unit, legal_basis=value.legal_basis,
            status="not assessed", reason=reason,
        )  # fmt: skip
    note = because("carried_from", period=label)
    return replace(value, period=str(period), status="carried", notes=(*value.notes, note))


def _months_between(earlier: Period, later: Period) -> int:
    first, last = earlier.end, later.end
    return (last.year - first.year) * 12 + last.month - first.month
