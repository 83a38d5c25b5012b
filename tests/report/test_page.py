"""The page shows words and results, and carries everything it needs."""

import html
import html.parser
import json
import re
from importlib import resources
from typing import Any

import nbformat
import pytest
from babel.dates import get_day_names, get_month_names
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.report import page
from ektp_analytics.report.notebook_run import NotebookRun
from ektp_analytics.report.page import PageInfo, build_page, css_text, margin_boxes, notebook_body

PLOTLY = "application/vnd.plotly.v1+json"
FIGURE = {"data": [{"type": "bar", "y": [1, 2]}], "layout": {"title": {"text": "Batang <3"}}}


class Links(html.parser.HTMLParser):
    """Collect every address a page refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {"src", "href", "data", "srcset", "poster", "action"}
        self.found += [value or "" for name, value in attrs if name in named]


def notebook(*outputs: dict[str, Any], tags: tuple[str, ...] = ()) -> nbformat.NotebookNode:
    shown = [nbformat.v4.new_output("display_data", data=data) for data in outputs]
    cell = nbformat.v4.new_code_cell("rahasia = 1", outputs=shown, metadata={"tags": list(tags)})
    return nbformat.v4.new_notebook(cells=[cell])


def test_no_code_no_prompts_no_warnings(report_run: NotebookRun) -> None:
    """D17: ploomber/ploomber#676: officials see results only."""
    body = notebook_body(report_run.notebook)
    for code in ("import ", "In&nbsp;[", "Out[", "Letterhead(", "injected", "peringatan untuk"):
        assert code not in body
    assert "Rahasia sel: uji" in body
    assert body.count('class="plot"') == 2


def test_a_plotly_output_alone_becomes_a_chart() -> None:
    """D01, D02: plotly/plotly.py#5365, jupyter/nbconvert#1157: no silent gap."""
    body = notebook_body(notebook({PLOTLY: FIGURE, "text/plain": "Figure({})"}))
    found = re.search(r'<div class="plot".*?aria-label="(.*?)".*?<script.*?>(.*?)</script>', body)
    assert found is not None
    assert found[1] == "Batang &lt;3"
    assert json.loads(found[2])["data"] == FIGURE["data"]


def test_a_chart_of_another_renderer_is_drawn_by_our_page() -> None:
    """D02, D05 of the tool notes: HTML that would fetch plotly from elsewhere is not used."""
    foreign = '<div><script src="https://example.org/plotly.js"></script></div>'
    body = notebook_body(notebook({PLOTLY: FIGURE, "text/html": foreign}))
    assert "example.org" not in body and 'class="plot"' in body


def test_hidden_cells_take_no_chart_with_them() -> None:
    """D04: jupyter/nbconvert#944: charts need no set-up cell."""
    hidden = notebook({"text/html": "<p>persiapan</p>"}, tags=("hide",)).cells
    node = nbformat.v4.new_notebook(cells=hidden + notebook({PLOTLY: FIGURE}).cells)
    body = notebook_body(node)
    assert "persiapan" not in body and body.count('class="plot"') == 1


def test_other_outputs_are_shown_safely() -> None:
    """Text is escaped, pictures are embedded, headings of text cells carry no link sign."""
    node = notebook({"text/plain": "a < b"}, {"image/png": "iVBOR\n", "text/plain": 'foto "x"'})
    node.cells.append(nbformat.v4.new_markdown_cell("## Judul\n\nKata *miring*."))
    body = notebook_body(node)
    assert "a &lt; b" in body
    assert 'src="data:image/png;base64,iVBOR" alt="foto &quot;x&quot;"' in body.replace(
        "&#34;", "&quot;"
    )
    assert "<em>miring</em>" in body


def test_the_page_refers_to_nothing_outside(report_run: NotebookRun, page_info: PageInfo) -> None:
    """Tool notes, pitfall 5: nbconvert's own HTML links to CDN copies; ours is one whole file."""
    text = build_page(report_run.notebook, page_info)
    links = Links()
    links.feed(re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL))
    assert [link for link in links.found if not link.startswith(("data:", "#"))] == []
    addresses = re.findall(r'url\("?(.{5})', text[: text.index("</style>")])
    assert set(addresses) == {"data:"}
    assert html.unescape(text[:1000]).count("default-src 'none'") == 1


@given(st.text(), st.booleans())
def test_a_page_is_whole_again_after_its_programs_were_taken_out(words: str, chart: bool) -> None:
    """An open tab has fonts and programs already; a page for reading needs them inside."""
    outputs = [{"text/plain": f"</head>{words}</body>"}, *([{PLOTLY: FIGURE}] if chart else [])]
    info = PageInfo(title=f"</head>{words}", unit="</body>", draft=True)
    bare = page.bare_report(notebook(*outputs), info)
    whole = page.whole_page(bare)
    assert page.bare_page(whole) == page.bare_page(bare) == bare
    assert whole == build_page(notebook(*outputs), info)
    assert len(bare) < 100_000 < len(whole)
    assert ("Plotly.register" in whole, "Plotly" in bare) == (True, False)
    assert whole.count("<script>") == (3 if chart else 2)


def test_html_that_is_no_report_gains_nothing() -> None:
    """A fragment has no head for fonts and programs; the browser opens it as it is."""
    assert page.whole_page("<p>x</p>", plotly=True) == "<p>x</p>"


def test_title_language_and_author(report_run: NotebookRun, page_info: PageInfo) -> None:
    """The document names its office; no word breaks out of the head."""
    text = build_page(report_run.notebook, page_info)
    assert '<html lang="id">' in text
    assert "<title>Laporan &#34;uji&#34; &amp; &lt;contoh&gt;</title>" in text
    assert '<meta name="author" content="Disdukcapil Kabupaten Contoh">' in text
    assert text.count("</style>") == 2  # the fonts, and the page's own


@given(st.text())
def test_css_text_cannot_end_its_string(words: str) -> None:
    """CSS Syntax 3, 4.3.5: quotes, newlines and backslashes are escaped; `<` for HTML's sake."""
    inside = css_text(words)[1:-1]
    assert not set("\"<>\n\r\f\0'&") & set(inside)
    unescaped = re.sub(r"\\([0-9a-f]+) ", lambda m: chr(int(m[1], 16)), inside)
    assert unescaped == words


def test_margins_say_page_and_total() -> None:
    """STYLE: "Halaman x dari y" right, label left, header of unit and period, bare cover."""
    rules = margin_boxes(PageInfo(title="t", unit="U", period="P", label="L"))
    assert '"Halaman " counter(page) " dari " counter(pages)' in rules
    assert 'content: "U"' in rules and 'content: "P"' in rules and 'content: "L"' in rules
    assert rules.index("@page cover") < rules.index("content: none; border: 0")
    assert '"Page " counter(page) " of "' in margin_boxes(PageInfo(title="t", unit="U", lang="en"))


def test_indonesian_names_are_those_of_cldr() -> None:
    """Plotly's wheel has no Indonesian; ours agrees with CLDR (babel) name for name."""
    script = (resources.files(page.__package__) / "template" / "locale-id.js").read_text("utf-8")

    def names(key: str) -> list[str]:
        block = re.search(rf"\b{key}: \[(.*?)\]", script, flags=re.DOTALL)
        assert block is not None
        return re.findall(r'"(.*?)"', block[1])

    months, days = (get_month_names("wide", locale="id"), get_day_names("wide", locale="id"))
    short = get_month_names("abbreviated", locale="id")
    assert names("months") == [months[i] for i in range(1, 13)]
    assert names("shortMonths") == [short[i] for i in range(1, 13)]
    assert names("days") == [days[(i + 6) % 7] for i in range(7)]
    assert 'decimal: ","' in script and 'thousands: "."' in script


@pytest.mark.parametrize(("family", "weight", "style", "package", "file"), page.FONTS)
def test_fonts_are_static_truetype(
    family: str, weight: int, style: str, package: str, file: str
) -> None:
    """STYLE, pitfall 2: variable fonts and CFF outlines become Type 3 in the PDF."""
    fonts = pytest.importorskip("fontTools.ttLib")
    font = fonts.TTFont(resources.files(package) / "files" / file)
    assert "glyf" in font and "fvar" not in font
    assert font["OS/2"].usWeightClass == weight
    assert ("It" in file) == (style == "italic")
    assert family.replace(" ", "") in font["name"].getDebugName(6)
