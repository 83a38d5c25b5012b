"""The workbook ``lembar-kerja.xlsx``: the processing sheet and every figure's inputs, live.

The stored values are the computed ones, so that a viewer shows them at once; a program that
recomputes gets the same from the formulas. The bytes depend on the run alone.
"""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from ektp_analytics.errors import Language
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.report.charts.style import BAR, BLUE, GREY_1, GREY_2
from ektp_analytics.report.page import generator
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.whole_file import write_whole
from ektp_analytics.report.workbook_sheets.coverage import write_coverage
from ektp_analytics.report.workbook_sheets.findings import write_findings
from ektp_analytics.report.workbook_sheets.follow_up import write_follow_up
from ektp_analytics.report.workbook_sheets.indicator import Given, has_sheet, write_indicator
from ektp_analytics.report.workbook_sheets.indicators import Linked, write_indicators
from ektp_analytics.report.workbook_sheets.overview import write_overview
from ektp_analytics.report.workbook_sheets.processing import write_processing
from ektp_analytics.report.workbook_sheets.provenance import write_provenance
from ektp_analytics.report.workbook_sheets.sheet import Sheet, SheetInfo, sheet_name
from ektp_analytics.report.workbook_sheets.styles import Styles
from ektp_analytics.scoring.period_run import PeriodRun

WORKBOOK_NAME = "lembar-kerja.xlsx"
# Nothing a file says may turn into a formula, a link or a number.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_TABS = {
    "participation": BLUE,
    "transparency": BAR,
    "accountability": GREY_1,
    "rule_of_law": GREY_2,
}


def write_workbook(
    run: PeriodRun, path: Path, lang: Language = "id", *, draft: bool = False
) -> Path:
    """Write the workbook of a run.

    Parameters
    ----------
    run
        The period's run, from `run_period`.
    path
        The file; an old one is replaced only when the new one is whole.
    lang
        ``id`` or ``en``.
    draft
        Whether DRAF stands on every printed page.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    Refused
        When the old file is open elsewhere.
    """
    return write_whole(workbook_bytes(run, lang, draft=draft), path)


def workbook_bytes(run: PeriodRun, lang: Language = "id", *, draft: bool = False) -> bytes:
    """Return the workbook as bytes; the same run gives the same bytes."""
    import xlsxwriter

    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    book.set_properties(_properties(run, lang))
    book.set_calc_mode("auto")
    _Maker(book, run, lang, draft).make()
    book.close()
    return stream.getvalue()


def _properties(run: PeriodRun, lang: Language) -> dict[str, Any]:
    """Return the document's properties: the office, never the person at the computer."""
    return {
        "title": tell(
            "workbook.document", lang, unit=run.office.short_name, period=run.period.label(lang)
        ),
        "author": run.office.name,
        "company": run.office.name,
        "comments": f"{run.office.label} {generator()}".strip(),
        "created": datetime.combine(run.period.end, time()),
    }


class _Maker:
    """Makes the sheets in the order they stand in, and fills those others point to first."""

    def __init__(self, book: Any, run: PeriodRun, lang: Language, draft: bool) -> None:
        self._book, self._run, self._lang = book, run, lang
        self._styles = Styles(book, lang)
        label = run.period.label(lang)
        self._info = SheetInfo(run.office.name, label, run.office.label, lang, draft)
        self._names: list[str] = []
        self._told: list[tuple[str, str]] = []

    def make(self) -> None:
        """Fill every sheet."""
        run = self._run
        overview = self._sheet("overview", landscape=True)
        index = None
        if "survey" in run.sources:
            index = write_processing(self._sheet("processing"), run)
        indicators = self._sheet("indicators", landscape=True)
        follow_up = self._sheet("follow_up", landscape=True)
        findings = self._sheet("findings", landscape=True)
        totals: Given = {}
        if "registrations" in run.sources:
            totals = write_coverage(self._sheet("coverage"), run)
        provenance = self._sheet("provenance", landscape=True)
        principles = write_indicators(indicators, run, self._single(totals))
        write_follow_up(follow_up, run)
        write_findings(findings, run)
        write_provenance(provenance, run)
        write_overview(overview, run, index, principles, self._told[1:])

    def _sheet(self, key: str, *, landscape: bool = False) -> Sheet:
        words = tell(f"workbook.sheet_{key}", self._lang)
        about = tell(f"workbook.about_{key}", self._lang)
        return self._named(words, about, landscape=landscape)

    def _named(self, words: str, about: str, *, landscape: bool = False, colour: str = "") -> Sheet:
        name = sheet_name(words, self._names)
        self._names.append(name)
        self._told.append((name, about))
        return Sheet(self._book, name, self._styles, self._info, landscape=landscape, colour=colour)

    def _single(self, totals: Given) -> dict[str, Linked]:
        """Write the sheets of single indicators, in the order of the scorecard."""
        lines = {line.value.code: line for line in self._run.scorecard.lines}
        values: list[IndicatorValue] = [line.value for line in lines.values()]
        values += self._run.scorecard.shown
        linked: dict[str, Linked] = {}
        for number, value in enumerate(values, 1):
            if not has_sheet(value):
                continue
            item = self._run.catalogue[value.code]
            about = item.name[self._lang]
            name = f"{number} {about.partition(' (')[0]}"
            sheet = self._named(name, about, colour=_TABS.get(item.principle, ""))
            places = write_indicator(sheet, self._run, value, lines.get(value.code), totals)
            linked[value.code] = Linked(sheet.name, places)
        return linked
