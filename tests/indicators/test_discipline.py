"""Opening, counters, staff and sanctions, counted by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from ektp_analytics.indicators.discipline import (
    counters_open,
    opening_on_time,
    sanction_follow_through,
    staff_on_time,
)
from ektp_analytics.measures.proportions import wilson

EIGHT = 480.0  # minutes after midnight


def opening(*rows: dict[str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame([{"due_open": EIGHT, **row} for row in rows])
    frame["day"] = pd.to_datetime(frame["day"]).astype("datetime64[us]")
    return frame


def test_opening_on_time(office_data: Any) -> None:
    """Opened 07.55, 08.00, 10.00 and 12.00: 2 ÷ 4 days; late by 0, 0, 120, 240, median 60.

    One opening a day: the interval is Wilson's for 2 of 4. A day of September is outside.
    """
    minutes = (475.0, 480.0, 600.0, 720.0)
    days = [{"day": f"2025-11-0{3 + k}", "opened_at": m} for k, m in enumerate(minutes)]
    table = opening(*days, {"day": "2025-09-30", "opened_at": 700.0})
    found = opening_on_time(office_data(opening=table))
    assert (found.value, found.n, found.status) == (50.0, 4, "ok")
    assert found.inputs["median_late_minutes"] == 60.0
    assert found.interval == pytest.approx(wilson(2, 4).times(100).pair)


def test_a_blank_day_leaves_the_figure_partial(office_data: Any) -> None:
    """Two days recorded, one left blank: 2 ÷ 2, partial and said so."""
    table = opening(
        {"day": "2025-11-03", "opened_at": 475.0},
        {"day": "2025-11-04", "opened_at": 480.0},
        {"day": "2025-11-05", "opened_at": None},
    )
    found = opening_on_time(office_data(opening=table))
    assert (found.value, found.status, found.inputs["blank"]) == (100.0, "partial", 1)


def test_opening_from_the_first_counter_event(office_data: Any, table: Any) -> None:
    """Due 08.00. First events 07.50 (3 Nov) and 09.30 (4 Nov); an online event at 07.00 and
    a date without a time say nothing: 1 ÷ 2, partial.
    """
    log = table(
        {"channel": "loket", "complete_at": "2025-11-03 08:30", "recorded_at": "2025-11-03 07:50"},
        {"channel": "loket", "complete_at": "2025-11-04 09:30", "recorded_at": None},
        {"channel": "online", "complete_at": "2025-11-04 07:00", "recorded_at": None},
        {"channel": "loket", "complete_at": "2025-11-05", "recorded_at": None},
    )
    data = office_data(profile={"settings": {"due_open": "08.00"}}, service_log=log)
    found = opening_on_time(data)
    assert (found.value, found.n, found.status) == (50.0, 2, "partial")
    assert found.reason is not None and found.reason.code == "opening_from_log"


def test_nothing_to_derive_the_opening_from(office_data: Any, table: Any) -> None:
    """No opening file and no due hour: not assessed, so that an earlier value may be carried."""
    log = table({"channel": "loket", "complete_at": "2025-11-03 08:30"})
    found = opening_on_time(office_data(service_log=log))
    assert found.status == "not assessed"
    assert found.reason is not None and found.reason.code == "source_missing"


def test_counters_open_by_day(office_data: Any) -> None:
    """3 of 5, 5 of 5, and 7 where 5 were due: 3 + 5 + 5 = 13 of 15; the extra two make up
    for no other day, and a note says so.
    """
    rows = [{"day": f"2025-11-0{3 + k}", "counters_open": c, "counters_due": 5} for k, c in
            enumerate((3, 5, 7))]  # fmt: skip
    found = counters_open(office_data(opening=opening(*rows)))
    assert found.value == pytest.approx(100 * 13 / 15)
    assert found.inputs["above_due"] == 1
    assert [note.code for note in found.notes] == ["above_due"]


def test_days_are_clusters(office_data: Any) -> None:
    """Ten staff all on time one day and all late the next, 50 %: twenty people tell no more
    than two days, so the interval is far wider than Wilson's for 10 of 20.
    """
    rows = [{"day": f"2025-11-0{3 + k}", "staff_on_time": s, "staff_due": 10} for k, s in
            enumerate((10, 0))]  # fmt: skip
    found = staff_on_time(office_data(opening=opening(*rows)))
    naive = wilson(10, 20).times(100).pair
    assert found.value == 50.0
    assert found.interval is not None and naive is not None
    assert found.interval[0] < naive[0] / 3


def test_a_missing_column_is_named(office_data: Any) -> None:
    found = counters_open(office_data(opening=opening({"day": "2025-11-03", "opened_at": 480.0})))
    assert found.value is None
    assert found.reason is not None and "Loket seharusnya buka" in str(found.reason)


def test_sanctions_follow_violations(office_data: Any, table: Any) -> None:
    """Sanctioned in the period; sanctioned afterwards, not yet known; never: 1 ÷ 3. A reward
    and a violation of September are no part of it.
    """
    rows = table(
        {"recorded_on": "2025-11-03", "level": "ringan", "sanctioned_on": "2025-11-20"},
        {"recorded_on": "2025-11-03", "level": "sedang", "sanctioned_on": "2026-01-20"},
        {"recorded_on": "2025-12-03", "level": "berat", "sanctioned_on": None},
        {"recorded_on": "2025-12-03", "level": None, "sanctioned_on": None},
        {"recorded_on": "2025-09-03", "level": "ringan", "sanctioned_on": "2025-09-20"},
    )
    found = sanction_follow_through(office_data(discipline=rows))
    assert found.value == pytest.approx(100 / 3)
    assert (found.n, found.interval) == (3, None)


def test_no_violation_recorded_is_not_full_marks(office_data: Any, table: Any) -> None:
    """Nothing recorded beside 501 requests: not assessed, ``nihil tercatat``."""
    log = pd.concat([table({"registered_at": "2025-11-03 09:00"})] * 501, ignore_index=True)
    rows = table({"recorded_on": "2025-09-03", "level": "ringan", "sanction": None})
    found = sanction_follow_through(office_data(service_log=log, discipline=rows))
    assert (found.value, found.status) == (None, "not assessed")
    assert str(found.reason) == "nihil tercatat di samping 501 permohonan"
