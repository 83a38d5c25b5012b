"""A promise is judged twice: whether it was done, and whether the indicator moved."""

from collections.abc import Callable

import pandas as pd
import pytest

from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.promises import promises_due, promises_frame
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.scorecard import Scorecard
from ektp_analytics.scoring.settings import ScoreSettings

Values = Callable[..., list[IndicatorValue]]


@pytest.fixture(scope="module")
def cards(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> tuple[Scorecard, Scorecard]:
    """Promises kept fell by twenty points, completion time rose by half a point."""
    before = office_values(period="2025-Q1", promise_kept=80.0, skm_waktu=75.0)
    after = office_values(period="2025-Q2", promise_kept=60.0, skm_waktu=75.5)
    first, second = (score(v, catalogue, settings=few_draws) for v in (before, after))
    return first, second


def promised(**columns: list[object]) -> pd.DataFrame:
    table = pd.DataFrame(columns)
    for name in ("due", "done_on"):
        if name in table:
            table[name] = pd.to_datetime(table[name])
    return table


def test_done_late_and_not_done(cards: tuple[Scorecard, Scorecard]) -> None:
    """Due by 30 June; what is due in July is no promise of this period."""
    own = promised(
        subject=["U3", "U3", "U3", "U3", "U3"],
        action=["a", "b", "c", "d", "e"],
        due=["2025-05-31", "2025-05-31", "2025-06-30", "2025-07-31", None],
        done_on=["2025-05-31", "2025-06-02", None, None, None],
    )
    found = promises_due(own, *cards)
    assert [(p.promised.action, p.state) for p in found] == [
        ("a", "done"),
        ("b", "done late"),
        ("c", "not done"),
    ]


def test_an_indicator_that_fell_says_so_although_the_promise_was_kept(
    cards: tuple[Scorecard, Scorecard],
) -> None:
    """80 ± 4 to 60 ± 4 is beyond noise; 75.0 to 75.5 ± 3 is not."""
    own = promised(
        subject=["Janji layanan ditepati", "Waktu penyelesaian"],
        action=["Umumkan janji", "Tambah operator"],
        due=["2025-06-01", "2025-06-01"],
        done_on=["2025-06-01", "2025-06-01"],
    )
    fell, stayed = promises_due(own, *cards)
    assert fell.change is not None
    assert (fell.change.verdict, fell.better) == ("down", False)
    assert fell.change.difference == pytest.approx(-20.0)
    assert stayed.change is not None
    assert (stayed.change.verdict, stayed.better) == ("unchanged", None)
    assert stayed.verdict("id") != fell.verdict("id")


def test_nothing_to_compare_is_said_and_not_called_unchanged(
    cards: tuple[Scorecard, Scorecard],
) -> None:
    """No earlier period, or a subject that names no indicator."""
    own = promised(subject=["U3", "Taman"], action=["a", "b"], due=["2025-06-01", "2025-06-01"])
    first, second = promises_due(own, None, cards[1])
    assert first.change is None
    assert first.verdict("id")
    assert second.reason is not None
    assert "Taman" in second.verdict("id")
    assert "Taman" in second.verdict("en")


def test_no_file_no_promises(cards: tuple[Scorecard, Scorecard]) -> None:
    """An office without a follow-up file gets an empty table with its columns."""
    assert promises_due(None, *cards) == ()
    assert "verdict" in promises_frame(()).columns


def test_the_table_carries_difference_and_interval(cards: tuple[Scorecard, Scorecard]) -> None:
    """The interval of the difference lies around it."""
    own = promised(subject=["promise_kept"], action=["a"], due=["2025-06-01"], done_on=[None])
    row = promises_frame(promises_due(own, *cards)).iloc[0]
    assert row["low"] < row["difference"] < row["high"] < 0
    assert not row["better"]
    assert row["state"] == "not done"
