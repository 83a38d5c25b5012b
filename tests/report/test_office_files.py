"""Every file of a report that can be written is written; what is missing is said once."""

from pathlib import Path
from typing import Any

import pytest

from ektp_analytics.report.office_files import write_office_files
from ektp_analytics.report.page import PageInfo
from ektp_analytics.report.pdf import PdfPrinter

INFO = PageInfo(title="Laporan uji", unit="Dinas Uji")


def written(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_without_a_browser_everything_but_pictures_is_written(sekadau: Any, tmp_path: Path) -> None:
    """The message about the browser is the PDF's; here there is none to add."""
    assert write_office_files(sekadau, tmp_path, INFO) == ()
    assert written(tmp_path) == [
        "laporan.docx",
        "lembar-kerja.xlsx",
        "unggah/rekap-skm.csv",
        "unggah/rekap-skm.xlsx",
        "unggah/rtl.csv",
    ]


def test_only_the_formats_asked_for_are_written(sekadau: Any, tmp_path: Path) -> None:
    write_office_files(sekadau, tmp_path, INFO, formats=("html", "docx"))
    assert written(tmp_path) == ["laporan.docx"]


def test_no_survey_is_said_in_one_sentence(office_run: Any, tmp_path: Path) -> None:
    run = office_run(registrations="code,kecamatan,obligated,recorded\n99.02.01,A,100,90\n")
    folder = tmp_path / "keluar"
    findings = write_office_files(run, folder, INFO)
    assert [f.rule for f in findings] == ["poster_without_survey"]
    assert "poster.pdf" not in written(folder)


@pytest.mark.browser
def test_with_a_browser_the_sheet_and_the_pictures_are_there(
    sekadau: Any, tmp_path: Path, printer: PdfPrinter
) -> None:
    import docx

    assert write_office_files(sekadau, tmp_path, INFO, printer=printer) == ()
    assert {"poster.pdf", "poster.png"} <= set(written(tmp_path))
    document = docx.Document(tmp_path / "laporan.docx")
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    charts = sum(caption.startswith("Gambar") for caption in captions)
    assert len(document.inline_shapes) == charts > 3
    described = [s._inline.docPr.get("descr") for s in document.inline_shapes]
    assert all(described)
