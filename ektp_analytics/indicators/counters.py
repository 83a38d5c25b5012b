"""Figures printed beside an indicator because it could be made to look good."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Reason, because
from ektp_analytics.indicators.cohort import cohort
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.results import not_assessed
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.indicators.windows import in_period

PER_THOUSAND = 1_000
REQUESTS_WITHOUT_A_RECORD = 500
"""Beside more requests than this, none recorded is a record not kept, not a clean one."""


def complaints_per_thousand(data: OfficeData) -> dict[str, Any] | None:
    """Return complaints received per 1,000 requests; None where either is unknown."""
    return _per_thousand(data, "complaints", "received_at", "complaints_per_1000")


def violations_per_thousand(data: OfficeData) -> dict[str, Any] | None:
    """Return violations recorded per 1,000 requests; None where either is unknown."""
    return _per_thousand(data, "discipline", "recorded_on", "violations_per_1000")


WRONG_DATA = "kesalahan_data"
"""Category of a complaint that data on the card or in the file are wrong."""
_NOT_COUNTED = ("not_upheld", "withdrawn")


def corrections_by_complaint(data: OfficeData) -> dict[str, Any] | Reason:
    """Return complaints of the period that data were wrong, or why they cannot be told.

    A file that never uses the category does not tell such complaints apart, and none is
    then no nought. Complaints not upheld or withdrawn are not counted.
    """
    if not data.has("complaints", "received_at"):
        return because("source_missing", source="complaints")
    rows = data.tables["complaints"]
    if "category" not in rows or not rows["category"].eq(WRONG_DATA).any():
        return because("wrong_data_not_told_apart")
    outcome = rows.get("outcome", pd.Series(pd.NA, index=rows.index, dtype="str"))
    counted = rows["category"].eq(WRONG_DATA) & ~outcome.isin(_NOT_COUNTED)
    found = int((counted & in_period(rows, data.period, "received_at")).sum())
    return {"name": "corrections_by_complaint", "value": found, "n": found, "unit": "count"}


def _per_thousand(data: OfficeData, source: str, stamp: str, name: str) -> dict[str, Any] | None:
    requests = requests_registered(data)
    if not data.has(source, stamp) or not requests:
        return None
    rows = data.tables[source]
    rows = rows[in_period(rows, data.period, stamp)]
    if source == "discipline" and "level" in rows:
        rows = rows[rows["level"].notna()]
    return {"name": name, "value": PER_THOUSAND * len(rows) / requests, "n": len(rows)}


def requests_registered(data: OfficeData) -> int:
    """Return the e-KTP requests registered in the period; 0 without a service log."""
    return cohort(data, "registered_at").n if data.has("service_log", "registered_at") else 0


def none_recorded(
    code: str, data: OfficeData, counter: dict[str, Any] | None = None
) -> IndicatorValue:
    """Return an indicator nobody recorded anything for: not assessed, whatever the reason."""
    requests = requests_registered(data)
    many = requests > REQUESTS_WITHOUT_A_RECORD
    reason = because("none_recorded", requests=requests) if many else because("nothing_to_count")
    return not_assessed(code, reason, n=0, counter=counter)
