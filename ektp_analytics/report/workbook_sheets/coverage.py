"""Registration counts per kecamatan, with live sums and rates."""

from __future__ import annotations

from ektp_analytics.indicators.coverage import Coverage
from ektp_analytics.indicators.participation import office_coverage
from ektp_analytics.report import numbers
from ektp_analytics.report.numbers import ABSENT
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.wording import say
from ektp_analytics.report.workbook_sheets.indicator import Given
from ektp_analytics.report.workbook_sheets.sheet import Sheet
from ektp_analytics.scoring.period_run import PeriodRun

COUNTS = ("obligated", "recorded", "holders")
RATES = (("recorded", "recording_coverage"), ("holders", "card_possession"))
FIRST_COUNT, FIRST_RATE = 2, 5


def write_coverage(sheet: Sheet, run: PeriodRun) -> Given:
    """Write the counts of the day the report shows.

    Parameters
    ----------
    sheet
        An empty sheet.
    run
        A run with registrations.

    Returns
    -------
    dict
        Address and value of each total that every row has, by input name.
    """
    found, lang = office_coverage(run.data), sheet.lang
    day = numbers.day(found.as_of, lang) if found.as_of else ABSENT
    notice = run.office.notices.get("registrations", "").strip()
    as_of = tell("workbook.as_of", lang, date=day)
    head = sheet.title(tell("workbook.coverage_title", lang), as_of, notice)
    names = [tell(f"workbook.input_{name}", lang) for name in COUNTS]
    names += [tell(f"workbook.rate_{rate}", lang) for _, rate in RATES]
    sheet.heads(
        head, [tell("workbook.region_code", lang), say("head.kecamatan", lang), *names], (0, 1)
    )
    for row, entry in enumerate(found.rows, head + 1):
        sheet.text(row, 0, entry.code or ABSENT, "row")
        sheet.text(row, 1, entry.kecamatan, "row")
        _write_figures(sheet, row, [getattr(entry, n) for n in (*COUNTS, *(r for _, r in RATES))])
    totals = _write_total(sheet, found, head + 1)
    sheet.widths(14, 34, 14, 14, 14, 14, 14)
    sheet.freeze(head + 1, 2)
    sheet.filter(head, head + len(found.rows), 7)
    sheet.finish(repeat=(head, head))
    return totals


def _write_figures(sheet: Sheet, row: int, figures: list[float | int | None]) -> None:
    for place, value in enumerate(figures[: len(COUNTS)]):
        sheet.number(row, FIRST_COUNT + place, value)
    _write_rates(sheet, row, figures[len(COUNTS) :], "row")


def _write_rates(sheet: Sheet, row: int, values: list[float | int | None], look: str) -> None:
    """Write recorded ÷ obligated and holders ÷ obligated; an unusable rate is a dash."""
    base = sheet.at(row, FIRST_COUNT)
    for place, ((name, _), value) in enumerate(zip(RATES, values, strict=True)):
        part = sheet.at(row, FIRST_COUNT + COUNTS.index(name))
        if value is None:
            sheet.number(row, FIRST_RATE + place, None, 2, look)
        else:
            sheet.formula(row, FIRST_RATE + place, f"100*{part}/{base}", value, 2, look, "%")


def _write_total(sheet: Sheet, found: Coverage, first: int) -> Given:
    row = first + len(found.rows)
    sheet.text(row, 0, tell("workbook.total", sheet.lang), "result")
    sheet.text(row, 1, "", "result")
    totals: dict[str, tuple[str, float]] = {}
    for place, name in enumerate(COUNTS):
        value, column = getattr(found.total, name), FIRST_COUNT + place
        if value is None or not found.rows:
            sheet.number(row, column, value, look="result")
            continue
        sheet.formula(
            row,
            column,
            f"SUM({sheet.span((first, column), (row - 1, column))})",
            value,
            0,
            "result",
        )
        totals[name] = (sheet.at(row, column, outside=True), value)
    _write_rates(sheet, row, [getattr(found.total, rate) for _, rate in RATES], "result")
    return totals
