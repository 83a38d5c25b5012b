"""One office, one period, told from its files to its scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ektp_analytics.errors import Finding
from ektp_analytics.framework.catalogue import Catalogue, load_catalogue
from ektp_analytics.indicators.compute import compute_indicators
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.periods import Period
from ektp_analytics.pipeline.carried import carry_forward
from ektp_analytics.pipeline.office_sources import office_data, read_sources
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.scorecard import Scorecard
from ektp_analytics.sources.result import FileAccount, ReadResult
from ektp_analytics.standards.entry import Standard
from ektp_analytics.standards.lookup import standards_used
from ektp_analytics.workspace import Office, Workspace


@dataclass(frozen=True, slots=True)
class PeriodRun:
    """Everything computed for one office and one period.

    Parameters
    ----------
    office, period
        What was asked.
    sources
        Each source as read, by key: table, findings, account of rows.
    data
        The validated tables as the indicators received them.
    values
        Every indicator of the catalogue, in its order.
    scorecard
        Scores of the four principles.
    standards
        Every legal value that was asked for, with its clause and date.
    catalogue
        The indicators and weights used.
    """

    office: Office
    period: Period
    sources: Mapping[str, ReadResult]
    data: OfficeData
    values: tuple[IndicatorValue, ...]
    scorecard: Scorecard
    standards: tuple[Standard, ...]
    catalogue: Catalogue

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in all files, in the order of the sources."""
        return tuple(f for result in self.sources.values() for f in result.findings)

    @property
    def files(self) -> tuple[FileAccount, ...]:
        """Account and SHA-256 of every file read."""
        return tuple(f for result in self.sources.values() for f in result.files)

    def value(self, code: str) -> IndicatorValue:
        """Return one indicator by its code."""
        return next(v for v in self.values if v.code == code)


def run_period(
    workspace: Workspace | Path | str, office_id: str, period: Period | str
) -> PeriodRun:
    """Read an office's files of a period, compute its indicators and score them.

    Parameters
    ----------
    workspace
        The workspace or its folder.
    office_id
        Folder name of the office under ``data/raw``.
    period
        ``2025-Q4`` and the like.

    Returns
    -------
    PeriodRun

    Raises
    ------
    Refused
        Unknown office or period, or a file that cannot be used; with every finding.
    """
    place = workspace if isinstance(workspace, Workspace) else Workspace.find(Path(workspace))
    when = period if isinstance(period, Period) else Period.parse(period)
    with standards_used() as standards:
        office = place.office(office_id)
        catalogue = load_catalogue()
        sources = read_sources(place, office, when)
        data = office_data(office, when, sources)
        own = compute_indicators(data, catalogue)
        values = carry_forward(own, place, office, when, catalogue)
        scorecard = score(values, catalogue)
    return PeriodRun(office, when, sources, data, values, scorecard, tuple(standards), catalogue)
