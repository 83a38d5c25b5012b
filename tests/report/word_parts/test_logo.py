"""The coat of arms in the Word file's letterhead."""

from dataclasses import replace
from io import BytesIO

import docx
import pytest

from ektp_analytics.report.word_parts.logo import HEIGHT_MM, WIDTH_MM, logo_words, place_logo
from ektp_analytics.workspace import Office
from ektp_analytics.workspace.logo import Logo
from tests.workspace.test_logo import png

PLAIN = Office("uji", "Unit Uji", "Uji", "Kabupaten Uji", "99.99")


def _with(kind: str = "png", width: int = 6, height: int = 7) -> Office:
    return replace(PLAIN, logo=Logo(kind, png(width, height), width, height))


def _document(office: Office):
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).paragraphs[0].add_run(logo_words(office))
    return document


@pytest.mark.parametrize(("width", "height"), [(6, 7), (70, 5), (5, 70)])
def test_it_stands_in_its_place_within_its_room(width: int, height: int) -> None:
    """In the cell of the mark, undistorted, with alternative text."""
    office = _with("png", width, height)
    document = _document(office)
    assert place_logo(document, office, "Lambang daerah") == ()
    stream = BytesIO()
    document.save(stream)
    again = docx.Document(stream)
    shape = again.inline_shapes[0]
    assert shape.height.mm <= HEIGHT_MM + 0.1
    assert shape.width.mm <= WIDTH_MM + 0.1
    assert shape.width / shape.height == pytest.approx(width / height, rel=0.01)
    assert shape._inline.docPr.get("descr") == "Lambang daerah"
    assert again.tables[0].cell(0, 0).text == ""


def test_without_a_logo_nothing_is_said() -> None:
    """The letterhead stays clean."""
    document = _document(PLAIN)
    assert place_logo(document, PLAIN, "Lambang daerah") == ()
    assert document.tables[0].cell(0, 0).text == ""


def test_an_svg_logo_is_left_out_of_word_and_said() -> None:
    """Older Word shows no SVG; the finding says what to do."""
    office = _with("svg+xml")
    document = _document(office)
    assert [f.rule for f in place_logo(document, office, "Lambang")] == ["logo_not_in_word"]
    assert not document.inline_shapes
