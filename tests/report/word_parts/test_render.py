"""Every kind of block becomes what Word calls it: headings, tables, pictures, captions."""

import base64
from typing import Any

import docx
import pytest

from ektp_analytics.report.blocks import (
    Bullet,
    Bullets,
    Callout,
    Columns,
    Heading,
    Headline,
    KeyNumber,
    KeyRow,
    Note,
    PageBreak,
    Paragraph,
    Together,
)
from ektp_analytics.report.figure import Chart, Plot, TableChart, rows_of
from ektp_analytics.report.front import Facts, Letterhead
from ektp_analytics.report.grid import Cell, Column, Row, Table
from ektp_analytics.report.sections.contents import Contents
from ektp_analytics.report.steps import Step, Steps, Sum, Term, Working
from ektp_analytics.report.word_parts.body import Body
from ektp_analytics.report.word_parts.contents import write_contents
from ektp_analytics.report.word_parts.render import write_blocks
from ektp_analytics.report.word_template import template_bytes

# The smallest picture there is: one point (PNG specification).
POINT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DESCRIPTION = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
PLOT = Plot([], {}, 321, 120, "Permohonan naik dari **1.325** menjadi 3.000.")


@pytest.fixture
def body() -> Body:
    from io import BytesIO

    document = docx.Document(BytesIO(template_bytes()))
    place = document.paragraphs[-1]._p
    for element in list(document.element.body):
        if element is not place and not element.tag.endswith("sectPr"):
            document.element.body.remove(element)
    return Body(document, place, lambda plot: POINT)


def styled(body: Body) -> list[tuple[str, str]]:
    """Return style and words of every paragraph written."""
    return [(p.style.name, p.text) for p in body.document.paragraphs[:-1]]


def test_headings_are_words_headings(body: Body) -> None:
    """A chapter opens once; each finding under it is a heading of level 2, its parts of 3."""
    write_blocks(body, [
        Headline("Waktu terendah", "Bab III · Hasil", "Pengantar."),
        Heading("Bacaan"), "Teks.",
        Headline("Cakupan 98%", "Bab III · Hasil"),
        Headline("Loket buka", new_page=False),
        Headline("Kesimpulan", "Bab V"),
    ])  # fmt: skip
    levels = [(s, w) for s, w in styled(body) if s.startswith("Heading")]
    assert levels == [
        ("Heading 1", "Bab III · Hasil"), ("Heading 2", "Waktu terendah"), ("Heading 3", "Bacaan"),
        ("Heading 2", "Cakupan 98%"), ("Heading 2", "Loket buka"),
        ("Heading 1", "Bab V"), ("Heading 2", "Kesimpulan"),
    ]  # fmt: skip


def test_a_headline_on_a_page_of_its_own_opens_a_chapter(body: Body) -> None:
    """The approval sheet belongs to no chapter, and a headline after it neither."""
    write_blocks(body, [Headline("Pengesahan"), Headline("Isi", new_page=False)])
    assert [s for s, _ in styled(body)] == ["Heading 1", "Heading 1"]


def test_the_table_of_contents_lists_them_with_links(body: Body) -> None:
    """It is Word's own; the place the printed one has is left out with its heading."""
    first = [Contents("Isi"), Headline("Satu", "Bab I")]
    write_blocks(body, [*first, Headline("Dua", "Bab II"), Heading("Rinci")])
    write_contents(body)
    assert "Isi" not in [words for _, words in styled(body)]
    lines = [w for s, w in styled(body) if s.startswith("Daftar isi")]
    assert [line.split("\t")[0] for line in lines] == ["Bab I", "Satu", "Bab II", "Dua"]
    xml = body.document.element.xml
    assert 'TOC \\o "1-2"' in xml
    assert xml.count("w:anchor=") == 4
    for entry in body.entries:
        assert f'w:name="{entry.bookmark}"' in xml


def test_a_table_is_a_word_table_with_a_head_that_repeats(body: Body) -> None:
    columns = [Column("name", "Unsur", 120), Column("n", "n\nsah", 40, "right"),
               Column("plot", "", 100, plot=True)]  # fmt: skip
    rows = [
        Row({"name": Cell("Waktu", "catatan", "diamond", "attention"), "n": "404"}),
        Row({"name": Cell("Jumlah", span=2)}, "total"),
    ]
    write_blocks(body, [Table(columns, rows, "Tabel 3", "Unsur **terendah**", "Sumber: x")])
    (table,) = body.document.tables
    assert [c.text for c in table.rows[0].cells] == ["Unsur", "n\nsah"]
    assert [c.text for c in table.rows[1].cells] == ["◇ Waktu\ncatatan", "404"]
    assert table.rows[2].cells[0].text == "Jumlah"
    assert "<w:tblHeader/>" in table.rows[0]._tr.xml
    assert all("<w:cantSplit/>" in row._tr.xml for row in table.rows)
    assert styled(body)[0] == ("Caption", "Tabel 3. Unsur terendah")
    assert "SEQ Tabel" in body.document.element.xml
    assert ("Sumber", "Sumber: x") in styled(body)


def test_a_chart_is_a_picture_with_its_alternative_text(body: Body) -> None:
    write_blocks(body, [Chart(PLOT, "Gambar 1", "Permohonan", "n = 4")])
    described = [node.get("descr") for node in body.document.element.iter(DESCRIPTION)]
    assert described == ["Permohonan naik dari 1.325 menjadi 3.000."]
    words = [w for _, w in styled(body)]
    assert words[0] == "Gambar 1. Permohonan"
    assert words[-1] == "n = 4"


def test_without_a_camera_the_description_stands_in_the_picture_s_place(body: Body) -> None:
    body.camera = lambda plot: None
    write_blocks(body, [Chart(PLOT, "Gambar 1", "Permohonan")])
    assert ("Keterangan", "Permohonan naik dari 1.325 menjadi 3.000.") in styled(body)
    assert not list(body.document.element.iter(DESCRIPTION))


def test_a_table_chart_gives_picture_and_numbers(body: Body) -> None:
    columns = [Column("name", "Kecamatan", 140), Column("plot", "", 300, plot=True),
               Column("value", "%", 60, "right")]  # fmt: skip
    table = Table(columns, [Row({"name": "Sembawa", "value": "98,1"})])
    width = rows_of(table).width
    write_blocks(body, [TableChart(table, Plot([], {}, width, 60, "Satu titik."), "Gambar 2", "C")])
    (made,) = body.document.tables
    assert [c.text for c in made.rows[1].cells] == ["Sembawa", "98,1"]
    assert len(list(body.document.element.iter(DESCRIPTION))) == 1


def test_all_other_kinds_keep_their_words(body: Body) -> None:
    """No word of any block is lost on the way to Word."""
    blocks: list[Any] = [
        Paragraph("kecil", small=True),
        Bullets([Bullet("turun", "down", attention=True), "biasa"], "Apa yang berubah"),
        Bullets([], "Kosong", "tidak ada"),
        KeyNumber("IKM", "84,44", "Mutu B", ["n = 404"]),
        KeyRow([KeyNumber("Responden", "404"), KeyNumber("Cakupan", "98%")]),
        Note("Biaya.", "KTP-el gratis."),
        Callout("DATA CONTOH", "bukan data"),
        Columns([["kiri"], ["kanan"]]),
        Together(["bersama"]),
        PageBreak(),
        Steps([Step("Baris dibaca", [Sum([Term("421", "dibaca"), Term("404", "dipakai", "=")])])]),
        Working(["Σ 1.219", "÷ 411"], "2,966"),
        Facts([("Unit", "Dinas Uji")]),
        Letterhead(["PEMERINTAH", "DINAS"], "Jalan 1"),
    ]
    write_blocks(body, blocks)
    paragraphs = [w for _, w in styled(body)]
    cells = [c.text for t in body.document.tables for r in t.rows for c in r.cells]
    everything = "\n".join([*paragraphs, *cells])
    for words in (
        "kecil", "▼", "turun", "biasa", "Apa yang berubah", "tidak ada", "84,44", "Mutu B",
        "n = 404", "98%", "Biaya. KTP-el gratis.", "DATA CONTOH", "kiri", "kanan", "bersama",
        "1. Baris dibaca", "421", "= 404", "Σ 1.219 → ÷ 411 → 2,966", "Dinas Uji", "Jalan 1",
    ):  # fmt: skip
        assert words in everything
