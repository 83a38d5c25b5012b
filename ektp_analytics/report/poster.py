"""The publication sheet of the satisfaction survey, one page as PDF and as picture.

PermenPAN-RB 14/2017 makes publishing the result a duty; its sheet shows the index, the unit
and service, respondents by sex and education, the period, and thanks those who answered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup

from ektp_analytics.errors import Finding, Language, refuse
from ektp_analytics.indicators.satisfaction import ektp_survey, unit_survey
from ektp_analytics.indicators.survey_profile import SurveyProfile, survey_profile
from ektp_analytics.measures.survey_means import IndexSummary
from ektp_analytics.report import numbers
from ektp_analytics.report.markup import element, together
from ektp_analytics.report.page import PageInfo, page_of
from ektp_analytics.report.pdf import PdfPrinter
from ektp_analytics.report.poster_parts import attribute_bars, band_strip, element_lists
from ektp_analytics.report.sections.cover import letterhead
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.template_text import template_text
from ektp_analytics.report.wording import grade_word
from ektp_analytics.scoring.period_run import PeriodRun

POSTER_PDF, POSTER_PNG = "poster.pdf", "poster.png"
SHEET = (794, 1123)  # px of A4 at 96 to the inch
ATTRIBUTES = ("sex", "education")


@dataclass(frozen=True, slots=True)
class WrittenPoster:
    """The files of a publication sheet, and what should be known about them."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...] = ()


def write_poster(
    run: PeriodRun,
    printer: PdfPrinter,
    folder: Path,
    lang: Language = "id",
    *,
    draft: bool = False,
) -> WrittenPoster:
    """Write ``poster.pdf`` and ``poster.png``.

    Parameters
    ----------
    run
        A run with a survey.
    printer
        The warm browser of the run.
    folder
        Where the files go.
    lang
        ``id`` or ``en``.
    draft
        Whether DRAF is written across the sheet.

    Returns
    -------
    WrittenPoster

    Raises
    ------
    Refused
        Without a survey, or without a questionnaire that counts: there is nothing to
        publish, and no file is written.
    PdfFailed, BrowserProblem
        When the sheet cannot be printed.
    """
    info = _info(run, lang, draft=draft)
    pdf, png = folder / POSTER_PDF, folder / POSTER_PNG
    html = page_of(poster_html(run, lang), info)
    printed = printer.print_page(html, pdf, author=run.office.name)
    taken = printer.take_picture(html, png, width=SHEET[0], height=SHEET[1])
    said = {finding.message for finding in printed.findings}
    new = (finding for finding in taken if finding.message not in said)
    return WrittenPoster((pdf, png), (*printed.findings, *new))


def poster_html(run: PeriodRun, lang: Language = "id") -> Markup:
    """Return the sheet as HTML for `page_of`."""
    obstacle = poster_obstacle(run)
    if obstacle is not None:
        raise refuse(obstacle.rule)
    summary = unit_survey(run.data).summary
    profile = survey_profile(run.data, lang)
    classes = sum(profile.table["key"].isin(ATTRIBUTES))
    dense = " dense" if classes > _ROOMY or len(run.office.name) > _LONG_NAME else ""
    return together(
        Markup(f"<style>{template_text('poster.css')}</style>"),  # noqa: S704 - our own style
        element(
            "section",
            letterhead(run, lang).html(),
            _title(run, lang),
            _index(summary, lang),
            band_strip(summary, run.period.end, lang),
            element(
                "div",
                _respondents(profile, lang),
                _period(run, summary, lang),
                class_="poster-facts",
            ),
            element("div", element("p", tell("poster.thanks", lang)), class_="poster-thanks"),
            _notice(run),
            _foot(run, summary, lang),
            class_=f"poster{dense}",
        ),
    )


def poster_obstacle(run: PeriodRun) -> Finding | None:
    """Return why there is nothing to publish, None where there is."""
    if "survey" not in run.sources:
        return Finding(rule="poster_without_survey", severity="note", source="survey")
    if unit_survey(run.data).summary.index is None:
        return Finding(rule="poster_without_index", severity="warning", source="survey")
    return None


_ROOMY = 8  # bars that fit beside the large figures
_LONG_NAME = 90  # characters of an office's name that take a third line


def _info(run: PeriodRun, lang: Language, *, draft: bool) -> PageInfo:
    title = tell("poster.document", lang, unit=run.office.short_name, period=run.period.label(lang))
    whole = PageInfo(title=title, unit=run.office.name, lang=lang, draft=draft)
    return replace(whole, margins=False)


def _title(run: PeriodRun, lang: Language) -> Markup:
    service = service_words(run, lang)
    line = " · ".join(part for part in (service, run.period.label(lang)) if part)
    given = run.office.profile.get("letterhead") or {}
    unit = element("p", run.office.name, class_="poster-unit") if given.get("lines") else ""
    return element(
        "div",
        element("p", tell("poster.kicker", lang), class_="poster-kicker"),
        element("h1", tell("poster.title", lang)),
        element("p", line, class_="poster-service"),
        unit,
        class_="poster-title",
    )


def service_words(run: PeriodRun, lang: Language) -> str:
    """Return the name of the service: the only one, all of them, or nothing if not asked."""
    table = run.data.tables["survey"]
    names = sorted(set(table["service"].dropna())) if "service" in table else []
    if len(names) <= 1:
        return "".join(names)
    return tell("poster.services", lang, count=numbers.number(len(names), 0, lang))


def _index(summary: IndexSummary, lang: Language) -> Markup:
    grade = element("div", element("b", summary.grade), element("span", _label(summary, lang)))
    return element(
        "div",
        element("p", numbers.number(summary.index, 2, lang), class_="poster-value"),
        element("div", grade, class_="poster-grade"),
        class_="poster-index",
    )


def _label(summary: IndexSummary, lang: Language) -> str:
    if not summary.partial:
        return grade_word(summary.label, lang)
    return tell(
        "poster.partial",
        lang,
        label=grade_word(summary.label, lang),
        count=summary.elements_answered,
    )


def _respondents(profile: SurveyProfile, lang: Language) -> Markup:
    head = tell("poster.respondents", lang, n=numbers.number(profile.n, 0, lang))
    bars = (attribute_bars(profile.table, key, lang) for key in ATTRIBUTES)
    return element("div", element("h2", head), *bars)


def _period(run: PeriodRun, summary: IndexSummary, lang: Language) -> Markup:
    dates = numbers.day_range(run.period.start, run.period.end, lang)
    found, told_apart = ektp_survey(run.data)
    ektp: Markup | str = ""
    if told_apart and found.summary.index is not None:
        words = tell(
            "poster.ektp",
            lang,
            index=numbers.number(found.summary.index, 2, lang),
            grade=found.summary.grade,
            n=numbers.number(found.summary.n, 0, lang),
        )
        ektp = element("p", words)
    return element(
        "div",
        element("h2", tell("poster.period", lang)),
        element("p", element("b", dates)),
        ektp,
        element_lists(summary, lang),
    )


def _notice(run: PeriodRun) -> Markup | str:
    """Return the sentence that must stand wherever these data are shown."""
    words = run.office.notices.get("survey", "").strip()
    return element("p", words, class_="poster-notice") if words else ""


def _foot(run: PeriodRun, summary: IndexSummary, lang: Language) -> Markup:
    label = element("p", run.office.label, class_="poster-label") if run.office.label else ""
    served = run.office.users_served(run.period)
    counted = {"n": numbers.number(summary.n, 0, lang), "users": numbers.number(served, 0, lang)}
    key = "basis_users" if served is not None else "basis"
    issued = (run.office.profile.get("letter") or {}).get("date")
    lines = [tell(f"poster.{key}", lang, **counted)]
    if issued:
        lines.append(tell("poster.issued", lang, date=issued))
    return element(
        "div", label, element("p", "\n".join(lines), class_="poster-basis"), class_="poster-foot"
    )
