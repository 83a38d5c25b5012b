"""The letter that sends data back for correction: one page, worst first, and an annex."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from ektp_analytics.errors import SEVERITIES, Finding, Language
from ektp_analytics.privacy import mask_text
from ektp_analytics.report.numbers import number
from ektp_analytics.sources.result import FileAccount
from ektp_analytics.workspace import Office

# Lines the table of the first page may fill, and letters of one line in its columns; with
# letterhead, address and signature they make one A4 page.
_LINES_ON_PAGE = 34
_LETTERS = (24, 40, 34)
_WIDTHS_CM = (0.9, 4.1, 6.6, 5.4)
_ROWS_NAMED = 12
_MOST_ITEMS = 300
_CREATED = datetime(2025, 1, 1)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to correct: where, what was found, what to do."""

    place: str
    found: str
    remedy: str

    @property
    def lines(self) -> int:
        """Return how many lines the item fills in the table, at least."""
        texts = zip((self.place, self.found, self.remedy), _LETTERS, strict=True)
        return max(1, *(math.ceil(len(text) / width) for text, width in texts))


def say(key: str, lang: Language, **details: Any) -> str:
    """Return one sentence of the letter."""
    return _sentences()[key][lang].format_map(details)


@cache
def _sentences() -> Mapping[str, Mapping[Language, str]]:
    import yaml

    path = resources.files("ektp_analytics") / "texts" / "letter.yaml"
    loaded: Mapping[str, Mapping[Language, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def letter_items(findings: Sequence[Finding], lang: Language = "id") -> list[Item]:
    """Gather findings into what has to be corrected, worst and most frequent first.

    Parameters
    ----------
    findings
        Errors and warnings; notes ask for nothing and are left out.
    lang
        Language of the sentences.
    """
    groups: dict[tuple[Any, ...], list[Finding]] = {}
    for finding in findings:
        if finding.severity != "note":
            kind = (finding.severity, finding.rule, finding.file, finding.sheet, finding.column)
            groups.setdefault(kind, []).append(finding)
    ordered = sorted(groups.values(), key=lambda g: (_rank(g[0]), -sum(f.count for f in g)))
    return [_item(group, lang) for group in ordered]


def _rank(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


def _item(group: Sequence[Finding], lang: Language) -> Item:
    first = group[0]
    parts = [
        first.file,
        say("sheet", lang, sheet=first.sheet) if first.sheet else "",
        say("column", lang, column=f"“{first.column}”") if first.column else "",
        _rows(group, lang),
    ]
    place = ", ".join(part for part in parts if part)
    texts = (place, first.text("message", lang), first.text("remedy", lang))
    return Item(*(mask_text(text) for text in texts))


def _rows(group: Sequence[Finding], lang: Language) -> str:
    rows = [row for f in group for row in (f.rows or ([f.row] if f.row else []))]
    count = max(len(rows), sum(f.count for f in group))
    if not rows:
        return ""
    if count == 1:
        return say("row", lang, row=rows[0])
    shown = ", ".join(str(row) for row in rows[:_ROWS_NAMED])
    return say(
        "rows",
        lang,
        count=number(count, lang=lang),
        rows=shown + (", …" if count > _ROWS_NAMED else ""),
    )


def first_page(items: Sequence[Item], lines: int = _LINES_ON_PAGE) -> int:
    """Return how many items the first page holds; the others stand in the annex only."""
    used = 0
    for before, item in enumerate(items):
        used += item.lines
        if used > lines:
            return max(1, before)
    return len(items)


def correction_letter(
    what: str,
    accounts: Sequence[FileAccount],
    findings: Sequence[Finding],
    *,
    office: Office | None = None,
    lang: Language = "id",
) -> bytes:
    """Return the letter as the bytes of a DOCX file.

    Parameters
    ----------
    what
        File or folder the letter is about.
    accounts, findings
        What was read and found.
    office
        Its letterhead stands above; blank where there is none.
    lang
        ``id`` or ``en``.

    Returns
    -------
    bytes
        One page with the worst findings; where they do not fit, an annex with all of them.
    """
    from docx import Document

    document = Document()
    _lay_out(document, lang)
    items = letter_items(findings, lang)
    on_page = first_page(items)
    _write_head(document, office, lang, what, annex=on_page < len(items))
    _write_body(document, accounts, findings, lang)
    _write_table(document, items[:on_page], lang)
    if on_page < len(items):
        _after_table(document, say("more", lang, count=len(items) - on_page))
    _after_table(document, say("closing", lang))
    document.add_paragraph(f"{say('signed', lang)}\n\n\n{say('blank', lang)}")
    if on_page < len(items):
        _write_annex(document, items, lang)
    memory = io.BytesIO()
    document.save(memory)
    return memory.getvalue()


def _lay_out(document: Any, lang: Language) -> None:
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(10)
    style.paragraph_format.space_after = Pt(5)
    properties = document.core_properties
    properties.title, properties.author = say("title", lang), ""
    properties.language = lang
    properties.created = properties.modified = _CREATED


def _write_head(
    document: Any, office: Office | None, lang: Language, what: str, *, annex: bool
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    head = (office.profile.get("letterhead") or {}) if office else {}
    lines = [*(head.get("lines") or ()), *filter(None, [head.get("address")])]
    for line in lines:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = 0
        paragraph.add_run(str(line)).bold = line != head.get("address")
    blank = say("blank", lang)
    shown = {
        "number": blank,
        "date": blank,
        "annex_of": say("annex_text" if annex else "none", lang),
        "subject": say("subject_text", lang, what=what),
    }
    table = document.add_table(rows=0, cols=2)
    for key, text in shown.items():
        _fill(table.add_row().cells, (say(key, lang), f": {text}"))
    _set_widths(table, (2.5, 14.5))
    _after_table(document, say("to", lang, what=what))


def _write_body(
    document: Any, accounts: Sequence[FileAccount], findings: Sequence[Finding], lang: Language
) -> None:
    names = ("read", "kept", "rejected", "repeats")
    sums = {name: sum(getattr(account, name) for account in accounts) for name in names}
    shown = {name: number(count, lang=lang) for name, count in sums.items()}
    account = say("account", lang, **shown) if accounts else say("not_read", lang)
    counts = {
        f"{severity}s": sum(f.count for f in findings if f.severity == severity)
        for severity in SEVERITIES
    }
    told = {name: number(count, lang=lang) for name, count in counts.items()}
    asked = counts["errors"] or counts["warnings"]
    text = say("asked", lang, **told) if asked else say("clean", lang)
    document.add_paragraph(f"{account} {text}")


def _write_table(document: Any, items: Sequence[Item], lang: Language) -> None:
    if not items:
        return
    table = document.add_table(rows=1, cols=len(_WIDTHS_CM))
    table.style = "Table Grid"
    heads = ("head_no", "head_place", "head_found", "head_remedy")
    _fill(table.rows[0].cells, [say(key, lang) for key in heads], bold=True)
    _repeat_on_every_page(table.rows[0])
    for position, item in enumerate(items, start=1):
        _fill(table.add_row().cells, (str(position), item.place, item.found, item.remedy))
    _set_widths(table, _WIDTHS_CM)


def _repeat_on_every_page(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - no public way


def _write_annex(document: Any, items: Sequence[Item], lang: Language) -> None:
    document.add_page_break()
    document.add_paragraph().add_run(say("annex", lang)).bold = True
    shown = items[:_MOST_ITEMS]
    if len(shown) < len(items):
        document.add_paragraph(say("annex_cut", lang, shown=len(shown), count=len(items)))
    _write_table(document, shown, lang)


def _after_table(document: Any, text: str) -> None:
    from docx.shared import Pt

    document.add_paragraph(text).paragraph_format.space_before = Pt(5)


def _fill(cells: Sequence[Any], texts: Sequence[str], *, bold: bool = False) -> None:
    from docx.shared import Pt

    for cell, text in zip(cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(9)


def _set_widths(table: Any, widths: Sequence[float]) -> None:
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
