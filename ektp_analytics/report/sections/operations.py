"""Bab III: complaints, opening hours and discipline, and outreach on one page."""

from __future__ import annotations

from dataclasses import replace

from ektp_analytics.report.blocks import Headline
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.complaints import complaints_part
from ektp_analytics.report.sections.conduct import conduct_part, outreach_part
from ektp_analytics.report.sections.context import flows, notices
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun

SOURCES = ("complaints", "opening", "discipline", "outreach")


def operations_page(run: PeriodRun, edition: Edition) -> Section:
    """Return what the office's own registers say; empty without any of them.

    The first part that is there begins the page under the name of its chapter.
    """
    parts = (complaints_part, conduct_part, outreach_part)
    blocks = [block for part in parts for block in part(run, edition)]
    if not blocks:
        return Section()
    first = blocks[0]
    if isinstance(first, Headline):
        kicker = tell("elements.kicker", edition.lang)
        blocks[0] = replace(first, kicker=kicker, new_page=not flows(run))
    return Section([*blocks, *notices(run, edition, *SOURCES)])
