"""Printed figures beside recomputed ones: the arithmetic of the case study."""

import csv
from collections.abc import Callable
from pathlib import Path

from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.case_study import (
    all_figures_page,
    partition_of,
    printed_figures_page,
)
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun

Words = Callable[[Section], str]
FIGURES = Path(__file__).parents[3] / "data/raw/banyuasin/2017-Q4/published_figures.csv"


def test_every_figure_stands_exactly_as_printed(
    banyuasin: PeriodRun, edition: Edition, words: Words
) -> None:
    """Asmawati (2023): nothing is corrected, not even the count that lost a digit."""
    read = words(all_figures_page(banyuasin, edition))
    with FIGURES.open(encoding="utf-8") as file:
        printed = [row["Tertulis"] for row in csv.DictReader(file)]
    assert len(printed) == 34
    assert not [text for text in printed if text not in read]


def test_the_total_is_that_of_the_four_counts(banyuasin: PeriodRun) -> None:
    """1.325.996 + 127.682 + 23 + 106.51x = 1.560.211 … 1.560.220 (by hand)."""
    audit = partition_of(banyuasin.data.tables["published_figures"])
    assert audit is not None
    first = audit.completions[0]
    assert first.pattern == "106.51x"
    assert (min(first.totals), max(first.totals)) == (1_560_211, 1_560_220)
    assert audit.exceeds_bound


def test_the_impossible_percentage_is_named_with_its_likely_misprint(
    banyuasin: PeriodRun, edition: Edition, words: Words
) -> None:
    """1.325.996 ÷ 1.560.21x = 84.99 %, so 8,98 % cannot be; one digit more makes 84,98 %."""
    read = words(printed_figures_page(banyuasin, edition))
    assert "Satu dari empat persentase tercetak tidak sesuai" in read
    assert "8,98%84,99%" in read.replace(" ", "")
    assert "84,98% (satu angka hilang)" in read


def test_the_bound_is_the_population_of_the_census(
    banyuasin: PeriodRun, edition: Edition, words: Words
) -> None:
    """BPS, census 2020: 836.914 residents, fewer than the persons the article counts."""
    read = words(printed_figures_page(banyuasin, edition))
    assert "1.560.211 sampai 1.560.220 melebihi seluruh penduduk" in read
    assert "836.914" in read


def test_contradictions_outside_the_counts_are_named(
    banyuasin: PeriodRun, edition: Edition, words: Words
) -> None:
    """23 % beside 6,82 % not recorded; 14 days beside 3 days; a regulation misnumbered."""
    read = words(printed_figures_page(banyuasin, edition))
    for said in ("23 % disebut", "14 hari", "3 hari", "No. 1 Tahun 2017", "19-01-2013"):
        assert said in read


def test_an_office_with_its_own_files_has_no_such_page(contoh: PeriodRun, edition: Edition) -> None:
    """The pages belong to printed figures only."""
    assert not printed_figures_page(contoh, edition)
    assert not all_figures_page(contoh, edition)
