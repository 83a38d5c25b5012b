"""Series for control charts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from ektp_analytics.indicators.control_series import index_series, on_time_series

MONDAY = date(2025, 10, 6)


def weeks(table: Any, *on_time: int | None, of: int = 10) -> pd.DataFrame:
    """Make requests complete on Mondays, so many of ten printed at once; None: none that week."""
    rows = []
    for number, k in enumerate(on_time):
        day = MONDAY + timedelta(weeks=number)
        for place in range(0 if k is None else of):
            end = day if place < (k or 0) else day + timedelta(days=3)
            rows.append({"complete_at": f"{day} 09:00", "printed_at": f"{end} 10:00"})
    return table(*rows)


def test_shares_by_week(office_data: Any, table: Any) -> None:
    """8, 5 and 10 of 10 in three weeks from Monday 6 October: 80, 50, 100 %; three points
    are too few for limits, and it is said.
    """
    found = on_time_series([office_data(service_log=weeks(table, 8, 5, 10))])
    assert found.points["value"].tolist() == [80, 50, 100]
    assert found.points["start"].tolist() == [MONDAY + timedelta(weeks=k) for k in range(3)]
    assert (found.limits, found.centre, found.last_signal) == ("none", None, False)
    assert found.reason is not None and found.reason.code == "chart_too_few_points"


def test_limits_of_twelve_weeks(office_data: Any, table: Any) -> None:
    """8 and 9 of 10 in turn, twelve weeks: mean 85, mean moving range 10, limits
    85 ± 26.6 (Wheeler and Chambers 1992).
    """
    found = on_time_series([office_data(service_log=weeks(table, *[8, 9] * 6))])
    assert found.limits == "firm"
    assert (found.centre, found.lower, found.upper) == pytest.approx((85.0, 58.4, 111.6))
    assert not found.points["signal"].any()


def test_a_week_outside_is_a_signal(office_data: Any, table: Any) -> None:
    """Eleven weeks at 8 and 9 of 10 and a last one at 1 of 10."""
    found = on_time_series([office_data(service_log=weeks(table, *[8, 9] * 5, 8, 1))])
    assert found.points["outside"].tolist() == [False] * 11 + [True]
    assert found.last_signal


def test_a_week_without_requests_is_blank_and_breaks_nothing(office_data: Any, table: Any) -> None:
    """C26: the flags of the others are unchanged; fewer than five requests are blank too."""
    full = [8, 9] * 6
    blank = [*full[:6], None, *full[6:]]
    found = on_time_series([office_data(service_log=weeks(table, *blank[:12]))])
    assert found.points["value"].isna().tolist() == [False] * 6 + [True] + [False] * 5
    few = on_time_series([office_data(service_log=weeks(table, 3, of=4))])
    assert few.points["value"].isna().all()
    assert few.points["n"].tolist() == [4]


def test_a_week_cut_by_a_period_is_put_together(office_data: Any, table: Any) -> None:
    """Monday 29 September and Thursday 2 October 2025 are one week of two periods: 6 + 4
    requests, 6 on time: 60 %.
    """

    def rows(day: str, end: str, n: int) -> list[dict[str, str]]:
        return [{"complete_at": f"{day} 09:00", "printed_at": f"{end} 10:00"}] * n

    early = table(*rows("2025-09-29", "2025-09-29", 6))
    late = table(*rows("2025-10-02", "2025-10-09", 4))
    found = on_time_series(
        [office_data("2025-Q3", service_log=early), office_data("2025-Q4", service_log=late)]
    )
    assert found.points["start"].tolist() == [date(2025, 9, 29)]
    assert (found.points["value"].tolist(), found.points["n"].tolist()) == ([60.0], [10])


def test_by_month_with_a_declared_break(office_data: Any, table: Any) -> None:
    """October and November by month; a break must be one of the months."""
    data = office_data(service_log=weeks(table, 8, 8, 8, 8, 5, 5))
    found = on_time_series([data], "month", breaks=[date(2025, 11, 1)])
    assert found.points["start"].tolist() == [date(2025, 10, 1), date(2025, 11, 1)]
    assert found.points["value"].tolist() == [80.0, 50.0]


def test_no_request_no_point(office_data: Any, table: Any) -> None:
    found = on_time_series([office_data(service_log=weeks(table, 8)[:0])])
    assert found.points.empty and not found.last_signal


def test_the_index_by_period_has_intervals_and_no_limits(office_data: Any, answers: Any) -> None:
    """Two periods with a survey, one without: 87.5, blank, 75; the number of forms varies."""
    first = answers(*([4, 3] * 10))
    first["submitted_at"] = first["submitted_at"] - pd.Timedelta(days=170)
    last = answers(*([3] * 5))
    found = index_series(
        [office_data("2025-Q2", survey=first), office_data("2025-Q3"), office_data(survey=last)]
    )
    assert found.points["value"].isna().tolist() == [False, True, False]
    assert found.points["value"].dropna().tolist() == [87.5, 75.0]
    assert found.points["n"].tolist() == [20, 0, 5]
    assert found.points["low"].notna().tolist() == [True, False, False]
    assert (found.limits, found.grain, found.last_signal) == ("none", "quarter", False)
