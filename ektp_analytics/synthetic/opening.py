"""Daily opening of the office, from the same minutes as its log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ektp_analytics.synthetic.quarters import drawn_by_quarter
from ektp_analytics.synthetic.workdays import CLOSING, OFFICIAL_OPENING, day_number, opening_minutes

if TYPE_CHECKING:
    from ektp_analytics.periods import Period
    from ektp_analytics.synthetic.plan import OfficePlan

PLACE = "Kantor dinas"
_COUNTERS, _COUNTERS_OPEN = 5, 0.71
"""Three to four of five counters, as the observations say."""

_STAFF, _ABSENT, _LEAVES_EARLY = 14, 0.06, 0.11
_ON_TIME, _ON_TIME_GAIN = 0.58, 0.02
_HEAD_PRESENT = 0.45
_FIRST_YEAR = 2025


def opening_of(plan: OfficePlan, period: Period) -> pd.DataFrame:
    """Return one row per working day of a period."""
    table = drawn_by_quarter(period, lambda quarter: _days(plan, quarter))
    first, last = day_number(period.start), day_number(period.end)
    inside = table[table["day"].between(first, last)].reset_index(drop=True)
    days = pd.to_datetime(inside["day"], unit="D")
    return inside.assign(
        day=days.dt.strftime("%Y-%m-%d"),
        due_open=_clock(pd.Series(OFFICIAL_OPENING, index=inside.index)),
        opened_at=_clock(inside["opened_at"]),
        closed_at=_clock(inside["closed_at"]),
        head_present=np.where(inside["head_present"], "ya", "tidak"),
    )


def _days(plan: OfficePlan, quarter: Period) -> pd.DataFrame:
    minutes = opening_minutes(plan, quarter)
    draw = plan.stream("opening table", quarter)
    size = len(minutes)
    present = _STAFF - draw.binomial(_STAFF, _ABSENT, size)
    quarters = (quarter.year - _FIRST_YEAR) * 4 + quarter.number - 1
    on_time = min(max(_ON_TIME + _ON_TIME_GAIN * quarters, 0.3), 0.9)
    return pd.DataFrame(
        {
            "day": list(minutes),
            "place": PLACE,
            "opened_at": list(minutes.values()),
            "closed_at": CLOSING - draw.integers(0, 25, size),
            "counters_due": _COUNTERS,
            "counters_open": np.clip(draw.binomial(_COUNTERS, _COUNTERS_OPEN, size), 1, _COUNTERS),
            "staff_due": _STAFF,
            "staff_present": present,
            "staff_on_time": draw.binomial(present, on_time),
            "staff_left_early": draw.binomial(present, _LEAVES_EARLY),
            "head_present": draw.random(size) < _HEAD_PRESENT,
        }
    )


def _clock(minutes: pd.Series) -> pd.Series:
    """Return minutes after midnight as an office writes them: ``09.55``."""
    return minutes.map(lambda minute: f"{minute // 60:02d}.{minute % 60:02d}")
