"""What must not change a score: the order of rows, more of the same, another office."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ektp_analytics.framework.catalogue import load_catalogue
from ektp_analytics.indicators.compute import compute_indicators
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.pipeline.run_period import run_period
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.settings import ScoreSettings

CATALOGUE = load_catalogue()
FEW = ScoreSettings(draws=16)
EVENTS = ("survey", "service_log", "complaints", "discipline", "outreach", "follow_up")
"""Sources with one row per person or event; the others are counts and days."""
# The sample that is required stays; shrinkage trusts larger groups more; complaints and
# violations beside more requests are a counter, printed and not scored.
GROWS = frozenset({"survey_participation", "equal_treatment"})
slow = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@cache
def _data(root: Path) -> OfficeData:
    return run_period(root, "kecil", "2025-Q1").data


def _values(data: OfficeData) -> dict[str, IndicatorValue]:
    return {value.code: value for value in compute_indicators(data, CATALOGUE)}


def _again(data: OfficeData, **tables: pd.DataFrame) -> OfficeData:
    return OfficeData(data.office, data.period, {**data.tables, **tables}, data.files)


def _repeated(table: pd.DataFrame, times: int) -> pd.DataFrame:
    """Return every row so many times, each copy under a number of its own."""
    copies = []
    for copy in range(times):
        ids = {
            key: table[key] + f"-{copy}"
            for key in ("application_id", "complaint_id", "submission_key")
            if key in table
        }
        copies.append(table.assign(**ids))
    return pd.concat(copies, ignore_index=True)


@slow
@given(
    sources=st.sets(st.sampled_from(EVENTS), min_size=1),
    times=st.integers(min_value=2, max_value=3),
)
def test_the_same_rows_again_under_new_numbers_change_no_score(
    made_up: Path, sources: set[str], times: int
) -> None:
    """Everything is a share, a mean or a curve; only what counts heads may grow.

    Small n may become large enough to be scored; what was scored before stays as it was.
    """
    data = _data(made_up)
    more = {s: _repeated(data.tables[s], times) for s in sources if s in data.tables}
    before, after = _values(data), _values(_again(data, **more))
    for code, value in before.items():
        if code in GROWS or value.value is None:
            continue
        assert after[code].value == pytest.approx(value.value, abs=1e-9), code
    kept = [v for code, v in before.items() if code not in GROWS and (v.n or 9) >= FEW.smallest_n]
    again = [replace(v, value=after[v.code].value) for v in kept]
    old, new = (score(values, CATALOGUE, settings=FEW) for values in (kept, again))
    for first, second in zip(old.principles, new.principles, strict=True):
        assert second.score == pytest.approx(first.score, abs=1e-9)


@slow
@given(seed=st.integers(0, 2**16))
def test_the_order_of_the_rows_changes_no_value(made_up: Path, seed: int) -> None:
    data = _data(made_up)
    shuffled = {
        source: table.sample(frac=1, random_state=seed).reset_index(drop=True)
        for source, table in data.tables.items()
    }
    before, after = _values(data), _values(_again(data, **shuffled))
    for code, value in before.items():
        assert after[code].value == pytest.approx(value.value, abs=1e-9), code
        assert (after[code].n, after[code].status) == (value.n, value.status)
        assert after[code].interval == pytest.approx(value.interval, abs=1e-9), code
