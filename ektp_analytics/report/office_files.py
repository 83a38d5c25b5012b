"""Word document, workbook, publication sheet and recaps of one run, each as far as it can be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import nullcontext
from pathlib import Path

from ektp_analytics.errors import Finding
from ektp_analytics.report.page import PageInfo
from ektp_analytics.report.pdf import PdfPrinter
from ektp_analytics.report.poster import poster_obstacle, write_poster
from ektp_analytics.report.still import StillCamera
from ektp_analytics.report.uploads import write_uploads
from ektp_analytics.report.word import WORD_NAME, write_word
from ektp_analytics.report.workbook import WORKBOOK_NAME, write_workbook
from ektp_analytics.scoring.period_run import PeriodRun

FORMATS = ("docx", "xlsx", "poster")


def write_office_files(
    run: PeriodRun,
    folder: Path,
    info: PageInfo,
    *,
    formats: Collection[str] = FORMATS,
    printer: PdfPrinter | None = None,
    template: bytes | None = None,
    history: Sequence[PeriodRun] = (),
) -> tuple[Finding, ...]:
    """Write the files of a report beside its PDF and HTML.

    Parameters
    ----------
    run
        The period's run.
    folder
        Where they go.
    info
        Title, header, footer, language and whether it is a draft, as for the PDF.
    formats
        ``docx``; ``xlsx`` with ``unggah/``; ``poster`` as PDF and PNG. Others are passed over.
    printer
        The run's warm browser; without one there is no publication sheet, and descriptions
        stand in place of the pictures in Word.
    template
        The office's own Word template (`word.own_template`).
    history
        Runs of earlier periods, for the pages that tell what moved.

    Returns
    -------
    tuple of Finding
        What is missing and why. That there is no browser is said once, by whoever prints
        the PDF.

    Raises
    ------
    Refused
        When a file is open elsewhere, or the office's template cannot be used.
    """
    findings: list[Finding] = []
    if "xlsx" in formats:
        write_workbook(run, folder / WORKBOOK_NAME, info.lang, draft=info.draft)
        write_uploads(run, folder, info.lang)
    if "poster" in formats:
        findings += _poster(run, folder, info, printer)
    if "docx" in formats:
        with StillCamera(printer, info.lang) if printer else nullcontext() as camera:
            path = folder / WORD_NAME
            made = write_word(run, path, info, camera=camera, template=template, history=history)
        findings += made.findings
    return tuple(findings)


def _poster(
    run: PeriodRun, folder: Path, info: PageInfo, printer: PdfPrinter | None
) -> tuple[Finding, ...]:
    obstacle = poster_obstacle(run)
    if obstacle is not None:
        return (obstacle,)
    if printer is None:
        return ()
    return write_poster(run, printer, folder, info.lang, draft=info.draft).findings
