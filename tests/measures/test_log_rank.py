"""The log-rank test against published results, scipy and lifelines."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import CensoredData, logrank

from ektp_analytics.measures.log_rank import log_rank
from ektp_analytics.measures.time_counts import Counts, TimeCounts

ASTROCYTOMA = TimeCounts(
    Counts.of([6, 13, 21, 30, 37, 38, 49, 50, 63, 79, 86, 98, 202, 219]),
    Counts.of([31, 47, 80, 82, 82, 149]),
)
GLIOBLASTOMA = TimeCounts(
    Counts.of([10, 10, 12, 13, 14, 15, 16, 17, 18, 20, 24, 24, 25, 28])
    + Counts.of([30, 33, 35, 37, 40, 40, 46, 48, 76, 81, 82, 91, 112, 181]),
    Counts.of([34, 40, 70]),
)


def test_gliomas_against_bland_and_altman() -> None:
    """Bland and Altman (2004), BMJ 328:1073, as in the scipy manual: Z = −2.73799, p 0.00618."""
    found = log_rank({"astrocytoma": ASTROCYTOMA, "glioblastoma": GLIOBLASTOMA})
    assert found.statistic == pytest.approx(2.73799**2, abs=0.0001)
    assert found.p_value == pytest.approx(0.00618, abs=0.000005)
    assert (found.degrees, found.groups) == (1, 2)


def test_two_groups_against_scipy() -> None:
    """scipy.stats.logrank on the rows, 400 seeded requests with a tenth open."""
    rng = np.random.default_rng(11)
    groups, samples = {}, []
    for name, scale in (("a", 50), ("b", 70)):
        times, done = np.ceil(rng.exponential(scale, 200)).astype(int), rng.random(200) < 0.9
        groups[name] = TimeCounts(Counts.of(times[done]), Counts.of(times[~done]))
        samples.append(CensoredData(uncensored=times[done] * 1.0, right=times[~done] * 1.0))
    oracle = logrank(*samples)
    found = log_rank(groups)
    assert found.statistic == pytest.approx(float(oracle.statistic) ** 2)
    assert found.p_value == pytest.approx(float(oracle.pvalue))


@pytest.mark.filterwarnings("ignore::Warning")
def test_three_groups_against_lifelines() -> None:
    """Lifelines 0.30 multivariate_logrank_test on the rows."""
    statistics = pytest.importorskip("lifelines.statistics")
    rng = np.random.default_rng(12)
    times = np.ceil(rng.exponential(40, 300)).astype(int)
    done, name = rng.random(300) < 0.8, rng.choice(["a", "b", "c"], 300)
    oracle = statistics.multivariate_logrank_test(times, name, done)
    groups = {
        g: TimeCounts(Counts.of(times[(name == g) & done]), Counts.of(times[(name == g) & ~done]))
        for g in "abc"
    }
    found = log_rank(groups)
    assert found.statistic == pytest.approx(oracle.test_statistic)
    assert found.p_value == pytest.approx(oracle.p_value)
    assert found.degrees == 2


def test_large_groups_do_not_overflow() -> None:
    """Every count a hundred thousand times: the statistic grows by the same factor.

    With n large, (n − d) / (n − 1) tends to 1, so the factor is nearly exact.
    """
    factor = 100_000

    def many(counts: TimeCounts, by: int) -> TimeCounts:
        return TimeCounts(
            *(Counts.of(c.points, c.numbers * by) for c in (counts.finished, counts.open))
        )

    one, other = (
        log_rank({"a": many(ASTROCYTOMA, by), "b": many(GLIOBLASTOMA, by)}).statistic
        for by in (factor, 2 * factor)
    )
    assert one is not None
    assert other is not None
    assert other / one == pytest.approx(2, rel=1e-5)


def test_too_little_to_compare() -> None:
    """One group; an empty second group; groups with nothing finished."""
    for groups in ({"a": ASTROCYTOMA}, {"a": ASTROCYTOMA, "b": TimeCounts()}, {}):
        found = log_rank(groups)
        assert found.statistic is None
        assert found.reason is not None
        assert found.reason.code == "fewer_than_two_groups"
    waiting = TimeCounts(Counts.of([]), Counts.of([3, 4]))
    found = log_rank({"a": waiting, "b": waiting})
    assert found.p_value is None
    assert found.reason is not None
    assert found.reason.code == "groups_never_overlap"
