"""Page numbers put into a printed PDF are those that a second print would have written."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from ektp_analytics.report import devtools
from ektp_analytics.report.devtools import pdf_of, script_of
from ektp_analytics.report.page import PageInfo, bare_page, page_of
from ektp_analytics.report.page_numbers import PLACE
from ektp_analytics.report.pdf import PdfPrinter
from ektp_analytics.report.printed_numbers import DIGITS, changed_pages, stand_ins

HEADINGS = [f"Bagian ke-{i}" for i in range(12)]


def report(headings: list[str]) -> str:
    """Return a page of contents, and a page for each heading."""
    style = "display:flex;justify-content:space-between"
    lines = "".join(f"<li style='{style}'><span>{h}</span>{PLACE}</li>" for h in headings)
    parts = "".join(f"<h2 style='break-before:page'>{h}</h2><p>2025</p>" for h in headings)
    return f"<ol>{lines}</ol>{parts}"


def pictures(path: Path) -> list[bytes]:
    """Return every page as it looks."""
    document = pypdfium2.PdfDocument(path.read_bytes())
    return [page.render(scale=2).to_numpy().tobytes() for page in document]


@given(st.integers(1, 60))
def test_stand_ins_hold_every_digit_and_differ_in_no_width(count: int) -> None:
    """A digit that was not printed has no glyph in the file."""
    printed = stand_ins(count)
    assert len(printed) == count
    assert len({len(words) for words in printed}) == 1
    assert set("".join(printed)) == set(DIGITS)


def test_no_place_needs_no_stand_in() -> None:
    """A report without a table of contents."""
    assert stand_ins(0) == ()


@pytest.mark.browser
def test_the_pages_look_as_if_printed_twice(
    printer: PdfPrinter, page_info: PageInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twelve numbers of one and two digits, right-aligned: no point of any page differs."""
    html = page_of(report(HEADINGS), page_info)
    once = printer.print_page(html, tmp_path / "once.pdf", contents=HEADINGS)
    monkeypatch.setattr(devtools, "changed_pages", lambda *_: None)
    twice = printer.print_page(html, tmp_path / "twice.pdf", contents=HEADINGS)
    assert once.numbers == twice.numbers == tuple(str(i + 2) for i in range(12))
    assert pictures(once.path) == pictures(twice.path)
    texts = [[page.extract_text() for page in PdfReader(p.path).pages] for p in (once, twice)]
    assert texts[0] == texts[1]
    assert "Bagian ke-11 13" in " ".join(texts[0][0].split())


@pytest.mark.browser
def test_a_report_is_printed_once(
    printer: PdfPrinter, page_info: PageInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the pages of this report lie, also the first of a browser."""
    prints: list[int] = []

    async def counted(tab: object) -> bytes:
        prints.append(1)
        return await pdf_of(tab)

    monkeypatch.setattr(devtools, "pdf_of", counted)
    html = page_of(report(HEADINGS), page_info)
    printer.print_page(html, tmp_path / "x.pdf", contents=HEADINGS)
    assert len(prints) == 1


@pytest.fixture(scope="module")
def printed(printer: PdfPrinter) -> bytes:
    """Print a page of contents with the stand-ins of twelve numbers."""
    html = page_of(report(HEADINGS), PageInfo(title="t", unit="u"))

    async def work(browser: object) -> bytes:
        tabs = printer.warm_tabs(browser)
        warm = await tabs.taken()
        await warm.show(bare_page(html))
        script = script_of(stand_ins(len(HEADINGS)))
        await devtools.ask(warm.tab, "Runtime.evaluate", expression=script)
        content = await pdf_of(warm.tab)
        await tabs.returned(warm)
        return content

    return printer.within(work, "-")


@pytest.mark.browser
def test_a_number_of_any_length_and_none_at_all(printed: bytes) -> None:
    """Page 105 of a long report, and a heading the outline does not have."""
    numbers = ["105", "", *[str(i) for i in range(10)]]
    changes = changed_pages(printed, stand_ins(12), numbers)
    assert changes is not None and list(changes) == [0]
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(changes[0])
        new = io.BytesIO()
        pdf.save(new)
    words = " ".join(PdfReader(new).pages[0].extract_text().split())
    assert "Bagian ke-0 105 Bagian ke-1 Bagian ke-2 0 Bagian ke-3 1 " in words


@pytest.mark.browser
@pytest.mark.parametrize("written", [stand_ins(11), ("7",) * 12, ("11",) * 12])
def test_stand_ins_that_were_not_printed_so_are_not_changed(
    printed: bytes, written: tuple[str, ...]
) -> None:
    """Another count, other digits: the page is then printed again instead."""
    assert changed_pages(printed, stand_ins(12), ["1"] * 12) is not None
    assert changed_pages(printed, written, ["1"] * len(written)) is None


@pytest.mark.browser
def test_a_digit_that_was_not_printed_can_not_be_written(
    printer: PdfPrinter, page_info: PageInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its glyph in the file the page is printed again, with the right numbers."""
    monkeypatch.setattr(devtools, "stand_ins", lambda count: ("11",) * count)
    html = page_of(report(HEADINGS), page_info)
    done = printer.print_page(html, tmp_path / "x.pdf", contents=HEADINGS)
    first = " ".join(PdfReader(done.path).pages[0].extract_text().split())
    assert "Bagian ke-0 2 Bagian ke-1 3 " in first and first.count("11") == 2
