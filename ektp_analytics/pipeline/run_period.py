"""One office, one period, told from its files to its scores."""

from __future__ import annotations

from pathlib import Path

from ektp_analytics.periods import Period
from ektp_analytics.pipeline.carried import carry_forward, values_before
from ektp_analytics.pipeline.earlier_files import earlier_files_noted
from ektp_analytics.pipeline.office_sources import office_data, read_sources
from ektp_analytics.pipeline.own_catalogue import catalogue_sources, office_catalogue
from ektp_analytics.pipeline.processed import save_processed
from ektp_analytics.pipeline.told_before import told_before
from ektp_analytics.pipeline.values_again import compute_values
from ektp_analytics.report.lent_runs import lent_run
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.scoring.score import score
from ektp_analytics.standards.lookup import standards_used
from ektp_analytics.workspace import Workspace


def run_period(
    workspace: Workspace | Path | str,
    office_id: str,
    period: Period | str,
    *,
    save: bool = False,
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
    save
        Also keep rows, findings and numbers under ``data/processed``.

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
    if not save and (lent := lent_run(place.root, office_id, when)):
        return lent
    with earlier_files_noted() as noted, standards_used() as standards:
        office = place.office(office_id)
        catalogue = office_catalogue(place, office_id)
        sources = read_sources(place, office, when)
        data = office_data(office, when, sources)
        data = data.with_told_before(told_before(data, place))
        own = compute_values(data, catalogue)
        values = carry_forward(own, place, office, when, catalogue)
        scorecard = score(values, catalogue)
    with earlier_files_noted() as compared:
        earlier = values_before(place, office, when, catalogue)
    run = PeriodRun(
        office,
        when,
        sources,
        data,
        values,
        scorecard,
        tuple(standards),
        catalogue,
        earlier,
        catalogue_sources(place, office_id),
        tuple(sorted(noted.files | compared.files)),
        frozenset(noted.identities | compared.identities),
    )
    if save:
        save_processed(run, place)
    return run
