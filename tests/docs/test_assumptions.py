"""The page of judgments carries the effects that the sensitivity run gives."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ektp_analytics.framework.catalogue import load_catalogue
from ektp_analytics.pipeline import run_period
from ektp_analytics.scoring.choice_effects import choice_effects, with_settings
from ektp_analytics.scoring.scorecard import Scorecard

PAGE = "assumptions.md"
ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / PAGE).read_text(encoding="utf-8")
NAMES = ("pilihan", "batas-bawah", "bobot-minimum")

Blocks = dict[str, Callable[[], str]]


@pytest.fixture(scope="module")
def card() -> Scorecard:
    return run_period(ROOT, "contoh", "2025-Q4").scorecard


@pytest.mark.parametrize("name", NAMES)
def test_each_table_is_what_the_program_gives(
    name: str, blocks: Blocks, tables_of: Callable[[str], dict[str, str]]
) -> None:
    """Cell by cell."""
    assert tables_of(PAGE)[name] == blocks[name]()


def test_every_judged_floor_is_listed() -> None:
    """Each floor marked as a judgment in the catalogue stands in the table of floors."""
    for item in load_catalogue().scored:
        if item.floor_is_judgment:
            assert f"| {item.name['id']} |" in TEXT


def test_seed_and_draws_are_those_in_use(card: Scorecard) -> None:
    """The page names the seed of the run."""
    assert f"benih {card.settings.seed}" in TEXT
    assert f"{card.settings.draws:,} tarikan".replace(",", ".") in TEXT


def test_ratings_fit_the_effects(card: Scorecard) -> None:
    """Large above five points, medium from one to five, on the principle hit most."""
    spans = choice_effects(card).groupby("choice")["span"].max()
    assert spans["weights"] > 5
    assert 1 <= spans["aggregation"] <= 5
    assert 1 <= spans["mapping"] <= 5


def test_what_scoring_the_smallest_n_would_do(card: Scorecard) -> None:
    """Four promises, scored: the figures of the sentence."""
    now = card["accountability"].score
    then = with_settings(card, smallest_n=1)["accountability"].score
    assert now is not None
    assert then is not None
    sentence = f"turun dari {now:.1f} menjadi {then:.1f}".replace(".", ",")
    assert sentence in TEXT
