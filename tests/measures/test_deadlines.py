"""Deadlines of the single request, and limits that differ between requests."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

from ektp_analytics.measures.deadlines import (
    DeadlineTally,
    share_within_own_limits,
    tally_deadlines,
)
from ektp_analytics.measures.duration_tally import DurationTally
from ektp_analytics.measures.limits import Limit
from ektp_analytics.measures.proportions import wilson
from ektp_analytics.measures.request_tally import tally_durations

ST_LOUIS = Path(__file__).parents[2].parent / "shared" / "data" / "stl311_january_2018.csv"
AS_OF = "2025-03-31"


def stamps(*texts: str | None) -> pd.Series:
    return pd.Series(pd.to_datetime(pd.Series(texts, dtype="object"), format="ISO8601"))


@pytest.mark.skipif(not ST_LOUIS.exists(), reason="the St. Louis log is not at hand")
@pytest.mark.parametrize(
    ("repeats", "closed", "late"), [("keep", 1430, 446), ("merge", 1418, 438), ("leave", 1400, 428)]
)
def test_st_louis_promises(repeats: str, closed: int, late: int) -> None:
    """City of St. Louis, January 2018 (stlcsb): closed later than the promised date.

    A promise given as a date is kept until 24:00 of that date.
    """
    log = pd.read_csv(ST_LOUIS, dtype="str")
    if repeats != "keep":
        log = log.drop_duplicates()
    if repeats == "leave":
        log = log[~log["request_id"].duplicated(keep=False)]
    opened, done, promised = (
        pd.to_datetime(log[column]) for column in ("opened", "closed", "promised_date")
    )
    found = tally_deadlines(opened, done, promised, "2019-12-31")
    assert found.late == late
    unstated = int((done.notna() & promised.isna()).sum())
    assert found.kept + found.late + unstated == closed


def test_kept_until_midnight_of_the_promised_date() -> None:
    """The last second of the date is kept; the next date, from its 00:00:00 on, is late."""
    start = stamps("2025-03-03 08:00", "2025-03-03 08:00")
    end = stamps("2025-03-05 23:59:59", "2025-03-06 00:00:00")
    promised = stamps("2025-03-05", "2025-03-05")
    found = tally_deadlines(start, end, promised, AS_OF)
    assert (found.kept, found.late) == (1, 1)
    to_the_second = tally_deadlines(start, end, promised, AS_OF, deadline_is_date=False)
    assert (to_the_second.kept, to_the_second.late) == (0, 2)


def test_scheduled_but_not_served() -> None:
    """Open with the date passed is missed; the date still ahead is not judged; none stated."""
    start = stamps(*["2025-03-03 08:00"] * 4)
    end = stamps(None, None, None, "2025-03-04 09:00")
    due = stamps("2025-03-30", "2025-04-01", None, "2025-04-05")
    found = tally_deadlines(start, end, due, AS_OF)
    assert found == DeadlineTally(kept=1, open_past=1, not_due=1, without_deadline=1)
    share = found.kept_share()
    assert share.value == 0.5
    assert share.interval == wilson(1, 2)


@pytest.mark.parametrize(
    ("due", "past"),
    [("2025-03-31", 1), ("2025-04-01 00:00", 1), ("2025-04-01 00:00:01", 0), ("2025-04-01", 0)],
)
def test_a_deadline_that_runs_out_at_the_view_was_missed(due: str, past: int) -> None:
    """A finish at 24:00 of the view day would be known, so an open request did not keep a
    deadline of that moment; one a second later is still ahead.
    """
    is_date = len(due) == len("2025-03-31")
    found = tally_deadlines(
        stamps("2025-03-03 08:00"), stamps(None), stamps(due), AS_OF, deadline_is_date=is_date
    )
    assert found == DeadlineTally(open_past=past, not_due=1 - past)


def test_finished_on_a_date_with_the_deadline_within_the_day() -> None:
    """Due at 14:00, finished "that day": undecided, so a range and no share."""
    found = tally_deadlines(
        stamps("2025-03-03", "2025-03-03", "2025-03-03"),
        stamps("2025-03-05", "2025-03-04", "2025-03-06"),
        stamps("2025-03-05 14:00", "2025-03-05 14:00", "2025-03-05 14:00"),
        AS_OF,
    )
    assert (found.kept, found.undecided, found.late) == (1, 1, 1)
    assert found.kept_share().value is None
    assert "1 catatan" in str(found.kept_share().reason)
    assert found.kept_range == pytest.approx((1 / 3, 2 / 3))


def test_nothing_due() -> None:
    """No request is due or finished: None with a reason."""
    found = DeadlineTally(not_due=3)
    assert found.kept_share().value is None
    assert found.kept_share().reason is not None
    assert found.kept_range is None
    assert (found + DeadlineTally(kept=1)).decided == 1


def legal(*pairs: tuple[str, str | None], limit: str) -> DurationTally:
    start, end = (stamps(*column) for column in zip(*pairs, strict=True))
    return tally_durations(start, end, "2018-06-30", limits=[limit])


def test_each_request_by_the_limit_of_its_own_date() -> None:
    """Before 9 April 2018 14 days, then 24 hours: two of two and one of two are 3 of 4."""
    before = legal(
        ("2018-04-05 08:00", "2018-04-12 08:00"),
        ("2018-04-06 08:00", "2018-04-20 08:00"),
        limit="336h",
    )
    after = legal(
        ("2018-04-09 08:00", "2018-04-10 08:00"),
        ("2018-04-09 08:00", "2018-04-10 08:01"),
        limit="24h",
    )
    own = [(before, Limit(336, "hours")), (after, Limit(24, "hours"))]
    found = share_within_own_limits(own)
    assert found.value == 0.75
    # Square-and-add by hand from Wilson's limits of 2 in 2 and 1 in 2.
    two, one = wilson(2, 2).pair, wilson(1, 2).pair
    assert two is not None
    assert one is not None
    assert found.interval.low == pytest.approx(
        0.75 - math.sqrt((1 - two[0]) ** 2 + (0.5 - one[0]) ** 2) / 2
    )
    assert found.interval.high == pytest.approx(
        0.75 + math.sqrt((two[1] - 1) ** 2 + (one[1] - 0.5) ** 2) / 2
    )


def test_own_limits_without_data() -> None:
    """Empty groups are left out; nothing at all has a reason."""
    group = legal(("2018-04-09 08:00", "2018-04-09 09:00"), limit="24h")
    limit = Limit(24, "hours")
    alone = share_within_own_limits([(group, limit), (DurationTally(), limit)])
    assert alone.value == 1
    assert alone.interval == wilson(1, 1)
    nothing = share_within_own_limits([])
    assert nothing.value is None
    assert nothing.reason is not None
