"""Whatever is written into a file of any published kind comes out as text again."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import nbformat
import pandas as pd
import pytest
import xlsxwriter
from pypdf import PdfWriter
from pypdf.generic import (
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from ektp_analytics.report.page import PageInfo, page_of
from ektp_analytics.report.published_text import Unscannable, passages

PLANTED = "Penanda Rahasia"


def workbook(path: Path) -> None:
    """Plant one in a cell, a sheet name, a comment, a formula's value, a property."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"comments": f"{PLANTED} lima"})
        sheet = book.add_worksheet("Penanda Rahasia enam")
        sheet.write_string(0, 0, f"{PLANTED} satu")
        sheet.write_comment(0, 0, f"{PLANTED} dua")
        sheet.write_formula(1, 0, '="x"', value=f"{PLANTED} tiga")
        sheet.write_rich_string(2, 0, "Penanda ", book.add_format({"bold": True}), "Rahasia empat")


def document(path: Path) -> None:
    """Plant one across two runs, in a table, in a header, in a property."""
    written = docx.Document()
    paragraph = written.add_paragraph()
    paragraph.add_run("Penan")
    paragraph.add_run("da Rahasia satu").bold = True
    written.add_table(1, 1).cell(0, 0).text = f"{PLANTED} dua"
    written.sections[0].header.paragraphs[0].text = f"{PLANTED} tiga"
    written.core_properties.subject = f"{PLANTED} empat"
    written.save(str(path))


def page(path: Path) -> None:
    """Plant one in words, an attribute, chart data, a comment, across tags."""
    data = json.dumps({"data": [{"text": [f"{PLANTED} tiga"]}]}).replace("P", "\\u0050")
    body = (
        f"<p>{PLANTED} satu</p><div aria-label='{PLANTED} dua'></div><!-- {PLANTED} lima -->"
        f'<div class="plot"><script type="application/json">{data}</script></div>'
        "<p>Penan<b>da</b> Rahasia empat</p>"
        "<table><tr><td>Penanda</td><td>Rahasia</td><td>enam</td></tr></table>"
    )
    path.write_text(page_of(body, PageInfo(title="Uji", unit="Uji")), encoding="utf-8")


def notebook(path: Path) -> None:
    """Plant one in source, printed text, HTML output, metadata."""
    outputs = [
        nbformat.v4.new_output("stream", text=f"{PLANTED} dua\n"),
        nbformat.v4.new_output("display_data", {"text/html": "<b>Penanda</b> Rahasia tiga"}),
    ]
    cell = nbformat.v4.new_code_cell(f"x = '{PLANTED} satu'", outputs=outputs)
    book = nbformat.v4.new_notebook(cells=[cell], metadata={"by": f"{PLANTED} empat"})
    nbformat.write(book, path)


def table(path: Path) -> None:
    """Plant one in a text column, a category, a column's name, the description."""
    frame = pd.DataFrame({"a": [f"{PLANTED} satu", None], f"{PLANTED} tiga": [1.5, None]})
    frame["b"] = pd.Categorical([f"{PLANTED} dua", "x"])
    frame.attrs["note"] = f"{PLANTED} empat"
    frame.to_parquet(path)


def printed(path: Path) -> None:
    """Plant one in metadata, an alternative text, an attached file."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Subject": f"{PLANTED} satu"})
    tag = DictionaryObject({NameObject("/Alt"): TextStringObject(f"{PLANTED} dua")})
    writer.root_object[NameObject("/Uji")] = tag
    stream = StreamObject()
    stream.set_data(f"{PLANTED} tiga".encode())
    stream[NameObject("/Type")] = NameObject("/Metadata")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)
    writer.write(path)


def archive(path: Path) -> None:
    """Plant one in a name and one in a workbook inside."""
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w") as inner:
        inner.writestr("isi.csv", f"a;b\n1;{PLANTED} dua\n")
    with zipfile.ZipFile(path, "w") as outer:
        outer.writestr(f"{PLANTED} satu.txt", "x")
        outer.writestr("dalam.zip", inside.getvalue())


def plain(path: Path) -> None:
    """Plant one in a text in UTF-16, as Excel saves it."""
    path.write_text(f"{PLANTED} satu\n", encoding="utf-16")


@pytest.mark.parametrize(
    ("write", "name", "count"),
    [
        (workbook, "a.xlsx", 6),
        (document, "a.docx", 4),
        (page, "a.html", 6),
        (notebook, "a.ipynb", 4),
        (table, "a.parquet", 4),
        (printed, "a.pdf", 3),
        (archive, "a.zip", 2),
        (plain, "a.csv", 1),
    ],
)
def test_every_planted_text_is_seen(
    write: Callable[[Path], None], name: str, count: int, tmp_path: Path
) -> None:
    write(tmp_path / name)
    words = {" ".join(p.text.split()) for p in passages(tmp_path / name)}
    numbers = ("satu", "dua", "tiga", "empat", "lima", "enam")[:count]
    unseen = [n for n in numbers if not any(f"{PLANTED} {n}" in text for text in words)]
    assert unseen == []


def test_the_programs_and_fonts_of_a_page_are_not_read(tmp_path: Path) -> None:
    """They are 6 MB of a 6.8 MB page, and their base64 is no text."""
    page(tmp_path / "a.html")
    assert (tmp_path / "a.html").stat().st_size > 4_000_000
    assert sum(len(p.text) for p in passages(tmp_path / "a.html")) < 100_000


def test_a_number_that_was_an_identity_number_is_seen(tmp_path: Path) -> None:
    frame = pd.DataFrame({"whole": [1234560101900001, 7], "float": [1234560202900002.0, None]})
    frame.to_parquet(tmp_path / "a.parquet")
    text = " ".join(p.text for p in passages(tmp_path / "a.parquet"))
    assert "1234560101900001" in text
    assert "1234560202900002" in text


def test_numbers_that_plotly_packed_are_unpacked(tmp_path: Path) -> None:
    """Plotly writes arrays as base64: {"dtype": "f8", "bdata": …} (plotly.js 2.35)."""
    import numpy as np
    import plotly.graph_objects as go

    figure = go.Figure(go.Scatter(y=np.array([1.0, 1234560101900001.0])))
    path = tmp_path / "a.json"
    path.write_text(figure.to_json())
    assert "bdata" in path.read_text()
    assert any("1234560101900001" in p.text for p in passages(path))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7\nbroken"),
        ("a.xlsx", b"PK\x03\x04broken"),
        ("a.parquet", b"PAR1broken"),
    ],
)
def test_a_damaged_file_is_said_to_be_unreadable(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unscannable):
        list(passages(tmp_path / name))


def test_a_nested_archive_is_not_followed_for_ever(tmp_path: Path) -> None:
    content = b"end"
    for _ in range(6):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w") as packed:
            packed.writestr("a.zip", content)
        content = outer.getvalue()
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(Unscannable):
        list(passages(tmp_path / "a.zip"))
