"""All indicators at once: what is missing is said, what is bad crashes nothing."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ektp_analytics.indicators.compute import compute_indicators
from ektp_analytics.indicators.value import IndicatorValue


def test_a_source_that_was_not_given_is_not_assessed(office_data: Any, catalogue: Any) -> None:
    """Nothing given: no value, no zero, a reason naming the main source."""
    for value in compute_indicators(office_data(), catalogue):
        assert (value.value, value.status) == (None, "not assessed")
        assert value.reason is not None
        assert value.reason.details["source"] == catalogue[value.code].sources[0]


def test_a_side_source_alone_assesses_nothing(office_data: Any, table: Any, catalogue: Any) -> None:
    """Complaints without a log leave the fee not assessed, for want of the log."""
    data = office_data(complaints=table({"received_at": "2025-11-03 09:00"}))
    found = {v.code: v for v in compute_indicators(data, catalogue)}["free_of_charge"]
    assert found.status == "not assessed"
    assert found.reason is not None and found.reason.details == {"source": "service_log"}


def test_where_a_value_comes_from(office_data: Any, answers: Any, catalogue: Any) -> None:
    data = office_data(survey=answers(4, 3))
    found = {v.code: v for v in compute_indicators(data, catalogue)}["skm_waktu"]
    assert (found.office, found.period, found.unit) == ("contoh", "2025-Q4", "index")
    assert (found.principle, found.aspect) == ("accountability", "service_felt")
    assert [s.file for s in found.sources] == ["survey.csv"]
    assert found.legal_basis == "PermenPAN-RB 14/2017"


@pytest.mark.parametrize(
    "source",
    ["survey", "service_log", "registrations", "opening", "discipline", "outreach", "follow_up",
     "publications", "complaints"],
)  # fmt: skip
def test_an_empty_table_gives_reasons_not_numbers(
    office_data: Any, answers: Any, table: Any, catalogue: Any, source: str
) -> None:
    """Every source with its columns and no row: no value is NaN, infinite or made up, and
    each absent one has its reason in both languages.
    """
    full = everything(answers, table)
    data = office_data(**{source: full[source][:0]})
    for value in compute_indicators(data, catalogue):
        if value.value is not None:
            assert math.isfinite(value.value)
            continue
        assert value.reason is not None
        assert value.reason.text("id") and value.reason.text("en")


def everything(answers: Any, table: Any) -> dict[str, Any]:
    """One row in every source."""
    publications = table({"item": "biaya", "published": True, "covers_period": "2024"})
    return {
        "survey": answers(4),
        "service_log": table(
            {"kind": "ganti", "channel": "online", "sex": "L", "kecamatan_code": "99.01.01",
             "registered_at": "2025-11-03 09:00", "scheduled_for": "2025-11-04",
             "complete_at": "2025-11-04 09:00", "printed_at": "2025-11-04 10:00",
             "handed_over_at": "2025-11-04 11:00", "fee_charged": 0.0, "corrections": 0}
        ),
        "registrations": table(
            {"code": "99.01.01", "kecamatan": "Satu", "as_of": "2025-12-31"}
        ).assign(obligated=100, recorded=90, holders=80),
        "opening": table({"day": "2025-11-03"}).assign(
            due_open=480.0, opened_at=480.0, counters_open=5, counters_due=5, staff_on_time=9,
            staff_due=10
        ),
        "discipline": table({"recorded_on": "2025-11-03", "level": "ringan", "sanction": "lisan"}),
        "outreach": table(
            {"planned_on": "2025-11-03", "held_on": "2025-11-03", "kecamatan_code": "99.01.01",
             "audience": "warga"}
        ),
        "follow_up": table({"due": "2025-11-30", "done_on": "2025-11-20"}),
        "publications": publications.assign(published=publications["published"].astype("boolean")),
        "complaints": table(
            {"received_at": "2025-11-03 09:00", "resolved_at": "2025-11-04 09:00",
             "category": "informasi", "outcome": "upheld"}
        ),
    }  # fmt: skip


def test_one_row_of_everything_is_enough_to_run(
    office_data: Any, answers: Any, table: Any, catalogue: Any
) -> None:
    """One respondent, one request, one of each: values are possible ones, intervals hold
    them and have a width, nothing is NaN.
    """
    values = compute_indicators(office_data(**everything(answers, table)), catalogue)
    for value in values:
        if value.value is None:
            assert value.reason is not None
            continue
        assert catalogue[value.code].possible(value.value)
        if value.interval is not None:
            low, high = value.interval
            assert low <= value.value <= high
            assert low < high


OPENS, HOUR = pd.Timestamp("2025-09-28"), pd.Timedelta(hours=1)
PROMISE = {"promise": [{"from": "2024-01-01", "limit": "3d", "basis": ""}]}
moments = st.one_of(st.none(), st.integers(0, 100 * 24).map(lambda h: OPENS + h * HOUR))
marks = {
    "kind": st.sampled_from(["baru", "ganti"]),
    "channel": st.sampled_from(["online", "loket"]),
    "sex": st.sampled_from(["L", "P", None]),
    "kecamatan_code": st.sampled_from(["99.01.01", "99.01.02", None]),
    "registered_at": moments, "scheduled_for": moments, "complete_at": moments,
    "printed_at": moments, "handed_over_at": moments, "fee_charged": st.sampled_from([0.0, 5.0]),
    "corrections": st.integers(0, 1),
}  # fmt: skip
requests = st.lists(st.fixed_dictionaries(marks), max_size=12)
counts = st.lists(st.tuples(*[st.integers(0, 120)] * 3), min_size=1, max_size=3)
questionnaires = st.lists(st.integers(1, 4), max_size=14)


@settings(max_examples=15)
@given(requests, counts, questionnaires, st.randoms(use_true_random=False))
def test_no_office_however_small_gets_a_figure_out_of_nothing(
    office_data: Any, answers: Any, table: Any, catalogue: Any,
    drawn: Any, counted: Any, marked: Any, shuffle: Any,
) -> None:  # fmt: skip
    """None to a dozen rows, stamps in any order: every value is finite, every interval has a
    width, and whatever is absent says why. The order of the rows changes nothing.
    """
    tables = {
        "service_log": _log(drawn, everything(answers, table)["service_log"]),
        "registrations": _registrations(counted, table),
        "survey": answers(*marked) if marked else answers(4)[:0],
    }
    values = compute_indicators(office_data(**tables, profile=PROMISE), catalogue)
    for value in values:
        _is_honest(value, catalogue[value.code].uncertainty)
    order = {name: list(range(len(frame))) for name, frame in tables.items()}
    for places in order.values():
        shuffle.shuffle(places)
    turned = {name: tables[name].iloc[order[name]].reset_index(drop=True) for name in tables}
    again = compute_indicators(office_data(**turned, profile=PROMISE), catalogue)
    assert [(v.code, v.value, v.interval) for v in again] == [
        (v.code, v.value, v.interval) for v in values
    ]


def _log(drawn: list[dict[str, Any]], like: pd.DataFrame) -> pd.DataFrame:
    frame = pd.DataFrame(drawn, columns=list(marks))
    timed = {f"{c}_has_time": frame[c].notna() for c in frame if f"{c}_has_time" in like}
    frame = frame.assign(**timed)[list(like)]
    return frame.astype(like.dtypes.to_dict())


def _registrations(counted: Any, table: Any) -> pd.DataFrame:
    places = [
        {"code": f"99.01.0{k + 1}", "kecamatan": f"Satu {k + 1}"} for k in range(len(counted))
    ]
    names = ["obligated", "recorded", "holders"]
    numbers = pd.DataFrame(counted, columns=names).astype("Int64")
    return table(*places, as_of="2025-12-31").assign(**{name: numbers[name] for name in names})


def _is_honest(value: IndicatorValue, uncertainty: str) -> None:
    if value.value is None:
        assert value.reason is not None, value.code
        assert value.reason.text("id") and value.reason.text("en")
        assert value.interval is None, value.code
        return
    assert math.isfinite(value.value), value.code
    if value.interval is None:
        assert uncertainty == "complete_count" or value.interval_reason is not None, value.code
        return
    low, high = value.interval
    assert math.isfinite(low) and math.isfinite(high), value.code
    assert low < high, value.code
    assert low - 1e-9 <= value.value <= high + 1e-9, value.code


def test_an_own_indicator_without_a_function_waits_for_its_value(
    office_data: Any, catalogue: Any
) -> None:
    """Nothing computes it, so its value is asked for; the run goes on."""
    own = replace(catalogue["skm_waktu"], code="own", sources=("own_values",))
    extended = replace(catalogue, indicators={"own": own})
    (value,) = compute_indicators(office_data(), extended)
    assert (value.code, value.value, value.status) == ("own", None, "not assessed")
    assert value.reason is not None and value.reason.details == {"source": "own_values"}
