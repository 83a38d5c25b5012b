"""A roll-up on disk: workbook, page and PDF, from tallies alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, time
from io import BytesIO
from pathlib import Path

from ektp_analytics.batch.rollup import Rollup
from ektp_analytics.batch.rollup_page import opening_of, page, unit_name
from ektp_analytics.batch.rollup_tables import DECIMALS, RollupTable, tables_of
from ektp_analytics.batch.tally_file import MARKING, TALLY_NAME
from ektp_analytics.errors import Finding, Language
from ektp_analytics.periods import Period
from ektp_analytics.report.browser import BrowserProblem
from ektp_analytics.report.exit_scan import exit_check, watch_for
from ektp_analytics.report.pdf import PdfPrinter
from ektp_analytics.report.publish import publication
from ektp_analytics.report.run_lock import only_run
from ektp_analytics.report.sections.phrases import tell
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
                findings = _print(html, folder / f"{ROLLUP_NAME}.pdf", unit_name(found, lang))
        names = sorted(path.name for path in folder.iterdir())
    return tuple(target / name for name in names), findings


def _print(html: str, target: Path, author: str) -> tuple[Finding, ...]:
    try:
        with PdfPrinter() as printer:
            return printer.print_page(html, target, author=author).findings
    except BrowserProblem:
        return (Finding(rule="no_browser_for_pdf", severity="warning"),)


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
    info = SheetInfo(
        unit_name(found, lang), found.period.label(lang), " · ".join(found.labels), lang
    )
    styles, opening = Styles(book, lang), opening_of(found, lang)
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
            elif name == "as_of":
                sheet.day(row, column, None if pd.isna(value) else value)
            else:
                sheet.text(row, column, "" if pd.isna(value) else value, "row")
    sheet.freeze(first + 1, 1)
    sheet.filter(first, first + len(frame), len(frame.columns))
    sheet.finish(repeat=(first, first), columns=len(frame.columns))
