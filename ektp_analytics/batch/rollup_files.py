"""A roll-up on disk: workbook, page and PDF, from tallies alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, time
from io import BytesIO
from pathlib import Path

from markupsafe import Markup

from ektp_analytics.batch.rollup import Rollup
from ektp_analytics.batch.rollup_tables import DECIMALS, RollupTable, printed, tables_of
from ektp_analytics.batch.tally_file import MARKING, TALLY_NAME
from ektp_analytics.errors import Finding, Language
from ektp_analytics.periods import Period
from ektp_analytics.report import numbers
from ektp_analytics.report.blocks import Block, Headline, Paragraph, stacked
from ektp_analytics.report.browser import BrowserProblem
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.exit_scan import exit_check, watch_for
from ektp_analytics.report.page import PageInfo, page_of
from ektp_analytics.report.pdf import PdfPrinter
from ektp_analytics.report.publish import publication
from ektp_analytics.report.run_lock import only_run
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.tables import plain_table
from ektp_analytics.report.workbook_sheets.sheet import Sheet, SheetInfo, sheet_name
from ektp_analytics.report.workbook_sheets.styles import Styles
from ektp_analytics.workspace import Workspace

ROLLUP_FOLDER = "_rekap"
"""Under ``reports``; no office can be called so."""

ROLLUP_NAME = "rekap"
FORMATS = ("pdf", "html", "xlsx")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NAME_WIDTH, _OTHER_WIDTH = 44, 14  # characters


def tally_paths(place: Workspace, period: Period) -> tuple[Path, ...]:
    """Return the tallies that ``batch`` and ``tally export`` keep in a workspace."""
    return tuple(sorted((place.root / "data" / "processed").glob(f"*/{period}/{TALLY_NAME}")))


def sent_paths(folders: Collection[Path]) -> tuple[Path, ...]:
    """Return every tally below the folders, known by its name, or the files themselves."""
    found = {
        path
        for folder in folders
        for path in (folder.rglob(f"*{MARKING}.parquet") if folder.is_dir() else [folder])
        if not path.name.startswith(".")
    }
    return tuple(sorted(found))


def write_rollup(
    found: Rollup, target: Path, formats: Sequence[str] = FORMATS, lang: Language = "id"
) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
    """Write a roll-up, all files or none.

    Parameters
    ----------
    found
        What `roll_up` gave.
    target
        Folder of the files.
    formats
        Any of ``pdf``, ``html``, ``xlsx``. Without a browser the PDF is left out, said so.
    lang
        ``id`` or ``en``.

    Returns
    -------
    tuple
        The files, and what should be known.

    Raises
    ------
    Refused
        When another roll-up of the period is being written, an old file is open elsewhere, or
        a file names a person or this computer.
    """
    tables = tables_of(found, lang)
    findings: tuple[Finding, ...] = ()
    check = exit_check(watch_for(None, ()))
    with only_run(target, ROLLUP_NAME, found.period), publication(target, check) as folder:
        if "xlsx" in formats:
            (folder / f"{ROLLUP_NAME}.xlsx").write_bytes(workbook_bytes(found, tables, lang))
        if {"html", "pdf"} & set(formats):
            html = page(found, tables, lang)
            if "html" in formats:
                (folder / f"{ROLLUP_NAME}.html").write_text(html, encoding="utf-8")
            if "pdf" in formats:
                findings = _print(html, folder / f"{ROLLUP_NAME}.pdf", _unit(found, lang))
        names = sorted(path.name for path in folder.iterdir())
    return tuple(target / name for name in names), findings


def _print(html: str, target: Path, author: str) -> tuple[Finding, ...]:
    try:
        with PdfPrinter() as printer:
            return printer.print_page(html, target, author=author).findings
    except BrowserProblem:
        return (Finding(rule="no_browser_for_pdf", severity="warning"),)


def page(found: Rollup, tables: Sequence[RollupTable], lang: Language = "id") -> str:
    """Return the roll-up as one self-contained HTML page."""
    edition, period = Edition(lang), found.period.label(lang)
    source = tell("rollup.source", lang, count=numbers.number(found.offices, 0, lang))
    blocks: list[Block] = [_opening(found, lang)]
    for table in tables:
        blocks.append(Headline(table.title, new_page=table is not tables[0]))
        if table.note:
            blocks.append(Paragraph(table.note))
        if not table.frame.empty:
            shown = printed(table.frame, lang)
            blocks.append(
                plain_table(shown, edition, key=table.key, caption=table.title, source=source)
            )
    info = PageInfo(
        title=tell("rollup.title", lang, period=period),
        unit=_unit(found, lang),
        period=period,
        label=" · ".join(found.labels),
        lang=lang,
    )
    return page_of(str(Markup('<main class="report">{}</main>').format(stacked(blocks))), info)


def _unit(found: Rollup, lang: Language) -> str:
    return tell("rollup.unit", lang, count=numbers.number(found.offices, 0, lang))


def _opening(found: Rollup, lang: Language) -> Headline:
    """Return the finding of the page: both ways of taking the offices together."""
    kicker = tell("rollup.kicker", lang, period=found.period.label(lang))
    count = numbers.number(found.offices, 0, lang)
    if found.pooled is None or found.pooled.index is None:
        return Headline(tell("rollup.headline_no_survey", lang, count=count), kicker)
    headline = tell(
        "rollup.headline",
        lang,
        index=numbers.number(found.pooled.index, 2, lang),
        grade=found.pooled.grade,
        n=numbers.number(found.pooled.n, 0, lang),
        units=numbers.number(found.units, 0, lang),
    )
    lead = tell("rollup.lead", lang, mean=numbers.number(found.mean_of_units, 2, lang))
    return Headline(headline, kicker, lead, new_page=False)


def workbook_bytes(found: Rollup, tables: Sequence[RollupTable], lang: Language = "id") -> bytes:
    """Return the roll-up as a workbook; the same roll-up gives the same bytes."""
    import xlsxwriter

    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    book.set_properties(
        {
            "title": tell("rollup.title", lang, period=found.period.label(lang)),
            "created": datetime.combine(found.period.end, time()),
        }
    )
    info = SheetInfo(_unit(found, lang), found.period.label(lang), " · ".join(found.labels), lang)
    styles, opening = Styles(book, lang), _opening(found, lang)
    taken: list[str] = []
    for table in tables:
        taken.append(sheet_name(table.title, taken))
        sheet = Sheet(book, taken[-1], styles, info, landscape=True)
        more = [opening.headline, opening.lead] if table is tables[0] else []
        _fill(sheet, table, [text for text in (*more, table.note) if text], lang)
    book.close()
    return stream.getvalue()


def _fill(sheet: Sheet, table: RollupTable, more: Sequence[str], lang: Language) -> None:
    """Write one table: title and notes, head row, figures as numbers."""
    import pandas as pd

    frame = table.frame
    numeric = [pd.api.types.is_numeric_dtype(frame[name]) for name in frame.columns]
    wide = ("office", "note", "name", "verdict")
    sheet.widths(*(_NAME_WIDTH if n in wide else _OTHER_WIDTH for n in frame.columns))
    first = sheet.title(table.title, *more)
    heads = [tell(f"rollup.column_{name}", lang) for name in frame.columns]
    sheet.heads(first, heads, words=[k for k, is_number in enumerate(numeric) if not is_number])
    for row, record in enumerate(frame.itertuples(index=False), start=first + 1):
        for column, (name, value) in enumerate(zip(frame.columns, record, strict=True)):
            if numeric[column]:
                number = None if pd.isna(value) else float(value)
                sheet.number(row, column, number, DECIMALS.get(str(name), 0))
            else:
                sheet.text(row, column, "" if pd.isna(value) else value, "row")
    sheet.freeze(first + 1, 1)
    sheet.filter(first, first + len(frame), len(frame.columns))
    sheet.finish(repeat=(first, first), columns=len(frame.columns))
