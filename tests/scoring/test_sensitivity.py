"""Sampling interval, range over choices, leave-one-out: three questions kept apart."""

from collections.abc import Callable

import pytest

from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.sensitivity import leave_one_out, status_by_minimum
from ektp_analytics.scoring.settings import ScoreSettings

Values = Callable[..., list[IndicatorValue]]
MANY = ScoreSettings(draws=20_000)


def test_the_interval_of_one_indicator_is_the_interval_of_its_score(catalogue: Catalogue) -> None:
    """With goalposts 25 and 100 the ends 70 and 85 score 60 and 80."""
    only = IndicatorValue(
        code="skm_waktu", period="2025-Q1", value=77.5, n=100, interval=(70.0, 85.0)
    )
    card = score([only], catalogue, settings=MANY)
    assert card["accountability"].interval == pytest.approx((60, 80), abs=0.4)


def test_the_cap_also_holds_inside_the_simulation(catalogue: Catalogue) -> None:
    """Survey participation has no noise; a share at 100 has no draw above 100."""
    sure = IndicatorValue(
        code="schedule_given", period="2025-Q1", value=100.0, n=50, interval=(92.9, 100.0)
    )
    interval = score([sure], catalogue, settings=MANY)["transparency"].interval
    assert interval is not None
    assert interval[1] == 100
    assert interval[0] == pytest.approx(92.9, abs=0.3)


def test_complete_counts_alone_have_no_interval_but_a_reason(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """A count of everyone has no sampling error to show."""
    card = score(office_values(only=("registrations",)), catalogue, settings=few_draws)
    participation = card["participation"]
    assert participation.interval is None
    assert participation.reasons["interval"].code == "only_complete_counts"
    assert participation.choices_range is not None


def test_equal_scores_leave_choices_nothing_to_change(catalogue: Catalogue) -> None:
    """All indicators at their floor or all at target: no weight or mean can matter."""
    values = [
        IndicatorValue(code=i.code, period="2025-Q1", value=float(i.target), n=100)
        for i in catalogue.scored
        if isinstance(i.target, int | float)
    ]
    card = score(values, catalogue)
    assert card["accountability"].choices_range == pytest.approx((100, 100))


def test_the_range_over_choices_holds_the_score(
    catalogue: Catalogue, office_values: Values
) -> None:
    """Our own choice is one of the choices."""
    card = score(office_values(promise_kept=10.0, opening_on_time=0.0), catalogue)
    for principle in card.principles:
        assert principle.choices_range is not None
        assert principle.score is not None
        low, high = principle.choices_range
        assert low <= principle.score <= high


def test_the_range_reaches_the_geometric_mean_of_an_uneven_principle(
    catalogue: Catalogue, office_values: Values
) -> None:
    """Certainty at zero: the geometric mean is zero and the range says so."""
    card = score(office_values(schedule_given=0.0), catalogue)
    transparency = card["transparency"]
    assert transparency.geometric == 0
    assert transparency.choices_range is not None
    assert transparency.choices_range[0] == 0
    assert "geometric_zero" in [note.code for note in transparency.notes]


def test_leaving_one_out_by_hand(catalogue: Catalogue) -> None:
    """Promises 40 and 80 give 60; without the first 80, without the second 40."""
    values = [
        IndicatorValue(code="schedule_kept", period="2025-Q1", value=40.0, n=100),
        IndicatorValue(code="promise_kept", period="2025-Q1", value=80.0, n=100),
        IndicatorValue(code="free_of_charge", period="2025-Q1", value=90.0, n=100),
    ]
    left = leave_one_out(score(values, catalogue))
    assert left.without["schedule_kept"] == pytest.approx(80)
    assert left.change["promise_kept"] == pytest.approx(-20)
    assert left.without["free_of_charge"] is None
    table = left.to_frame()
    assert table["code"].iloc[-1] == "free_of_charge"
    assert table["change"].isna().tolist() == [False, False, True]


def test_the_least_weight_is_varied(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Two thirds of rule of law: ok at 50 and 65 percent, partial at 80."""
    card = score(office_values(only=("service_log",)), catalogue, settings=few_draws)
    table = status_by_minimum(card).set_index("key")
    assert table.loc["rule_of_law", ["50", "65", "80"]].tolist() == ["ok", "ok", "partial"]
