"""The requests of the period before, read again with the longer view."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.rule_of_law import legal_time_limit
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.periods import Period


@dataclass(frozen=True, slots=True)
class EarlierCohort:
    """A past period's requests as they stood then and as they stand now.

    Parameters
    ----------
    period
        Period in which their clock started.
    then, now
        Share within the legal limit, seen at the end of that period and at the end of
        this one; with n, interval and the number still open among the inputs.
    updated
        Requests of that period for which this period's log has a newer row.
    """

    period: Period
    then: IndicatorValue
    now: IndicatorValue
    updated: int


def earlier_cohort(data: OfficeData, before: OfficeData) -> EarlierCohort:
    """Read the requests of the period before again, at the end of this period.

    Parameters
    ----------
    data
        This period. Its log brings news of requests that were still open.
    before
        The period before, with its own log.

    Notes
    -----
    Rows meet by ``application_id``; where both logs have a request, this period's row
    counts. This period's log alone would hold mostly the slow requests of the last one.
    """
    logs = [d.tables["service_log"] for d in (before, data)]
    joined = pd.concat(logs, ignore_index=True)
    renewed = joined["application_id"].notna() & joined.duplicated("application_id", keep="last")
    merged = joined[~renewed].reset_index(drop=True)
    longer = replace(data, tables={**data.tables, "service_log": merged})
    return EarlierCohort(
        period=before.period,
        then=legal_time_limit(before),
        now=legal_time_limit(longer, before.period),
        updated=int(renewed.sum()),
    )
