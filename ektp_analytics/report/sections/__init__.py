"""The pages of the report, one module per page or chapter.

Every page is a function of a `PeriodRun` and an `Edition` that returns a `Section`. A page
about a source that was not delivered is empty; what is missing is said once, in one line
each, where its chapter ends.
"""

from ektp_analytics.report.sections.approval import approval_page, foreword_page
from ektp_analytics.report.sections.case_study import all_figures_page, printed_figures_page
from ektp_analytics.report.sections.collection import collection_page
from ektp_analytics.report.sections.conclusion import conclusion_page
from ektp_analytics.report.sections.contents import contents
from ektp_analytics.report.sections.cover import cover_page
from ektp_analytics.report.sections.coverage import coverage_page
from ektp_analytics.report.sections.elements import elements_page
from ektp_analytics.report.sections.evidence import evidence_page, themes_page
from ektp_analytics.report.sections.firmness import firmness_page
from ektp_analytics.report.sections.follow_up import follow_up_page, strengths_page
from ektp_analytics.report.sections.introduction import introduction_page
from ektp_analytics.report.sections.methodology import methodology_page
from ektp_analytics.report.sections.operations import operations_page
from ektp_analytics.report.sections.performance import performance_page
from ektp_analytics.report.sections.processing import processing_page
from ektp_analytics.report.sections.provenance import provenance_page
from ektp_analytics.report.sections.publications import publications_page
from ektp_analytics.report.sections.questionnaire import questionnaire_page
from ektp_analytics.report.sections.respondents import profile_page, respondents_page
from ektp_analytics.report.sections.scorecard import scorecard_page
from ektp_analytics.report.sections.stages import stages_page
from ektp_analytics.report.sections.summary import summary_page
from ektp_analytics.report.sections.trend import trend_page
from ektp_analytics.report.sections.unassessed import unassessed_results
from ektp_analytics.report.sections.waiting import waiting_page
from ektp_analytics.report.sections.why import why_page

__all__ = [
    "all_figures_page",
    "approval_page",
    "collection_page",
    "conclusion_page",
    "contents",
    "cover_page",
    "coverage_page",
    "elements_page",
    "evidence_page",
    "firmness_page",
    "follow_up_page",
    "foreword_page",
    "introduction_page",
    "methodology_page",
    "operations_page",
    "performance_page",
    "printed_figures_page",
    "processing_page",
    "profile_page",
    "provenance_page",
    "publications_page",
    "questionnaire_page",
    "respondents_page",
    "scorecard_page",
    "stages_page",
    "strengths_page",
    "summary_page",
    "themes_page",
    "trend_page",
    "unassessed_results",
    "waiting_page",
    "why_page",
]
