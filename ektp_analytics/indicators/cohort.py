"""The requests of a period: those whose clock starts in it, cancelled ones counted apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ektp_analytics.errors import because
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.results import partial_if
from ektp_analytics.indicators.service_times import CANCELLED_WORDS, cancelled_rows
from ektp_analytics.indicators.skm import in_period
from ektp_analytics.indicators.value import IndicatorValue


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
    """

    requests: pd.DataFrame
    cancelled: int
    told_apart: bool

    @property
    def n(self) -> int:
        """Number of requests counted."""
        return len(self.requests)

    def mark(self, value: IndicatorValue) -> IndicatorValue:
        """Mark a value as partial where all services had to be taken."""
        return partial_if(value, not self.told_apart, because("services_not_told_apart"))


def cohort(data: OfficeData, clock_start: str) -> Cohort:
    """Return the e-KTP requests whose clock starts in the period.

    Parameters
    ----------
    data
        Needs ``service_log`` with `clock_start`.
    clock_start
        ``complete_at`` for the legal clock, ``registered_at`` for promise and citizen.
    """
    rows, told_apart = data.ektp_rows("service_log")
    started = rows[in_period(rows, data.period, clock_start)]
    cancelled = cancelled_rows(started, cancelled_words(data))
    return Cohort(started[~cancelled], int(cancelled.sum()), told_apart)


def cancelled_words(data: OfficeData) -> Sequence[str]:
    """Return the statuses of withdrawn or refused requests, the office's own if set."""
    words: Sequence[str] = data.office.setting("cancelled_words", CANCELLED_WORDS)
    return words


def seen_by(stamps: pd.Series, data: OfficeData) -> pd.Series:
    """Return stamps as known at 24.00 of the period's last day; later ones are unknown."""
    return stamps.mask(stamps.gt(pd.Timestamp(data.period.closes)))
