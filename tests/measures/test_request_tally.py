"""Every request judged by a limit, to the second."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from ektp_analytics.measures.duration_tally import DurationTally, LimitCounts
from ektp_analytics.measures.request_tally import tally_by_group, tally_durations, tally_parts
from ektp_analytics.measures.working_time import WorkingCalendar

START = "2025-03-03 08:00:00"  # a Monday
CALENDAR = WorkingCalendar(
    first=date(2025, 1, 1), last=date(2025, 12, 31), holidays=(date(2025, 3, 5),)
)


def tally(
    start: list[str], end: list[str | None], limit: str, as_of: str, date_only: bool = False
) -> DurationTally:
    return tally_durations(
        pd.Series(pd.to_datetime(start)),
        pd.Series(pd.to_datetime(pd.Series(end, dtype="object"))),
        as_of,
        limits=[limit],
        calendar=CALENDAR,
        date_only=date_only,
    )


@pytest.mark.parametrize(
    ("end", "limit", "within"),
    [
        ("2025-03-04 08:00:00", "24h", True),  # exactly 24 hours
        ("2025-03-04 08:00:01", "24h", False),
        ("2025-03-07 00:00:00", "3d", True),  # 24:00 of Thursday
        ("2025-03-07 00:00:01", "3d", False),
        ("2025-03-08 00:00:00", "3wd", True),  # Wednesday off: Tuesday, Thursday, Friday
        ("2025-03-08 00:00:01", "3wd", False),
        ("2025-03-09 11:00:00", "3wd", False),  # Sunday: Friday's midnight is missed
    ],
)
def test_exactly_at_the_limit_is_within(end: str, limit: str, within: bool) -> None:
    """The rule of the times command: within up to the second, late from the next."""
    found = tally([START], [end], limit, "2025-03-31").limits[limit]
    assert found == (LimitCounts(within=1) if within else LimitCounts(after=1))


@pytest.mark.parametrize(
    ("as_of", "limit", "past"),
    [
        ("2025-03-03", "24h", False),
        ("2025-03-04", "24h", True),
        ("2025-03-06", "3d", False),  # the limit ends with the view day: not passed yet
        ("2025-03-07", "3d", True),
        ("2025-03-07", "3wd", False),
        ("2025-03-08", "3wd", True),  # Saturday: Friday's midnight has passed
    ],
)
def test_open_requests_are_late_once_the_limit_has_passed(
    as_of: str, limit: str, past: bool
) -> None:
    """Open and past the limit counts as late; open and not past does not."""
    found = tally([START], [None], limit, as_of)
    assert found.open == 1
    assert found.limits[limit] == (
        LimitCounts(open_past=1) if past else LimitCounts(open_not_past=1)
    )


@pytest.mark.parametrize(
    ("end", "limit", "state"),
    [
        ("2025-03-03", "24h", "within"),
        ("2025-03-04", "24h", "undecided"),
        ("2025-03-05", "24h", "after"),
        ("2025-03-16", "336h", "within"),  # 13 days later
        ("2025-03-17", "336h", "undecided"),
        ("2025-03-18", "336h", "after"),
        ("2025-03-06", "3d", "within"),  # days are decided by dates
        ("2025-03-07", "3d", "after"),
    ],
)
def test_dates_without_time(end: str, limit: str, state: str) -> None:
    """Same day within, one day undecided, two or more late; so for any whole days."""
    found = tally(["2025-03-03"], [end], limit, "2025-03-31", True).limits[limit]
    assert found == LimitCounts(**{state: 1})


def test_open_dates_are_past_24_hours_from_the_next_day_on() -> None:
    """Started on the view day: not past; the day before: certainly past 24 hours."""
    found = tally(["2025-03-31", "2025-03-30"], [None, None], "24h", "2025-03-31", True)
    assert found.limits["24h"] == LimitCounts(open_past=1, open_not_past=1)


def test_working_days_need_a_calendar() -> None:
    """A limit in working days cannot be judged by the clock alone."""
    start = pd.Series(pd.to_datetime([START]))
    with pytest.raises(ValueError, match="working calendar"):
        tally_durations(start, start, "2025-03-31", limits=["3wd"])


def test_whole_minutes_round_up() -> None:
    """Ninety seconds end in the second minute."""
    start = pd.Series(pd.to_datetime([START]))
    found = tally_durations(start, start + pd.Timedelta(seconds=90), "2025-03-31")
    assert found.elapsed.finished.points.tolist() == [2]


def test_rows_without_a_group_are_left_out() -> None:
    """Groups in sorted order, a blank one in none."""
    start = pd.Series(pd.to_datetime([START] * 3))
    groups = pd.Series(["b", None, "a"], dtype="str")
    found = tally_by_group(groups, start, start, "2025-03-31")
    assert {name: part.n for name, part in found.items()} == {"a": 1, "b": 1}
    assert list(found) == ["a", "b"]


@pytest.mark.parametrize("dated", [0.0, 0.3, 1.0])
def test_parts_in_one_pass_are_the_parts_one_by_one(dated: float) -> None:
    """Parts may overlap or be empty; each keeps what it leaves out."""
    rng = np.random.default_rng(7)
    start = pd.Series(pd.Timestamp("2025-03-01") + pd.to_timedelta(rng.integers(0, 40, 300), "D"))
    end = start + pd.to_timedelta(rng.integers(-2, 30, 300) * 7919, "s")
    table = pd.DataFrame({"start": start, "end": end.mask(rng.random(300) < 0.2)})
    table.loc[rng.random(300) < 0.1, "start"] = pd.NaT
    cancelled, plain = rng.random(300) < 0.1, rng.random(300) < dated
    parts = {
        "all": np.arange(300),
        "none": np.arange(0),
        "some": np.flatnonzero(rng.random(300) < 0.3),
        "stamped": np.flatnonzero(~plain),
    }

    def alone(rows: np.ndarray) -> DurationTally:
        part = table.iloc[rows]
        return tally_durations(
            part["start"], part["end"], "2025-03-31", limits=["24h"],
            cancelled=cancelled[rows], date_only=plain[rows],
        )  # fmt: skip

    found = tally_parts(
        parts, table["start"], table["end"], "2025-03-31", limits=["24h"],
        cancelled=cancelled, date_only=plain,
    )  # fmt: skip
    assert found == {name: alone(rows) for name, rows in parts.items()}
    assert set(found["all"].excluded) == {"reversed", "cancelled", "no_start", "started_later"}
    assert all(found["all"].excluded.values())
