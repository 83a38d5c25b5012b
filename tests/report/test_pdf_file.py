"""The printed file, read back: tags, outline, metadata."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from ektp_analytics.report.page import PageInfo, page_of
from ektp_analytics.report.pdf import PdfPrinter, PrintedPdf
from ektp_analytics.report.pdf_file import figure_texts, heading_pages

pytestmark = pytest.mark.browser


def test_tagged_with_words_for_every_figure(printed_report: PrintedPdf, reader: PdfReader) -> None:
    """STYLE, pitfall 3: plotly's three drawings per chart are one figure with its words."""
    root = reader.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "id"
    with pikepdf.open(printed_report.path) as pdf:
        assert figure_texts(pdf) == [
            "Permohonan naik dari 1.325 menjadi 3.000.",
            "Cakupan tiga kecamatan.",
        ]


def test_outline_has_the_headings_with_their_spaces(reader: PdfReader) -> None:
    """Chromium drops the space where a heading wraps; the outline is mended."""
    titles: list[str] = []

    def collect(items: list[Any]) -> None:
        for item in items:
            if isinstance(item, list):
                collect(item)
            else:
                titles.append(item.title)

    collect(reader.outline)
    first, second = titles
    assert first == "Survei Kepuasan Masyarakat dan Tata Kelola Pelayanan KTP-el"
    assert second.startswith("Kepuasan masyarakat tetap Baik, tetapi hanya tujuh dari sepuluh ")
    assert second.endswith("permohonan selesai dalam 24 jam")


def test_metadata_names_the_office_and_nobody_else(
    printed_report: PrintedPdf, reader: PdfReader
) -> None:
    """No user name, no folder, no browser string; the title as it is."""
    metadata = reader.metadata
    assert metadata is not None
    assert metadata.title == 'Laporan "uji" & <contoh>'
    assert metadata.author == "Disdukcapil Kabupaten Contoh"
    assert str(metadata.creator).startswith("ektp-analytics")
    content = printed_report.path.read_bytes()
    for word in (b"HeadlessChrome", b"file:", str(Path.home()).encode(), b"/tmp"):
        assert word not in content
    assert bool(reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"])


def test_a_heading_that_begins_a_page_is_named_once(
    printer: PdfPrinter, page_info: PageInfo, tmp_path: Path
) -> None:
    """Chromium 156 writes its title twice over into the outline."""
    body = "<p>awal</p><div style='break-before: page'><h2>Judul nol</h2><p>isi</p></div>"
    done = printer.print_page(page_of(body, page_info), tmp_path / "x.pdf")
    content = done.path.read_bytes()
    assert heading_pages(content) == {"Judulnol": 2}
    (mark,) = PdfReader(done.path).outline
    assert mark.title == "Judul nol"  # type: ignore[union-attr]
