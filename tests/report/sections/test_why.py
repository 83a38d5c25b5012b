"""The trace of one number: every printed step follows from the one before."""

import re
from collections.abc import Callable

import pytest

from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.sections.why import why_page
from ektp_analytics.scoring.period_run import PeriodRun

Words = Callable[[Section], str]


def number(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))


@pytest.mark.parametrize("office", ["sekadau", "contoh"])
def test_the_rows_read_are_all_accounted_for(
    office: str, request: pytest.FixtureRequest, edition: Edition
) -> None:
    """Read = counted + too few answers + outside the period + rejected + repeats."""
    run: PeriodRun = request.getfixturevalue(office)
    html = str(why_page(run, edition).html())
    terms = [int(number(t)) for t in re.findall(r'class="term">.*?<b>([\d.]+)</b>', html)]
    assert terms[0] == sum(terms[1:])
    assert terms[1] == unit_survey(run.data).summary.n


@pytest.mark.parametrize("office", ["sekadau", "contoh"])
def test_the_steps_of_the_calculation_follow(
    office: str, request: pytest.FixtureRequest, edition: Edition, words: Words
) -> None:
    """NRR = Σ ÷ n, Σ NRR ÷ x × 25 = the index, recomputed from what the page prints."""
    run: PeriodRun = request.getfixturevalue(office)
    read = words(why_page(run, edition))
    total, n, nrr = re.findall(r"NRR = ([\d.]+) ÷ ([\d.]+) = ([\d,]+)", read)[0]
    assert number(nrr) == pytest.approx(number(total) / number(n), abs=5e-7)
    whole, count, mean, index = re.findall(
        r"Σ NRR = ([\d,]+) ?÷ (\d+) = ([\d,]+) ?× 25 = ([\d,]+)", read
    )[0]
    assert number(mean) == pytest.approx(number(whole) / int(count), abs=1e-6)
    assert number(index) == pytest.approx(number(whole) / int(count) * 25, abs=2e-5)


def test_the_answers_shown_add_up_to_the_sum(
    sekadau: PeriodRun, edition: Edition, words: Words
) -> None:
    """Persyaratan, the weakest: Σ value × count = 138 over 49 answers (published rows)."""
    read = words(why_page(sekadau, edition))
    assert "Persyaratan (49 sah, 0 kosong)" in read
    assert "Σ = 138" in read


def test_without_an_index_there_is_nothing_to_trace(banyuasin: PeriodRun, edition: Edition) -> None:
    """No page rather than a page without a number."""
    assert not why_page(banyuasin, edition)
