"""Whether indicators moved beyond noise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ektp_analytics.errors import because
from ektp_analytics.indicators.change import indicator_changes
from ektp_analytics.indicators.results import share
from ektp_analytics.indicators.value import IndicatorValue


def value(code: str, hits: int, trials: int, **more: Any) -> IndicatorValue:
    return replace(share(code, hits, trials), **more)


def count(code: str, number: float) -> IndicatorValue:
    return IndicatorValue(code=code, value=number, n=1000)


def verdict(catalogue: Any, before: list[Any], after: list[Any], code: str) -> str:
    return indicator_changes(before, after, catalogue).changes[code].verdict


def test_an_event_based_share(catalogue: Any) -> None:
    """Newcombe (1998), method 10, 56 of 70 against 48 of 80: difference 0.2000, interval
    0.0524 to 0.3339 (his example (a)). Alone it excludes 0 and the share went down.
    """
    changes = indicator_changes(
        [value("free_of_charge", 56, 70)], [value("free_of_charge", 48, 80)], catalogue
    )
    found = changes.changes["free_of_charge"]
    assert found.verdict == "down"
    assert found.difference == pytest.approx(-20.0)
    assert found.interval == pytest.approx((-33.39, -5.24), abs=0.01)


def test_holm_runs_over_the_principle(catalogue: Any) -> None:
    """The same change among nine of its principle that do not move: p = 0.0081 alone,
    against 0.05 ÷ 10 = 0.0050 it is not beyond noise.
    """
    quiet = [i.code for i in catalogue.scored if i.principle == "accountability"
             and i.uncertainty != "complete_count" and i.code != "promise_kept"]  # fmt: skip
    others = [value(code, 50, 100) for code in quiet]
    before = [value("promise_kept", 56, 70), *others]
    after = [value("promise_kept", 48, 80), *others]
    assert verdict(catalogue, before[:1], after[:1], "promise_kept") == "down"
    assert len(others) == 9
    assert verdict(catalogue, before, after, "promise_kept") == "unchanged"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (90.0, 90.99, "unchanged"),
        (90.0, 91.0, "up"),
        (90.0, 88.5, "down"),
        (90.0, 90.0, "unchanged"),
    ],
)
def test_a_complete_count_moves_by_its_material_step(
    catalogue: Any, before: float, after: float, expected: str
) -> None:
    """One point for coverage, by the catalogue."""
    found = verdict(
        catalogue,
        [count("recording_coverage", before)],
        [count("recording_coverage", after)],
        "recording_coverage",
    )
    assert found == expected


def test_what_cannot_be_compared_says_why(catalogue: Any) -> None:
    """No earlier value; not assessed; carried; another catalogue; partial against whole."""
    now = value("free_of_charge", 9, 10)
    gone = IndicatorValue(
        code="free_of_charge", status="not assessed", reason=because("source_missing", source="x")
    )
    sides = {
        "change_no_before": ([], [now]),
        "source_missing": ([now], [gone]),
        "carried_has_no_change": ([now], [replace(now, status="carried")]),
        "change_basis_differs": (
            [replace(now, status="partial", reason=because("no_data"))],
            [now],
        ),
    }
    for code, (before, after) in sides.items():
        change = indicator_changes(before, after, catalogue).changes["free_of_charge"]
        assert change.verdict == "not comparable"
        assert change.reason is not None and change.reason.code == code
    other = indicator_changes([now], [now], catalogue, replace(catalogue, version="0.9"))
    assert other.changes["free_of_charge"].verdict == "not comparable"


def test_the_table_says_it_in_words(catalogue: Any) -> None:
    """The printed interval excludes 0 exactly where the value moved; a fall of a good thing
    is no improvement.
    """
    before = [value("free_of_charge", 95, 100), count("recording_coverage", 80.0)]
    after = [value("free_of_charge", 60, 100), count("recording_coverage", 90.0)]
    changes = indicator_changes(before, after, catalogue)
    frame = changes.to_frame().set_index("code")
    fell, rose = frame.loc["free_of_charge"], frame.loc["recording_coverage"]
    assert (fell["move"], fell["verdict"], fell["better"]) == ("down", "turun", False)
    assert fell["high"] < 0 and fell["high_alone"] < 0
    assert (rose["move"], rose["better"]) == ("up", True)
    assert frame["low"].isna()["recording_coverage"]
    assert changes.moved("down") == ("free_of_charge",)
    assert list(frame.index) == list(catalogue.indicators)


def test_what_only_one_period_has(catalogue: Any) -> None:
    changes = indicator_changes(
        [value("free_of_charge", 9, 10)], [value("legal_time_limit", 9, 10)], catalogue
    )
    assert changes.left_out == ("free_of_charge", "legal_time_limit")
