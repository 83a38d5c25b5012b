"""Tallies: the whole is the sum of its parts, also through a stored table."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ektp_analytics.measures.duration_tally import DurationTally, LimitCounts, merge
from ektp_analytics.measures.durations import time_to_event
from ektp_analytics.measures.request_tally import tally_by_group, tally_durations
from ektp_analytics.measures.time_counts import Counts, TimeCounts
from ektp_analytics.measures.working_time import WorkingCalendar

CALENDAR = WorkingCalendar(
    first=date(2025, 1, 1), last=date(2025, 12, 31), holidays=(date(2025, 3, 12),)
)
LIMITS = ("24h", "3d", "3wd")
AS_OF = "2025-03-31"


@st.composite
def requests(draw: st.DrawFn) -> pd.DataFrame:
    """Draw requests of March 2025, some open, cancelled, reversed, or without a start."""
    rows = draw(
        st.lists(
            st.tuples(
                st.one_of(st.none(), st.integers(0, 40 * 86_400)),
                st.one_of(st.none(), st.integers(-3_600, 12 * 86_400)),
                st.booleans(),
                st.sampled_from("abc"),
            ),
            max_size=40,
        )
    )
    origin = pd.Timestamp("2025-03-01 00:00:01")
    starts = [pd.NaT if s is None else origin + pd.Timedelta(seconds=s) for s, *_ in rows]
    ends = [
        pd.NaT if s is None or e is None else origin + pd.Timedelta(seconds=s + e)
        for s, e, *_ in rows
    ]
    return pd.DataFrame(
        {
            "start": pd.Series(starts, dtype="datetime64[us]"),
            "end": pd.Series(ends, dtype="datetime64[us]"),
            "cancelled": pd.Series([c for *_, c, _ in rows], dtype=bool),
            "group": pd.Series([g for *_, g in rows], dtype="str"),
            "date_only": np.arange(len(rows)) % 5 == 0,
        }
    )


def tally(table: pd.DataFrame) -> DurationTally:
    return tally_durations(
        table["start"],
        table["end"],
        AS_OF,
        limits=LIMITS,
        calendar=CALENDAR,
        cancelled=table["cancelled"],
        date_only=table["date_only"],
    )


@settings(max_examples=60, deadline=None)
@given(requests(), st.integers(1, 4), st.integers(0, 2**31))
def test_the_whole_is_the_sum_of_its_parts(table: pd.DataFrame, parts: int, seed: int) -> None:
    """Any split of a table: the merged tallies of its parts are the tally of the table."""
    whole = tally(table)
    place = np.random.default_rng(seed).integers(0, parts, len(table))
    pieces = [tally(table[place == number]) for number in range(parts)]
    assert merge(pieces) == whole
    stored = pd.concat([piece.to_frame() for piece in pieces])
    assert DurationTally.from_frame(stored) == whole
    for limit in LIMITS:
        assert time_to_event(merge(pieces), limit, AS_OF) == time_to_event(whole, limit, AS_OF)


@settings(max_examples=40, deadline=None)
@given(requests())
def test_groups_add_up_to_the_table(table: pd.DataFrame) -> None:
    """One pass over groups gives the tally of each group, and together the table."""
    how = {"cancelled": table["cancelled"], "date_only": table["date_only"]}
    groups = tally_by_group(
        table["group"],
        table["start"],
        table["end"],
        AS_OF,
        limits=LIMITS,
        calendar=CALENDAR,
        **how,
    )
    for name, found in groups.items():
        alone = tally(table[table["group"] == name])
        assert (found.elapsed, found.days, found.limits) == (
            alone.elapsed,
            alone.days,
            alone.limits,
        )
        assert (found.shortest, found.longest) == (alone.shortest, alone.longest)
    assert sum(found.n for found in groups.values()) == tally(table).n


def test_every_request_is_accounted_for() -> None:
    """The table's rows are the requests counted and those left out, by reason."""
    table = pd.DataFrame(
        {
            "start": ["2025-03-03", "2025-03-03", None, "2025-04-02", "2025-03-05"],
            "end": [
                "2025-03-03 09:00:00",
                "2025-03-03 07:59:59",
                "2025-03-04 08:00:00",
                None,
                None,
            ],
        }
    )
    table["start"] = pd.to_datetime(table["start"]) + pd.Timedelta(hours=8)
    table["end"] = pd.to_datetime(table["end"])
    found = tally_durations(
        table["start"], table["end"], AS_OF, cancelled=[False] * 4 + [True], limits=["24h"]
    )
    assert found.n == 1
    assert found.excluded == {"reversed": 1, "cancelled": 1, "no_start": 1, "started_later": 1}
    assert found.limits["24h"] == LimitCounts(within=1)


def test_tallies_of_different_shape_do_not_merge() -> None:
    """A limit counted on one side only would be lost without a word."""
    with pytest.raises(ValueError, match="shape"):
        DurationTally(limits={"24h": LimitCounts()}) + DurationTally()
    with pytest.raises(ValueError, match="shape"):
        DurationTally(resolution=1) + DurationTally()
    with pytest.raises(ValueError, match="none given"):
        merge([])
    mixed = pd.concat([DurationTally(resolution=1).to_frame(), DurationTally().to_frame()])
    with pytest.raises(ValueError, match="resolution"):
        DurationTally.from_frame(mixed)


def test_late_is_finished_after_plus_open_past() -> None:
    """Sum of two of the five states."""
    assert LimitCounts(5, 4, 3, 2, 1).late == 5
    assert LimitCounts(1, 1, 1, 1, 1) + LimitCounts(1, 2, 3, 4, 5) == LimitCounts(2, 3, 4, 5, 6)


def test_a_tally_can_be_written_by_hand() -> None:
    """As a database would: counts by minute, and the limit counted to the second."""
    written = DurationTally(
        elapsed=TimeCounts(Counts.of([600, 1500], [3, 1]), Counts.of([2000], [1])),
        limits={"24h": LimitCounts(within=3, after=1, open_past=1)},
    )
    found = time_to_event(written, "24h", "2025-03-31")
    assert found.within_limit == pytest.approx(60)
    assert found.late == 2
    assert found.median_hours == 10
