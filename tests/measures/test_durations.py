"""The figures of one group of requests, against real logs, lifelines and pencil."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ektp_analytics.measures.durations import (
    DurationResult,
    finished_by,
    time_to_event,
)
from ektp_analytics.measures.limits import Limit
from ektp_analytics.measures.request_tally import tally_durations
from ektp_analytics.measures.working_time import WorkingCalendar

ST_LOUIS = Path(__file__).parents[2].parent / "shared" / "data" / "stl311_january_2018.csv"
CALENDAR = WorkingCalendar(first=date(2025, 1, 1), last=date(2025, 12, 31))
AS_OF = "2025-03-31"


def requests(*pairs: tuple[str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(pairs, columns=["start", "end"]).astype("object")
    return frame.apply(lambda column: pd.to_datetime(column, format="ISO8601"))


@pytest.mark.skipif(not ST_LOUIS.exists(), reason="the St. Louis log is not at hand")
def test_st_louis() -> None:
    """City of St. Louis, January 2018 (stlcsb): 1,523 requests, 1,400 closed, median 3.63 days.

    Exact repeats merged (13) and ids with two different rows left out (18 rows).
    """
    log = pd.read_csv(ST_LOUIS, dtype="str")
    merged = log.drop_duplicates()
    kept = merged[~merged["request_id"].duplicated(keep=False)].copy()
    assert (len(log) - len(merged), len(merged) - len(kept)) == (13, 18)
    for column in ("opened", "closed"):
        kept[column] = pd.to_datetime(kept[column])
    found = time_to_event(kept, "24h", "2019-12-31", start="opened", end="closed")
    assert (found.n, found.finished, found.open) == (1523, 1400, 123)
    assert found.closed_only_median_hours is not None
    assert round(found.closed_only_median_hours / 24, 2) == 3.63
    assert found.median_hours is not None
    assert found.median_hours > found.closed_only_median_hours


@pytest.mark.skipif(not ST_LOUIS.exists(), reason="the St. Louis log is not at hand")
def test_st_louis_against_lifelines() -> None:
    """Lifelines 0.30 on the rows in seconds, seen on 31 January 2018."""
    lifelines = pytest.importorskip("lifelines")
    log = pd.read_csv(ST_LOUIS, dtype="str").drop_duplicates("request_id")
    for column in ("opened", "closed"):
        log[column] = pd.to_datetime(log[column])
    found = time_to_event(log, "24h", "2018-01-31", start="opened", end="closed")
    view = pd.Timestamp("2018-02-01")
    done = log["closed"].notna() & (log["closed"] <= view)
    seconds = (log["closed"].where(done, view) - log["opened"]).dt.total_seconds()
    fitted = lifelines.KaplanMeierFitter().fit(seconds, done)
    assert found.median_hours == pytest.approx(fitted.median_survival_time_ / 3600)
    assert found.within_limit == pytest.approx(100 * (1 - fitted.predict(86_400)))
    band = fitted.confidence_interval_.loc[:86_400].iloc[-1]
    expected = [100 * (1 - band.iloc[1]), 100 * (1 - band.iloc[0])]
    assert found.within_limit_interval == pytest.approx(expected)


def test_median_not_reached_is_said_in_words() -> None:
    """Lifelines issue 902: closed after 1 and 2 days, open at 5, 6, 7."""
    table = requests(
        ("2025-03-24 00:00:01", "2025-03-25 00:00:01"),
        ("2025-03-24 00:00:01", "2025-03-26 00:00:01"),
        ("2025-03-27 00:00:00", None),
        ("2025-03-26 00:00:00", None),
        ("2025-03-25 00:00:00", None),
    )
    found = time_to_event(table, "24h", AS_OF)
    assert found.median_hours is None
    assert found.closed_only_median_hours == 36
    assert str(found.reasons["median_hours"]) == (
        "lebih dari separuh masih terbuka; median belum tercapai (lebih dari 7 hari)"
    )
    assert "above 7 days" in found.to_record("en")["reasons"]["p90_hours"]
    assert found.within_limit == pytest.approx(20)
    assert found.late == 4


def test_dates_without_time_give_a_range() -> None:
    """Four on the same day, three a day later, three later still: 40 to 70 percent."""
    days = ["2025-03-03"] * 4 + ["2025-03-04"] * 3 + ["2025-03-06"] * 3
    found = time_to_event(requests(*(("2025-03-03", day) for day in days)), "24h", AS_OF)
    assert found.within_limit is None
    assert found.within_limit_range == pytest.approx((40, 70))
    assert (found.undecided, found.late) == (3, 3)
    record = found.to_record()
    assert record["within_limit_range"] == pytest.approx([40, 70])
    assert {"within_limit", "within_limit_interval"} <= set(record["reasons"])
    assert [note.code for note in found.notes] == ["dates_as_whole_days"]
    by_day = time_to_event(requests(*(("2025-03-03", day) for day in days)), "1d", AS_OF)
    assert by_day.within_limit == pytest.approx(70)


def test_dates_that_leave_nothing_undecided_give_the_share() -> None:
    """Two on the same day, one a week later: two thirds, whatever the hours were."""
    table = requests(
        ("2025-03-03", "2025-03-03"), ("2025-03-03", "2025-03-03"), ("2025-03-03", "2025-03-10")
    )
    found = time_to_event(table, "24h", AS_OF)
    assert found.within_limit == pytest.approx(200 / 3)
    assert found.within_limit_range == pytest.approx((200 / 3, 200 / 3))
    assert found.undecided == 0


def test_some_rows_with_dates_some_with_times() -> None:
    """One request timed at 2 hours, one dated a day later: half for sure, perhaps all."""
    table = requests(
        ("2025-03-03 08:00", "2025-03-03 10:00"), ("2025-03-03 00:00", "2025-03-04 00:00")
    )
    found = time_to_event(table, "24h", AS_OF, date_only=[False, True])
    assert found.within_limit_range == pytest.approx((50, 100))


def test_open_requests_within_three_days_are_censored_by_day() -> None:
    """Kaplan–Meier on days by pencil.

    Finished after 1, 2 and 5 days; open since 2 and 6 days. At risk 5 at day 1, 4 at day
    2, then 2: S(3) = 4/5 x 3/4 = 0.6. Late: the one of 5 days and the one open 6 days.
    """
    table = requests(
        ("2025-03-10 09:00", "2025-03-11 23:00"),
        ("2025-03-10 09:00", "2025-03-12 01:00"),
        ("2025-03-10 09:00", "2025-03-15 10:00"),
        ("2025-03-29 09:00", None),
        ("2025-03-25 09:00", None),
    )
    found = time_to_event(table, "3d", AS_OF)
    assert found.within_limit == pytest.approx(40)
    assert found.late == 2
    assert found.limit_hours is None
    assert found.reasons["limit_hours"].code == "limit_in_days"


def test_working_days_leave_the_weekend_out() -> None:
    """Friday to Tuesday: four calendar days, two working days."""
    table = requests(("2025-03-07 09:00", "2025-03-11 10:00"))
    assert time_to_event(table, "3d", AS_OF).within_limit == 0
    found = time_to_event(table, Limit(3, "working_days"), AS_OF, calendar=CALENDAR)
    assert found.within_limit == 100


def test_a_view_shorter_than_the_limit_says_nothing() -> None:
    """Started this morning, open this evening: the share within 24 hours is not 0."""
    found = time_to_event(requests(("2025-03-31 08:00", None)), "24h", AS_OF)
    assert found.within_limit is None
    assert found.reasons["within_limit"].code == "limit_not_observed_hours"
    assert "16 jam" in str(found.reasons["within_limit"])
    assert found.late == 0


def test_no_data_no_limit() -> None:
    """Nothing to count, and nothing to judge by: None with reasons, counts 0."""
    nothing = time_to_event(requests(("2025-03-31 08:00", None))[:0], None, AS_OF)
    assert (nothing.n, nothing.open, nothing.late) == (0, 0, None)
    assert nothing.reasons["within_limit"].code == "limit_not_given"
    empty = time_to_event(requests(("2025-03-31 08:00", None))[:0], "24h", AS_OF)
    assert empty.late == 0
    for name in ("median_hours", "p90_hours", "closed_only_median_hours", "within_limit"):
        assert getattr(empty, name) is None
        assert str(empty.reasons[name]) == "tidak ada data"


def test_one_request() -> None:
    """Its own time is the median; the interval of the share is Wilson's, never a point."""
    found = time_to_event(requests(("2025-03-03 08:00", "2025-03-03 10:30")), "24h", AS_OF)
    assert found.median_hours == found.p90_hours == found.closed_only_median_hours == 2.5
    assert found.within_limit == 100
    assert found.within_limit_interval == pytest.approx((20.65, 100), abs=0.005)
    assert found.p90_interval_hours == (2.5, None)
    assert found.reasons["p90_interval_hours"].code == "interval_end_not_reached"


def test_the_frame_and_the_curve() -> None:
    """One row per figure; the curve at asked hours, NA where nothing was observed."""
    table = requests(("2025-03-03 08:00", "2025-03-03 10:00"), ("2025-03-31 08:00", None))
    found = time_to_event(table, "24h", AS_OF).to_frame().set_index("figure")
    assert found.loc["n", "value"] == 2
    tally = tally_durations(table["start"], table["end"], AS_OF)
    read = finished_by(tally, [1, 2, 24])
    assert read["share"].tolist()[:2] == [0, 50]
    assert read["share"].isna().tolist() == [False, False, True]


rows = st.lists(
    st.tuples(st.integers(0, 30 * 86_400), st.one_of(st.none(), st.integers(0, 9 * 86_400))),
    max_size=30,
)


@settings(max_examples=80, deadline=None)
@given(rows, st.sampled_from(["24h", "3d", "3wd"]), st.booleans())
def test_no_figure_is_nan_or_infinite(
    drawn: list[tuple[int, int | None]], limit: str, dates: bool
) -> None:
    """Whatever the log: finite numbers, or None with a sentence in both languages."""
    origin = pd.Timestamp("2025-03-01")
    start = pd.Series([origin + pd.Timedelta(seconds=s) for s, _ in drawn], dtype="M8[us]")
    end = pd.Series(
        [pd.NaT if e is None else origin + pd.Timedelta(seconds=s + e) for s, e in drawn],
        dtype="M8[us]",
    )
    table = pd.DataFrame({"start": start, "end": end})
    found = time_to_event(table, limit, AS_OF, calendar=CALENDAR, date_only=dates)
    check(found)


def check(found: DurationResult) -> None:
    record = found.to_record()
    english = found.to_record("en")
    for key, value in record.items():
        if key == "reasons":
            continue
        ends = value if isinstance(value, list) else [value]
        if any(end is None for end in ends):
            assert record["reasons"][key], key
            assert english["reasons"][key], key
        assert all(math.isfinite(end) for end in ends if isinstance(end, float))
    assert found.n == found.finished + found.open
    if found.within_limit is not None:
        assert 0 <= found.within_limit <= 100
        assert found.within_limit_interval is not None
        assert np.ptp(found.within_limit_interval) > 0
    if found.within_limit_range is not None:
        low, high = found.within_limit_range
        assert low <= high + 1e-9
