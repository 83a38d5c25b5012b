"""A real browser prints the small report; the file is read back."""

import asyncio
import json
import os
import re
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from ektp_analytics.errors import EktpError
from ektp_analytics.report import devtools
from ektp_analytics.report.page import PageInfo, page_of
from ektp_analytics.report.page_numbers import PLACE
from ektp_analytics.report.pdf import PdfPrinter, PrintedPdf
from ektp_analytics.report.pdf_file import PdfFailed

pytestmark = pytest.mark.browser

A4 = (595.28, 841.89)  # points, ISO 216


def texts(reader: PdfReader) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def test_pages_and_charts_are_counted(printed_report: PrintedPdf, reader: PdfReader) -> None:
    """Tool notes, pitfall 4: a page printed too early has no chart and exit code 0."""
    assert (printed_report.pages, printed_report.charts) == (2, 2)
    assert len(reader.pages) == 2
    assert printed_report.findings == ()


def test_a4_with_header_and_page_numbers(reader: PdfReader) -> None:
    """STYLE: A4; unit and period in the header but not on the cover; "Halaman x dari y"."""
    for page in reader.pages:
        assert [float(page.mediabox.width), float(page.mediabox.height)] == pytest.approx(A4, abs=1)
    cover, second = texts(reader)
    assert "Halaman 1 dari 2" in cover and "Halaman 2 dari 2" in second
    assert "DATA CONTOH (sintetis)" in cover and "DATA CONTOH (sintetis)" in second
    assert 'Disdukcapil Contoh · "KTP-el" </style>' in second
    assert "KTP-el" in cover and 'Contoh · "KTP-el"' not in cover


def test_text_is_text_and_ticks_are_indonesian(reader: PdfReader) -> None:
    """D16 for the signs; months and decimal comma from the local plotly locale."""
    second = texts(reader)[1]
    assert "Nilai ≥ 76,61 dan Σ = 148, é." in second
    assert "Mei 2025" in second and "May 2025" not in second
    assert "1.500,0" in second


def test_charts_are_vector_and_fonts_embedded_without_type_3(reader: PdfReader) -> None:
    """STYLE, pitfall 2; D01: the chart is there, as lines and text, not as a picture."""
    kinds, pictures = [], 0
    for page in reader.pages:
        fonts = page["/Resources"].get("/Font", {})
        kinds += [fonts[name].get_object() for name in fonts]
        pictures += len(page.images)
    assert pictures == 0
    assert {str(font["/Subtype"]) for font in kinds} == {"/Type0"}
    for font in kinds:
        inner = font["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in inner["/FontDescriptor"].get_object()
        assert "SourceSansPro" in font["/BaseFont"] or "SourceSerifPro" in font["/BaseFont"]


def test_marks_follow_rows_that_grew(printer: PdfPrinter, page_info: PageInfo) -> None:
    """STYLE, pitfall 7: a wrapped row takes its mark along; both are measured in the browser."""
    rows = "".join(
        f'<tr style="height:23px"><td style="width:80px">{name}</td></tr>'
        for name in ("Satu", "Kecamatan yang namanya memakan tiga baris", "Tiga")
    )
    figure = (
        '{"data":[{"type":"scatter","mode":"markers","x":[1,1,1],"y":[11.5,34.5,57.5]}],'
        '"layout":{"width":100,"height":69,"margin":{"l":0,"r":0,"t":0,"b":0},'
        '"yaxis":{"range":[69,0]}}}'
    )
    body = (
        '<div class="over-table"><table style="border-spacing:0;table-layout:fixed;width:80px">'
        f'<tbody>{rows}</tbody></table><div class="plot" role="img" aria-label="x" '
        f'style="left:80px;top:0"><script type="application/json">{figure}</script></div></div>'
    )
    centres = """JSON.stringify(["tr", "path.point"].map((kind) =>
      [...document.querySelectorAll(kind)].map((e) => e.getBoundingClientRect())
        .map((box) => (box.top + box.bottom) / 2)))"""
    rows_at, marks_at = inspect(printer, page_of(body, page_info), centres)
    assert rows_at[1] - rows_at[0] > 30
    assert marks_at == pytest.approx(rows_at, abs=0.6)


def inspect(printer: PdfPrinter, html: str, expression: str) -> Any:
    """Open a page as for printing and evaluate an expression in it."""
    assert printer._browser is not None
    browser = printer._browser.ready()

    async def look(page: Path) -> Any:
        tab = await browser.create_tab("about:blank")
        await devtools.open_page(tab, page)
        answer = await devtools.ask(tab, "Runtime.evaluate", expression=expression)
        await tab.close()
        return json.loads(answer["result"]["value"])

    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "x.html"
        page.write_text(html, encoding="utf-8")
        return printer._browser.run(look(page), 60)


def test_a_landscape_page_between_portrait_ones(
    printer: PdfPrinter, page_info: PageInfo, tmp_path: Path
) -> None:
    """D07: a wide table has a page it fits on, and every column is there."""
    cells = "".join(f"<td>kolom{i}</td>" for i in range(12))
    body = (
        f"<p>awal</p><section class='landscape'><table style='width:971px'><tr>{cells}</tr></table>"
        "</section><p>akhir</p>"
    )
    done = printer.print_page(page_of(body, page_info), tmp_path / "lebar.pdf")
    reader = PdfReader(done.path)
    assert done.findings == ()
    assert [p.mediabox.width > p.mediabox.height for p in reader.pages] == [False, True, False]
    assert all(f"kolom{i}" in texts(reader)[1] for i in range(12))


def test_what_is_too_wide_is_named(
    printer: PdfPrinter, page_info: PageInfo, tmp_path: Path
) -> None:
    """D07, D08; STYLE, pitfall 1: one broad element would shrink the whole file."""
    body = "<figure id='tabel-9'><figcaption>Tabel 9</figcaption><table style='width:900px'>"
    body += "<tr><td>x</td></tr></table></figure>"
    done = printer.print_page(page_of(body, page_info), tmp_path / "x.pdf")
    assert [(f.rule, f.details["what"]) for f in done.findings] == [("page_too_wide", "tabel-9")]


def test_a_sign_in_no_font_is_named(
    printer: PdfPrinter, page_info: PageInfo, tmp_path: Path
) -> None:
    """D16: jupyter/nbconvert#533: a warning names the sign (one of private use, in no font)."""
    body = "<p>aman: ≥ ≤ é Σ − – → † “kata” yang \U000f1234 kosong</p>"
    done = printer.print_page(page_of(body, page_info), tmp_path / "x.pdf")
    named = [(f.rule, f.details["what"]) for f in done.findings]
    assert named == [("sign_without_glyph", "\U000f1234")]


def test_a_chart_that_cannot_be_drawn_stops_the_print(
    printer: PdfPrinter, page_info: PageInfo, tmp_path: Path
) -> None:
    """D01: no silent gap; the old report stays."""
    (tmp_path / "x.pdf").write_text("lama")
    body = '<div class="plot"><script type="application/json">{"data": 7, "layout"</script></div>'
    with pytest.raises(PdfFailed, match="tidak dapat disiapkan"):
        printer.print_page(page_of(body, page_info), tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_text() == "lama"


def test_a_page_that_never_ends_is_stopped_and_the_next_one_prints(
    page_info: PageInfo, tmp_path: Path
) -> None:
    """D11, W07: jupyter/nbconvert#1468, plotly/Kaleido#98: the limit kills the browser."""
    with PdfPrinter(limit=20) as quick:
        quick.print_page(page_of("<p>siap</p>", page_info), tmp_path / "a.pdf")
        assert quick._browser is not None
        process = quick._browser.process
        quick.limit = 1.5
        start = time.monotonic()
        with pytest.raises(PdfFailed, match="1,5 detik"):
            quick.print_page(page_of("<script>for(;;);</script>", page_info), tmp_path / "b.pdf")
        assert time.monotonic() - start < 20
        assert process.poll() is not None
        quick.limit = 60
        done = quick.print_page(page_of("<p>lagi</p>", page_info), tmp_path / "c.pdf")
        assert done.pages == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.pdf", "c.pdf"]


def test_prints_inside_a_running_loop(
    printer: PdfPrinter, page_info: PageInfo, tmp_path: Path
) -> None:
    """W01, P13: a notebook cell or a server has a loop running."""

    async def cell() -> PrintedPdf:
        return printer.print_page(page_of("<p>dalam putaran</p>", page_info), tmp_path / "x.pdf")

    assert asyncio.run(cell()).pages == 1


def test_an_open_pdf_gives_the_remedy(
    printer: PdfPrinter, page_info: PageInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """W04: "tutup berkas", the old file whole, nothing half-written beside it."""
    target = tmp_path / "laporan.pdf"
    target.write_text("lama")

    def refused(source: Any, destination: Any) -> None:
        raise PermissionError(13, "used by another process")

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(EktpError, match=r"Tutup berkas laporan\.pdf"):
        printer.print_page(page_of("<p>x</p>", page_info), target)
    assert [p.name for p in tmp_path.iterdir()] == ["laporan.pdf"]
    assert target.read_text() == "lama"


def test_a_draft_says_so_on_every_page(printer: PdfPrinter, tmp_path: Path) -> None:
    """Without --final every page carries the word DRAF."""
    info = PageInfo(title="t", unit="u", draft=True)
    body = "<p>satu</p><p style='break-before:page'>dua</p>"
    reader = PdfReader(printer.print_page(page_of(body, info), tmp_path / "x.pdf").path)
    assert ["DRAF" in text for text in texts(reader)] == [True, True]


def test_page_numbers_are_those_of_this_report_and_not_of_the_last(
    printer: PdfPrinter, page_info: PageInfo, tmp_path: Path
) -> None:
    """Three reports of two lengths, one after the other in one tab."""
    place = str(PLACE)

    def report(pages: int) -> tuple[str, list[str]]:
        headings = [f"Judul {i}" for i in range(pages)]
        lines = "".join(f"<p>{h} hal. {place}</p>" for h in ("Judul 0", headings[-1]))
        start = "<div style='break-before: page'>"
        parts = "".join(f"{start}<h2>{h}</h2><p>isi</p></div>" for h in headings)
        return page_of(f"<nav>{lines}</nav>{parts}", page_info), ["Judul 0", headings[-1]]

    for pages in (3, 5, 5):
        html, contents = report(pages)
        done = printer.print_page(html, tmp_path / "x.pdf", contents=contents)
        assert done.numbers == ("2", str(pages + 1))
        first, *others = texts(PdfReader(done.path))
        assert f"Judul {pages - 1} hal. {pages + 1}" in first
        assert f"Judul {pages - 1}" in others[-1]
