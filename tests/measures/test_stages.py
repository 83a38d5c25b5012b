"""Stages, time in other hands, and matters of several steps."""

from __future__ import annotations

import pandas as pd
import pytest

from ektp_analytics.measures.stages import (
    SplitClock,
    Stage,
    spans_of_steps,
    split_clock,
    stage_durations,
    tally_stages,
)

AS_OF = "2025-03-31"
STAGES = [
    Stage("recording to sending", "recorded", "sent", "office"),
    Stage("sending to return", "sent", "returned", "centre"),
]


def log() -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "recorded": ["2025-03-03 08:00", "2025-03-03 08:00", "2025-03-03 08:00"],
            "sent": ["2025-03-03 10:00", "2025-03-03 12:00", None],
            "returned": ["2025-03-04 10:00", None, None],
            "done": ["2025-03-04 12:00", None, "2025-03-05 08:00"],
        }
    )
    return table.apply(pd.to_datetime)


def test_each_stage_on_its_own_clock() -> None:
    """Two of three sent after 2 and 4 hours; one of two returned after 24 hours."""
    found = stage_durations(tally_stages(log(), STAGES, AS_OF), STAGES, AS_OF)
    assert found["n"].tolist() == [3, 2]
    assert found["open"].tolist() == [1, 1]
    assert found["median_hours"].tolist() == [4, 24]
    assert found["p90_hours"].isna().all()
    assert found["reason"].str.contains("persentil ke-90").all()
    assert found["clock"].tolist() == ["office", "centre"]


def test_an_empty_stage_has_a_reason() -> None:
    """No stamps at all: no figure, and why."""
    table = log().assign(recorded=pd.NaT)
    found = stage_durations(tally_stages(table, STAGES, AS_OF), STAGES, AS_OF).iloc[0]
    assert found["n"] == 0
    assert found["median_hours"] is pd.NA
    assert found["reason"] == "tidak ada data"


def test_office_and_central_clock() -> None:
    """28 hours in all, 24 of them away: 4 in the office; the third lacks its stamps."""
    table = log()
    found = split_clock(table["recorded"], table["done"], table["sent"], table["returned"], AS_OF)
    assert (found.n, found.incomplete) == (1, 1)
    assert (found.median_own_hours, found.median_elsewhere_hours) == (4, 24)
    assert found.elsewhere_percent == pytest.approx(100 * 24 / 28)
    assert (found + found).n == 2


def test_time_away_outside_the_clock_does_not_count() -> None:
    """Sent before the start: only what lies between start and end is away."""
    start, end = (
        pd.Series(pd.to_datetime([text])) for text in ("2025-03-03 08:00", "2025-03-03 12:00")
    )
    sent, returned = start - pd.Timedelta(hours=5), start + pd.Timedelta(hours=1)
    found = split_clock(start, end, sent, returned, AS_OF)
    assert (found.median_own_hours, found.median_elsewhere_hours) == (3, 1)


def test_nothing_to_split() -> None:
    """No finished request."""
    nothing = SplitClock()
    assert nothing.elsewhere_percent is None
    assert nothing.median_own_hours is None
    assert nothing.reason is not None
    assert str(nothing.reason) == "tidak ada data"


def test_span_runs_from_the_first_start() -> None:
    """pm4py issue 357: 08:00–09:00 and 09:30–10:00 are 2.0 hours, not 1.0."""
    steps = pd.DataFrame(
        {
            "id": ["A", "A", "B", "B"],
            "start": pd.to_datetime(
                ["2025-03-03 08:00", "2025-03-03 09:30", "2025-03-03 08:00", "2025-03-03 09:00"]
            ),
            "end": pd.to_datetime(
                ["2025-03-03 09:00", "2025-03-03 10:00", None, "2025-03-03 10:00"]
            ),
        }
    )
    found = spans_of_steps(steps)
    assert found.loc["A", "hours"] == 2.0
    assert found.loc["B", "hours"] is pd.NA
    assert found["end"].isna().tolist() == [False, True]
