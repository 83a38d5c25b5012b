"""Requests closed and opened again."""

from __future__ import annotations

import pandas as pd
import pytest

from ektp_analytics.measures.reopened import resolution_times


def history(name: str, *events: tuple[str, int]) -> pd.DataFrame:
    days = [pd.Timestamp("2025-03-01") + pd.Timedelta(days=day) for _, day in events]
    return pd.DataFrame({"id": name, "at": days, "event": [kind for kind, _ in events]})


GLPI = history("T", ("opened", 0), ("closed", 2), ("reopened", 4), ("closed", 6))


def test_l20_three_readings_of_one_history() -> None:
    """Glpi issue 5213: closed day 2, re-opened day 4, closed day 6: 2, 6 and 4 days."""
    found = resolution_times(GLPI, "2025-03-31").loc["T"]
    assert [found[name] / 24 for name in ("first", "total", "in_hands")] == [2, 6, 4]
    assert found["scored"] == found["first"]
    assert (found["reopenings"], found["open"]) == (1, False)


@pytest.mark.parametrize(("rule", "days"), [("first", 2), ("total", 6), ("in_hands", 4)])
def test_the_rule_says_which_is_scored(rule: str, days: int) -> None:
    """The reading that is scored is the one named."""
    found = resolution_times(GLPI, "2025-03-31", rule=rule)  # type: ignore[arg-type]
    assert found["scored"].tolist() == [days * 24]


def test_seen_between_two_closings() -> None:
    """Seen while open again: the first resolution stands, the others are not reached."""
    found = resolution_times(GLPI, "2025-03-05", rule="total").loc["T"]
    assert found["first"] == 48
    assert found["total"] is pd.NA
    assert found["scored"] is pd.NA
    assert found["open"]
    not_closed = resolution_times(GLPI, "2025-03-01").loc["T"]
    assert not_closed["first"] is pd.NA


def test_several_histories_keep_apart() -> None:
    """Rows in any order; each id on its own."""
    other = history("S", ("opened", 1), ("closed", 4))
    mixed = pd.concat([GLPI, other]).sample(frac=1, random_state=3)
    found = resolution_times(mixed, "2025-03-31")
    assert found["total"].to_dict() == {"S": 72.0, "T": 144.0}


@pytest.mark.parametrize(
    "events",
    [
        (("closed", 1),),
        (("opened", 0), ("closed", 1), ("closed", 2)),
        (("opened", 0), ("opened", 1)),
    ],
)
def test_a_history_that_cannot_be(events: tuple[tuple[str, int], ...]) -> None:
    """Closed twice, or never opened: refused, naming the request."""
    with pytest.raises(ValueError, match="Q"):
        resolution_times(history("Q", *events), "2025-03-31")
