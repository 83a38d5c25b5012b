"""The case study's figures as a page: all of them, judged, with the working by hand.

Asmawati (2023), doi 10.30996/jpap.v8i2.8049. By hand: 1,325,996 + 127,682 + 23 + 106,51x =
1,560,211 to 1,560,220; 1,325,996 of it is 84.99 %, 127,682 is 8.18 %, 106,51x is 6.83 %,
the first three together 93.17 %; 100 - 6.82 = 93.18. Census of 2020: 836,914 people.
"""

from functools import cache
from pathlib import Path

import pytest

from ektp_analytics.measures.published_figures import AuditResult
from ektp_analytics.pipeline import run_period
from ektp_analytics.pipeline.audit import audit_published
from ektp_analytics.report import study
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.study.figures import short_count
from ektp_analytics.scoring.period_run import PeriodRun

ROOT = Path(__file__).parents[3]


@cache
def case() -> PeriodRun:
    return run_period(ROOT, "banyuasin", "2017-Q4")


@cache
def audit() -> AuditResult:
    return audit_published(ROOT / "data/raw/banyuasin/2017-Q4/published_figures.csv")


def test_every_printed_figure_is_reproduced() -> None:
    text = study.figures(case(), Edition(), audit()).text()
    for printed in case().data.tables["published_figures"]["printed"]:
        assert str(printed) in text
    assert "4 dari 10 angka" in text
    assert "84,98%" in text


def test_the_working_by_hand() -> None:
    text = study.working(case(), Edition()).text()
    for figure in ("1.560.211–1.560.220", "84,99%", "8,18%", "6,83%", "93,17%"):
        assert figure in text
    assert "100 − 6,82% = 93,18" in text
    assert short_count(case()) == "106,51"


def test_each_place_of_the_lost_digit_and_the_bound() -> None:
    text = study.completions(case(), Edition()).text()
    for pattern in ("106.51x", "106.5x1", "106.x51"):
        assert pattern in text
    assert "836.914" in text


@pytest.mark.parametrize(("lang", "word"), [("id", "sesuai"), ("en", "follows")])
def test_both_languages(lang: str, word: str) -> None:
    edition = Edition("en" if lang == "en" else "id")
    assert word in study.figures(case(), edition, audit()).text()


def test_times_and_dates_that_do_not_agree() -> None:
    """The manuscript is dated 2013, its data end in December 2017; limits of 14 and 3 days."""
    text = study.contradictions(case(), Edition()).text()
    assert "19-01-2013" in text
    assert "14 hari" in text
    assert "3 hari" in text
    assert "10.00" in text
