"""Everything computed for one office and one period, from its rows to its scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ektp_analytics.errors import Finding, refuse
from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.value import IndicatorValue, SourceFile
from ektp_analytics.periods import Period
from ektp_analytics.scoring.earlier_file import EarlierFile
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.scorecard import Scorecard
from ektp_analytics.sources.result import FileAccount, ReadResult
from ektp_analytics.standards.entry import Standard
from ektp_analytics.workspace import Office


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
    earlier
        Indicator values of the period before, where the office has one.
    catalogue_files
        The office's own catalogue files on top of the package's, where there are any.
    earlier_files
        Files of earlier periods that were read for carried or compared values and for
        what must stay hidden.
    identities_before
        Keyed digests of the identity strings seen in those files.
    """

    office: Office
    period: Period
    sources: Mapping[str, ReadResult]
    data: OfficeData
    values: tuple[IndicatorValue, ...]
    scorecard: Scorecard
    standards: tuple[Standard, ...]
    catalogue: Catalogue
    earlier: tuple[IndicatorValue, ...] = ()
    catalogue_files: tuple[SourceFile, ...] = ()
    earlier_files: tuple[EarlierFile, ...] = ()
    identities_before: frozenset[str] = frozenset()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in all files, in the order of the sources."""
        return tuple(f for result in self.sources.values() for f in result.findings)

    @property
    def files(self) -> tuple[FileAccount, ...]:
        """Account and SHA-256 of every file read."""
        return tuple(f for result in self.sources.values() for f in result.files)

    @property
    def identities(self) -> frozenset[str]:
        """Keyed digests of every identity string the run met, in its own and earlier files."""
        own = (result.identities for result in self.sources.values())
        return self.identities_before.union(*own)

    @property
    def scorecard_before(self) -> Scorecard | None:
        """Scores of the period before with the same catalogue; None where there is none."""
        if not self.earlier:
            return None
        return score(self.earlier, self.catalogue, settings=self.scorecard.settings)

    def needing(self, *sources: str) -> PeriodRun:
        """Return this run if the office delivered these sources.

        Raises
        ------
        Refused
            Naming the sources there are.
        """
        for source in sources:
            if source not in self.sources:
                known = ", ".join(self.sources) or "–"
                place = {"office": self.office.id, "period": str(self.period)}
                raise refuse("source_needed", value=source, known=known, **place)
        return self

    def value(self, code: str) -> IndicatorValue:
        """Return one indicator by its code."""
        return next(v for v in self.values if v.code == code)
