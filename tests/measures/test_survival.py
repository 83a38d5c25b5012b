"""Kaplan–Meier curves against published output of R and against lifelines."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ektp_analytics.measures import survival
from ektp_analytics.measures.proportions import wilson
from ektp_analytics.measures.survival import kaplan_meier, share_finished, time_quantile
from ektp_analytics.measures.time_counts import Counts, TimeCounts

REFERENCE = Path(__file__).parents[2].parent / "shared" / "data" / "statistics_reference_values.csv"


def lung(sex: int) -> tuple[Any, TimeCounts]:
    """Loprinzi (1994), J. Clin. Oncol. 12:601: survival in days by sex (1 male, 2 female)."""
    datasets = pytest.importorskip("lifelines.datasets")
    table = datasets.load_lung()
    table = table[table["sex"] == sex]
    died = table["status"] == 1
    times = table["time"].astype(int)
    return table, TimeCounts(Counts.of(times[died]), Counts.of(times[~died]))


@pytest.mark.skipif(not REFERENCE.exists(), reason="reference values are not at hand")
@pytest.mark.parametrize("sex", [1, 2])
def test_lung_against_r(sex: int) -> None:
    """R survival, survfit(Surv(time, status) ~ sex, lung): n, events, median, S(t)."""
    _, counts = lung(sex)
    curve = kaplan_meier(counts)
    found = {
        "n": float(counts.n),
        "events": float(counts.finished.total),
        "median": time_quantile(curve, 0.5).value,
    }
    with REFERENCE.open(encoding="utf-8") as lines:
        rows = [r for r in csv.DictReader(lines) if r["data"].startswith(f"lung sex={sex}")]
    compared = 0
    for row in rows:
        if row["statistic"] in found:
            assert found[row["statistic"]] == float(row["value"]), row
            compared += 1
        elif row["statistic"].startswith("S("):
            time = int(row["statistic"][2:].split(")")[0])
            share = share_finished(curve, time).value
            assert share is not None
            assert 1 - share == pytest.approx(float(row["value"]), abs=0.00005), row
            compared += 1
    assert compared == {1: 8, 2: 3}[sex]


@pytest.mark.parametrize(("sex", "low", "high"), [(1, 210, 306), (2, 345, 524)])
def test_lung_median_interval_against_lifelines(sex: int, low: int, high: int) -> None:
    """Lifelines 0.30 median_survival_times of the log-log band (R: conf.type="log-log")."""
    lifelines = pytest.importorskip("lifelines")
    utils = pytest.importorskip("lifelines.utils")
    table, counts = lung(sex)
    fitted = lifelines.KaplanMeierFitter().fit(table["time"], table["status"])
    oracle = utils.median_survival_times(fitted.confidence_interval_).iloc[0].tolist()
    found = time_quantile(kaplan_meier(counts), 0.5).interval
    assert list(found) == oracle == [low, high]


@pytest.mark.parametrize("sex", [1, 2])
def test_lung_band_against_lifelines(sex: int) -> None:
    """Lifelines 0.30, KaplanMeierFitter.confidence_interval_ ("log-log" in R)."""
    lifelines = pytest.importorskip("lifelines")
    table, counts = lung(sex)
    fitted = lifelines.KaplanMeierFitter().fit(table["time"], table["status"])
    curve = kaplan_meier(counts)
    for time in (30, 100, 365, 700):
        found = share_finished(curve, time)
        band = fitted.confidence_interval_.loc[:time].iloc[-1]
        assert found.value == pytest.approx(1 - fitted.predict(time), abs=1e-12)
        assert found.interval.pair == pytest.approx((1 - band.iloc[1], 1 - band.iloc[0]))


def test_median_not_reached() -> None:
    """Lifelines issue 902: closed after 1 and 2, open at 5, 6, 7: no median, no infinity."""
    curve = kaplan_meier(TimeCounts(Counts.of([1, 2]), Counts.of([5, 6, 7])))
    found = time_quantile(curve, 0.5)
    assert found.value is None
    assert found.reason is not None
    assert found.reason.code == "quantile_not_reached"
    assert share_finished(curve, 5).value == pytest.approx(0.4)
    beyond = share_finished(curve, 8)
    assert beyond.value is None
    assert beyond.reason is not None
    assert beyond.reason.code == "limit_not_observed"


def test_a_quantile_is_not_missed_by_rounding() -> None:
    """F = 1 − 3/4 x 2/3 = 1/2 exactly, though not in binary fractions."""
    counts = TimeCounts(Counts.of([1, 3, 9, 9]), Counts.of([]))
    assert time_quantile(kaplan_meier(counts), 0.5).value == 3
    censored = TimeCounts(Counts.of([1, 3]), Counts.of([3, 8]))
    assert time_quantile(kaplan_meier(censored), 0.5).value == 3


@pytest.mark.parametrize(
    ("finished", "still_open", "time", "successes", "n"),
    [
        ([1, 2, 3, 9], [], 3, 3, 4),  # nothing open: all
        ([5, 6], [1, 2, 9], 4, 0, 3),  # curve at 0: those at risk
        ([1, 2, 2], [1], 3, 3, 3),  # curve at 1: those finished
    ],
)
def test_wilson_where_greenwood_has_no_width(
    finished: list[int], still_open: list[int], time: int, successes: int, n: int
) -> None:
    """At 0, at 1 and without open requests the interval is Wilson's."""
    curve = kaplan_meier(TimeCounts(Counts.of(finished), Counts.of(still_open)))
    assert share_finished(curve, time).interval == wilson(successes, n)


def test_nothing_and_nothing_finished() -> None:
    """No request at all; only open requests."""
    nothing = kaplan_meier(TimeCounts())
    assert share_finished(nothing, 5).value is None
    assert time_quantile(nothing, 0.5).value is None
    waiting = kaplan_meier(TimeCounts(Counts.of([]), Counts.of([4, 9])))
    assert share_finished(waiting, 5).value == 0.0
    assert share_finished(waiting, 5).interval == wilson(0, 1)
    assert time_quantile(waiting, 0.5).value is None


def test_quantile_interval_without_open_requests_inverts_wilson() -> None:
    """The ends are the first times whose own Wilson limits reach one half."""
    times = list(range(1, 31))
    found = time_quantile(kaplan_meier(TimeCounts(Counts.of(times))), 0.5).interval
    limits = [wilson(k, 30).pair for k in times]
    first = next(t for t, pair in zip(times, limits, strict=True) if pair and pair[1] >= 0.5)
    last = next(t for t, pair in zip(times, limits, strict=True) if pair and pair[0] >= 0.5)
    assert list(found) == [first, last]


def test_many_finished_at_once_are_no_certainty() -> None:
    """Twenty requests all finished in minute 60: median 60, and both ends of its interval
    would be 60: no interval, with the reason in words.
    """
    found = time_quantile(kaplan_meier(TimeCounts(Counts.of([60] * 20))), 0.5)
    assert found.value == 60
    assert found.interval.pair is None
    assert found.interval.reason is not None
    assert "satuan waktu" in found.interval.reason.text("id")


def test_share_interval_against_the_bootstrap() -> None:
    """Efron (1981), JASA 76:312: resampling requests with their open or finished state."""
    rng = np.random.default_rng(5)
    times = np.ceil(rng.exponential(30, 400)).astype(int)
    ages = rng.integers(1, 90, 400)
    done, seen = times <= ages, np.minimum(times, ages)

    def share(rows: Any) -> float:
        finished = rows[done[rows]]
        counts = TimeCounts(Counts.of(seen[finished]), Counts.of(seen[rows[~done[rows]]]))
        return share_finished(kaplan_meier(counts), 24).value or 0.0

    counts = TimeCounts(Counts.of(seen[done]), Counts.of(seen[~done]))
    found = share_finished(kaplan_meier(counts), 24).interval.pair
    drawn = [share(rng.integers(0, 400, 400)) for _ in range(400)]
    assert found == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.01)


def test_a_tally_of_a_hundred_million_requests() -> None:
    """The product over counts needs no row per request: n = 10^8, share by pencil 0.25."""
    hundredth = 1_000_000
    finished = Counts.of([10, 20], [25 * hundredth, 25 * hundredth])
    curve = kaplan_meier(TimeCounts(finished, Counts.of([30], [50 * hundredth])))
    found = share_finished(curve, 15)
    assert found.value == pytest.approx(0.25, abs=1e-12)
    assert found.interval.pair == pytest.approx(wilson(25 * hundredth, 10**8).pair, abs=1e-8)
    assert time_quantile(curve, 0.5).value == 20


samples = st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=60)


@settings(max_examples=60)
@given(samples)
def test_product_over_counts_is_that_of_scipy(rows: list[tuple[int, bool]]) -> None:
    """Large tallies take the product over counts; scipy.stats.ecdf gives the same."""
    counts = TimeCounts(
        Counts.of([t for t, done in rows if done]), Counts.of([t for t, done in rows if not done])
    )
    if counts.finished.total == 0:
        return
    for own, oracle in zip(
        survival._by_counts(counts, 0.95), survival._by_scipy(counts, 0.95), strict=True
    ):
        inside = ~np.isnan(oracle)
        assert own[inside] == pytest.approx(oracle[inside], abs=1e-9)


@settings(max_examples=60)
@given(samples, st.integers(0, 45))
def test_no_estimate_is_nan_or_of_zero_width(rows: list[tuple[int, bool]], time: int) -> None:
    """Whatever the data: a share in [0, 1] inside an interval with width, or a reason."""
    counts = TimeCounts(
        Counts.of([t for t, done in rows if done]), Counts.of([t for t, done in rows if not done])
    )
    curve = kaplan_meier(counts)
    found = share_finished(curve, time)
    if found.value is None:
        assert found.reason is not None
        assert str(found.reason)
    else:
        assert found.interval.pair is not None
        low, high = found.interval.pair
        assert -1e-9 <= low <= found.value + 1e-9
        assert found.value - 1e-9 <= high <= 1 + 1e-9
        assert high - low > 0.001
    for q in (0.5, 0.9):
        quantile = time_quantile(curve, q)
        assert (quantile.value is None) == (quantile.reason is not None)
        ends = [end for end in quantile.interval if end is not None]
        assert ends == sorted(ends)
        if quantile.value is not None and quantile.interval.low is not None:
            assert quantile.interval.low <= quantile.value
