"""The whole report of the published survey, built once in a workspace of its own and read back."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from ektp_analytics.errors import EktpError, Refused
from ektp_analytics.report.build import BuiltReport, build_report, page_info
from ektp_analytics.report.pdf_file import heading_pages, squeezed
from ektp_analytics.workspace import Office, Workspace

ROOT = Path(__file__).parents[2]
OFFICE, PERIOD = "sekadau", "2019-S1"
LABEL = "DATA TERBITAN (49 responden yang terbaca)"


def workspace_with(root: Path, *offices: str) -> Path:
    """Return a workspace that holds copies of some of the bundled offices."""
    raw = root / "data" / "raw"
    raw.mkdir(parents=True)
    for office in offices:
        shutil.copytree(ROOT / "data" / "raw" / office, raw / office)
    return root


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace of one office."""
    return workspace_with(tmp_path_factory.mktemp("kerja"), OFFICE)


@pytest.fixture(scope="module")
def built(workspace: Path) -> BuiltReport:
    """Return the report, built as a stranger would."""
    return build_report(workspace, OFFICE, PERIOD)


@pytest.fixture(scope="module")
def pdf(built: BuiltReport) -> PdfReader:
    """Return the published PDF."""
    return PdfReader(built.files[[f.name for f in built.files].index("laporan.pdf")])


def pages_of(pdf: PdfReader) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pdf.pages]


def structure(pdf: PdfReader) -> Iterator[DictionaryObject]:
    """Yield every element of the PDF's tag tree."""
    waiting = [pdf.trailer["/Root"]["/StructTreeRoot"].get_object()]  # type: ignore[index]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, ArrayObject):
            waiting += list(element)
        elif isinstance(element, DictionaryObject):
            yield element
            waiting += [element["/K"]] if "/K" in element else []


@pytest.mark.browser
def test_both_forms_are_published_and_nothing_else(built: BuiltReport, workspace: Path) -> None:
    """One page that needs no network, one PDF; no notebook of a failed run is left."""
    folder = workspace / "reports" / OFFICE / PERIOD
    assert {f.name for f in built.files} == {"laporan.html", "laporan.pdf"}
    assert all(f.parent == folder for f in built.files)
    assert built.missing == ()
    html = (folder / "laporan.html").read_text(encoding="utf-8")
    assert '<html lang="id"' in html
    markup = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", markup)


@pytest.mark.browser
def test_the_printed_index_is_that_of_the_article(pdf: PdfReader) -> None:
    """Σ 1389 of 49 × 9 answers: 1389 ÷ 441 × 25 = 78.7414…, 78,74, and its grade."""
    text = " ".join(pages_of(pdf))
    assert f"{round(1389 / 441 * 25, 2)}".replace(".", ",") == "78,74"
    assert "78,74" in text and "Mutu B" in text


@pytest.mark.browser
def test_every_page_has_its_number_and_the_label(pdf: PdfReader) -> None:
    """DESIGN: ``office.label`` on every page, and "Halaman x dari y" of the true count."""
    pages = pages_of(pdf)
    for number, text in enumerate(pages, 1):
        assert f"Halaman {number} dari {len(pages)}" in text
        assert LABEL in text


@pytest.mark.browser
def test_no_page_is_all_but_empty(pdf: PdfReader) -> None:
    """A cut table leaves a page of a line or two behind; the header and footer are 130 letters."""
    for number, text in enumerate(pages_of(pdf), 1):
        assert len(text) > 500, (number, text)


@pytest.mark.browser
def test_the_pdf_is_tagged_in_its_language(pdf: PdfReader) -> None:
    """PDF/UA: marked, with language and title; every figure has a text for who cannot see it."""
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == "id"  # type: ignore[index]
    assert pdf.metadata is not None and "Sekadau" in str(pdf.metadata.title)
    figures = [e for e in structure(pdf) if e.get("/S") == "/Figure"]
    assert figures
    assert all(str(figure.get("/Alt", "")).strip() for figure in figures)


@pytest.mark.browser
def test_all_fonts_are_inside(pdf: PdfReader) -> None:
    """Opens the same on any machine; no Type 3 font, which cannot be searched or copied."""
    fonts = [
        font.get_object()
        for page in pdf.pages
        for font in page["/Resources"].get("/Font", {}).values()  # type: ignore[union-attr]
    ]
    assert fonts
    for font in fonts:
        assert font["/Subtype"] != "/Type3"
        inner = font["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in inner["/FontDescriptor"].get_object()


@pytest.mark.browser
def test_headings_are_found_on_their_page(built: BuiltReport, pdf: PdfReader) -> None:
    """The outline leads to where a heading stands: the numbers of the contents rest on it."""
    found = heading_pages(next(f for f in built.files if f.suffix == ".pdf").read_bytes())
    assert found
    pages = [squeezed(text) for text in pages_of(pdf)]
    for heading, number in found.items():
        assert heading in pages[number - 1]


@pytest.mark.browser
def test_no_template_word_or_missing_value_is_printed(pdf: PdfReader) -> None:
    """Neither an unfilled blank nor a library's word for nothing."""
    text = " ".join(pages_of(pdf))
    assert not re.search(r"\{\w+\}|\bnan\b|\bNaN\b|\bNaT\b|\bNone\b|<NA>", text)


def test_what_is_not_known_is_refused_and_leaves_nothing(workspace: Path) -> None:
    """A misspelt office or a period without files: told, and no folder made."""
    before = sorted((workspace / "reports").rglob("*"))
    for office, period in (("sekadua", PERIOD), (OFFICE, "2031-S1")):
        with pytest.raises(Refused):
            build_report(workspace, office, period, formats=["html"])
    kept = sorted(p for p in (workspace / "reports").rglob("*") if p.suffix in (".html", ".pdf"))
    assert kept == [p for p in before if p.suffix in (".html", ".pdf")]


def test_broken_files_leave_the_old_report_as_it_was(tmp_path: Path) -> None:
    """The last good report stands until a new one is complete."""
    place = workspace_with(tmp_path, OFFICE)
    folder = place / "reports" / OFFICE / PERIOD
    folder.mkdir(parents=True)
    (folder / "laporan.html").write_text("laporan lama", encoding="utf-8")
    for file in (place / "data" / "raw" / OFFICE / PERIOD).glob("survey*"):
        file.write_bytes(b"PK\x03\x04 rusak")
        file.rename(file.with_suffix(".xlsx"))
    with pytest.raises(EktpError):
        build_report(place, OFFICE, PERIOD, formats=["html"])
    assert (folder / "laporan.html").read_text(encoding="utf-8") == "laporan lama"


@pytest.mark.parametrize(
    ("given", "title"),
    [
        (["service_log", "survey"], "Laporan pelayanan KTP-el"),
        (["survey"], "Survei Kepuasan Masyarakat"),
        (["published_figures", "evidence"], "Studi kasus pelayanan KTP-el"),
    ],
)
def test_the_title_names_what_the_sources_hold(given: list[str], title: str) -> None:
    """A survey alone says nothing of the e-KTP, printed figures alone nothing of a survey."""
    place = Workspace.find(ROOT)
    period = place.periods(OFFICE)[0]
    info = page_info(place.office(OFFICE), period, given, lang="id", final=False)
    assert info.title.startswith(f"{title} Pemkab Sekadau, Semester I 2019")
    assert ("KTP" in info.title) is ("service_log" in given or "published_figures" in given)
    assert info.draft and info.label == LABEL


def test_final_takes_the_watermark_away_and_nothing_else() -> None:
    """``--final`` does not remove the label of made-up or published data."""
    place = Workspace.find(ROOT)
    office: Office = place.office("contoh")
    period = place.periods("contoh")[-1]
    final = page_info(office, period, ["survey"], lang="id", final=True)
    assert not final.draft
    assert final.label == office.label != ""


def test_the_parameters_of_the_notebook_are_literals() -> None:
    """What the build overwrites must stand there plainly, for who opens the notebook alone."""
    book = json.loads((ROOT / "notebooks" / "quarterly_report.ipynb").read_text(encoding="utf-8"))
    tagged = [c for c in book["cells"] if "parameters" in c["metadata"].get("tags", [])]
    assert len(tagged) == 1
    lines = [line.split(" = ") for line in "".join(tagged[0]["source"]).splitlines()]
    assert [name for name, _ in lines] == ["workspace", "office", "period", "lang"]
    assert all(re.fullmatch(r'"[^"]*"', value) for _, value in lines)
