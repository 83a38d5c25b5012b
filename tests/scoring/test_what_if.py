"""What a supposed value would bring, and what a target would take."""

from collections.abc import Callable

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.settings import ScoreSettings
from ektp_analytics.scoring.what_if import needed_for, needed_frame, what_if

Values = Callable[..., list[IndicatorValue]]


def test_opening_on_time_is_a_twelfth_of_rule_of_law(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """One of four in discipline, one of three aspects: 12 points more bring one point."""
    card = score(office_values(opening_on_time=80.0), catalogue, settings=few_draws)
    supposed = what_if(card, {"opening_on_time": 92.0})
    assert supposed.gain("rule_of_law") == pytest.approx(1)
    assert supposed.gain("transparency") == pytest.approx(0)
    line = supposed.after.line("opening_on_time")
    assert (line.value.value, line.value.interval) == (92.0, None)
    assert [str(note) for note in line.value.notes] == ["nilai pengandaian"]


def test_supposing_what_is_already_so_changes_no_score(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Marks are not added twice, scores stay."""
    card = score(office_values(recording_coverage=104.0), catalogue, settings=few_draws)
    same = what_if(card, {}).after
    assert same.to_record() == card.to_record()


def test_supposing_an_absent_indicator_assesses_it(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """What publishing everything would do before any publication file exists."""
    card = score(office_values(only=("survey",)), catalogue, settings=few_draws)
    supposed = what_if(card, {"service_standards_published": 100.0, "free_of_charge": 100.0})
    assert supposed.after["transparency"].weight_assessed == pytest.approx(100 * 4 / 9)
    assert supposed.gain("rule_of_law") is None
    assert supposed.after["rule_of_law"].score == 100


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"opening_ontime": 95.0}, "opening_on_time"),
        ({"opening_on_time": 120.0}, "100"),
        ({"ikd_activation": 50.0}, "ikd_activation"),
    ],
)
def test_what_cannot_be_supposed_is_refused(
    changes: dict[str, float],
    named: str,
    catalogue: Catalogue,
    office_values: Values,
    few_draws: ScoreSettings,
) -> None:
    """Unknown code, impossible value, indicator that is not scored."""
    card = score(office_values(), catalogue, settings=few_draws)
    with pytest.raises(Refused, match=named):
        what_if(card, changes)


def test_the_value_needed_reaches_the_target(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Feeding the answer back gives the score that was asked for."""
    card = score(office_values(legal_time_limit=40.0), catalogue, settings=few_draws)
    target = (card["rule_of_law"].score or 0) + 5
    first, *rest = needed_for(card, "rule_of_law", target)
    assert first.code == "legal_time_limit"
    assert first.value is not None
    reached = what_if(card, {first.code: first.value}).after["rule_of_law"].score
    assert reached == pytest.approx(target)
    assert {n.reason.code for n in rest if n.reason} == {"not_enough_alone"}


def test_a_target_already_reached_needs_nothing(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Nothing is asked of an office that is there."""
    card = score(office_values(), catalogue, settings=few_draws)
    answers = needed_for(card, "rule_of_law", 10)
    assert {n.reason.code for n in answers if n.reason} == {"target_already_reached"}
    assert needed_for(score([], catalogue, settings=few_draws), "rule_of_law", 10) == ()


def test_the_supposition_as_a_table(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """From 88 to 100 on a sixth of the principle is two points; the whole gains a quarter."""
    card = score(office_values(), catalogue, settings=few_draws)
    table = what_if(card, {"promise_kept": 100.0}).to_frame().set_index("key")
    assert table.loc["accountability", "gain"] == pytest.approx(2.0)
    assert table.loc["overall", "gain"] == pytest.approx(0.5)
    assert table.loc["participation", "gain"] == 0


def test_what_each_would_need_as_a_table(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Supposing the value that is needed reaches the target; the others say why not."""
    card = score(office_values(promise_kept=40.0), catalogue, settings=few_draws)
    target = (card["accountability"].score or 0.0) + 3
    table = needed_frame(card, target, "en").query("principle == 'accountability'")
    row = table.set_index("code").loc["promise_kept"]
    assert row["value"] == 40.0
    reached = what_if(card, {"promise_kept": float(row["needed"])}).after["accountability"].score
    assert reached == pytest.approx(target)
    assert (table["needed"].isna() == table["reason"].ne("")).all()
