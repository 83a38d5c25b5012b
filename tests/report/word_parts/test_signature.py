"""Signatures in the look of the template."""

import docx
import pytest

from ektp_analytics.report.front import Signature
from ektp_analytics.report.word_parts.body import Body
from ektp_analytics.report.word_parts.signature import (
    FIELDS,
    held_open,
    signature_values,
    take_signature,
    write_signature,
)

SIGNED = Signature(
    position="Kepala Dinas Uji", name="A. & B.", rank="Pembina (IV/a)", nip="1980", place="Contoh",
    date="5 Januari 2026", acting="Plt", opening="Mengesahkan,",
)  # fmt: skip


@pytest.fixture
def body() -> Body:
    """Return a body whose template has a signature block in one table cell."""
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    for name in FIELDS:
        cell.add_paragraph(held_open(name))
    place = document.add_paragraph("di sini")._p
    block = take_signature(document)
    return Body(document, place, lambda plot: None, block)


def lines(body: Body) -> list[str]:
    return [p.text for t in body.document.tables for p in t.cell(0, 0).paragraphs if p.text]


def test_the_block_is_filled_in_and_stands_once_per_signature(body: Body) -> None:
    assert body.document.tables == []
    write_signature(body, SIGNED)
    write_signature(body, SIGNED)
    assert len(body.document.tables) == 2
    assert lines(body)[: len(lines(body)) // 2] == [
        "Contoh, 5 Januari 2026", "Mengesahkan,", "Plt. Kepala Dinas Uji,",
        "Tempat tanda tangan elektronik", "A. & B.", "Pembina (IV/a)", "NIP 1980",
    ]  # fmt: skip


def test_what_is_not_known_is_a_line_to_fill_in_and_what_is_not_needed_is_left_out(
    body: Body,
) -> None:
    write_signature(body, Signature(position="Kepala Dinas", place="Contoh", box=False))
    written = lines(body)
    assert written[0].startswith("Contoh, …")
    assert written[1] == "Kepala Dinas,"
    assert written[2].startswith("…")
    assert written[3].startswith("NIP …")
    assert len(written) == 4


def test_a_template_without_the_block_gets_plain_lines(body: Body) -> None:
    body.signature = None
    write_signature(body, SIGNED)
    words = [p.text for p in body.document.paragraphs]
    assert words[:-1] == [v for v in signature_values(SIGNED).values() if v]
