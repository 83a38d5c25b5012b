"""The page of the nine elements: the published rows of Sekadau, read back from the page."""

from collections.abc import Callable

from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import band_frame
from ektp_analytics.report.sections.elements import elements_page, near_cuts
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun

Words = Callable[[Section], str]


def test_the_page_prints_the_index_of_the_published_rows(
    sekadau: PeriodRun, edition: Edition, words: Words
) -> None:
    """Article 923 of sekadaukab.go.id: 49 rows, Σ of the elements 138 139 150 177 159 163 161
    143 159; by hand 1447 ÷ 441 × 25 … = 78.741497 with weights 1/9.
    """
    sums = (138, 139, 150, 177, 159, 163, 161, 143, 159)
    index = sum(sums) / 49 / 9 * 25
    read = words(elements_page(sekadau, edition))
    assert f"{index:.6f}".replace(".", ",") in read
    assert "78,74 (B, Baik)" in read


def test_the_weakest_element_stands_in_the_headline(
    sekadau: PeriodRun, edition: Edition, words: Words
) -> None:
    """Persyaratan has the lowest sum: 138 ÷ 49 × 25 = 70.41, in band C (65.00–76.60)."""
    assert "Persyaratan adalah unsur terendah (70,41, mutu C)" in words(
        elements_page(sekadau, edition)
    )


def test_only_intervals_over_a_boundary_are_warned_of(sekadau: PeriodRun) -> None:
    """A warned interval holds a boundary between two letters; the others hold none."""
    summary = unit_survey(sekadau.data).summary
    edges = (65.0, 76.61, 88.31)
    expected = {
        e.key
        for e in summary.elements
        if e.interval.bounds
        and any(e.interval.bounds[0] < edge <= e.interval.bounds[1] for edge in edges)
    }
    bands = band_frame(sekadau.period.end, "id")
    assert {element.key for element, _ in near_cuts(summary, bands)} == expected


def test_a_survey_of_unnamed_services_says_nothing_of_the_fee_of_the_card(
    sekadau: PeriodRun, contoh: PeriodRun, edition: Edition, words: Words
) -> None:
    """The free-of-charge rule (UU 24/2013 art. 79A) is about the e-KTP only."""
    assert "79A" not in words(elements_page(sekadau, edition))
    assert "79A" in words(elements_page(contoh, Edition("id")))


def test_without_a_survey_there_is_no_page(banyuasin: PeriodRun, edition: Edition) -> None:
    """Never an empty chart."""
    assert not elements_page(banyuasin, edition)
