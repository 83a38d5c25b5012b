"""Cover, approval, foreword, introduction and collection: what they claim and who signs."""

import re
from collections.abc import Callable
from dataclasses import replace

from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.approval import approval_page, foreword_page, signatures
from ektp_analytics.report.sections.collection import collection_page
from ektp_analytics.report.sections.cover import cover_page
from ektp_analytics.report.sections.introduction import introduction_page
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.workspace import Office

Words = Callable[[Section], str]


def with_profile(run: PeriodRun, **entries: object) -> PeriodRun:
    """Return the same run of an office whose profile has other entries."""
    old = run.office
    office = Office(
        old.id, old.name, old.short_name, old.region, old.code, old.zone, old.label,
        old.notices, {**old.profile, **entries},
    )  # fmt: skip
    return replace(run, office=office)


def test_the_cover_claims_no_more_than_the_source(
    sekadau: PeriodRun, edition: Edition, words: Words
) -> None:
    """The article names no service unit: not a word of the e-KTP, and not official."""
    read = words(cover_page(sekadau, edition))
    assert "KTP" not in read
    assert "Bukan dokumen resmi instansi ini" in read
    assert "78,74" in read
    assert "DATA TERBITAN (49 responden yang terbaca)" in read


def test_the_kicker_names_the_length_of_the_period(
    sekadau: PeriodRun, contoh: PeriodRun, edition: Edition, words: Words
) -> None:
    """A semester is no quarter."""
    assert "Laporan semesteran" in words(cover_page(sekadau, edition))
    assert "Laporan triwulanan" in words(cover_page(contoh, edition))


def test_nobody_approves_published_data(sekadau: PeriodRun, edition: Edition) -> None:
    """No approval page and no foreword in the name of an official who did not write it."""
    assert not approval_page(sekadau, edition)
    assert not foreword_page(sekadau, edition)


def test_the_acting_head_signs_as_acting(contoh: PeriodRun, edition: Edition, words: Words) -> None:
    """Plt before the position; name, rank and NIP exactly as in ``office.yaml``."""
    people = [
        {"role": "other", "name": "Dra. Contoh", "position": "Sekretaris Dinas"},
        {
            "role": "head", "name": "Drs. Misal", "rank": "Pembina Tk. I", "nip": "000",
            "position": "Kepala Dinas", "acting": "Plt",
        },
    ]  # fmt: skip
    run = with_profile(
        contoh, signatories=people, letter={"number": "400/1/2026", "date": "12 Januari 2026"}
    )
    read = words(approval_page(run, edition))
    assert "Plt. Kepala Dinas" in read
    assert "Pembina Tk. I" in read
    assert "400/1/2026" in read
    assert [s.name for s in signatures(run, "id")] == ["Dra. Contoh", "Drs. Misal"]
    assert "12 Januari 2026" in words(foreword_page(run, edition))


def test_without_signatories_blank_lines_are_left(contoh: PeriodRun) -> None:
    """An office that has not filled in its profile still gets a sheet to sign."""
    run = with_profile(contoh, signatories=[])
    run = replace(run, office=replace(run.office, label=""))
    (blank,) = signatures(run, "id")
    assert blank.position == f"Kepala {contoh.office.name}"
    assert blank.name == ""


def test_no_regulation_is_named_before_it_was_in_force(
    banyuasin: PeriodRun, contoh: PeriodRun, edition: Edition, words: Words
) -> None:
    """Permendagri 19/2018 came into force on 9 April 2018, after the case study's data."""
    assert "Nomor 19 Tahun 2018" not in words(introduction_page(banyuasin, edition))
    assert "Nomor 19 Tahun 2018" in words(introduction_page(contoh, edition))


def test_the_sample_is_that_of_the_table(contoh: PeriodRun, edition: Edition, words: Words) -> None:
    """Krejcie and Morgan (1970): 2,426 users give 3.841·2426·0.25 ÷ (0.0025·2425 + 0.96025) =
    331.7, 332 by rounding to nearest as their table does.
    """
    users = contoh.office.users_served(contoh.period)
    assert users is not None
    size = 3.841 * users * 0.25 / (0.05**2 * (users - 1) + 3.841 * 0.25)
    read = words(collection_page(contoh, edition))
    assert f"mensyaratkan {round(size)} responden" in read


def test_what_is_not_known_of_the_survey_is_said(
    sekadau: PeriodRun, edition: Edition, words: Words
) -> None:
    """The article tells neither how respondents were chosen nor where and how many users."""
    read = words(collection_page(sekadau, edition))
    assert "Cara memilih responden tidak diterangkan" in read
    assert "Lokasi dan saluran pengisian tidak tercatat" in read
    assert "yang disyaratkan tidak dapat dihitung" in read


def test_the_elements_are_asked_in_the_order_of_the_regulation(
    sekadau: PeriodRun, edition: Edition, words: Words
) -> None:
    """PermenPAN-RB 14/2017: pengaduan is the eighth element, sarana the ninth."""
    read = words(collection_page(sekadau, edition))
    assert re.search(r"U8\s*Penanganan.*U9\s*Sarana", read)
