"""What was not delivered is said in words, never drawn and never counted as zero."""

import inspect
from collections.abc import Callable

from ektp_analytics.report import sections
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.sections.unassessed import RESULT_SOURCES, unassessed_results
from ektp_analytics.scoring.period_run import PeriodRun

Words = Callable[[Section], str]
DRAWN = 'class="plot"'


def drawn_pages(run: PeriodRun, edition: Edition) -> list[str]:
    pages = ((name, getattr(sections, name)) for name in sections.__all__)
    return [name for name, page in pages if DRAWN in str(page(run, edition).html())]


def test_a_case_study_has_no_chart_at_all(banyuasin: PeriodRun, edition: Edition) -> None:
    """Nothing was measured: no survey, no log, no counts."""
    assert drawn_pages(banyuasin, edition) == []


def test_a_survey_alone_draws_only_what_rests_on_it(sekadau: PeriodRun, edition: Edition) -> None:
    """Index, elements, scores and the answers of one element."""
    allowed = {"summary_page", "elements_page", "scorecard_page", "why_page"}
    assert set(drawn_pages(sekadau, edition)) <= allowed


def test_every_missing_source_is_named_once(
    sekadau: PeriodRun, edition: Edition, words: Words
) -> None:
    """One honest line: what, which file, and that it is not zero."""
    read = words(unassessed_results(sekadau, edition))
    assert "tidak dihitung sebagai nol" in read
    missing = [s for s in RESULT_SOURCES if s not in sekadau.sources]
    assert read.count("(berkas ") == len(missing) == 7
    assert "tren nilai SKM (tidak ada periode sebelumnya)" in read


def test_an_office_that_delivered_everything_has_nothing_to_say(
    contoh: PeriodRun, edition: Edition
) -> None:
    """With every source and earlier periods there is no such part."""
    assert not unassessed_results(contoh, edition)


def test_every_page_takes_a_run_and_an_edition() -> None:
    """Pages that look back take the earlier periods too, and work without them."""
    for name in sections.__all__:
        names = list(inspect.signature(getattr(sections, name)).parameters)
        assert names in (["run", "edition"], ["run", "edition", "history"]), name
