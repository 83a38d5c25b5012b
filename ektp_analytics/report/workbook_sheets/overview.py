"""First sheet: the index, the four principles, and the way to every other sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ektp_analytics.framework.catalogue import OVERALL
from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.numbers import ABSENT
from ektp_analytics.report.sections.context import in_sentence, notice_words, reason_words
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.wording import say
from ektp_analytics.report.workbook_sheets.processing import ProcessingPlaces
from ektp_analytics.report.workbook_sheets.sheet import Sheet
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.scoring.scorecard import OverallScore, PrincipleScore

SCORE, WEIGHT, ASSESSED, LOW, HIGH, BOUND_LOW, BOUND_HIGH, STATUS, REMARK = range(1, 10)
_WIDTHS = (30, 12, 10, 12, 12, 12, 12, 12, 18, 58)


def write_overview(
    sheet: Sheet,
    run: PeriodRun,
    index: ProcessingPlaces | None,
    principles: Mapping[str, str],
    others: Sequence[tuple[str, str]],
) -> None:
    """Write the overview.

    Parameters
    ----------
    sheet
        An empty sheet.
    run
        The run.
    index
        Formulas of the processing sheet; None without a survey.
    principles
        Formula of each principle's score.
    others
        Name of every other sheet, and what is on it.
    """
    lang = sheet.lang
    row = sheet.title(tell("workbook.overview_title", lang), notice_words(run, *run.sources))
    row = _write_index(sheet, run, index, row)
    row = _write_principles(sheet, run, principles, row)
    sheet.text(row, 0, tell("workbook.contents", lang), "heading")
    for place, (name, words) in enumerate(others, row + 1):
        sheet.link(place, 0, name, name, "link")
        sheet.text(place, 1, words, "note")
    sheet.widths(*_WIDTHS)
    sheet.finish(columns=len(_WIDTHS))


def _write_index(sheet: Sheet, run: PeriodRun, index: ProcessingPlaces | None, row: int) -> int:
    lang = sheet.lang
    sheet.text(row, 0, tell("workbook.index", lang), "heading")
    if index is None:
        survey = in_sentence("source", "survey", lang)
        sheet.text(row + 1, 0, tell("context.not_delivered", lang, source=survey))
        return row + 3
    summary = unit_survey(run.data).summary
    sheet.formula(row + 1, 0, index.index, summary.index, 2, "big", align="left")
    sheet.height(row + 1, 38)
    grade = tell("workbook.grade_words", lang)
    label = f"{grade} {summary.grade} · {summary.label}" if summary.grade else ABSENT
    parts = f'"{grade} "&{index.grade}&" · "&{index.label}'
    sheet.formula(
        row + 2,
        0,
        f"IF(ISNUMBER({index.index}),{parts},{_quoted(ABSENT)})",
        label,
        align="left",
        look="",
    )
    interval = numbers.interval(summary.interval, 2, lang) if summary.interval else ABSENT
    reason = summary.reasons.get("interval")
    why = "" if summary.interval or reason is None else f" ({reason_words(reason, lang)})"
    sheet.text(row + 3, 0, tell("workbook.interval", lang, interval=interval) + why, "note")
    sheet.text(row + 4, 0, tell("workbook.counted", lang), "note")
    sheet.formula(row + 4, 1, index.respondents, summary.n, 0, "note")
    return row + 6


def _write_principles(sheet: Sheet, run: PeriodRun, formulas: Mapping[str, str], row: int) -> int:
    lang, card = sheet.lang, run.scorecard
    sheet.text(row, 0, tell("workbook.principles", lang), "heading")
    own = ("score", "weight", "assessed", "low", "high", "bound_low", "bound_high")
    heads = [say("head.principle", lang), *(tell(f"workbook.{name}", lang) for name in own)]
    heads += [say("head.status", lang), tell("workbook.remarks", lang)]
    sheet.heads(row + 1, heads, words=(0, STATUS, REMARK))
    first = row + 2
    for place, item in enumerate(card.principles, first):
        weight = 100 * float(run.catalogue.groups[OVERALL][item.key])
        sheet.text(place, 0, run.catalogue.principles[item.key][lang], "row")
        sheet.number(place, WEIGHT, weight, 2)
        sheet.number(place, ASSESSED, item.weight_assessed, 1, unit="%")
        if item.score is None:
            sheet.number(place, SCORE, None)
        else:
            sheet.formula(place, SCORE, formulas[item.key], item.score, 2)
        _write_rest(sheet, place, item, "row")
    last = first + len(card.principles) - 1
    _write_overall(sheet, run, first, last)
    return last + 3


def _write_overall(sheet: Sheet, run: PeriodRun, first: int, last: int) -> None:
    """Write the joint score, absent unless all four principles are assessed."""
    lang, item, row = sheet.lang, run.scorecard.overall, last + 1
    sheet.text(row, 0, tell("workbook.overall", lang), "result")
    scores, weights, states = (
        sheet.span((first, at), (last, at)) for at in (SCORE, WEIGHT, STATUS)
    )
    assessed = wording.name_of("status", "ok", lang)
    mean = f"SUMPRODUCT({scores},{weights})/SUM({weights})"
    formula = f'IF(COUNTIF({states},"{assessed}")=ROWS({states}),{mean},{_quoted(ABSENT)})'
    sheet.formula(row, SCORE, formula, item.score, 2, "result")
    for column in (WEIGHT, ASSESSED):
        sheet.text(row, column, "", "result")
    _write_rest(sheet, row, item, "result")


def _write_rest(sheet: Sheet, row: int, item: PrincipleScore | OverallScore, look: str) -> None:
    """Write interval, bounds, status and why something is absent."""
    lang = sheet.lang
    low, high = item.interval or (None, None)
    figures = ((LOW, low), (HIGH, high), (BOUND_LOW, item.bounds[0]), (BOUND_HIGH, item.bounds[1]))
    for column, figure in figures:
        sheet.number(row, column, figure, 2, look)
    sheet.text(row, STATUS, wording.name_of("status", item.status, lang), look)
    reasons = dict.fromkeys(reason_words(r, lang) for r in item.reasons.values())
    sheet.text(row, REMARK, "; ".join(reasons) or ABSENT, look)


def _quoted(words: str) -> str:
    return f'"{words}"'
