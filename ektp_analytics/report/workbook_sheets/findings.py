"""Everything that is wrong in the files, with its place and its remedy."""

from __future__ import annotations

from ektp_analytics.errors import SEVERITIES
from ektp_analytics.report import wording
from ektp_analytics.report.numbers import ABSENT
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.wording import say
from ektp_analytics.report.workbook_sheets.sheet import Sheet
from ektp_analytics.scoring.period_run import PeriodRun

_WIDTHS = (13, 20, 32, 14, 9, 24, 22, 9, 58, 52)


def write_findings(sheet: Sheet, run: PeriodRun) -> None:
    """Write one row per finding, the gravest first; none are left out."""
    lang = sheet.lang
    head = sheet.title(tell("workbook.findings_title", lang))
    own = ("sheet", "row_number", "column", "cell")
    place = [tell(f"workbook.{name}", lang) for name in own]
    heads = [say("head.level", lang), say("head.content", lang), say("head.file", lang), *place]
    heads += [say("head.count", lang), say("head.found", lang), say("head.remedy", lang)]
    sheet.heads(head, heads, words=(0, 1, 2, 3, 5, 6, 8, 9))
    found = sorted(run.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    for row, finding in enumerate(found, head + 1):
        record = finding.to_record(lang)
        sheet.text(row, 0, wording.name_of("severity", finding.severity, lang), "row")
        sheet.text(row, 1, wording.name_of("source", finding.source, lang), "row")
        for column, name in ((2, "file"), (3, "sheet"), (5, "column"), (6, "value")):
            sheet.text(row, column, record[name] or ABSENT, "row")
        sheet.number(row, 4, finding.row)
        sheet.number(row, 7, finding.count)
        sheet.text(row, 8, record["message"], "row")
        sheet.text(row, 9, record["remedy"] or ABSENT, "row")
    if not found:
        sheet.text(head + 1, 0, say("table.no_findings", lang), "note")
    sheet.widths(*_WIDTHS)
    sheet.freeze(head + 1)
    sheet.filter(head, head + len(found), len(heads))
    sheet.finish(repeat=(head, head), columns=len(heads))
