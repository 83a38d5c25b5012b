"""The case study as a lesson: one function per step of Creswell's spiral.

Every function takes a `PeriodRun` and an `Edition` and returns a `Section`; the notebook
``case_study_banyuasin`` shows them in order (Creswell, Qualitative Inquiry and Research
Design, 3rd ed. 2013, chapter 8).
"""

from ektp_analytics.report.study.contradictions import contradictions
from ektp_analytics.report.study.exercises import exercises
from ektp_analytics.report.study.figures import completions, figures, working
from ektp_analytics.report.study.interpretation import factors, presented, principles
from ektp_analytics.report.study.material import classified, memos, opening, organised

__all__ = [
    "classified",
    "completions",
    "contradictions",
    "exercises",
    "factors",
    "figures",
    "memos",
    "opening",
    "organised",
    "presented",
    "principles",
    "working",
]
