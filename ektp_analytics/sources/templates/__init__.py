"""Empty files for an office to fill in: a workbook per source, and the survey as a form."""

from __future__ import annotations

from ektp_analytics.sources.templates.survey_form import survey_form
from ektp_analytics.sources.templates.workbook import template_workbook

__all__ = ["survey_form", "template_workbook"]
