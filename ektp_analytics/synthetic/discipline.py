"""Recorded violations of the made-up office, few of them sanctioned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ektp_analytics.synthetic.quarters import as_dates, drawn_by_quarter, export_moment
from ektp_analytics.synthetic.workdays import nth_working_day, working_days

if TYPE_CHECKING:
    from ektp_analytics.periods import Period
    from ektp_analytics.synthetic.plan import OfficePlan

_PER_QUARTER = 7
LEVELS: dict[str, tuple[float, str]] = {
    "ringan": (0.80, "teguran lisan"),
    "sedang": (0.17, "pernyataan tidak puas secara tertulis"),
    "berat": (0.03, "penurunan jabatan"),
}
"""Level → share, and the usual sanction."""

_SANCTIONED = 0.35


def discipline_of(plan: OfficePlan, period: Period) -> pd.DataFrame:
    """Return the violations recorded in a period, as they stand a week after it."""
    table = drawn_by_quarter(period, lambda quarter: _recorded(plan, quarter))
    inside = table["recorded_on"].between(
        pd.Timestamp(period.opens), pd.Timestamp(period.closes), inclusive="left"
    )
    rows = table[inside].reset_index(drop=True)
    known = rows["sanctioned_on"] < export_moment(period)
    return rows.assign(
        recorded_on=as_dates(rows["recorded_on"]),
        sanction=rows["sanction"].where(known, ""),
        sanctioned_on=as_dates(rows["sanctioned_on"].where(known)),
    )


def _recorded(plan: OfficePlan, quarter: Period) -> pd.DataFrame:
    draw = plan.stream("discipline", quarter)
    size = 2 + int(draw.poisson(_PER_QUARTER - 2))
    days = np.sort(draw.choice(working_days(quarter.start, quarter.end), size=size))
    calendar = working_days(quarter.start, quarter.shifted(1).end)
    shares = np.array([share for share, _ in LEVELS.values()])
    level = draw.choice(np.array(list(LEVELS), dtype=object), size=size, p=shares / shares.sum())
    sanctioned = draw.random(size) < _SANCTIONED
    later = nth_working_day(days, draw.integers(3, 16, size), calendar)
    return pd.DataFrame(
        {
            "recorded_on": _days(days),
            "level": level,
            "sanction": np.where(sanctioned, [LEVELS[name][1] for name in level], ""),
            "sanctioned_on": _days(later).where(sanctioned),
        }
    )


def _days(days: np.ndarray) -> pd.Series:
    return pd.Series(days.astype("datetime64[D]").astype("datetime64[us]"))
