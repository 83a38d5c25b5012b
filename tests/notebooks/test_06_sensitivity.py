"""The notebook on sensitivity shows intervals apart from ranges, and which factor matters."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat

from ektp_analytics.report.charts.choices import choices
from ektp_analytics.report.charts.left_out import left_out
from ektp_analytics.report.edition import Edition
from ektp_analytics.scoring.choice_effects import choice_effects, floor_effects
from ektp_analytics.scoring.mappings import mappings_frame
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.scoring.sensitivity import leave_one_out, status_by_minimum
from ektp_analytics.scoring.sobol import shares_frame, sobol_shares

NAME = "06_sensitivity"
BOOK = Path(__file__).parents[2] / "notebooks" / f"{NAME}.ipynb"


def test_charts_are_the_librarys(shown: Callable[..., Any], tiny_run: PeriodRun, day: Any) -> None:
    """Intervals and ranges, leave-one-out and Sobol shares: three charts with data."""
    card, edition = tiny_run.scorecard, Edition("id", day)
    found = shown(NAME)
    assert len(found.charts) == 3
    assert found.has(choices(card.to_frame(), edition))
    assert found.has(left_out(leave_one_out(card).to_frame(tiny_run.catalogue), edition))


def test_tables_are_the_librarys(shown: Callable[..., Any], tiny_run: PeriodRun) -> None:
    """One seed: the same shares to the last digit in another process."""
    card = tiny_run.scorecard
    found = shown(NAME)
    assert found.has_table(shares_frame(sobol_shares(card)))
    assert found.has_table(mappings_frame(card))
    assert found.has_table(status_by_minimum(card))
    assert found.has_table(choice_effects(card))
    assert found.has_table(floor_effects(card))


def test_papermills_own_engine_gives_the_same(shown: Callable[..., Any]) -> None:
    """A fresh kernel and the reused one show the same outputs."""
    assert shown(NAME, "papermill").data == shown(NAME).data
    assert not shown(NAME, "papermill").streams


def test_the_words_name_the_settings_in_use(tiny_run: PeriodRun) -> None:
    """±50 %, ±25 % and 65 % are told in words; they must be those of the settings."""
    book = nbformat.read(BOOK, as_version=4)
    words = " ".join(cell.source for cell in book.cells if cell.cell_type == "markdown")
    settings = tiny_run.scorecard.settings
    assert f"±{100 * settings.weight_spread:.0f}%" in words
    assert f"±{100 * settings.floor_spread:.0f}%" in words
    assert f"{settings.minimum_weight:.0f} persen" in words
