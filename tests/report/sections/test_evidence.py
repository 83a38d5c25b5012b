"""Coded statements counted: from the file itself, without the library's own counting."""

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.evidence import evidence_page, themes_page
from ektp_analytics.report.sections.follow_up import strengths_page
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun

Words = Callable[[Section], str]
STATEMENTS = Path(__file__).parents[3] / "data/raw/banyuasin/2017-Q4/evidence.csv"


def counted() -> Counter[tuple[str, str]]:
    with STATEMENTS.open(encoding="utf-8") as file:
        return Counter((row["Prinsip"], row["Arah"]) for row in csv.DictReader(file))


def test_the_matrix_counts_every_statement(
    banyuasin: PeriodRun, edition: Edition, words: Words
) -> None:
    """One coder, one run: each row of the file is one statement."""
    read = words(evidence_page(banyuasin, edition)).replace(" ", "")
    names = {
        "partisipasi": "Partisipasi", "transparansi": "Transparansi",
        "akuntabilitas": "Akuntabilitas", "supremasi hukum": "Supremasihukum",
    }  # fmt: skip
    for key, printed in names.items():
        support, hinder = counted()[key, "mendukung"], counted()[key, "menghambat"]
        assert f"{printed}{support}{hinder}" in read
    total = Counter(direction for _, direction in counted().elements())
    assert f"{total['menghambat']}pernyataanmenyebuthambatan" in read


def test_the_abstract_is_set_against_the_results(
    banyuasin: PeriodRun, edition: Edition, words: Words
) -> None:
    """The abstract says the principles work as planned; the results say otherwise."""
    with STATEMENTS.open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if "Abstrak" in r["Dokumen"]]
    support = sum(r["Arah"] == "mendukung" for r in rows)
    said = f"Abstrak memuat {support} pernyataan mendukung dan {len(rows) - support} menghambat"
    assert said in words(evidence_page(banyuasin, edition))


def test_every_theme_stands_in_the_annex(
    banyuasin: PeriodRun, edition: Edition, words: Words
) -> None:
    """No theme is left out for want of room."""
    read = words(themes_page(banyuasin, edition)).casefold()
    with STATEMENTS.open(encoding="utf-8") as file:
        themes = {row["Tema"] for row in csv.DictReader(file)}
    assert not [theme for theme in themes if theme not in read]


def test_statements_two_coders_read_differently_count_on_neither_side(
    contoh: PeriodRun, edition: Edition, words: Words
) -> None:
    """The made-up office has two statements on which its two coders disagree."""
    read = words(strengths_page(contoh, edition))
    assert "Pada 2 pernyataan para pengode berbeda arah" in read
