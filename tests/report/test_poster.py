"""The publication sheet: what the regulation asks for, on one page, nobody recognisable."""

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from ektp_analytics.errors import Refused
from ektp_analytics.report.pdf import PdfPrinter
from ektp_analytics.report.poster import SHEET, poster_html, service_words, write_poster

HEAD = (
    "submitted_at,service,sex,education,persyaratan,prosedur,waktu,biaya,produk,kompetensi,"
    "perilaku,pengaduan,sarana\n"
)


def survey(*groups: tuple[int, str, str], service: str = "Ganti KTP-el") -> str:
    """Write questionnaires, so many of each sex and education, one a minute."""
    people = [(sex, education) for count, sex, education in groups for _ in range(count)]
    rows = [
        f"2025-02-03 {9 + k // 60:02d}:{k % 60:02d},{service},{sex},{education},3,3,3,4,3,3,3,3,3\n"
        for k, (sex, education) in enumerate(people)
    ]
    return HEAD + "".join(rows)


@pytest.fixture
def run(office_run: Any) -> Any:
    return office_run(survey=survey((3, "P", "SMA"), (40, "L", "SMA"), (2, "L", "S3"),
                                    (9, "L", "S1")))  # fmt: skip


def test_it_says_what_the_regulation_asks_for(run: Any) -> None:
    """Index, unit, service, respondents by sex and education, period, thanks (annex)."""
    text = poster_html(run).striptags()
    # Eight elements of 3 and one of 4: 28/9 × 25 = 77.78, in B.
    for words in ("77,78", "Dinas Uji Kabupaten Contoh", "Ganti KTP-el", "54 orang",
                  "Jenis kelamin", "Pendidikan", "1 Januari – 31 Maret 2025",
                  "Terima kasih atas penilaian"):  # fmt: skip
        assert words in text


def test_small_groups_are_hidden_so_that_the_total_does_not_give_them_away(run: Any) -> None:
    """Three women of 54: both counts are hidden; two with S3 stand with the eleven of S1."""
    html = str(poster_html(run))
    bars = html[html.index("Jenis kelamin") : html.index("Pendidikan")]
    assert "Tidak ditampilkan agar responden tidak dikenali" in bars
    assert "51" not in bars
    assert "S1, S3" in html
    assert "<b>11</b>" in html


def test_without_a_survey_or_an_index_there_is_no_sheet(office_run: Any, tmp_path: Path) -> None:
    none = office_run(registrations="code,kecamatan,obligated,recorded\n99.02.01,A,9,9\n")
    with pytest.raises(Refused, match="Lembar publikasi tidak dibuat"):
        poster_html(none)
    blank = office_run(survey=HEAD + "2025-02-03 09:00,A,L,SMA,3,,,,,,,,\n", period="2025-Q1")
    with pytest.raises(Refused, match="belum ada kuesioner"):
        poster_html(blank)


def test_several_services_are_counted_and_none_is_invented(office_run: Any) -> None:
    two = survey((6, "L", "SMA")) + survey((6, "P", "SMA"), service="KK")[len(HEAD) :]
    assert service_words(office_run(survey=two), "id") == "Seluruh layanan (2 jenis)"


def test_words_from_files_are_escaped_and_the_label_stands_there(office_run: Any) -> None:
    html = str(
        poster_html(
            office_run(
                {"name": "Dinas <script>&", "label": "DATA CONTOH (sintetis)",
                 "notices": {"survey": "Data buatan."}},
                survey=survey((12, "L", "SMA"), (9, "P", "SMA"), service="<b>KTP</b>"),
            )
        )
    )  # fmt: skip
    assert "<script>" not in html
    assert "&lt;b&gt;KTP&lt;/b&gt;" in html
    assert "DATA CONTOH (sintetis)" in html
    assert "Data buatan." in html


@pytest.mark.browser
@pytest.mark.parametrize("crowded", [False, True])
def test_it_is_one_page_and_one_picture(
    office_run: Any, printer: PdfPrinter, tmp_path: Path, crowded: bool
) -> None:
    """A4, one page, no part too wide; the picture has the sheet's size at twice the points."""
    levels = ["SD", "SMP", "SMA", "D1", "D3", "S1", "S2", "Kejar Paket B yang panjang", "Pesantren",
              "Lainnya", "Kursus"] if crowded else ["SMA", "S1"]  # fmt: skip
    groups = [(6, sex, level) for level in levels for sex in ("L", "P")]
    profile = {"name": "Dinas Kependudukan dan Pencatatan Sipil Kabupaten " + "Panjang " * 6}
    run = office_run(profile if crowded else None, survey=survey(*groups))
    done = write_poster(run, printer, tmp_path, draft=crowded)
    assert done.findings == ()
    pages = PdfReader(done.files[0]).pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    assert "77,78" in text
    assert "Terima kasih" in text
    assert "PermenPAN-RB 14/2017" in text
    png = done.files[1].read_bytes()
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (2 * SHEET[0], 2 * SHEET[1])
