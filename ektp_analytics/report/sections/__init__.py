"""The pages of the report, one module per page or chapter.

Every page is a function of a `PeriodRun` and an `Edition` that returns a `Section`. A page
about a source that was not delivered is empty; what is missing is said once, in one line
each, where its chapter ends.
"""

from ektp_analytics.report.sections.cover import cover_page
from ektp_analytics.report.sections.elements import elements_page
from ektp_analytics.report.sections.processing import processing_page
from ektp_analytics.report.sections.provenance import provenance_page
from ektp_analytics.report.sections.scorecard import scorecard_page
from ektp_analytics.report.sections.summary import summary_page

__all__ = [
    "cover_page",
    "elements_page",
    "processing_page",
    "provenance_page",
    "scorecard_page",
    "summary_page",
]
