"""Simulated values keep the interval they were made from; choices keep their own first."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.aggregate import layout_of
from ektp_analytics.scoring.draws import Observed, choice_draws, data_draws, observe
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.settings import ScoreSettings

Values = Callable[..., list[IndicatorValue]]
DRAWS = 40_000


def observed_of(values: list[IndicatorValue], catalogue: Catalogue) -> Observed:
    card = score(values, catalogue, settings=ScoreSettings(draws=16))
    return observe([line.value for line in card.lines], catalogue)


@pytest.mark.parametrize(
    ("code", "value", "interval"),
    [
        ("promise_kept", 90.0, (80.0, 96.0)),
        ("promise_kept", 100.0, (88.6, 100.0)),
        ("promise_kept", 0.0, (0.0, 11.4)),
        ("skm_waktu", 78.7, (74.1, 82.9)),
        ("equal_treatment", 0.93, (0.71, 0.99)),
    ],
)
def test_the_draws_have_the_value_as_median_and_the_interval_as_limits(
    code: str, value: float, interval: tuple[float, float], catalogue: Catalogue
) -> None:
    """By construction; Monte Carlo error of a quantile of 40,000 draws is below 2 % of width.

    100 % of 30 has the Wilson interval 88.6 to 100 (Newcombe 1998): it stands at the edge.
    """
    given = IndicatorValue(
        code=code, period="2025-Q1", value=value, n=30, interval=interval, status="ok"
    )
    observed = observed_of([given], catalogue)
    place = layout_of(catalogue).codes.index(code)
    column = data_draws(observed, DRAWS, seed=1)[:, place]
    width = interval[1] - interval[0]
    low, middle, high = np.percentile(column, [2.5, 50, 97.5])
    assert (low, middle, high) == pytest.approx((interval[0], value, interval[1]), abs=width / 50)
    assert catalogue[code].possible(column.min())
    assert catalogue[code].possible(column.max())


def test_complete_counts_and_absent_values_do_not_move(
    catalogue: Catalogue, office_values: Values
) -> None:
    """Registrations are counted in full: nothing about them is sampled."""
    observed = observed_of(office_values(only=("registrations",)), catalogue)
    drawn = data_draws(observed, 100, seed=1)
    assert not observed.noisy
    assert ((drawn == observed.value) | np.isnan(observed.value)).all()


def test_indicators_of_one_source_move_together_others_apart(
    catalogue: Catalogue, office_values: Values
) -> None:
    """Correlation one within the survey, near zero between survey and log."""
    drawn = data_draws(observed_of(office_values(), catalogue), DRAWS, seed=1)
    codes = layout_of(catalogue).codes
    waktu, produk, promise = (
        drawn[:, codes.index(c)] for c in ("skm_waktu", "skm_produk", "promise_kept")
    )
    assert np.corrcoef(waktu, produk)[0, 1] == pytest.approx(1)
    assert abs(np.corrcoef(waktu, promise)[0, 1]) < 0.03  # 6 standard errors of 1/√40,000


def test_a_given_correlation_is_used(catalogue: Catalogue, office_values: Values) -> None:
    """Where the correlation of two elements is known it replaces the cautious one."""
    values = [
        replace(v, inputs={"correlation": dict.fromkeys(("skm_waktu", "skm_produk"), 0.4)})
        if v.code in {"skm_waktu", "skm_produk"}
        else v
        for v in office_values()
        if v.code in {"skm_waktu", "skm_produk"}
    ]
    drawn = data_draws(observed_of(values, catalogue), DRAWS, seed=1)
    codes = layout_of(catalogue).codes
    waktu, produk = (drawn[:, codes.index(c)] for c in ("skm_waktu", "skm_produk"))
    assert np.corrcoef(waktu, produk)[0, 1] == pytest.approx(0.4, abs=0.03)


def test_choices_start_with_our_own_and_move_only_judged_floors(
    catalogue: Catalogue, office_values: Values
) -> None:
    """Row 0 is the card's own choice; floors of shares and of the survey never move."""
    observed = observed_of(office_values(), catalogue)
    layout = layout_of(catalogue)
    choices = choice_draws(observed, layout, ScoreSettings(draws=500))
    assert (choices.indicator_factors[0] == 1).all()
    assert (choices.aspect_factors[0] == 1).all()
    assert (choices.floors[0] == observed.floor).all()
    moved = {layout.codes[k] for k in np.flatnonzero(np.ptp(choices.floors, axis=0))}
    assert moved == {"recording_coverage", "coverage_equity", "sex_parity", "equal_treatment"}
    assert choices.indicator_factors.min() >= 0.5
    assert choices.indicator_factors.max() <= 1.5


def test_the_same_seed_gives_the_same_draws_and_another_stream_others(
    catalogue: Catalogue, office_values: Values
) -> None:
    """One printed seed reproduces every figure."""
    observed = observed_of(office_values(), catalogue)
    first, again, other = (data_draws(observed, 50, 3, stream) for stream in (0, 0, 1))
    assert (first == again).all()
    assert not (first == other).all()
