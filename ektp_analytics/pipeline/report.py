"""Compute a period, keep its numbers, and build its report in every form asked for."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path

from ektp_analytics.errors import Language
from ektp_analytics.periods import Period
from ektp_analytics.pipeline.history import runs_before
from ektp_analytics.pipeline.run_period import run_period
from ektp_analytics.report import build, engine
from ektp_analytics.report.build import FORMATS, BuiltReport
from ektp_analytics.report.notebook_imports import notebook_imports
from ektp_analytics.report.pdf import PdfPrinter
from ektp_analytics.workspace import Workspace

# Forms whose pages tell what moved since the periods before.
_WITH_HISTORY = (*build.PAGE_FORMATS, "docx")


def build_report(
    workspace: Workspace | Path | str,
    office_id: str,
    period: Period | str,
    *,
    formats: Collection[str] = FORMATS,
    lang: Language = "id",
    final: bool = False,
    printer: PdfPrinter | None = None,
) -> BuiltReport:
    """Compute, keep and report one office and one period.

    Parameters
    ----------
    workspace, office_id, period
        As for `run_period`.
    formats
        Any of ``pdf``, ``html``, ``docx``, ``xlsx`` (with ``unggah/``) and ``poster``.
    lang
        ``id`` or ``en``.
    final
        Leaves out the watermark DRAF.
    printer
        A browser that is already open and stays so; one of its own by default.

    Returns
    -------
    BuiltReport
        Paths below ``reports/<office>/<period>/``; rows, findings and numbers are kept
        below ``data/processed/<office>/<period>/``.

    Raises
    ------
    Refused
        Unusable files, with every finding; a report that names a person of the files; an
        old report that is open elsewhere. The old report then stays as it was.
    """
    place = workspace if isinstance(workspace, Workspace) else Workspace.find(Path(workspace))
    when = period if isinstance(period, Period) else Period.parse(period)
    if set(formats) & set(build.PAGE_FORMATS):
        engine.warm_up(notebook_imports(build.NOTEBOOK))
    run = run_period(place, office_id, when, save=True)
    told = bool(set(formats) & set(_WITH_HISTORY))
    return build.build_report(
        place,
        office_id,
        when,
        formats=formats,
        lang=lang,
        final=final,
        printer=printer,
        run=run,
        history=partial(runs_before, place, office_id, when) if told else tuple,
    )
