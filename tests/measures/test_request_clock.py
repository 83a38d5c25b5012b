"""Requests as they stood on one day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from ektp_analytics.measures.request_clock import as_date, view_requests


def stamps(*texts: str | None) -> pd.Series:
    return pd.Series(pd.to_datetime(pd.Series(texts, dtype="object"), format="ISO8601"))


def test_the_future_does_not_leak_into_the_view() -> None:
    """Lifelines pull request 1305: start 20 March, finish 5 April, seen on 31 March: open at 11."""
    viewed = view_requests(stamps("2025-03-20"), stamps("2025-04-05"), "2025-03-31")
    assert viewed.is_open.tolist() == [True]
    assert viewed.days().tolist() == [11]


def test_the_view_ends_at_24_hours() -> None:
    """A finish at 24:00 of the view day is known, a second later it is not."""
    start = stamps("2025-03-31 10:00", "2025-03-31 10:00", "2025-04-01 00:00:00")
    end = stamps("2025-04-01 00:00:00", "2025-04-01 00:00:01", None)
    viewed = view_requests(start, end, date(2025, 3, 31))
    assert viewed.rows.tolist() == [0, 1]
    assert viewed.is_open.tolist() == [False, True]
    assert viewed.seconds().tolist() == [14 * 3600, 14 * 3600]
    assert viewed.excluded["started_later"] == 1


def test_a_finish_at_24_hours_belongs_to_the_day_it_ends() -> None:
    """24:00 of the third day after the start day is three days, a second later four."""
    start = stamps("2025-03-03 08:00", "2025-03-03 08:00", "2025-03-03 08:00")
    end = stamps("2025-03-07 00:00:00", "2025-03-07 00:00:01", "2025-03-03 08:00")
    assert view_requests(start, end, "2025-03-31").days().tolist() == [3, 4, 0]


def test_the_office_day_is_local() -> None:
    """OpenSID issue 692: 31 March 23:30 WIB is 1 April 01:30 in an office in WIT."""
    start = stamps("2025-03-31 20:00").dt.tz_localize("Asia/Jakarta")
    end = stamps("2025-03-31 23:30").dt.tz_localize("Asia/Jakarta")
    west = view_requests(start, end, "2025-03-31", zone="Asia/Jakarta")
    east = view_requests(start, end, "2025-03-31", zone="Asia/Jayapura")
    assert west.is_open.tolist() == [False]
    assert east.is_open.tolist() == [True]
    assert east.started[0] == np.datetime64("2025-03-31T22:00")
    with pytest.raises(ValueError, match="zone"):
        view_requests(start, end, "2025-03-31")


def test_reversed_pairs_are_left_out_and_counted() -> None:
    """Lifelines issue 1693: start 10 March, finish 7 March: not −3, not 3, not 0."""
    viewed = view_requests(stamps("2025-03-10 08:00"), stamps("2025-03-07 08:00"), "2025-03-31")
    assert viewed.rows.size == 0
    assert viewed.excluded["reversed"] == 1


def test_a_date_is_not_reversed_by_the_hour_of_its_start() -> None:
    """Start 08:00, finished "on the same date": the midnight of a date is no moment."""
    viewed = view_requests(
        stamps("2025-03-10 08:00", "2025-03-10 09:00"),
        stamps("2025-03-10", "2025-03-09"),
        "2025-03-31",
    )
    assert viewed.rows.tolist() == [0]
    assert viewed.date_only.tolist() == [True]
    assert viewed.excluded["reversed"] == 1


def test_dates_may_be_declared_or_seen() -> None:
    """All at midnight means dates, unless the reader knows that the times were written."""
    start, end = stamps("2025-03-10", "2025-03-10"), stamps("2025-03-11", None)
    assert view_requests(start, end, "2025-03-31").date_only.all()
    declared = view_requests(start, end, "2025-03-31", date_only=False)
    assert not declared.date_only.any()
    assert declared.seconds()[0] == 86_400
    by_row = view_requests(start, end, "2025-03-31", date_only=[True, False])
    assert by_row.date_only.tolist() == [True, False]


def test_empty_and_wrong_columns() -> None:
    """No rows, no ends, and text where moments belong."""
    none = pd.Series([], dtype="datetime64[us]")
    assert view_requests(none, none, "2025-03-31").rows.size == 0
    open_only = view_requests(stamps("2025-03-10 08:00"), pd.Series([None]), "2025-03-31")
    assert open_only.is_open.all()
    with pytest.raises(TypeError, match="datetime64"):
        view_requests(pd.Series(["10/3/2025"]), pd.Series([None]), "2025-03-31")


def test_dates_of_the_view() -> None:
    """A date and its ISO text are the same day."""
    assert as_date("2025-03-31") == as_date(date(2025, 3, 31)) == date(2025, 3, 31)
