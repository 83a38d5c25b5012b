"""Bab III: respondents, waiting, stages, coverage and the office's registers."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ektp_analytics.indicators.participation import office_coverage
from ektp_analytics.indicators.request_report import request_report
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.complaints import complaint_frame
from ektp_analytics.report.sections.conduct import event_frame
from ektp_analytics.report.sections.coverage import (
    change_since,
    coverage_frame,
    coverage_page,
    with_changes,
)
from ektp_analytics.report.sections.operations import operations_page
from ektp_analytics.report.sections.publications import checklist, publications_page
from ektp_analytics.report.sections.respondents import profile_page, respondents_page
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.sections.stages import stages_page
from ektp_analytics.report.sections.waiting import curve_share, limit_frame, waiting_page
from ektp_analytics.scoring.period_run import PeriodRun

Words = Callable[[Section], str]
RAW = Path(__file__).parents[3] / "data/raw/contoh/2025-Q4"


def rows_of(name: str) -> list[dict[str, str]]:
    with (RAW / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_respondents_of_all_services_make_the_total(
    contoh: PeriodRun, edition: Edition, words: Words
) -> None:
    """Those counted by service add up to those the index counts."""
    read = words(respondents_page(contoh, edition))
    table = contoh.data.tables["survey"]
    answered = table[list(SUMMED)].notna().sum(axis=1).ge(5)
    assert f"memenuhi syarat ({answered.sum()})" in read
    for name, count in table.loc[answered, "service"].value_counts().items():
        assert re.search(rf"{re.escape(str(name))}\D*{count}(?!\d)", read), name


SUMMED = (
    "persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku",
    "pengaduan", "sarana",
)  # fmt: skip


def test_no_group_below_five_persons_is_printed(
    contoh: PeriodRun, edition: Edition, words: Words
) -> None:
    """UU 27/2022 and the setting ``small_cell``: no count of 1 to 4 persons by an attribute."""
    html = str(profile_page(contoh, edition).html())
    found = [int(n) for n in re.findall(r"\\u003cb\\u003e(\d+)\\u003c.{1,7}b\\u003e \\u00b7", html)]
    assert found
    assert min(found) >= 5


def test_without_attributes_the_profile_is_one_line(
    sekadau: PeriodRun, edition: Edition, words: Words
) -> None:
    """The published rows hold answers only."""
    page = profile_page(sekadau, edition)
    assert "tidak ada dalam berkas" in words(page)
    assert "plot" not in str(page.html())


def test_the_headline_is_the_curve_at_the_limits(
    contoh: PeriodRun, edition: Edition, words: Words
) -> None:
    """24 hours (Permendagri 19/2018) as the indicator has it, and 14 days (UU 23/2006)."""
    found = request_report(contoh.data)
    share = contoh.value("legal_time_limit").value
    assert share is not None
    assert curve_share(found, "legal", 24.0, "id") == pytest.approx(share, abs=0.05)
    printed = f"{share:.1f}%".replace(".", ",")
    assert printed in words(waiting_page(contoh, edition))
    limits = limit_frame(contoh, found, "id").set_index("kind")
    assert sorted(limits.loc["law", "hours"]) == [24.0, 336.0]
    assert limits.loc["promise", "hours"] == 72.0


def test_requests_still_open_are_counted_and_not_dropped(
    contoh: PeriodRun, edition: Edition, words: Words
) -> None:
    """N = finished + open for both clocks, as the page prints them."""
    read = words(waiting_page(contoh, edition))
    told = re.findall(r"n = ([\d.]+)(?: permohonan)? \(([\d.]+) selesai; ([\d.]+) masih", read)
    assert len(told) == 2
    for n, finished, still_open in (tuple(int(x.replace(".", "")) for x in t) for t in told):
        assert n == finished + still_open


def test_the_backlog_is_what_was_open_on_the_first_day(contoh: PeriodRun) -> None:
    """Complete before 1 October 2025, 00.00, and printed later or not at all, cancelled
    requests left out; counted from the file itself.
    """
    found = request_report(contoh.data).backlog
    assert found is not None
    opens = "2025-10-01 00:00"
    kept = [
        r
        for r in rows_of("service_log")
        if "KTP-el" in r["Jenis layanan"]
        and r["Status"].casefold() not in ("batal", "dibatalkan", "ditolak", "dicabut")
        and r["Waktu persyaratan lengkap"]
        and r["Waktu persyaratan lengkap"] < opens
        and (not r["Waktu cetak"] or r["Waktu cetak"] >= opens)
    ]
    assert found.n == len(kept)


def test_the_period_before_is_read_again(
    contoh: PeriodRun, contoh_before: PeriodRun, edition: Edition, words: Words
) -> None:
    """DESIGN: every report re-reads the previous cohort with the longer view."""
    read = words(stages_page(contoh, edition, [contoh_before]))
    assert "Triwulan III 2025 dibaca ulang" in read
    then = contoh_before.value("legal_time_limit").value
    assert then is not None
    assert f"dulu tertulis {then:.1f}%".replace(".", ",") in read
    assert "tidak dapat dibaca ulang" in words(stages_page(contoh, Edition("id")))


def test_the_total_of_coverage_is_the_sum_of_its_rows(contoh: PeriodRun) -> None:
    """A Jumlah row is compared, never used: recorded and obligated summed from the file."""
    last = [r for r in rows_of("registrations") if r["Keadaan tanggal"] == "2025-12-31"]
    obligated = sum(int(r["Wajib KTP"]) for r in last)
    recorded = sum(int(r["Sudah rekam"]) for r in last)
    found = office_coverage(contoh.data)
    assert (found.total.obligated, found.total.recorded) == (obligated, recorded)
    assert found.total.recording_coverage == pytest.approx(100 * recorded / obligated)
    assert len(coverage_frame(contoh, found)) == len(contoh.office.kecamatan) == len(last)


def test_a_rate_above_a_hundred_is_shown_with_its_sign(
    contoh: PeriodRun, edition: Edition, words: Words
) -> None:
    """Recording starts at 16 (Mukomuko 104.8 %): not capped on the page, and explained."""
    read = words(coverage_page(contoh, edition))
    assert re.search(r"10\d,\d\d†", read)
    assert "† Di atas 100%" in read


def test_changes_of_kecamatan_are_those_of_the_two_files(
    contoh: PeriodRun, contoh_before: PeriodRun, edition: Edition, words: Words
) -> None:
    """Recorded ÷ obliged now less the same before, joined by the kecamatan's code."""
    found = office_coverage(contoh.data)
    moved = change_since(contoh, contoh_before)
    table = with_changes(coverage_frame(contoh, found), moved).set_index("code")
    then = {row.code: row.recording_coverage for row in office_coverage(contoh_before.data).rows}
    for row in found.rows:
        assert row.recording_coverage is not None
        assert table.loc[row.code, "change"] == pytest.approx(
            row.recording_coverage - (then[row.code] or 0)
        )
    read = words(coverage_page(contoh, edition, [contoh_before]))
    assert "terhadap TW III 2025 (keadaan 30 September 2025)" in read
    assert "Terhadap TW III 2025 cakupan perekaman kantor berubah" in read


def test_without_the_period_before_there_is_no_column_of_changes(
    contoh: PeriodRun, edition: Edition, words: Words
) -> None:
    """No change is made up; IKD is shown with its n and not scored."""
    read = words(coverage_page(contoh, edition))
    assert "Ubah" not in read
    assert "Aktivasi Identitas Kependudukan Digital (IKD)" in read
    assert "ditampilkan, tidak ikut dinilai" in read


def test_complaints_add_up_to_the_indicator(contoh: PeriodRun) -> None:
    """In time ÷ (resolved + open past the limit), and those received counted from the file."""
    counted = complaint_frame(contoh)
    value = contoh.value("complaints_in_time")
    judged = counted[["in_time", "late", "past"]].to_numpy().sum()
    assert judged == value.n
    assert 100 * counted["in_time"].sum() / judged == pytest.approx(value.value)
    inside = [r for r in rows_of("complaints") if "2025-10" <= r["Diterima"][:7] <= "2025-12"]
    assert counted["received"].sum() == len(inside)


def test_outreach_counts_what_was_held(contoh: PeriodRun) -> None:
    """Events held within the period, from the file itself."""
    events = event_frame(contoh, "id").set_index("Jenis")
    rows = rows_of("outreach")
    held = [r for r in rows if r["Tanggal pelaksanaan"] and r["Jenis kegiatan"] == "jemput bola"]
    assert events.loc["Jemput bola", "Terlaksana"] == str(len(held))
    people = sum(int(r["Jumlah peserta"]) for r in held)
    assert events.loc["Jemput bola", "Peserta"] == str(people)


def test_the_registers_share_one_page_under_one_chapter(
    contoh: PeriodRun, banyuasin: PeriodRun, edition: Edition, words: Words
) -> None:
    """Complaints, conduct and outreach; nothing without the files."""
    html = str(operations_page(contoh, edition).html())
    assert html.count("new-page") == 1
    assert html.count('class="kicker"') == 1
    assert not operations_page(banyuasin, edition)


def test_the_checklist_says_what_the_file_says(contoh: PeriodRun) -> None:
    """Published or not, item by item, by the label in the office's file."""
    table = checklist(contoh, "id").set_index("item")["published"]
    said = {r["Butir"]: r["Dipublikasikan"] for r in rows_of("publications")}
    assert len(table) == 23
    for item, published in table.items():
        assert bool(published) == (said[str(item)] == "ya"), item


def test_without_a_list_every_item_is_not_assessed(
    contoh: PeriodRun, sekadau: PeriodRun, edition: Edition, words: Words
) -> None:
    """The sheet is then a form; nothing is called unpublished for want of a file."""
    from dataclasses import replace

    tables = {k: v for k, v in contoh.data.tables.items() if k != "publications"}
    bare = replace(
        contoh,
        sources={k: v for k, v in contoh.sources.items() if k != "publications"},
        data=replace(contoh.data, tables=tables),
    )
    read = words(publications_page(bare, edition))
    assert read.count("belum dinilai") >= 23
    assert "Publikasi belum dinilai: daftarnya tidak disampaikan" in read
    assert not publications_page(sekadau, edition)


def test_tables_hold_no_missing_value_as_text(contoh: PeriodRun, edition: Edition) -> None:
    """A blank prints as an en dash, never as nan, NaT, None or <NA>."""
    for page in (respondents_page, profile_page, waiting_page, coverage_page, operations_page):
        text = page(contoh, edition).html().striptags()
        assert not re.search(r"\b(nan|NaN|NaT|None|<NA>)\b", text), page.__name__
