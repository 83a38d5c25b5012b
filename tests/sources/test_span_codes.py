"""A request's code holds what the counting of single rows holds: seconds, days, openness."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ektp_analytics.measures.request_clock import view_requests
from ektp_analytics.sources import span_codes
from ektp_analytics.sources.span_codes import (
    CodeCounts,
    coded,
    groups_by_day,
    groups_by_second,
    left_out,
)

duckdb = pytest.importorskip("duckdb")

AS_OF = date(2025, 3, 31)
NEAR = st.integers(-90 * 86_400, 3 * 86_400)
MIDNIGHTS = st.integers(-90, 3).map(lambda days: days * 86_400)
LONG_AGO = st.integers(-80 * 365 * 86_400, 0)
SECONDS = st.one_of(NEAR, MIDNIGHTS, LONG_AGO)
ROWS = st.lists(
    st.tuples(st.none() | SECONDS, st.none() | SECONDS, st.sampled_from(["selesai", "Batal"])),
    min_size=1,
    max_size=30,
)


def counts(rows: pd.DataFrame, name: str) -> CodeCounts:
    base = duckdb.connect()
    base.register("spans", rows)
    found = base.execute(
        f"SELECT {name} FROM ({coded('spans', AS_OF, ['batal'], '')})"
    ).fetchnumpy()
    counted = CodeCounts()
    counted.add(np.asarray(found[name], np.int64))
    return counted


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_codes_say_what_the_rows_say(rows: list[tuple[int | None, int | None, str]]) -> None:
    """The view of single rows (`view_requests`) is the other way to the same counts."""
    day = pd.Timestamp(AS_OF)
    stamps = {
        name: day + pd.to_timedelta(pd.Series([row[k] for row in rows], dtype="Float64"), "s")
        for k, name in enumerate(("s_at", "e_at"))
    }
    table = pd.DataFrame(stamps).astype("datetime64[us]")
    table = table.assign(s_time=True, e_time=True, status=[row[2] for row in rows])
    cancelled = table["status"].eq("Batal")
    seen = view_requests(table["s_at"], table["e_at"], AS_OF, cancelled=cancelled, date_only=False)
    counted = counts(table, "code")
    assert left_out(counted) == dict(seen.excluded)
    plain = pd.DataFrame({"seconds": seen.seconds(), "days": seen.days(), "open": seen.is_open})
    told = groups_by_second(counted, AS_OF)
    again = told.loc[told.index.repeat(told["count"]), ["seconds", "days", "open"]]
    assert sorted(map(tuple, again.to_numpy().tolist())) == sorted(
        map(tuple, plain.to_numpy().tolist())
    )
    by_day = groups_by_day(counts(table, "day_code"), AS_OF)
    starts = by_day.loc[by_day.index.repeat(by_day["count"]), ["start_day", "days"]]
    expected = zip(seen.start_day.astype("datetime64[us]"), seen.days(), strict=True)
    assert sorted(zip(starts["start_day"].to_numpy(), starts["days"], strict=True)) == sorted(
        expected
    )


def test_codes_taken_off_are_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small codes are counted by place, large ones by sorting; both can be taken off."""
    monkeypatch.setattr(span_codes, "_DENSE", 100)
    counted = CodeCounts()
    counted.add(np.array([3, 3, 99, 100, 5_000, -2]))
    counted.add(np.array([3, 5_000, 7]))
    counted.add_counts(np.array([99, 5_000, -2]), np.array([-1, -1, -1]))
    codes, numbers = counted.counts()
    assert dict(zip(codes.tolist(), numbers.tolist(), strict=True)) == {3: 3, 7: 1, 100: 1, 5000: 1}
