"""An own catalogue is named in the report with its fingerprint, weights and consistency."""

from dataclasses import replace

from ektp_analytics.framework.catalogue import load_catalogue
from ektp_analytics.indicators.value import SourceFile
from ektp_analytics.report.sections.own_catalogue import own_catalogue_rows, weights_words
from ektp_analytics.scoring.period_run import PeriodRun

JUDGED = (
    "version: b\nindicators:\n  sex_parity: {floor: 0.8}\nahp:\n  participation:\n"
    "    items: [equity, reach, engagement]\n"
    "    matrix: [[1, 2, 2], [1/2, 1, 1], [1/2, 1, 1]]\n"
)
CONTRADICTING = (
    "version: b\nahp:\n  participation:\n    items: [equity, reach, engagement]\n"
    "    matrix: [[1, 9, 1/9], [1/9, 1, 9], [9, 1/9, 1]]\n    confirmed: true\n"
)


def _with(run: PeriodRun, text: str) -> PeriodRun:
    file = SourceFile("data/raw/contoh/katalog.yaml", "ab" * 32)
    return replace(run, catalogue=load_catalogue(text), catalogue_files=(file,))


def test_nothing_is_said_where_the_packages_catalogue_is_used(contoh: PeriodRun) -> None:
    assert own_catalogue_rows(contoh, "id") == []
    assert "bobot sama" in weights_words(contoh, "id")


def test_file_changes_weights_and_ratio_are_printed(contoh: PeriodRun) -> None:
    """Judgments of 2 : 1 : 1 are consistent: ratio nought."""
    run = _with(contoh, JUDGED)
    rows = dict(own_catalogue_rows(run, "id"))
    assert rows["Katalog sendiri"] == "contoh/katalog.yaml abababababab…"
    assert "sex_parity" in rows["Indikator yang diubah"]
    assert "Pemerataan 50,0%" in rows["Bobot Partisipasi"]
    assert "rasio konsistensi 0,000" in rows["Bobot Partisipasi"]
    assert "katalog sendiri" in weights_words(run, "id")


def test_contradicting_judgments_that_were_confirmed_say_so(contoh: PeriodRun) -> None:
    """Saaty (1980): a ratio above 0.1 asks for a second look; whoever confirms it owns it."""
    rows = dict(own_catalogue_rows(_with(contoh, CONTRADICTING), "id"))
    assert "di atas batas 0,1" in rows["Bobot Partisipasi"]
