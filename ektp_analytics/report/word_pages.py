"""Which pages the report has, in order: read from its notebook, the one place that says so."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator, Sequence

from ektp_analytics.report import sections
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.notebook_run import bundled_notebooks
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun

NOTEBOOK = "quarterly_report"
_PAGE = re.compile(r"^ *sections\.(\w+)\(run, edition\b", re.MULTILINE)


def page_names(notebook: str = NOTEBOOK) -> tuple[str, ...]:
    """Return the names of the pages a bundled notebook shows, in its order."""
    book = json.loads(bundled_notebooks()[notebook].read_text(encoding="utf-8"))
    cells = ("".join(c["source"]) for c in book["cells"] if c["cell_type"] == "code")
    return tuple(name for source in cells for name in _PAGE.findall(source))


def report_pages(
    run: PeriodRun, edition: Edition, history: Sequence[PeriodRun] = ()
) -> Iterator[Section]:
    """Yield the pages of the report, as the notebook shows them; empty ones are left out.

    Parameters
    ----------
    run, edition
        The period's run; language, cut-off and numbering.
    history
        Runs of earlier periods, for the pages that tell what moved.
    """
    for name in page_names():
        make = getattr(sections, name)
        more = {"history": history} if "history" in inspect.signature(make).parameters else {}
        page: Section = make(run, edition, **more)
        if page:
            yield page
