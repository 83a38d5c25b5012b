"""Methodology and provenance: every rule, standard and file by its date and fingerprint."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ektp_analytics.report.edition import Edition
from ektp_analytics.report.page_numbers import PLACE, with_page_numbers
from ektp_analytics.report.sections.contents import CONTENTS, contents, entries, filled
from ektp_analytics.report.sections.methodology import (
    UNVERIFIED,
    methodology_page,
    standard_frame,
)
from ektp_analytics.report.sections.provenance import file_frame, provenance_page
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun

Words = Callable[[Section], str]
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("office", ["sekadau", "banyuasin", "contoh"])
def test_fingerprints_are_those_of_the_files(office: str, request: pytest.FixtureRequest) -> None:
    """SHA-256 of the bytes on disk, recomputed with hashlib."""
    run: PeriodRun = request.getfixturevalue(office)
    table = file_frame(run, "id").dropna(subset=["file"]).set_index("file")["sha256"]
    folder = ROOT / "data" / "raw" / run.office.id / str(run.period)
    assert len(table) == len(run.files)
    for name, digest in table.items():
        assert digest == hashlib.sha256((folder / str(name)).read_bytes()).hexdigest()


def test_rows_read_are_kept_rejected_or_repeated(contoh: PeriodRun) -> None:
    """Read = kept + rejected + repeats, in every file."""
    table = file_frame(contoh, "id").dropna(subset=["file"])
    assert (table["read"] == table["kept"] + table["rejected"] + table["repeats"]).all()


def test_sources_that_are_waited_for_stand_in_the_list(
    sekadau: PeriodRun, edition: Edition, words: Words
) -> None:
    """A source not delivered is grey and says how many indicators wait for it."""
    read = words(provenance_page(sekadau, edition))
    assert read.count("tidak disampaikan") == 8
    assert "8 indikator menunggu" in read


def test_every_unverified_standard_is_marked(
    contoh: PeriodRun, edition: Edition, words: Words
) -> None:
    """``verified: false`` shows on the methodology page, with what the star means."""
    table = standard_frame(contoh, "id").set_index("name")["basis"]
    assert table["Target cakupan perekaman"].endswith(UNVERIFIED)
    assert not table["Batas waktu penerbitan KTP-el"].endswith(UNVERIFIED)
    assert "* Belum diperiksa pada naskah peraturan" in words(methodology_page(contoh, edition))


def test_standards_print_the_dates_they_hold_from(contoh: PeriodRun) -> None:
    """Permendagri 19/2018 is in force since 9 April 2018; 24 hours from completeness."""
    row = standard_frame(contoh, "id").set_index("name").loc["Batas waktu penerbitan KTP-el"]
    assert row["value_text"] == "24 jam"
    assert row["valid_text"] == "sejak 9 Apr 2018"


def test_no_standard_prints_its_key(contoh: PeriodRun, banyuasin: PeriodRun) -> None:
    """A key such as ``skm_bands.scale`` means nothing to an official."""
    for run in (contoh, banyuasin):
        assert not [n for n in standard_frame(run, "id")["name"] if "_" in n or "." in n]


PAGE = (
    '<header class="headline new-page"><p class="kicker">Pembuka</p><h2>Kata pengantar</h2>'
    '</header><nav class="contents"></nav>'
    '<header class="headline new-page"><p class="kicker">Bab I</p><h2>Pendahuluan</h2></header>'
    '<header class="headline new-page"><p class="kicker">Bab III · Hasil</p><h2>Satu &amp; '
    'dua</h2></header><header class="headline"><p class="kicker">Bab III · Hasil</p>'
    "<h2>Tiga</h2></header>"
)


def test_contents_list_each_chapter_once() -> None:
    """By its number and name; the opening pages are not listed."""
    assert [e.words for e in entries(PAGE, "Pembuka")] == ["Bab I · Pendahuluan", "Bab III · Hasil"]


def test_page_numbers_are_put_beside_their_chapters() -> None:
    """In their order, and no place stays open."""
    listed = entries(PAGE, "Pembuka")
    page = with_page_numbers(filled(PAGE, listed), ["5", "7"])
    block = page[page.index(CONTENTS) : page.index("</nav>")]
    assert block.index("Pendahuluan") < block.index(">5<") < block.index("Hasil")
    assert ">7<" in block
    assert str(PLACE) not in block


def test_only_a_signed_report_has_contents(
    contoh: PeriodRun, sekadau: PeriodRun, edition: Edition
) -> None:
    """A recomputation of thirteen pages needs none."""
    assert contents(contoh, edition)
    assert not contents(sekadau, edition)
