"""Coverage of counts typed by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from ektp_analytics.indicators.coverage import coverage


def counts(*rows: dict[str, Any], **same: Any) -> pd.DataFrame:
    frame = pd.DataFrame([{**same, **row} for row in rows])
    if "as_of" in frame:
        frame["as_of"] = pd.to_datetime(frame["as_of"]).astype("datetime64[us]")
    numbers = [c for c in ("obligated", "recorded", "holders", "population") if c in frame]
    return frame.astype(dict.fromkeys(numbers, "Int64"))


def kecamatan(code: str, day: str = "2025-12-31", **numbers: Any) -> dict[str, Any]:
    return {"code": code, "kecamatan": f"Kec {code}", "as_of": day, **numbers}


def test_the_denominator_is_the_obligated_not_the_population() -> None:
    """R01: population 1,000, obligated 700, holders 650: 92.86 %, not 65.0 %."""
    found = coverage(
        counts(kecamatan("1", population=1000, obligated=700, recorded=690, holders=650))
    )
    assert found.total.card_possession == pytest.approx(92.857, abs=1e-3)


def test_recorded_and_held_are_two_rates() -> None:
    """R04: 10 recorded and 7 handed over of 20 obligated: 50 % and 35 %."""
    found = coverage(counts(kecamatan("1", obligated=20, recorded=10, holders=7)))
    assert (found.total.recording_coverage, found.total.card_possession) == (50.0, 35.0)


@pytest.mark.parametrize("why", ["part_above_whole", "parts_miss_total"])
def test_a_contradiction_gives_no_rate(why: str) -> None:
    """R05, R07: the reader marks the row; it gets no rate, nor does the total, named."""
    frame = counts(
        kecamatan("1", obligated=1000, recorded=900, holders=800, contradiction=why),
        kecamatan("2", obligated=1000, recorded=900, holders=800, contradiction=""),
    )
    found = coverage(frame)
    assert found.rows[0].recording_coverage is None
    assert found.rows[0].reasons["recording_coverage"].code == why
    assert found.rows[1].recording_coverage == 90.0
    assert found.total.recording_coverage is None
    assert "Kec 1" in str(found.total.reasons["recording_coverage"])


def test_above_a_hundred_is_shown_as_it_is() -> None:
    """Mukomuko's 104.8 %: recording starts at 16. Nothing is capped."""
    found = coverage(counts(kecamatan("1", obligated=1000, recorded=1048, holders=990)))
    assert found.total.recording_coverage == pytest.approx(104.8)


def test_the_latest_day_every_kecamatan_has() -> None:
    """Kecamatan 2 has no December count: the day is 30 November, and only its rows count."""
    frame = counts(
        kecamatan("1", "2025-11-30", obligated=100, recorded=80, holders=70),
        kecamatan("2", "2025-11-30", obligated=100, recorded=90, holders=80),
        kecamatan("1", "2025-12-31", obligated=100, recorded=95, holders=90),
    )
    found = coverage(frame, date(2025, 12, 31))
    assert found.as_of == date(2025, 11, 30)
    assert (found.total.obligated, found.total.recorded) == (200, 170)


def test_what_comes_after_the_day_asked_for_is_not_known_yet() -> None:
    """A kecamatan that first appears in January does not undo the December view."""
    frame = counts(
        kecamatan("1", "2025-12-31", obligated=100, recorded=80, holders=70),
        kecamatan("2", "2026-01-31", obligated=100, recorded=90, holders=80),
    )
    assert coverage(frame, date(2025, 12, 31)).as_of == date(2025, 12, 31)


def test_stocks_of_several_days_are_never_added_up() -> None:
    """No common day: each kecamatan shows its own latest row, and there is no total."""
    frame = counts(
        kecamatan("1", "2025-10-31", obligated=100, recorded=80, holders=70),
        kecamatan("1", "2025-11-30", obligated=100, recorded=85, holders=70),
        kecamatan("2", "2025-12-31", obligated=100, recorded=90, holders=80),
    )
    found = coverage(frame)
    assert found.as_of is None
    assert [row.recorded for row in found.rows] == [85, 90]
    assert found.total.obligated is None
    assert found.total.reasons["recording_coverage"].code == "coverage_no_common_date"


def test_a_missing_count_is_no_zero() -> None:
    """One blank makes the rate and the total null, naming the kecamatan."""
    frame = counts(
        kecamatan("1", obligated=100, recorded=None, holders=70),
        kecamatan("2", obligated=100, recorded=90, holders=80),
    )
    found = coverage(frame)
    assert found.total.recorded is None
    assert found.total.card_possession == 75.0
    assert "Kec 1" in found.total.reasons["recorded"].text("en")


def test_an_empty_base_gives_no_rate() -> None:
    found = coverage(counts(kecamatan("1", obligated=0, recorded=0, holders=0)))
    assert found.total.recording_coverage is None
    assert found.rows[0].reasons["recording_coverage"].code == "base_zero"


def test_the_record_explains_every_null() -> None:
    """Neither record nor table holds NaN; each null has its reason."""
    frame = counts({"kecamatan": "A", "obligated": 100, "recorded": 90})
    record = coverage(frame).to_record()
    assert record["as_of"] is None and record["reasons"]["as_of"]
    for row in (*record["rows"], record["total"]):
        nulls = {k for k, v in row.items() if v is None} - {"code"}
        assert nulls == set(row["reasons"]) == {"holders", "card_possession"}
    assert coverage(frame).to_frame().dtypes["recording_coverage"] == "Float64"
