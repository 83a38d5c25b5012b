"""Scoring one office: what is ok, partial or absent, and what must not change a score."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ektp_analytics.errors import Refused
from ektp_analytics.framework.catalogue import Catalogue, load_catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.settings import ScoreSettings

Values = Callable[..., list[IndicatorValue]]
KEYS = ("participation", "transparency", "accountability", "rule_of_law")
CODES = tuple(item.code for item in load_catalogue().scored)
SHARES = tuple(i.code for i in load_catalogue().scored if i.unit == "percent" and i.high == 100)
QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_every_indicator_at_its_target_scores_one_hundred(
    catalogue: Catalogue, few_draws: ScoreSettings
) -> None:
    """The target is the value that scores 100, so that all principles are 100."""
    values = [
        IndicatorValue(
            code=i.code,
            period="2025-Q1",
            value=99.4 if isinstance(i.target, str) else i.target,
            n=100,
        )
        for i in catalogue.scored
    ]
    card = score(values, catalogue, settings=few_draws)
    assert [p.score for p in card.principles] == pytest.approx([100] * 4)
    assert card.overall.score == pytest.approx(100)
    assert card.overall.geometric == pytest.approx(100)


def test_the_three_sources_every_office_has_assess_all_four(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Log, counts and survey carry 65 % of every principle's weight; opening is derived."""
    values = office_values(only=("service_log", "registrations", "survey"))
    card = score(values, catalogue, settings=few_draws)
    assert [p.status for p in card.principles] == ["ok"] * 4
    assert card.overall.status == "ok"
    low, high = card.overall.bounds
    assert card.overall.score is not None
    assert low < card.overall.score < high


def test_a_survey_alone_leaves_all_four_partial_or_not_assessed(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Clarity is a third of transparency, service felt a third of accountability."""
    card = score(office_values(only=("survey",)), catalogue, settings=few_draws)
    assert [p.status for p in card.principles] == ["partial", "partial", "partial", "not assessed"]
    assert card["transparency"].weight_assessed == pytest.approx(100 / 3)
    assert card["transparency"].from_survey == pytest.approx(100)
    assert card.overall.score is None
    assert "Supremasi hukum" in card.overall.reasons["score"].text("id")
    assert "Rule of law" in card.overall.reasons["score"].text("en")


def test_nothing_at_all_is_not_assessed_and_not_zero(catalogue: Catalogue) -> None:
    """No file, no score: bounds from 0 to 100 and a reason for every absent field."""
    card = score([], catalogue)
    assert {p.status for p in card.principles} == {"not assessed"}
    assert {p.score for p in card.principles} == {None}
    assert {p.bounds for p in card.principles} == {(0.0, 100.0)}
    assert card.overall.status == "not assessed"


def test_the_papers_mapping_moves_scores_between_principles(
    office_values: Values, few_draws: ScoreSettings
) -> None:
    """With every element at the same value the elements move, the rest stays."""
    values = office_values(skm_biaya=100.0)
    default, paper = (
        score(values, load_catalogue(mapping=m), settings=few_draws) for m in ("default", "paper")
    )
    assert paper["transparency"].from_survey == 0
    felt = [a.score for a in paper["accountability"].aspects if a.key.endswith("service_felt")]
    elements = [100 * (80 - 25) / 75] * 8 + [100.0]
    assert felt == [pytest.approx(sum(elements) / 9)]
    assert paper["rule_of_law"].score == default["rule_of_law"].score


@QUICK
@given(data=st.data())
def test_points_lost_add_up_to_one_hundred_minus_the_score(
    data: st.DataObject, catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """The decomposition leaves nothing unexplained, whatever is assessed."""
    kept = data.draw(st.lists(st.sampled_from(CODES), unique=True, min_size=1))
    changes = {code: data.draw(st.floats(0, 100), label=code) for code in SHARES}
    values = [v for v in office_values(**changes) if v.code in kept]
    card = score(values, catalogue, settings=few_draws)
    for principle in card.principles:
        lost = [line.points_lost for line in principle.lines if line.points_lost is not None]
        if principle.score is not None:
            assert sum(lost) == pytest.approx(100 - principle.score, abs=1e-9)
            low, high = principle.bounds
            assert low - 1e-9 <= principle.score <= high + 1e-9
            assert 0 <= principle.score <= 100 + 1e-9


@QUICK
@given(code=st.sampled_from(SHARES), one=st.floats(0, 100), two=st.floats(0, 100))
def test_a_better_value_never_lowers_a_score(
    code: str,
    one: float,
    two: float,
    catalogue: Catalogue,
    office_values: Values,
    few_draws: ScoreSettings,
) -> None:
    """Scores and both bounds are weakly monotone in each indicator value."""
    cards = [
        score(office_values(**{code: value}), catalogue, settings=few_draws)
        for value in sorted((one, two))
    ]
    for key in KEYS:
        worse, better = (card[key] for card in cards)
        assert worse.score is not None
        assert better.score is not None
        assert worse.score <= better.score + 1e-9
        assert worse.bounds[0] <= better.bounds[0] + 1e-9
        assert worse.bounds[1] <= better.bounds[1] + 1e-9


@QUICK
@given(order=st.permutations(range(len(CODES))))
def test_the_order_of_the_values_changes_nothing(
    order: list[int], catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Values arrive in any order; the whole record is the same, simulation included."""
    values = office_values()
    shuffled = [values[place] for place in order]
    records = [score(v, catalogue, settings=few_draws).to_record() for v in (values, shuffled)]
    assert records[0] == records[1]


def test_scoring_another_office_changes_nothing(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Goalposts are fixed: no office is measured against another."""
    before = score(office_values(), catalogue, settings=few_draws).to_record()
    score(office_values(office="lain", promise_kept=10.0), catalogue, settings=few_draws)
    assert score(office_values(), catalogue, settings=few_draws).to_record() == before


def test_small_n_and_intervals_do_not_move_the_score(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Duplicated rows change n and intervals, never the scores."""
    values = office_values()
    doubled = [
        replace(v, n=2 * (v.n or 0), interval=(v.value - 1, v.value + 1) if v.interval else None)
        for v in values
        if v.value is not None and v.unit != "ratio"
    ]
    cards = [score(v, catalogue, settings=few_draws) for v in (values, doubled)]
    assert [p.score for p in cards[0].principles] == [p.score for p in cards[1].principles]


def test_a_carried_value_is_scored_and_named(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Last period's registrations still count, and the principle says so."""
    values = [
        replace(v, status="carried") if v.code == "card_possession" else v for v in office_values()
    ]
    card = score(values, catalogue, settings=few_draws)
    notes = [note.text("id") for note in card["participation"].notes]
    assert any("Kepemilikan KTP-el" in note for note in notes)
    assert card.line("card_possession").assessed


def test_an_interval_that_is_missing_is_said(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """An interval that leaves one indicator's noise out must not look complete."""
    values = [
        replace(v, interval=None) if v.code == "schedule_given" else v for v in office_values()
    ]
    card = score(values, catalogue, settings=few_draws)
    assert "interval_leaves_out" in [note.code for note in card["transparency"].notes]
    assert "interval_leaves_out" not in [note.code for note in card["rule_of_law"].notes]


@pytest.mark.parametrize(
    ("minimum", "status"), [(100 / 3, "ok"), (33.0, "ok"), (34.0, "partial"), (65.0, "partial")]
)
def test_the_minimum_weight_is_a_setting(
    catalogue: Catalogue, office_values: Values, minimum: float, status: str
) -> None:
    """A third of the weight is enough where the setting says so."""
    chosen = ScoreSettings(draws=16, minimum_weight=minimum)
    card = score(office_values(only=("survey",)), catalogue, settings=chosen)
    assert card["transparency"].status == status


def test_mixed_offices_are_refused(catalogue: Catalogue, office_values: Values) -> None:
    """One scorecard is one office in one period."""
    mixed = [*office_values()[:3], *office_values(office="lain")[3:]]
    with pytest.raises(Refused, match="lain"):
        score(mixed, catalogue)


def test_a_code_given_twice_is_refused(catalogue: Catalogue, office_values: Values) -> None:
    """Which of two values holds must not depend on their order."""
    values = office_values()
    with pytest.raises(Refused, match="recording_coverage"):
        score([*values, values[0]], catalogue)


def test_an_unknown_code_is_refused_with_the_nearest(catalogue: Catalogue) -> None:
    """A misspelt code would otherwise vanish."""
    with pytest.raises(Refused, match="promise_kept"):
        score([IndicatorValue(code="promises_kept", value=1.0)], catalogue)


def test_without_draws_the_scores_stay_and_nothing_is_simulated(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """A league needs the scores alone; what was not simulated says so."""
    values = office_values()
    drawn = score(values, catalogue, settings=few_draws)
    card = score(values, catalogue, settings=replace(few_draws, draws=0))
    assert [p.score for p in card.principles] == [p.score for p in drawn.principles]
    assert card.overall.score == drawn.overall.score
    assert card.overall.interval is card.overall.choices_range is None
    for part in (card.overall, *card.principles):
        reasons = {field: reason.code for field, reason in part.reasons.items()}
        assert reasons == dict.fromkeys(("interval", "choices_range"), "not_simulated")
