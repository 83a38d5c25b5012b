"""Ranks on raw values, and shares of draws under choices common to both periods."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.framework.catalogue import Catalogue, load_catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.comparison import rank_offices, rank_ranges, risen_frame, share_risen
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.scorecard import Scorecard
from ektp_analytics.scoring.settings import ScoreSettings

Values = Callable[..., list[IndicatorValue]]
SETTINGS = ScoreSettings(draws=400)


def ranks(cards: list[Scorecard], key: str) -> dict[str, int | None]:
    table = rank_offices(cards)
    rows = table[table["key"] == key]
    return {
        office: None if pd.isna(rank) else int(rank)
        for office, rank in zip(rows["office"], rows["rank"], strict=True)
    }


def test_an_office_without_data_gets_no_rank(catalogue: Catalogue, office_values: Values) -> None:
    """Pandas issue 22519: a unit all blank among A and B must not crash or take a rank."""
    cards = [
        score(office_values("a", promise_kept=95.0), catalogue, settings=SETTINGS),
        score(office_values("b", promise_kept=80.0), catalogue, settings=SETTINGS),
        score([IndicatorValue(code="promise_kept", office="c", period="2025-Q1",
                              status="not assessed")], catalogue, settings=SETTINGS),
    ]  # fmt: skip
    assert ranks(cards, "accountability") == {"a": 1, "b": 2, "c": None}
    table = rank_offices(cards)
    assert set(table.loc[table["office"] == "c", "note"]) == {"tidak ada data"}


def test_ranks_are_made_before_rounding(catalogue: Catalogue, office_values: Values) -> None:
    """COINr 1.1.9: 80.004 and 79.996 both print 80.00 and are first and second, with a note."""
    cards = [
        score(office_values("a", schedule_given=80.001), catalogue, settings=SETTINGS),
        score(office_values("b", schedule_given=80.0), catalogue, settings=SETTINGS),
    ]
    assert ranks(cards, "transparency") == {"a": 1, "b": 2}
    table = rank_offices(cards)
    notes = table.loc[table["key"] == "transparency", "note"]
    assert all("sebelum pembulatan" in note for note in notes)


def test_equal_scores_share_the_better_rank(catalogue: Catalogue, office_values: Values) -> None:
    """Two firsts and a third, as in any competition ranking."""
    made = [
        score(office_values(name, promise_kept=v), catalogue, settings=SETTINGS)
        for name, v in (("a", 90.0), ("b", 90.0), ("c", 50.0))
    ]
    assert ranks(made, "accountability") == {"a": 1, "b": 1, "c": 3}


def test_a_partial_principle_is_not_ranked(catalogue: Catalogue, office_values: Values) -> None:
    """A score over a third of the weight must not compete with whole ones."""
    cards = [
        score(office_values("a"), catalogue, settings=SETTINGS),
        score(office_values("b", only=("survey",)), catalogue, settings=SETTINGS),
    ]
    assert ranks(cards, "accountability") == {"a": 1, "b": None}


def test_a_better_office_keeps_its_rank_in_every_draw(
    catalogue: Catalogue, office_values: Values
) -> None:
    """Registrations have no noise; better in all of them is first under every choice."""
    better = {"recording_coverage": 99.0, "card_possession": 99.0, "coverage_equity": 0.99}
    cards = [
        score(office_values("a", **better), catalogue, settings=SETTINGS),
        score(office_values("b"), catalogue, settings=SETTINGS),
    ]
    table = rank_ranges(cards)
    rows = table[table["key"] == "participation"].set_index("office")
    assert rows.loc["a", ["rank_low", "rank_high"]].tolist() == [1, 1]
    assert rows.loc["b", ["rank_low", "rank_high"]].tolist() == [2, 2]


def test_rank_ranges_leave_out_whoever_is_not_ranked(
    catalogue: Catalogue, office_values: Values
) -> None:
    """Adding an office without data leaves the ranges of the others as they were."""
    cards = [score(office_values(n), catalogue, settings=SETTINGS) for n in ("a", "b")]
    absent = score(office_values("c", only=("survey",)), catalogue, settings=SETTINGS)
    alone, with_third = rank_ranges(cards), rank_ranges([*cards, absent])
    kept = with_third[with_third["office"] != "c"].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, alone)
    assert with_third.loc[with_third["office"] == "c", "rank_low"].isna().all()


def test_a_complete_count_that_rose_rose_in_every_draw(
    catalogue: Catalogue, office_values: Values
) -> None:
    """Common choices: without noise, the same weights cannot turn a rise into a fall."""
    before = score(office_values(), catalogue, settings=SETTINGS)
    after = score(office_values(card_possession=92.0), catalogue, settings=SETTINGS)
    shares = share_risen(before, after)["participation"]
    assert (shares.rose, shares.fell, shares.same) == (100, 0, 0)
    assert shares.common == 8


def test_the_same_values_rise_in_half_of_the_draws(
    catalogue: Catalogue, office_values: Values
) -> None:
    """Data of two periods are drawn apart: a tie is a coin toss, 50 ± 5 at 1,000 draws."""
    settings = ScoreSettings(draws=1000)
    card = score(office_values(), catalogue, settings=settings)
    shares = share_risen(card, card)["rule_of_law"]
    assert shares.rose == pytest.approx(50, abs=5)
    assert shares.rose is not None
    assert shares.fell is not None
    assert shares.same is not None
    assert shares.rose + shares.fell + shares.same == pytest.approx(100)
    assert share_risen(card, card)["participation"].same == 100


def test_only_indicators_of_both_periods_count_and_carried_ones_do_not(
    catalogue: Catalogue, office_values: Values
) -> None:
    """A value carried over cannot rise."""
    before = score(office_values(), catalogue, settings=SETTINGS)
    values = [
        replace(v, status="carried") if v.code == "card_possession" else v for v in office_values()
    ]
    after = score(values, catalogue, settings=SETTINGS)
    assert share_risen(before, after)["participation"].common == 7


def test_a_partial_principle_has_no_share(catalogue: Catalogue, office_values: Values) -> None:
    """Only principles that are ok in both periods enter a trend."""
    before = score(office_values(), catalogue, settings=SETTINGS)
    after = score(office_values(only=("survey",)), catalogue, settings=SETTINGS)
    share = share_risen(before, after)["transparency"]
    assert share.rose is None
    assert share.reason is not None
    assert share.reason.code == "not_comparable_principle"


def test_cards_of_different_catalogues_or_seeds_are_refused(
    catalogue: Catalogue, office_values: Values
) -> None:
    """Draws are common only if catalogue, mapping and seed are."""
    card = score(office_values(), catalogue, settings=SETTINGS)
    paper = score(office_values(), load_catalogue(mapping="paper"), settings=SETTINGS)
    other = score(office_values(), catalogue, settings=ScoreSettings(draws=400, seed=1))
    for odd in (paper, other):
        with pytest.raises(Refused):
            rank_offices([card, odd])
        with pytest.raises(Refused):
            share_risen(card, odd)


def test_shares_as_a_table(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Shares of a principle sum to 100; without an earlier period there are none."""
    cards = [
        score(office_values(period=p, **c), catalogue, settings=few_draws)
        for p, c in (("2025-Q1", {}), ("2025-Q2", {"legal_time_limit": 30.0}))
    ]
    table = risen_frame(*cards).set_index("key")
    assert table[["rose", "fell", "same"]].sum(axis=1).round(9).eq(100).all()
    assert table.loc["rule_of_law", "fell"] > 90
    alone = risen_frame(None, cards[1], "en")
    assert alone["rose"].isna().all()
    assert alone["note"].str.len().gt(0).all()
