"""Write any block of the report into a Word document.

The same blocks make the notebook and the PDF; here each kind becomes headings, paragraphs,
Word tables and pictures. What stands side by side in print stands one under the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ektp_analytics.report.blocks import (
    Block,
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
from ektp_analytics.report.charts.style import ATTENTION, GREY_1
from ektp_analytics.report.figure import Chart, TableChart
from ektp_analytics.report.front import Approval, Cover, Facts, Letterhead, Signature
from ektp_analytics.report.grid import Table
from ektp_analytics.report.sections.contents import Contents
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.steps import Steps, Sum, Working
from ektp_analytics.report.word_parts import markup
from ektp_analytics.report.word_parts.body import TEXT_WIDTH, Body
from ektp_analytics.report.word_parts.signature import BLANK, write_signature
from ektp_analytics.report.word_parts.tables import SYMBOLS, plain_grid, write_table
from ektp_analytics.report.wording import say

CHAPTER, PAGE, PART = 1, 2, 3  # levels of headings
FACTS_WIDTHS = (150, TEXT_WIDTH - 150)  # px


def write_blocks(body: Body, blocks: Iterable[Block | str]) -> None:
    """Write blocks one after the other; a text is a paragraph."""
    for block in blocks:
        write_block(body, block)


def write_block(body: Body, block: Block | str) -> None:
    """Write one block; a kind unknown here is written as its plain words."""
    if isinstance(block, str):
        body.paragraph(block)
        return
    write = next((w for kind, w in _WRITERS.items() if isinstance(block, kind)), _words)
    write(body, block)


def _words(body: Body, block: Block) -> None:
    body.paragraph(block.text())


def _headline(body: Body, block: Headline) -> None:
    """Open a chapter where the kicker is new, and state the finding under it.

    A headline without a kicker on the same page goes on with the chapter.
    """
    front = block.kicker == tell("approval.foreword_kicker", body.lang)
    goes_on = not block.kicker and not block.new_page
    chapter = body.chapter if goes_on else block.kicker
    if chapter and chapter != body.chapter:
        body.heading(chapter, CHAPTER, new_page=True, front=front)
    if chapter:
        body.heading(block.headline, PAGE, front=front)
    else:
        body.heading(block.headline, CHAPTER, new_page=block.new_page)
    body.chapter = chapter
    if block.lead:
        body.paragraph(block.lead, "Pengantar")


def _heading(body: Body, block: Heading) -> None:
    body.heading(block.heading, PART)


def _paragraph(body: Body, block: Paragraph) -> None:
    body.paragraph(block.words, "Sumber" if block.small else "")


def _bullets(body: Body, block: Bullets) -> None:
    if block.heading:
        body.heading(block.heading, PART)
    if not block.items and block.empty:
        body.paragraph(block.empty)
    for item in block.items:
        line = item if isinstance(item, Bullet) else Bullet(item)
        words = markup.runs(line.words)
        if line.mark in ("", "dash"):
            body.put(markup.paragraph(words, "ListBullet"))
            continue
        symbol = markup.run(SYMBOLS[line.mark], colour=ATTENTION if line.attention else "")
        body.put(markup.paragraph(f"{symbol}<w:r><w:tab/></w:r>{words}", "ButirTanda"))


def _key_number(body: Body, block: KeyNumber) -> None:
    for inside in _key_lines(block):
        body.put(inside)


def _key_lines(block: KeyNumber, style: str = "Angka") -> list[str]:
    lines = [
        markup.paragraph(markup.runs(block.label), "LabelAngka", keep=True),
        markup.paragraph(markup.runs(block.value), style, keep=True),
    ]
    if block.verdict:
        lines.append(markup.paragraph(markup.runs(block.verdict, bold=True), "Sel"))
    return lines + [markup.paragraph(markup.runs(note), "Sel") for note in block.notes]


def _key_row(body: Body, block: KeyRow) -> None:
    if not block.items:
        return
    cells = ["".join(_key_lines(item, "AngkaKecil")) for item in block.items]
    width = TEXT_WIDTH / len(cells)
    body.put(plain_grid([cells], [width] * len(cells), ruled=True))
    body.paragraph("", "Sela")


def _note(body: Body, block: Note) -> None:
    title = markup.run(f"{block.title.rstrip('.')}. ", bold=True) if block.title else ""
    body.put(markup.paragraph(title + markup.runs(block.words), "Catatan"))


def _callout(body: Body, block: Callout) -> None:
    inside = markup.run(block.title, bold=True, colour=ATTENTION)
    if block.words:
        inside += "<w:r><w:br/></w:r>" + markup.runs(block.words)
    body.put(markup.paragraph(inside, "Kotak"))


def _columns(body: Body, block: Columns) -> None:
    for column in block.columns:
        write_blocks(body, column)


def _together(body: Body, block: Together) -> None:
    write_blocks(body, block.blocks)


def _section(body: Body, block: Section) -> None:
    write_blocks(body, block)


def _steps(body: Body, block: Steps) -> None:
    for number, step in enumerate(block.steps, 1):
        body.heading(f"{number}. {step.title}", PART)
        write_blocks(body, step.blocks)


def _sum(body: Body, block: Sum) -> None:
    cells = [
        markup.paragraph(markup.runs(f"{term.sign} {term.value}".strip()), "AngkaKecil", keep=True)
        + markup.paragraph(markup.runs(term.label), "Sel")
        for term in block.terms
    ]
    if cells:
        body.put(plain_grid([cells], [TEXT_WIDTH / len(cells)] * len(cells), ruled=False))
    body.paragraph(block.note, "Sumber" if block.note else "Sela")


def _working(body: Body, block: Working) -> None:
    steps = [*block.steps, *([f"**{block.result}**"] if block.result else [])]
    body.paragraph(" → ".join(steps))


def _contents(_body: Body, _block: Contents) -> None:
    """Write nothing: Word's own table of contents stands before the first chapter."""


def _page_break(body: Body, _: PageBreak) -> None:
    if not body.empty:
        body.put('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')


def _table(body: Body, block: Table) -> None:
    write_table(body, block)


def _chart(body: Body, block: Chart) -> None:
    body.caption(block.label, block.caption)
    body.picture(block.plot)
    body.paragraph(block.source, "Sumber" if block.source else "Sela")


def _table_chart(body: Body, block: TableChart) -> None:
    """Write the chart with its row names, then the table without the chart's column."""
    body.caption(block.label, block.caption)
    body.picture(block.alone())
    write_table(body, block.table, titled=False)
    if block.source:
        body.paragraph(block.source, "Sumber")


def _cover(body: Body, block: Cover) -> None:
    """Write the cover; the letterhead stands in the template."""
    if block.kicker:
        body.paragraph(block.kicker, "Kicker")
    body.paragraph(block.title, "Title")
    body.paragraph(block.period, "Subtitle")
    if block.dates:
        body.paragraph(block.dates, "Keterangan")
    if block.keys:
        _key_row(body, KeyRow(block.keys))
    if block.label:
        _callout(body, Callout(block.label, block.label_note))
    if block.facts:
        _facts(body, Facts(block.facts))


def _facts(body: Body, block: Facts) -> None:
    rows = [
        [
            markup.paragraph(markup.runs(name, colour=GREY_1), "Sel"),
            markup.paragraph(markup.runs(words), "Sel"),
        ]
        for name, words in block.pairs
    ]
    if rows:
        body.put(plain_grid(rows, FACTS_WIDTHS, ruled=False))
        body.paragraph("", "Sela")


def _letterhead(body: Body, block: Letterhead) -> None:
    """Write the letterhead again on a later page; the first stands in the template."""
    for line in block.lines:
        body.paragraph(line, "Kop")
    if block.address:
        body.paragraph(block.address, "KopAlamat")


def _signature(body: Body, block: Signature) -> None:
    write_signature(body, block)


def _approval(body: Body, block: Approval) -> None:
    body.heading(block.title, CHAPTER, front=True)
    body.paragraph(f"{say('signature.number', block.lang)} {block.number or BLANK}")
    for part in block.words.split("\n"):
        if part.strip():
            body.paragraph(part)
    for signed in block.signatures:
        write_signature(body, signed)


_WRITERS: dict[type[Block], Callable[[Body, Any], None]] = {
    Headline: _headline,
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    KeyNumber: _key_number,
    KeyRow: _key_row,
    Note: _note,
    Callout: _callout,
    Columns: _columns,
    Together: _together,
    Section: _section,
    Steps: _steps,
    Sum: _sum,
    Working: _working,
    Contents: _contents,
    PageBreak: _page_break,
    Table: _table,
    Chart: _chart,
    TableChart: _table_chart,
    Cover: _cover,
    Facts: _facts,
    Letterhead: _letterhead,
    Signature: _signature,
    Approval: _approval,
}
