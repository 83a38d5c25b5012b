"""The Word template of the report: what the office may change in Word.

``ektp init`` may put a copy into the workspace (``data/raw/<office>/laporan-templat.docx``);
the office edits letterhead, logo, styles and signature block there. Marks between double
curly brackets are filled in: ``{{ isi }}`` with the report, the others as named below. The
built-in template is made by this module, so that it needs no file of its own.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from ektp_analytics.report.charts.style import ATTENTION, BLUE, GREY_1, GREY_2, INK
from ektp_analytics.report.fixed_zip import without_clock
from ektp_analytics.report.word_parts import markup
from ektp_analytics.report.word_parts.signature import FIELDS

TEMPLATE_NAME = "laporan-templat.docx"
FONT = "Calibri"
BODY_SIZE = 10.5
PAGE_MM = (210, 297)
MARGINS_MM = {"top": 23, "right": 18, "bottom": 18, "left": 22}  # sides as the printed report
HEAD_MM, FOOT_MM = 12, 10
MARK_MM = 6.35  # a symbol hangs this far left of its words, as bullets do
TEXT_TWIPS = 9638  # 170 mm
SIGNATURE_TWIPS = 4200
BOX_TWIPS = (3402, 1701)  # 6 × 3 cm for the electronic signature

# name, id, based on, points, bold, colour, space before and after in points
_STYLES: tuple[tuple[str, str, str, float, bool, str, float, float], ...] = (
    ("Kop", "Kop", "Normal", 13, False, INK, 0, 0),
    ("Kop kantor", "KopKantor", "Kop", 15, True, INK, 0, 0),
    ("Kop alamat", "KopAlamat", "Kop", 9, False, GREY_1, 2, 0),
    ("Kicker", "Kicker", "Normal", 11, True, BLUE, 90, 4),
    ("Pengantar", "Pengantar", "Normal", 11, False, INK, 0, 6),
    ("Sumber", "Sumber", "Normal", 8, False, GREY_1, 2, 8),
    ("Keterangan", "Keterangan", "Normal", 10, False, GREY_1, 0, 6),
    ("Catatan", "Catatan", "Normal", 10, False, INK, 4, 6),
    ("Kotak", "Kotak", "Normal", 10, False, INK, 8, 10),
    ("Sel", "Sel", "Normal", 9, False, INK, 1, 1),
    ("Sela", "Sela", "Normal", 4, False, INK, 0, 4),
    ("Label angka", "LabelAngka", "Normal", 9, True, GREY_1, 4, 0),
    ("Angka", "Angka", "Normal", 28, True, BLUE, 0, 0),
    ("Angka kecil", "AngkaKecil", "Normal", 18, True, INK, 0, 0),
    ("Butir tanda", "ButirTanda", "Normal", BODY_SIZE, False, INK, 0, 3),
    ("Judul daftar", "JudulDaftar", "Normal", 17, True, INK, 0, 8),
    ("Tanda tangan", "TandaTangan", "Normal", 11, False, INK, 0, 0),
    ("Daftar isi 1", "DaftarIsi1", "Normal", 10, True, INK, 3, 0),
    ("Daftar isi 2", "DaftarIsi2", "Normal", 10, False, INK, 0, 0),
)
_BUILT_IN: tuple[tuple[str, float, bool, str, float, float], ...] = (
    ("Normal", BODY_SIZE, False, INK, 0, 5),
    ("Title", 26, True, INK, 0, 10),
    ("Subtitle", 16, True, BLUE, 6, 2),
    ("Heading 1", 12, True, BLUE, 0, 4),
    ("Heading 2", 17, True, INK, 2, 8),
    ("Heading 3", 12, True, INK, 9, 3),
    ("Caption", 10, False, INK, 8, 3),
    ("List Bullet", BODY_SIZE, False, INK, 0, 2),
    ("Header", 9, False, GREY_1, 0, 0),
    ("Footer", 9, False, GREY_1, 0, 0),
)


@cache
def template_bytes() -> bytes:
    """Return the built-in template as a DOCX file, the same bytes at every call."""
    import docx

    document = docx.Document()
    for element in list(document.element.body)[:-1]:
        element.getparent().remove(element)
    _write_styles(document)
    _lay_out(document)
    _write_margins(document.sections[0])
    for xml in (_letterhead(), _line("{{ isi }}"), _signature_block()):
        document.element.body.insert(len(document.element.body) - 1, markup.parsed(xml))
    stream = BytesIO()
    document.save(stream)
    return without_clock(stream.getvalue())


def _write_styles(document: Any) -> None:
    for name, size, bold, colour, before, after in _BUILT_IN:
        _dress(document.styles[name], size, bold, colour, before, after)
    for name, key, parent, size, bold, colour, before, after in _STYLES:
        style = document.styles.add_style(name, 1)
        style.element.set(_w("styleId"), key)
        base = next(s[1] for s in _STYLES if s[1] == parent) if parent != "Normal" else "Normal"
        style.element.insert(1, markup.parsed(f'<w:basedOn w:val="{base}"/>'))
        _dress(style, size, bold, colour, before, after)
    _finish_styles(document)


def _dress(style: Any, size: float, bold: bool, colour: str, before: float, after: float) -> None:
    """Set font, size, colour and spacing of a style, whatever its theme says."""
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(_w(name), None)
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(_w(name), FONT)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)


def _finish_styles(document: Any) -> None:
    """Centre the letterhead, rule remarks and boxes, and set the language of everything."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm, Twips

    styles = document.styles
    for name in ("Kop", "Kop kantor", "Kop alamat"):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name in ("Heading 1", "Heading 2", "Heading 3", "Caption"):
        styles[name].paragraph_format.keep_with_next = True
    styles["Title"].element.pPr.remove_all("w:pBdr")
    for name in ("Header", "Footer"):
        styles[name].paragraph_format.tab_stops.clear_all()
        styles[name].paragraph_format.tab_stops.add_tab_stop(
            Twips(TEXT_TWIPS), WD_TAB_ALIGNMENT.RIGHT
        )
    for name in ("Daftar isi 1", "Daftar isi 2"):
        styles[name].paragraph_format.tab_stops.add_tab_stop(
            Twips(TEXT_TWIPS), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
    hanging = styles["Butir tanda"].paragraph_format
    hanging.left_indent, hanging.first_line_indent = Mm(MARK_MM), Mm(-MARK_MM)
    left = markup.borders([("left", 16, BLUE)]).replace('w:space="0"', 'w:space="8"')
    box = markup.borders([(s, 6, ATTENTION) for s in ("top", "left", "bottom", "right")])
    for name, rules in (("Catatan", left), ("Kotak", box.replace('w:space="0"', 'w:space="4"'))):
        styles[name].element.get_or_add_pPr().insert_element_before(
            markup.parsed(f"<w:pBdr>{rules}</w:pBdr>"), "w:shd", "w:tabs", "w:spacing", "w:jc"
        )
    for language in styles.element.iter(_w("lang")):
        language.set(_w("val"), "id-ID")


def _lay_out(document: Any) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = (Mm(size) for size in PAGE_MM)
    for side, size in MARGINS_MM.items():
        setattr(section, f"{side}_margin", Mm(size))
    section.header_distance, section.footer_distance = Mm(HEAD_MM), Mm(FOOT_MM)
    section.different_first_page_header_footer = True


def _write_margins(section: Any) -> None:
    """Write header and footer; the first page has the label alone."""
    rule = markup.borders([("bottom", 4, GREY_2)]).replace('w:space="0"', 'w:space="4"')
    period = _run("{{ periode }}", bold=True)
    head = f"{_run('{{ draf }}{{ kop_halaman }}')}<w:r><w:tab/></w:r>{period}"
    page = markup.field("PAGE", "1") + _run(" {{ dari }} ") + markup.field("NUMPAGES", "1")
    label = _run("{{ label }}", bold=True, colour=ATTENTION)
    foot = f"{label}<w:r><w:tab/></w:r>{_run('{{ halaman }} ')}{page}"
    for part, style, inside, border in (
        (section.header, "Header", head, rule),
        (section.footer, "Footer", foot, ""),
        (section.first_page_footer, "Footer", label, ""),
    ):
        part.is_linked_to_previous = False
        _only(part, style, inside, border)
    section.first_page_header.is_linked_to_previous = False


def _only(part: Any, style: str, inside: str, border: str) -> None:
    """Make one line the whole of a header or footer, its second half at the right margin."""
    for old in list(part._element):  # noqa: SLF001 - python-docx has no name for it
        part._element.remove(old)  # noqa: SLF001
    rule = f"<w:pBdr>{border}</w:pBdr>" if border else ""
    look = f'<w:pPr><w:pStyle w:val="{style}"/>{rule}</w:pPr>'
    part._element.append(markup.parsed(f"<w:p>{look}{inside}</w:p>"))  # noqa: SLF001


def _letterhead() -> str:
    """Return the letterhead: room for the coat of arms, the lines, the address, a rule."""
    logo = markup.paragraph(_run("{{ lambang }}", size=8, colour=GREY_2), "Kop")
    lines = (
        markup.paragraph(_run("{%p for baris in kop %}"), "Kop")
        + markup.paragraph(_run("{{ baris }}"), "Kop")
        + markup.paragraph(_run("{%p endfor %}"), "Kop")
        + markup.paragraph(_run("{{ kop_kantor }}"), "KopKantor")
        + markup.paragraph(_run("{{ alamat }}"), "KopAlamat")
    )
    rule = f"<w:tblBorders>{markup.borders([('bottom', 12, INK)])}</w:tblBorders>"
    widths = (1200, TEXT_TWIPS - 2400, 1200)
    cells = (logo, lines, markup.paragraph("", "Kop"))
    return _table(cells, widths, rule)


def _signature_block() -> str:
    """Return the block that is repeated for every official who signs."""
    place, opening, position, box, name, rank, nip = (f"{{{{ {field} }}}}" for field in FIELDS)
    dashes = "".join(
        f'<w:{side} w:val="dashed" w:sz="4" w:space="0" w:color="{GREY_2.lstrip("#")}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    inside = "".join(_line(words, "TandaTangan") for words in (place, opening, position))
    inner = markup.paragraph(_run(box, size=8, colour=GREY_1), "TandaTangan", align="center")
    cell = (
        f'<w:tc><w:tcPr><w:tcW w:w="{BOX_TWIPS[0]}" w:type="dxa"/><w:tcBorders>{dashes}'
        f'</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr>{inner}</w:tc>'
    )
    row = (
        f'<w:tr><w:trPr><w:trHeight w:val="{BOX_TWIPS[1]}" w:hRule="exact"/></w:trPr>{cell}</w:tr>'
    )
    grid = f'<w:tblGrid><w:gridCol w:w="{BOX_TWIPS[0]}"/></w:tblGrid>'
    inside += (
        f'<w:tbl><w:tblPr><w:tblW w:w="{BOX_TWIPS[0]}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr>{grid}{row}</w:tbl>'
    )
    inside += markup.paragraph(_run(name, bold=True), "TandaTangan")
    inside += "".join(_line(words, "TandaTangan") for words in (rank, nip))
    blank = markup.paragraph("", "TandaTangan")
    return _table((blank, inside), (TEXT_TWIPS - SIGNATURE_TWIPS, SIGNATURE_TWIPS), "")


def _table(cells: tuple[str, ...], widths: tuple[int, ...], look: str) -> str:
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{inside}</w:tc>"
        for inside, width in zip(cells, widths, strict=True)
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{look}'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{made}</w:tr></w:tbl>"
    )


def _line(words: str, style: str = "") -> str:
    return markup.paragraph(_run(words), style)


def _run(words: str, **look: Any) -> str:
    return markup.run(words, **look)


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
