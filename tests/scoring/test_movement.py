"""A change counts when it is beyond noise, or a full step of a complete count."""

from collections.abc import Callable
from dataclasses import replace

from ektp_analytics.framework.catalogue import Catalogue, load_catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.movement import changes_frame, movement
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.settings import ScoreSettings

Values = Callable[..., list[IndicatorValue]]


def test_counts_move_by_a_step_and_shares_beyond_their_intervals(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Card possession: step of 1 point. Legal limit: 88 ± 4 against 60 ± 4 is far apart."""
    before = score(office_values(), catalogue, settings=few_draws)
    after = score(
        office_values(
            card_possession=88.9,
            recording_coverage=89.0,
            legal_time_limit=60.0,
            procedure_followed=89.0,
        ),
        catalogue,
        settings=few_draws,
    )
    verdicts = {code: c.verdict for code, c in movement(before, after).indicators.items()}
    assert verdicts["card_possession"] == "unchanged"
    assert verdicts["recording_coverage"] == "up"
    assert verdicts["legal_time_limit"] == "down"
    assert verdicts["procedure_followed"] == "unchanged"
    assert len(verdicts) == len(catalogue.scored)


def test_principles_are_compared_on_what_both_periods_have(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """A new source raises the score without anything having improved: no change is shown."""
    before = score(
        office_values(only=("registrations", "survey", "service_log")),
        catalogue,
        settings=few_draws,
    )
    after = score(office_values(outreach_delivered=100.0), catalogue, settings=few_draws)
    moved = movement(before, after)
    assert moved.principles["participation"].verdict == "unchanged"
    assert moved.principles["participation"].difference == 0
    assert "outreach_delivered" in moved.left_out
    assert "5 indikator" in moved.notes["participation"].text("id")


def test_a_carried_value_has_no_change(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Yesterday's number again is not a number of today."""
    before = score(office_values(), catalogue, settings=few_draws)
    values = [
        replace(v, status="carried", value=95.0) if v.code == "card_possession" else v
        for v in office_values()
    ]
    change = movement(before, score(values, catalogue, settings=few_draws)).indicators[
        "card_possession"
    ]
    assert change.verdict == "not comparable"
    assert change.reason is not None
    assert change.reason.code == "carried_has_no_change"


def test_another_catalogue_is_not_comparable(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """An own floor makes another measure of the same name."""
    own = load_catalogue("version: b\nindicators:\n  recording_coverage: {floor: 70}\n")
    moved = movement(
        score(office_values(), catalogue, settings=few_draws),
        score(office_values(), own, settings=few_draws),
    )
    assert {c.verdict for c in moved.indicators.values()} == {"not comparable"}
    assert {c.verdict for c in moved.principles.values()} == {"not comparable"}


def test_changes_as_a_table(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """88 ± 4 to 60 ± 4 fell; recording coverage, a complete count, rose by two points."""
    before = score(office_values(), catalogue, settings=few_draws)
    changed = office_values(period="2025-Q2", promise_kept=60.0, recording_coverage=90.0)
    after = score(changed, catalogue, settings=few_draws)
    table = changes_frame(before, after, "en").set_index("code")
    assert table.loc["promise_kept", "difference"] == -28.0
    assert table.loc["promise_kept", "high"] < 0
    assert table.loc["recording_coverage", "difference"] == 2.0
    assert table.loc["skm_waktu", "difference"] == 0.0
    words = table["verdict"]
    assert len({words["promise_kept"], words["recording_coverage"], words["skm_waktu"]}) == 3


def test_without_an_earlier_period_nothing_is_called_unchanged(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Every row says that there is nothing to compare with."""
    after = score(office_values(), catalogue, settings=few_draws)
    table = changes_frame(None, after)
    assert table["difference"].isna().all()
    assert table["reason"].str.len().gt(0).all()
    assert len(table) == len(catalogue.scored)
