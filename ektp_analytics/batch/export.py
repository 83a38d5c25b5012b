"""Make the tally of one office, keep it, and lay a copy where it is wanted."""

from __future__ import annotations

from pathlib import Path

from ektp_analytics.batch.tally import tally_of
from ektp_analytics.batch.tally_file import TALLY_NAME, write_tally
from ektp_analytics.errors import refuse
from ektp_analytics.periods import Period
from ektp_analytics.pipeline.run_period import run_period
from ektp_analytics.report.exit_scan import exit_check, watch_for
from ektp_analytics.report.publish import publication
from ektp_analytics.report.run_lock import A_MOMENT, only_run
from ektp_analytics.report.whole_file import write_whole
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.workspace import Workspace


def publish_tally(run: PeriodRun, place: Workspace) -> Path:
    """Keep the tally beside the scores, once it is sure that it names no person.

    Raises
    ------
    Refused
        When a class name in it names a person seen in the files; the old tally stays.
    """
    target = place.processed_folder(run.office.id, run.period)
    check = exit_check(watch_for(run.office, run.identities, place.root))
    alone = only_run(target, run.office.id, run.period, patience=A_MOMENT)
    with alone, publication(target, check) as folder:
        write_tally(tally_of(run), folder / TALLY_NAME)
    return target / TALLY_NAME


def export_tally(place: Workspace, office_id: str, period: Period, out: Path | None = None) -> Path:
    """Run an office and write its tally.

    Parameters
    ----------
    place, office_id, period
        Whose tally.
    out
        File or folder for a copy; into a folder it goes as ``<office>-<period>-rahasia.parquet``.

    Returns
    -------
    Path
        The copy, or the tally's own place.
    """
    path = publish_tally(run_period(place, office_id, period), place)
    if out is None:
        return path
    target = out / f"{office_id}-{period}-rahasia.parquet" if out.is_dir() else out
    try:
        return write_whole(path.read_bytes(), target)
    except OSError as problem:
        raise refuse(
            "folder_not_writable", file=target.name, problem=problem.strerror or "-"
        ) from problem
