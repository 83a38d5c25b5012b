"""Complaints about the made-up office: few, most answered, some late."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ektp_analytics.synthetic.quarters import drawn_by_quarter, export_moment
from ektp_analytics.synthetic.workdays import MINUTES_PER_DAY, nth_working_day, working_days

if TYPE_CHECKING:
    from ektp_analytics.periods import Period
    from ektp_analytics.synthetic.plan import OfficePlan

_PER_QUARTER = 13
CATEGORIES: dict[str, tuple[float, float]] = {
    "permintaan informasi": (0.42, 3),
    "pengaduan tanpa pemeriksaan lapangan": (0.38, 8),
    "pengaduan dengan pemeriksaan lapangan": (0.15, 30),
    "pungutan liar": (0.05, 40),
}
"""Category → share, and working days usually needed."""

_CHANNELS = ("loket pengaduan", "media sosial", "SP4N-LAPOR!", "telepon")
_NEEDS_OUTCOME = ("pengaduan dengan pemeriksaan lapangan", "pungutan liar")
_NEVER_RESOLVED, _UPHELD = 0.08, 0.4
_QUARTERS_STILL_LISTED = 1
_STAMP = "%Y-%m-%d %H:%M"


def complaints_of(plan: OfficePlan, period: Period) -> pd.DataFrame:
    """Return the complaints received in a period, and earlier ones still open at its start."""
    table = drawn_by_quarter(period, lambda q: _received(plan, q), _QUARTERS_STILL_LISTED)
    opens, closes = pd.Timestamp(period.opens), pd.Timestamp(period.closes)
    listed = (table["received_at"] < closes) & ~(table["resolved_at"] < opens)
    listed &= (table["received_at"] >= opens) | table["resolved_at"].notna()
    rows = table[listed].sort_values("received_at", ignore_index=True)
    known = export_moment(period)
    resolved = rows["resolved_at"] < known
    outcome = rows["outcome"].where(resolved, "")
    stamps = {
        key: rows[key].where(rows[key] < known).dt.strftime(_STAMP)
        for key in ("received_at", "responded_at", "resolved_at")
    }
    return rows.assign(**stamps, outcome=outcome)


def _received(plan: OfficePlan, quarter: Period) -> pd.DataFrame:
    draw = plan.stream("complaints", quarter)
    size = int(draw.poisson(_PER_QUARTER * plan.scale))
    calendar = working_days(quarter.start, quarter.shifted(3).end)
    days = np.sort(draw.choice(working_days(quarter.start, quarter.end), size=size))
    shares = np.array([share for share, _ in CATEGORIES.values()])
    kind = draw.choice(len(shares), size=size, p=shares / shares.sum())
    category = np.array(list(CATEGORIES), dtype=object)[kind]
    usual = np.array([needed for _, needed in CATEGORIES.values()])[kind]
    needed = np.rint(usual * np.exp(draw.normal(-0.25, 0.6, size))).astype(np.int64)
    responded = nth_working_day(days, np.minimum(draw.integers(0, 6, size), needed), calendar)
    resolved = nth_working_day(days, needed, calendar)
    never = draw.random(size) < _NEVER_RESOLVED
    upheld = np.where(draw.random(size) < _UPHELD, "terbukti", "tidak terbukti")
    minute = draw.integers(8 * 60 + 30, 11 * 60, size)
    prefix = f"P{quarter.year % 100:02d}Q{quarter.number}"
    return pd.DataFrame(
        {
            "complaint_id": [f"{prefix}-{number:03d}" for number in range(1, size + 1)],
            "received_at": _stamps(days, minute),
            "channel": draw.choice(np.array(_CHANNELS, dtype=object), size=size),
            "category": category,
            "responded_at": _stamps(responded, minute + draw.integers(30, 240, size)),
            "resolved_at": _stamps(resolved, minute + draw.integers(240, 300, size)).mask(never),
            "outcome": np.where(np.isin(category, _NEEDS_OUTCOME), upheld, ""),
        }
    )


def _stamps(days: np.ndarray, minutes: np.ndarray) -> pd.Series:
    moments = (days * MINUTES_PER_DAY + minutes).astype("datetime64[m]")
    return pd.Series(moments.astype("datetime64[us]"))
