"""The interval of the index, against the bootstrap and closed forms."""

from fractions import Fraction
from math import exp, log, sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ektp_analytics.measures.answer_tally import tally_answers
from ektp_analytics.measures.index_interval import (
    element_interval,
    index_interval,
    index_variance,
)
from ektp_analytics.measures.mean_index import mean_index

NINE = [f"u{place}" for place in range(1, 10)]


def survey(n, blanks=0.0, seed=1, base=3.1):
    """Make correlated answers of n respondents with some blanks."""
    rng = np.random.default_rng(seed)
    latent = rng.normal(base, 0.5, (n, 1)) + rng.normal(0, 0.6, (n, 9))
    frame = pd.DataFrame(np.clip(np.rint(latent), 1, 4), columns=NINE)
    return frame.mask(rng.random((n, 9)) < blanks)


def index_of_rows(rows):
    """Mean of column means × 25, in plain numpy, for oracles."""
    return 25 * np.nanmean(np.nanmean(rows, axis=-2), axis=-1)


def test_variance_without_blanks_is_that_of_the_respondents_means():
    """Without blanks the index is the mean of n respondent indices: s² / n."""
    frame = survey(80)
    own = 25 * frame.mean(axis=1)
    assert float(index_variance(tally_answers(frame, NINE))) == pytest.approx(own.var() / 80)


def test_variance_with_blanks_is_that_of_the_linearised_values():
    """z_i = 25/x · Σ (y − NRR) n/n_e over answered elements; variance Σ z² / (n (n − 1))."""
    frame = survey(60, blanks=0.15, seed=3)
    frame = frame[frame.notna().sum(axis=1) >= 5]
    n = len(frame)
    z = ((frame - frame.mean()) * n / frame.notna().sum()).fillna(0).sum(axis=1) * 25 / 9
    expected = float((z**2).sum()) / (n * (n - 1))
    assert float(index_variance(tally_answers(frame, NINE))) == pytest.approx(expected, rel=1e-12)


def test_standard_error_agrees_with_the_bootstrap():
    """scipy.stats.bootstrap over respondents, 10,000 resamples; Monte Carlo error below 2 %."""
    frame = survey(150, blanks=0.1, seed=5)
    frame = frame[frame.notna().sum(axis=1) >= 5]
    rows = frame.to_numpy()
    drawn = stats.bootstrap(
        (np.arange(len(rows)),),
        lambda picks: index_of_rows(rows[picks]),
        n_resamples=10_000,
        method="percentile",
        rng=np.random.default_rng(11),
        vectorized=False,
        batch=500,
    )
    ours = index_interval(tally_answers(frame, NINE))
    assert ours.standard_error == pytest.approx(drawn.standard_error, rel=0.03)
    assert ours.bounds == pytest.approx(tuple(drawn.confidence_interval), abs=0.25)


def test_logit_interval_by_hand():
    """θ = (I − 25)/75, logit θ ± t · se(θ)/(θ(1 − θ)), back; t with n − 1 degrees."""
    frame = survey(40, seed=8)
    tally = tally_answers(frame, NINE)
    error = sqrt(index_variance(tally)) / 75
    theta = (float(mean_index(tally)) - 25) / 75
    half = stats.t.ppf(0.975, 39) * error / (theta * (1 - theta))
    ends = [log(theta / (1 - theta)) + sign * half for sign in (-1, 1)]
    expected = tuple(25 + 75 / (1 + exp(-end)) for end in ends)
    assert index_interval(tally).bounds == pytest.approx(expected, rel=1e-12)


def test_finite_population_correction_shrinks_by_root_one_minus_f():
    """Cochran, Sampling Techniques, 1977, §2.6: the standard error shrinks by √(1 − n/N)."""
    tally = tally_answers(survey(50), NINE)
    free, corrected = index_interval(tally), index_interval(tally, population=200)
    assert corrected.standard_error == pytest.approx(free.standard_error * sqrt(0.75))


@pytest.mark.parametrize(
    ("frame", "population", "code"),
    [
        (survey(9), None, "too_few_for_interval"),
        (pd.DataFrame(4.0, index=range(30), columns=NINE), None, "no_variance"),
        (survey(30), 30, "everyone_asked"),
        (survey(0), None, "no_answers"),
    ],
)
def test_no_interval_comes_with_a_reason(frame, population, code):
    """Fewer than 10 questionnaires, equal answers, everyone asked, nobody answered."""
    interval = index_interval(tally_answers(frame, NINE), population)
    assert interval.bounds is None
    assert interval.standard_error is None
    assert interval.reason.code == code


def test_a_population_below_the_sample_gives_no_correction_and_says_so():
    tally = tally_answers(survey(30), NINE)
    told = index_interval(tally, population=12)
    assert told.bounds == index_interval(tally).bounds
    assert [note.code for note in told.notes] == ["population_below_sample"]


def test_a_high_index_on_few_answers_is_called_too_narrow():
    """Index above 95 with n below 100."""
    frame = pd.DataFrame(4.0, index=range(40), columns=NINE)
    frame.iloc[:5, :3] = 3
    told = index_interval(tally_answers(frame, NINE))
    assert told.index > 95
    assert told.bounds[1] < 100
    assert [note.code for note in told.notes] == ["interval_too_narrow"]


def test_an_element_is_judged_on_its_own_answers():
    """25² · s_e² / n_e over the answers of that element alone."""
    frame = survey(60, blanks=0.2, seed=9)
    counted = frame[frame.notna().sum(axis=1) >= 5]["u4"].dropna()
    told = element_interval(tally_answers(frame, NINE), "u4")
    assert told.standard_error == pytest.approx(25 * counted.std() / sqrt(len(counted)))
    assert told.degrees == len(counted) - 1


row = st.lists(st.one_of(st.none(), st.integers(1, 4)), min_size=5, max_size=5)


@settings(deadline=None)
@given(st.lists(row, min_size=10, max_size=25))
def test_bounds_enclose_the_index_inside_its_range_or_are_absent(rows):
    frame = pd.DataFrame(rows, columns=NINE[:5], dtype="Int64")
    told = index_interval(tally_answers(frame, NINE[:5], 3))
    if told.bounds is None:
        assert told.reason is not None
    else:
        low, high = told.bounds
        assert 25 <= low < float(told.index) < high <= 100
        assert isinstance(told.index, Fraction)
