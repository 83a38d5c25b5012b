"""The requests of a period: those whose clock starts in it, cancelled ones counted apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ektp_analytics.errors import because
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.results import partial_if
from ektp_analytics.indicators.service_times import CANCELLED_WORDS, cancelled_rows
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.indicators.windows import in_period
from ektp_analytics.periods import Period


@dataclass(frozen=True, slots=True)
class Cohort:
    """Requests whose clock starts in a period.

    Parameters
    ----------
    requests
        e-KTP requests started in the period, cancelled ones left out.
    cancelled
        How many were left out because they were withdrawn or refused.
    told_apart
        Whether e-KTP requests could be told from other services.
    n_all_services
        Requests of all services started in the period, cancelled ones left out.
    """

    requests: pd.DataFrame
    cancelled: int
    told_apart: bool
    n_all_services: int

    @property
    def n(self) -> int:
        """Number of requests counted."""
        return len(self.requests)

    def mark(self, value: IndicatorValue) -> IndicatorValue:
        """Mark a value as partial where all services had to be taken."""
        return partial_if(value, not self.told_apart, because("services_not_told_apart"))


def cohort(data: OfficeData, clock_start: str, period: Period | None = None) -> Cohort:
    """Return the e-KTP requests whose clock starts in a period.

    Parameters
    ----------
    data
        Needs ``service_log`` with `clock_start`.
    clock_start
        ``complete_at`` for the legal clock, ``registered_at`` for promise and citizen.
    period
        The report's own period where None.
    """
    when = period or data.period
    return data.once(("cohort", clock_start, when), lambda: _cohort(data, clock_start, when))


def _cohort(data: OfficeData, clock_start: str, period: Period) -> Cohort:
    table = data.tables["service_log"]
    _, told_apart = data.ektp_rows("service_log")
    started = in_period(table, period, clock_start)
    cancelled = cancelled_rows(table, cancelled_words(data))
    ours = table["ektp"] if told_apart else pd.Series(True, index=table.index)
    return Cohort(
        requests=table[started & ours & ~cancelled],
        cancelled=int((started & ours & cancelled).sum()),
        told_apart=told_apart,
        n_all_services=int((started & ~cancelled).sum()),
    )


def cancelled_words(data: OfficeData) -> Sequence[str]:
    """Return the statuses of withdrawn or refused requests, the office's own if set."""
    words: Sequence[str] = data.office.setting("cancelled_words", CANCELLED_WORDS)
    return tuple(str(word).strip().casefold() for word in words)


def seen(rows: pd.DataFrame, column: str, data: OfficeData) -> pd.Series:
    """Return stamps as known at 24.00 of the period's last day; later ones are unknown.

    A moment at 24.00 exactly is still known; a date without a time of day, ``…_has_time``
    False, is known until its own day is over.
    """
    stamps = rows[column]
    later = stamps.ge(data.period.closes)
    if not later.any():
        return stamps
    at_once = stamps.eq(data.period.closes)
    if f"{column}_has_time" in rows:
        at_once &= rows[f"{column}_has_time"]
    return stamps.mask(later & ~at_once)
