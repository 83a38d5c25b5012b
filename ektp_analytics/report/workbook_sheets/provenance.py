"""Where the figures come from: files with their full fingerprint, legal values, making."""

from __future__ import annotations

from typing import Any

from ektp_analytics.report import numbers, wording
from ektp_analytics.report.numbers import ABSENT
from ektp_analytics.report.page import generator
from ektp_analytics.report.sections.own_catalogue import own_catalogue_rows
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.wording import say
from ektp_analytics.report.workbook_sheets.sheet import Sheet
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.standards.entry import Standard

_WIDTHS = (38, 26, 14, 12, 12, 12, 68, 46)


def write_provenance(sheet: Sheet, run: PeriodRun) -> None:
    """Write files and rows, legal values with their dates, and how it was made."""
    lang = sheet.lang
    row = sheet.title(tell("workbook.provenance_title", lang))
    row = _write_making(sheet, run, row)
    row = _write_files(sheet, run, row)
    _write_standards(sheet, run, row)
    sheet.widths(*_WIDTHS)
    sheet.finish(columns=len(_WIDTHS))


def _write_making(sheet: Sheet, run: PeriodRun, row: int) -> int:
    lang, settings = sheet.lang, run.scorecard.settings
    as_of = numbers.end_of_day(run.data.as_of, run.office.zone, lang)
    pairs = (
        (tell("workbook.software", lang), generator()),
        (tell("workbook.catalogue", lang), str(run.catalogue.version)),
        *own_catalogue_rows(run, lang),
        (tell("workbook.seed", lang), str(settings.seed)),
        (tell("workbook.draws", lang), numbers.number(settings.draws, 0, lang)),
        (tell("workbook.data_as_of", lang), as_of),
    )
    sheet.text(row, 0, say("table.making", lang), "heading")
    for place, (name, words) in enumerate(pairs, row + 1):
        sheet.text(place, 0, name, "row")
        sheet.text(place, 1, words, "row")
    return row + len(pairs) + 2


def _write_files(sheet: Sheet, run: PeriodRun, row: int) -> int:
    lang = sheet.lang
    sheet.text(row, 0, say("table.files", lang), "heading")
    names = ("file", "content", "read", "kept", "rejected", "repeats")
    heads = [*(say(f"head.{n}", lang) for n in names), "SHA-256"]
    sheet.heads(row + 1, heads, words=(0, 1, 6))
    for place, account in enumerate(run.files, row + 2):
        sheet.text(place, 0, account.file, "row")
        sheet.text(place, 1, wording.name_of("source", account.source, lang), "row")
        counts = (account.read, account.kept, account.rejected, account.repeats)
        for column, count in enumerate(counts, 2):
            sheet.number(place, column, count)
        sheet.text(place, 6, account.sha256, "row")
    return row + len(run.files) + 3


def _write_standards(sheet: Sheet, run: PeriodRun, row: int) -> None:
    lang = sheet.lang
    sheet.text(row, 0, say("table.standards", lang), "heading")
    heads = [say("head.standard", lang), say("head.basis", lang), tell("workbook.since", lang)]
    heads += [tell("workbook.until", lang), tell("workbook.verified", lang)]
    heads += [tell("workbook.unit", lang), say("head.amount", lang), tell("workbook.remarks", lang)]
    sheet.heads(row + 1, heads, words=range(len(heads)))
    for place, standard in enumerate(run.standards, row + 2):
        seen = tell(f"workbook.{'seen' if standard.verified else 'not_seen'}", lang)
        sheet.text(place, 0, standard.key, "row")
        sheet.text(place, 1, f"{standard.regulation}, {standard.article}", "row")
        sheet.day(place, 2, standard.valid_from)
        sheet.day(place, 3, standard.valid_until)
        sheet.text(place, 4, seen, "row")
        sheet.text(place, 5, standard.unit, "row")
        sheet.text(place, 6, _amount(standard), "row")
        note = standard.note if lang == "id" else standard.note_en
        sheet.text(place, 7, note or ABSENT, "row")


def _amount(standard: Standard) -> str:
    return _told(standard.value)


def _told(value: Any) -> str:
    """Return a legal value in one line, whatever its structure."""
    if isinstance(value, dict):
        inner = value.get("id", value) if set(value) == {"id", "en"} else value
        if inner is not value:
            return _told(inner)
        return "; ".join(f"{name}: {_told(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return " · ".join(_told(part) for part in value)
    return str(value)
