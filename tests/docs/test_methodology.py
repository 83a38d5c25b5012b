"""The page a head of office reads says what the program says."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ektp_analytics.framework.catalogue import load_catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.pipeline.own_values import checked_values
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.settings import DEFAULT_SETTINGS
from ektp_analytics.sources.own_values import read_own_values

PAGE = "methodology.md"
TEXT = (Path(__file__).parents[2] / "docs" / PAGE).read_text(encoding="utf-8")
NAMES = (
    "katalog",
    "contoh-prinsip",
    "contoh-indikator",
    "contoh-andai",
    "contoh-perlu",
    "sekadau-prinsip",
    "sekadau-indikator",
    "banyuasin-prinsip",
    "ketentuan",
    "dasar-hukum",
)

Blocks = dict[str, Callable[[], str]]


@pytest.mark.parametrize("name", NAMES)
def test_each_table_is_what_the_program_gives(
    name: str, blocks: Blocks, tables_of: Callable[[str], dict[str, str]]
) -> None:
    """Three bundled offices, the catalogue, and what is not verified: cell by cell."""
    assert tables_of(PAGE)[name] == blocks[name]()


def test_no_table_is_left_untested(tables_of: Callable[[str], dict[str, str]]) -> None:
    """A marker without a test would be free to drift."""
    assert set(tables_of(PAGE)) == set(NAMES)


def test_the_worked_example_is_right() -> None:
    """97.799 between 80 and 99.4 scores 91.7 and costs 1.4 of 100 points (by hand)."""
    score = 100 * (97.799 - 80) / (99.4 - 80)
    assert "97,799%" in TEXT
    weight = float(load_catalogue().weight_in_principle("recording_coverage"))
    assert f"= {score:.1f}".replace(".", ",") in TEXT
    assert f"= {weight * (100 - score):.1f}".replace(".", ",") in TEXT


def test_the_words_name_the_settings_in_use() -> None:
    """65 %, n of 5 and 29."""
    assert f"{DEFAULT_SETTINGS.minimum_weight:.0f}% bobot" in TEXT
    assert f"n di bawah {DEFAULT_SETTINGS.smallest_n} " in TEXT
    assert f"sampai {DEFAULT_SETTINGS.small_n - 1} " in TEXT


def test_the_own_catalogue_shown_can_be_used_as_it_stands(tmp_path: Path) -> None:
    """The file and the value on the page are read without a finding; 60 of 80 scores 75."""
    catalogue = load_catalogue(_shown("yaml"))
    assert float(catalogue.groups["participation"]["equity"]) == pytest.approx(0.5)
    path = tmp_path / "own_values.csv"
    path.write_text(_shown("csv"), encoding="utf-8")
    result = checked_values(read_own_values(path), catalogue)
    assert result.findings == ()
    row = result.table.iloc[0]
    value = IndicatorValue(code=row["code"], period="2025-Q4", value=row["value"], n=row["n"])
    assert score([value], catalogue).line("antrean_daring").value.score == pytest.approx(75)


def _shown(language: str) -> str:
    """Return the one block of the page in a language."""
    return TEXT.split(f"```{language}\n")[1].split("```")[0]


def test_figures_in_the_sentences_stand_in_the_tables(blocks: Blocks) -> None:
    """Every decimal figure of the reading of the three offices is a figure of their tables."""
    told = TEXT.split("## Kantor contoh")[1].split("## Katalog sendiri")[0]
    prose = "\n".join(line for line in told.splitlines() if not line.startswith("|"))
    tables = " ".join(blocks[name]() for name in NAMES[1:8])
    known = set(re.findall(r"\d+,\d+", tables))
    for figure in re.findall(r"\d+,\d+", prose):
        assert figure in known | {"11,1"}, figure
