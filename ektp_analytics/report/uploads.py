"""Figures for retyping into portals: ``unggah/rekap-skm.csv``, ``.xlsx`` and ``rtl.csv``.

No portal's own form was seen, so the files say in their first line that their shape is not
verified; they hold what such forms ask for, one figure a line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO, StringIO
from pathlib import Path

from ektp_analytics.errors import Language
from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.indicators.survey_profile import survey_profile
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.markup import plain
from ektp_analytics.report.numbers import ABSENT
from ektp_analytics.report.processing_sheet import LEGAL_ORDER
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.plan import planned_actions, state_words
from ektp_analytics.report.whole_file import write_whole
from ektp_analytics.report.wording import say
from ektp_analytics.report.workbook_sheets.sheet import (
    Sheet,
    SheetInfo,
    looks_like_formula,
    sheet_name,
)
from ektp_analytics.report.workbook_sheets.styles import Styles
from ektp_analytics.scoring.period_run import PeriodRun

FOLDER = "unggah"
RECAP_CSV, RECAP_XLSX, PLAN_CSV = "rekap-skm.csv", "rekap-skm.xlsx", "rtl.csv"
ATTRIBUTES = ("sex", "education")
_DELIMITERS: dict[Language, str] = {"id": ";", "en": ","}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the recap: group, name, value and its decimals, words where it has none."""

    group: str
    name: str
    value: float | None = None
    decimals: int = 0
    words: str = ""

    def printed(self, lang: Language) -> str:
        """Return the value as it is typed."""
        return self.words or numbers.number(self.value, self.decimals, lang)


def write_uploads(run: PeriodRun, folder: Path, lang: Language = "id") -> tuple[Path, ...]:
    """Write the files into ``unggah`` below a folder.

    Parameters
    ----------
    run
        The period's run. Without a survey there is no recap, only the plan.
    folder
        Folder of the report.
    lang
        ``id`` or ``en``.

    Returns
    -------
    tuple of Path
        What was written.
    """
    target = folder / FOLDER
    files = [write_whole(_csv(_plan_rows(run, lang), lang), target / PLAN_CSV)]
    if "survey" in run.sources:
        lines = recap_lines(run, lang)
        files.append(write_whole(_csv(_recap_rows(lines, lang), lang), target / RECAP_CSV))
        files.append(write_whole(_recap_workbook(run, lines, lang), target / RECAP_XLSX))
    return tuple(sorted(files))


def recap_lines(run: PeriodRun, lang: Language = "id") -> list[Line]:
    """Return what a portal asks of a survey: unit, window, respondents, elements, index."""
    return [*_about(run, lang), *_respondents(run, lang), *_elements(run, lang), *_index(run, lang)]


def _about(run: PeriodRun, lang: Language) -> Iterator[Line]:
    group = tell("uploads.unit", lang)
    dates = numbers.day_range(run.period.start, run.period.end, lang)
    for name, words in (
        ("name", run.office.name),
        ("code", run.office.code),
        ("period", run.period.label(lang)),
        ("dates", dates),
        ("label", run.office.label),
        ("notice", run.office.notices.get("survey", "").strip()),
    ):
        if words:
            yield Line(group, tell(f"uploads.{name}", lang), words=words)


def _respondents(run: PeriodRun, lang: Language) -> Iterator[Line]:
    group, summary = tell("uploads.respondents", lang), unit_survey(run.data).summary
    yield Line(group, tell("uploads.counted", lang), summary.n)
    served = run.office.users_served(run.period)
    yield Line(group, tell("uploads.users", lang), served, words="" if served else ABSENT)
    table = survey_profile(run.data, lang).table
    asked = table[table["key"].isin(ATTRIBUTES)]
    for row in records(asked, ("attribute", "category", "count", "shown")):
        hidden = row["shown"] or say("profile.small", lang)
        words = hidden if row["count"] is None else ""
        yield Line(group, f"{row['attribute']}: {row['category']}", row["count"], words=words)


def _elements(run: PeriodRun, lang: Language) -> Iterator[Line]:
    found = {e.key: e for e in unit_survey(run.data).summary.elements}
    for place, key in enumerate(LEGAL_ORDER, 1):
        group = f"U{place} {wording.name_of('element', key, lang)}"
        element = found.get(key)
        if element is None:
            yield Line(group, say("head.nrr", lang), words=tell("uploads.not_asked", lang))
            continue
        yield Line(group, say("head.valid", lang), element.n)
        yield Line(group, say("head.nrr", lang), element.nrr, 4)
        yield Line(group, say("head.index", lang), element.index, 2)
        yield Line(group, say("head.grade", lang), words=element.grade or ABSENT)


def _index(run: PeriodRun, lang: Language) -> Iterator[Line]:
    group, summary = tell("uploads.index", lang), unit_survey(run.data).summary
    yield Line(group, say("head.ikm", lang), summary.index, 2)
    yield Line(group, say("head.grade", lang), words=summary.grade or ABSENT)
    yield Line(group, say("head.performance", lang), words=summary.label or ABSENT)
    interval = numbers.interval(summary.interval, 2, lang) if summary.interval else ABSENT
    yield Line(group, say("head.interval", lang), words=interval)


def _recap_rows(lines: Sequence[Line], lang: Language) -> Iterator[Sequence[str]]:
    yield (tell("uploads.unverified", lang),)
    yield tuple(tell(f"uploads.{name}", lang) for name in ("group", "item", "value"))
    for line in lines:
        yield (line.group, line.name, line.printed(lang))


def _plan_rows(run: PeriodRun, lang: Language) -> Iterator[Sequence[str]]:
    yield (tell("uploads.unverified", lang),)
    heads = ("number", "priority", "state", "action", "due", "responsible")
    yield tuple(tell(f"uploads.{name}", lang) for name in heads)
    for number, action in enumerate(planned_actions(run), 1):
        responsible = action.responsible[lang] if action.responsible else ""
        state = state_words(action, lang) or ABSENT
        due = numbers.day(action.due, lang)
        yield (str(number), action.subject[lang], state, action.action[lang], due, responsible)


def _csv(rows: Iterator[Sequence[str]], lang: Language) -> bytes:
    """Return rows as Excel of the language opens them: with a mark of UTF-8 at the start."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, delimiter=_DELIMITERS[lang], lineterminator="\r\n")
    writer.writerows([[guarded(cell) for cell in row] for row in rows])
    return stream.getvalue().encode("utf-8-sig")


def guarded(words: str) -> str:
    """Return words that no spreadsheet takes for a formula: with an apostrophe before them."""
    shown = plain(words)
    return f"'{shown}" if looks_like_formula(shown) else shown


def _recap_workbook(run: PeriodRun, lines: Sequence[Line], lang: Language) -> bytes:
    import xlsxwriter

    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    created = datetime.combine(run.period.end, time())
    book.set_properties({"author": run.office.name, "created": created})
    info = SheetInfo(run.office.name, run.period.label(lang), run.office.label, lang)
    sheet = Sheet(book, sheet_name(tell("uploads.sheet", lang)), Styles(book, lang), info)
    head = sheet.title(tell("uploads.title", lang), tell("uploads.unverified", lang))
    names = tuple(tell(f"uploads.{name}", lang) for name in ("group", "item", "value"))
    sheet.heads(head, names, words=(0, 1))
    for row, line in enumerate(lines, head + 1):
        sheet.text(row, 0, line.group, "row")
        sheet.text(row, 1, line.name, "row")
        if line.words:
            sheet.text(row, 2, line.words, "row", "right")
        else:
            sheet.number(row, 2, line.value, line.decimals)
    sheet.widths(44, 34, 40)
    sheet.freeze(head + 1)
    sheet.finish(repeat=(head, head))
    book.close()
    return stream.getvalue()
