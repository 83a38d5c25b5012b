"""From an executed notebook to one HTML page, for print and for offline reading.

nbconvert turns the cells into the body with our own template: words and results, no
code. The shell around it carries the fonts, the page geometry, plotly and the script that
draws the charts, all from this computer; a content policy forbids anything else.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from markupsafe import Markup

from ektp_analytics.errors import Language
from ektp_analytics.report.markup import element, json_script

PLOTLY_MIME = "application/vnd.plotly.v1+json"
PLOT_MARK = 'class="plot"'  # of each chart; a page without one needs no plotly
HIDDEN_TAG = "hide"  # a cell with this tag leaves nothing on the page
FORMATS = ("text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/plain")
TEMPLATES = "template"
_TAG_REMOVAL = "nbconvert.preprocessors.TagRemovePreprocessor"
_NO_FONTS = "<style></style>"
_HEAD_END, _BODY_END = "</head>", "</body>"
# The page loads nothing: its scripts, styles, fonts and pictures are inside it.
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:"
)

# (family, weight, style, package of the font, file): static TrueType, which Chromium embeds
# as subsets; variable fonts and CFF outlines would become Type 3 fonts.
FONTS = (
    ("Source Sans Pro", 400, "normal", "font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    ("Source Sans Pro", 400, "italic", "font_source_sans_pro", "SourceSansPro-It.ttf"),
    ("Source Sans Pro", 600, "normal", "font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    ("Source Sans Pro", 700, "normal", "font_source_sans_pro", "SourceSansPro-Bold.ttf"),
    ("Source Serif Pro", 400, "normal", "font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    ("Source Serif Pro", 600, "normal", "font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
)
_WORDS: dict[Language, dict[str, str]] = {
    "id": {"page": "Halaman ", "of": " dari ", "draft": "DRAF"},
    "en": {"page": "Page ", "of": " of ", "draft": "DRAFT"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInfo:
    """What stands around the text of a report.

    Parameters
    ----------
    title
        Title of the document, in its metadata.
    unit
        Office that issues it, its author.
    running_head
        Left of the header, as ``Disdukcapil Kabupaten Contoh · Laporan pelayanan KTP-el``;
        the unit if empty.
    period
        Right of the header, as ``Triwulan IV 2025``.
    label
        Left of the footer, as ``DATA CONTOH (sintetis)``; empty for none.
    lang
        ``id`` or ``en``.
    draft
        Whether DRAF is written across each page.
    margins
        False for a page without header and footer (a poster, a letter).
    """

    title: str
    unit: str
    running_head: str = ""
    period: str = ""
    label: str = ""
    lang: Language = "id"
    draft: bool = False
    margins: bool = True


def build_page(notebook: Any, info: PageInfo) -> str:
    """Return an executed notebook as one self-contained HTML page.

    Parameters
    ----------
    notebook
        Node with outputs.
    info
        What stands in header, footer and metadata.

    Returns
    -------
    str
        The page, about 7 MB with its fonts and plotly. It sets ``window.reportReady`` when
        it is drawn and checked.
    """
    return whole_page(bare_report(notebook, info))


def bare_report(notebook: Any, info: PageInfo) -> str:
    """Return the page of `build_page` without what is in every page; see `whole_page`."""
    return _bare(notebook_body(notebook), info)


def page_of(body: str, info: PageInfo) -> str:
    """Return ready HTML (a letter, a poster) in the same shell as a report.

    Parameters
    ----------
    body
        HTML of the page.
    info
        What stands in header, footer and metadata.
    """
    return whole_page(_bare(body, info))


def empty_page() -> str:
    """Return a page without words that any other page can take the place of."""
    return whole_page(_bare("", PageInfo(title="-", unit="-", margins=False)), plotly=True)


def _bare(body: str, info: PageInfo) -> str:
    return str(
        _shell().render(
            info=info,
            body=Markup(body),  # noqa: S704 - escaped where it was written
            draft_word=_WORDS[info.lang]["draft"],
            generator=generator(),
            policy=POLICY,
            styles=Markup(_styles(info)),  # noqa: S704
        )
    )


@cache
def _shell() -> Any:
    from jinja2 import Environment

    return Environment(autoescape=True).from_string(_template("shell.html.j2"))


def whole_page(bare: str, *, plotly: bool = False) -> str:
    """Return a page that a browser can open by itself: with fonts and programs.

    Parameters
    ----------
    bare
        A page of `bare_report`; HTML of another kind comes back as it is.
    plotly
        Whether plotly is in it although the page has no chart.
    """
    head, end_of_head, body = bare.partition(_HEAD_END)
    if not end_of_head:
        return bare
    head = head.replace(_NO_FONTS, f"<style>{_font_faces()}</style>", 1)
    if plotly or PLOT_MARK in body:
        head += f"<script>{_plotly()}</script>\n"
    before, end, after = body.rpartition(_BODY_END)
    return f"{head}{_HEAD_END}{before}{_programs()}{end}{after}"


def bare_page(html: str) -> str:
    """Return what `whole_page` was made from; a bare page as it is."""
    pieces = (
        (f"<style>{_font_faces()}</style>", _NO_FONTS),
        (f"<script>{_plotly()}</script>\n", ""),
        (_programs(), ""),
    )
    for piece, instead in pieces:
        html = html.replace(piece, instead, 1)
    return html


@cache
def _programs() -> str:
    """Return the elements at the end of every page."""
    names = ("locale-id.js", "page.js")
    return "".join(f"<script>{_template(name)}</script>\n" for name in names)


def notebook_body(notebook: Any) -> str:
    """Return what a reader sees of a notebook as HTML.

    Charts that come as plotly JSON alone are given a place to be drawn in, so that no
    chart is lost whatever way a notebook shows it.
    """
    body, _ = _exporter().from_notebook_node(_shown(notebook))
    return str(body)


@cache
def _exporter() -> Any:
    """Return what turns notebooks into HTML; its templates are compiled once."""
    from nbconvert.exporters.templateexporter import TemplateExporter
    from traitlets.config import Config

    settings = Config(
        # The only one of the usual steps that this template has a use for.
        TemplateExporter={"default_preprocessors": [_TAG_REMOVAL]},
        TagRemovePreprocessor={"enabled": True, "remove_cell_tags": {HIDDEN_TAG}},
        NbConvertBase={"display_data_priority": list(FORMATS)},
    )
    return TemplateExporter(  # type: ignore[no-untyped-call]
        config=settings, raw_template=_template("body.html.j2"), template_name="base"
    )


def _shown(notebook: Any) -> Any:
    """Return a copy with what is shown alone; every chart has HTML that our page draws."""
    import copy

    node = copy.copy(notebook)
    node.cells = [copy.copy(cell) for cell in notebook.cells]
    for cell in node.cells:
        if "outputs" in cell:
            cell.outputs = [_output_shown(output) for output in cell.outputs]
    return node


def _output_shown(output: Any) -> Any:
    """Return an output without the forms nobody sees beside its HTML."""
    import copy

    data = output.get("data", {})
    written = data.get("text/html", "")
    if PLOTLY_MIME in data and PLOT_MARK not in written:
        written = str(_plain_chart(data[PLOTLY_MIME]))
    if not written:
        return output
    shown = copy.copy(output)
    shown.data = type(data)({"text/html": written})
    return shown


def _plain_chart(figure: Mapping[str, Any]) -> Markup:
    layout = figure.get("layout", {})
    title = layout.get("title") or {}
    words = title if isinstance(title, str) else title.get("text", "")
    kept = json_script({"data": figure.get("data", []), "layout": layout})
    plot = element("div", kept, class_="plot", role="img", aria_label=words or "Grafik")
    return element("figure", plot, class_="chart")


def generator() -> str:
    """Return the name and version of this software for a document's metadata."""
    try:
        return f"ektp-analytics {version('ektp-analytics')}"
    except PackageNotFoundError:
        return "ektp-analytics"


def _styles(info: PageInfo) -> str:
    margins = margin_boxes(info) if info.margins else ""
    return "\n".join([_template("page.css"), margins, _template("report.css")])


@cache
def _font_faces() -> str:
    return "\n".join(_font_face(*font) for font in FONTS)


def _font_face(family: str, weight: int, style: str, package: str, file: str) -> str:
    content = (resources.files(package) / "files" / file).read_bytes()
    address = f"data:font/ttf;base64,{base64.b64encode(content).decode('ascii')}"
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f'font-display: block; src: url("{address}") format("truetype"); }}'
    )


@cache
def _plotly() -> str:
    """Return plotly.js as it comes with the plotly package."""
    path = resources.files("plotly") / "package_data" / "plotly.min.js"
    return path.read_text(encoding="utf-8")


def margin_boxes(info: PageInfo) -> str:
    """Return the style rules that write header and footer into the page margins."""
    words = _WORDS[info.lang]
    number = f'"{words["page"]}" counter(page) "{words["of"]}" counter(pages)'
    head = css_text(info.running_head or info.unit)
    rule = "border-bottom: 0.75px solid #8e99a3; vertical-align: bottom; padding-bottom: 8px;"
    small = 'font: 400 10.7px "Source Sans Pro"; color: #54606c; white-space: nowrap;'
    foot = "vertical-align: top; padding-top: 20px;"
    return f"""
@page {{
  @top-left {{ content: {head}; {small} {rule} margin-bottom: 20px; text-align: left; }}
  @top-right {{ content: {css_text(info.period)}; {small} {rule} margin-bottom: 20px;
    text-align: right; font-weight: 600; color: #1b2733; }}
  @bottom-left {{ content: {css_text(info.label)}; {small} {foot} text-align: left;
    font-weight: 700; color: #b8500f; }}
  @bottom-right {{ content: {number}; {small} {foot} text-align: right; }}
}}
@page cover {{
  @top-left {{ content: none; border: 0; }}
  @top-right {{ content: none; border: 0; }}
}}
"""


def css_text(words: str) -> str:
    """Return text as a CSS string that cannot end the string or the style element."""
    unsafe = set("\"\\<>&'\n\r\f\0")
    escaped = "".join(f"\\{ord(c):x} " if c in unsafe else c for c in words)
    return f'"{escaped}"'


@cache
def _template(name: str) -> str:
    path = resources.files("ektp_analytics.report") / TEMPLATES / name
    return path.read_text(encoding="utf-8")
