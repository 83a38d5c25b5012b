"""The last period read again."""

from __future__ import annotations

from typing import Any

from ektp_analytics.indicators.earlier_cohort import earlier_cohort


def test_what_was_open_then_is_finished_now(office_data: Any, table: Any) -> None:
    """Two requests of September, one printed at once, one complete on the 29th at 09.00 and
    printed on the 30th of October at noon. Then: 1 of 2 within the limit known, one open.
    Now: the second is printed and late: 50 %, none open. This period's own log alone holds
    the slow one only and would say 0 %.
    """
    quick = {"application_id": "A", "complete_at": "2025-09-10 09:00",
             "printed_at": "2025-09-10 10:00"}  # fmt: skip
    slow = {"application_id": "B", "complete_at": "2025-09-29 09:00", "printed_at": None}
    before = office_data("2025-Q3", service_log=table(quick, slow))
    later = {**slow, "printed_at": "2025-10-30 12:00"}
    own = {
        "application_id": "C",
        "complete_at": "2025-11-03 09:00",
        "printed_at": "2025-11-03 10:00",
    }
    found = earlier_cohort(office_data("2025-Q4", service_log=table(later, own)), before)
    assert str(found.period) == "2025-Q3"
    assert (found.then.value, found.then.inputs["open"]) == (50.0, 1)
    assert (found.now.value, found.now.inputs["open"], found.now.n) == (50.0, 0, 2)
    assert found.updated == 1


def test_a_request_just_made_is_settled_by_the_longer_view(office_data: Any, table: Any) -> None:
    """Complete one hour before the quarter ended and printed an hour later, in the next:
    nothing was known of its limit then, all is known now.
    """
    first = {"application_id": "A", "complete_at": "2025-09-30 23:00", "printed_at": None}
    before = office_data("2025-Q3", service_log=table(first))
    after = table({**first, "printed_at": "2025-10-01 00:30"})
    found = earlier_cohort(office_data("2025-Q4", service_log=after), before)
    assert (found.then.value, found.now.value) == (None, 100.0)
