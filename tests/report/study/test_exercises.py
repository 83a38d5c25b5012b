"""Exercises: answers folded, their numbers computed from the files."""

from pathlib import Path

from ektp_analytics.pipeline import run_period
from ektp_analytics.pipeline.audit import audit_published
from ektp_analytics.report import study
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.study.exercises import Fold

ROOT = Path(__file__).parents[3]
RUN = run_period(ROOT, "banyuasin", "2017-Q4")
AUDIT = audit_published(ROOT / "data/raw/banyuasin/2017-Q4/published_figures.csv")


def test_every_answer_is_folded() -> None:
    html = str(study.exercises(RUN, Edition(), AUDIT).html())
    assert html.count("<details>") == 6
    assert html.count("<details>") == html.count("</details>") == html.count("<summary>")
    assert "<details open" not in html


def test_the_answers_by_hand() -> None:
    """The sum, the share, the bound, no combination for 23 %, κ = (0.80 - 0.68) / 0.32 = 0.375."""
    text = study.exercises(RUN, Edition(), AUDIT).text()
    for figure in ("1.560.211", "84,99%", "836.914", "15,0%", "0,375"):
        assert figure in text


def test_a_fold_escapes_what_it_is_given() -> None:
    html = str(Fold("Jawaban", "<script>alert(1)</script>").html())
    assert "<script>" not in html
