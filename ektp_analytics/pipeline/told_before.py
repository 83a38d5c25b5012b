"""The surveys of earlier reports that may hold the persons of this one."""

from __future__ import annotations

from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.told_before import overlapping, survey_span
from ektp_analytics.periods import Period
from ektp_analytics.pipeline.office_sources import office_data, readable_sources
from ektp_analytics.workspace import Office, Workspace

_SURVEY = "survey"
_Known = dict[Period, OfficeData | None]


def told_before(data: OfficeData, workspace: Workspace) -> tuple[OfficeData, ...]:
    """Return the survey of every earlier report whose respondents this one may count too.

    Parameters
    ----------
    data
        The period's own data.
    workspace
        Where the other periods are.

    Returns
    -------
    tuple of OfficeData
        With the survey alone, each with what was told before it: of two reports the one
        whose period ends first came first, and of those that end together the shorter.
    """
    return _before(data, workspace, {})


def _before(data: OfficeData, workspace: Workspace, known: _Known) -> tuple[OfficeData, ...]:
    if _SURVEY not in data.tables:
        return ()
    office, span = data.office, survey_span(data)
    found = []
    for period in _earlier(workspace, office, data.period):
        if not overlapping(survey_span(OfficeData(office, period, {})), span):
            continue
        if period not in known:
            known[period] = _survey_of(workspace, office, period, known)
        if (one := known[period]) is not None:
            found.append(one)
    return tuple(found)


def _survey_of(
    workspace: Workspace, office: Office, period: Period, known: _Known
) -> OfficeData | None:
    sources = readable_sources(workspace, office, period, only=(_SURVEY,))
    if not sources:
        return None
    data = office_data(office, period, sources)
    return data.with_told_before(_before(data, workspace, known))


def _earlier(workspace: Workspace, office: Office, period: Period) -> list[Period]:
    """Return the periods whose reports came before, in that order."""
    place = _place(period)
    return sorted((p for p in workspace.periods(office.id) if _place(p) < place), key=_place)


def _place(period: Period) -> tuple[int, int]:
    return period.end.toordinal(), -period.start.toordinal()
