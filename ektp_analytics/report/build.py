"""Build an office's report: run the notebook, lay out the page, print it, publish."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ektp_analytics.errors import Finding, Language
from ektp_analytics.indicators.survey_profile import survey_profile
from ektp_analytics.periods import Period
from ektp_analytics.report.browser import BrowserProblem
from ektp_analytics.report.notebook_run import run_notebook
from ektp_analytics.report.office_files import FORMATS as OFFICE_FORMATS
from ektp_analytics.report.office_files import write_office_files
from ektp_analytics.report.page import PageInfo, bare_report, whole_page
from ektp_analytics.report.page_numbers import with_page_numbers
from ektp_analytics.report.pdf import PdfPrinter
from ektp_analytics.report.publish import publication
from ektp_analytics.report.run_lock import only_run
from ektp_analytics.report.sections.contents import CONTENTS, entries, filled
from ektp_analytics.report.sections.context import kind_of
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.seen_at_door import check_before_publication
from ektp_analytics.report.word import WORD_NAME, own_template
from ektp_analytics.report.workbook import WORKBOOK_NAME
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.sources.schema import schemas
from ektp_analytics.workspace import Office, Workspace

PAGE_FORMATS = ("pdf", "html")
FORMATS = (*PAGE_FORMATS, *OFFICE_FORMATS)
NOTEBOOK = "quarterly_report"
REPORT_NAME = "laporan"
PDF_NAME = f"{REPORT_NAME}.pdf"
# Forms that need a browser: to print, to draw, to take the pictures of charts.
_WITH_BROWSER = ("pdf", "docx", "poster")
_FILE_OF = {
    "pdf": PDF_NAME,
    "html": f"{REPORT_NAME}.html",
    "docx": WORD_NAME,
    "xlsx": WORKBOOK_NAME,
    "poster": "poster.pdf",
}


@dataclass(frozen=True, slots=True)
class BuiltReport:
    """What was published, and what should be known about it."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()


def build_report(
    workspace: Workspace | Path | str,
    office_id: str,
    period: Period | str,
    *,
    formats: Collection[str] = PAGE_FORMATS,
    lang: Language = "id",
    final: bool = False,
    printer: PdfPrinter | None = None,
    run: PeriodRun | None = None,
    history: Callable[[], Sequence[PeriodRun]] = tuple,
) -> BuiltReport:
    """Build and publish the report of one office and one period.

    Parameters
    ----------
    workspace
        The workspace or its folder.
    office_id
        Folder name of the office under ``data/raw``.
    period
        ``2025-Q4`` and the like.
    formats
        Any of ``pdf``, ``html``; with a run also ``docx``, ``xlsx``, ``poster``.
    lang
        ``id`` or ``en``.
    final
        Leaves out the watermark DRAF.
    printer
        A browser that is already open and stays so; one of its own by default.
    run, history
        The period's run, and what gives those before it, for the forms made from them; the
        notebook then need not compute them again.

    Returns
    -------
    BuiltReport
        Paths below ``reports/<office>/<period>/``. Without a browser the PDF is missing
        and the rest is written.

    Raises
    ------
    Refused
        Unknown office or period, unusable files, a report that names a person of the files,
        another run of the same report, or an old report that is open elsewhere.
        In all cases the old report stays as it was.
    """
    place = workspace if isinstance(workspace, Workspace) else Workspace.find(Path(workspace))
    when = period if isinstance(period, Period) else Period.parse(period)
    office = _office_with_files(place, office_id, when)
    target = place.reports_folder(office.id, when)
    with ExitStack() as open_things:
        open_things.enter_context(only_run(target, office.id, when))
        problems: tuple[Finding, ...] = office.findings
        if printer is None or not set(formats) & set(_WITH_BROWSER):
            printer, found = _printer(formats, open_things)
            problems += found
        info = page_info(office, when, _given(place, office, when), lang=lang, final=final)
        if printer is not None:
            printer.warm_up()
        before = tuple(history())  # while the browser opens
        order = _Order(place, office, when, tuple(formats), info, run, before)
        check = check_before_publication(place, office, when, order.lent)
        folder = open_things.enter_context(publication(target, check))
        problems += _written(order, folder, printer)
        names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    missing = tuple(f for f in formats if _FILE_OF[f] not in names)
    return BuiltReport(tuple(target / name for name in names), problems, missing)


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be made: of whom, in which forms, from which runs."""

    place: Workspace
    office: Office
    period: Period
    formats: tuple[str, ...]
    info: PageInfo
    run: PeriodRun | None
    history: tuple[PeriodRun, ...]

    @property
    def lent(self) -> tuple[PeriodRun, ...]:
        """The runs that need not be computed again."""
        return (self.run, *self.history) if self.run else ()


def _written(order: _Order, folder: Path, printer: PdfPrinter | None) -> tuple[Finding, ...]:
    """Write every form asked for: the office files while the pages are run and printed."""
    if order.run is not None and "survey" in order.run.sources:
        # Both need it; the notebook is lent what has been found by the time it starts.
        survey_profile(order.run.data, order.info.lang)
    with ThreadPoolExecutor(max_workers=1) as pool:
        others = pool.submit(_office_files, order, folder, printer)
        found: tuple[Finding, ...] = ()
        if set(order.formats) & set(PAGE_FORMATS):
            found = _pages(_executed(order), order, folder, printer)
        return (*found, *others.result())


def _office_with_files(place: Workspace, office_id: str, period: Period) -> Office:
    """Return the office; refuse one that is unknown or has no folder for the period."""
    office = place.office(office_id)
    place.period_folder(office.id, period)
    return office


def _office_files(order: _Order, folder: Path, printer: PdfPrinter | None) -> tuple[Finding, ...]:
    """Write Word document, workbook, recaps and publication sheet."""
    if order.run is None:
        return ()
    return write_office_files(
        order.run,
        folder,
        order.info,
        formats=order.formats,
        printer=printer,
        template=own_template(order.place, order.office),
        history=order.history,
    )


def _printer(
    formats: Collection[str], open_things: ExitStack
) -> tuple[PdfPrinter | None, tuple[Finding, ...]]:
    """Warm up a browser; without one the rest of the report is still written."""
    if not set(formats) & set(_WITH_BROWSER):
        return None, ()
    try:
        return open_things.enter_context(PdfPrinter()), ()
    except BrowserProblem:
        return None, (Finding(rule="no_browser_for_pdf", severity="warning"),)


def _pages(
    notebook: Any, order: _Order, folder: Path, printer: PdfPrinter | None
) -> tuple[Finding, ...]:
    """Lay out the notebook as a page with its contents, print it and keep it for reading."""
    info = order.info
    html = bare_report(notebook, info)
    listed = entries(html, tell("approval.foreword_kicker", info.lang))
    html = filled(html, listed)
    findings: tuple[Finding, ...] = ()
    numbers: tuple[str, ...] = ()
    if printer and "pdf" in order.formats:
        headings = [entry.heading for entry in listed] if CONTENTS in html else []
        target = folder / PDF_NAME
        printed = printer.print_page(html, target, author=info.unit, contents=headings)
        numbers, findings = printed.numbers, printed.findings
    if "html" in order.formats:
        html = whole_page(with_page_numbers(html, numbers))
        (folder / f"{REPORT_NAME}.html").write_text(html, encoding="utf-8")
    return findings


def _executed(order: _Order) -> Any:
    """Run the report's notebook, with what has been computed already."""
    parameters = {
        "workspace": str(order.place.root),
        "office": order.office.id,
        "period": str(order.period),
        "lang": order.info.lang,
    }
    failed = order.place.processed_folder(order.office.id, order.period)
    done = run_notebook(
        NOTEBOOK, parameters, folder=order.place.root, failed_folder=failed, lent=order.lent
    )
    return done.notebook


def _given(place: Workspace, office: Office, period: Period) -> list[str]:
    """Return the sources of which the office has handed in files."""
    return [s for s in schemas() if place.source_files(office.id, period, s)]


def page_info(
    office: Office, period: Period, given: Collection[str], *, lang: Language, final: bool
) -> PageInfo:
    """Return what stands around the pages of a report on the sources `given`."""
    kind = kind_of(office, given)
    words = {"unit": office.short_name, "period": period.label(lang)}
    return PageInfo(
        title=tell(f"document.title_{kind}", lang, **words),
        unit=office.name,
        running_head=tell(f"document.running_head_{kind}", lang, unit=office.short_name),
        period=period.label(lang),
        label=office.label,
        lang=lang,
        draft=not final,
    )
