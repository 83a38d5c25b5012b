"""The whole story of a roll-up: find the tallies, add them up, write the files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from ektp_analytics.batch.rollup import Rollup, roll_up
from ektp_analytics.batch.rollup_files import (
    FORMATS,
    ROLLUP_FOLDER,
    sent_paths,
    tally_paths,
    write_rollup,
)
from ektp_analytics.batch.tally import OfficeTally
from ektp_analytics.batch.tally_file import read_tallies
from ektp_analytics.errors import Finding, Language, Refused, refuse
from ektp_analytics.periods import Period
from ektp_analytics.workspace import Workspace


def roll_up_period(
    period: Period | str,
    sent: Collection[Path] = (),
    out: Path | None = None,
    workspace: Path | None = None,
    formats: Sequence[str] | None = None,
    lang: Language = "id",
) -> tuple[Rollup, tuple[Path, ...], tuple[Finding, ...]]:
    """Roll up the tallies of a period and write workbook and page.

    Parameters
    ----------
    period
        ``2025-Q4`` and the like.
    sent
        Folders or files the offices sent; the tallies of the workspace where there are none.
    out
        Folder of the files; ``reports/_rekap/<period>`` of the workspace by default, and
        without a workspace ``rekap-<period>`` beside the first folder sent.
    workspace
        The workspace's folder; not needed where tallies were sent.
    formats, lang
        As for `write_rollup`.

    Returns
    -------
    tuple
        The roll-up, its files, and what should be known.

    Raises
    ------
    Refused
        No tally of the period, or tallies that do not go together.
    """
    when = period if isinstance(period, Period) else Period.parse(period)
    place = None if sent else Workspace.find(workspace)
    target = out or _target(place, workspace, sent, when)
    found = roll_up(_tallies(place, sent, when), _earlier(place, sent, when.previous()))
    try:
        files, findings = write_rollup(found, target, formats or FORMATS, lang)
    except OSError as problem:
        raise refuse(
            "folder_not_writable", file=target.name, problem=problem.strerror or "-"
        ) from problem
    return found, files, findings


def _target(
    place: Workspace | None, workspace: Path | None, sent: Collection[Path], when: Period
) -> Path:
    if place is None and workspace is not None:
        place = Workspace.find(workspace)
    if place is not None:
        return place.root / "reports" / ROLLUP_FOLDER / str(when)
    first = next(iter(sent)).resolve()
    return first.parent / f"rekap-{when}"


def _tallies(
    place: Workspace | None, sent: Collection[Path], when: Period
) -> tuple[OfficeTally, ...]:
    return read_tallies(tally_paths(place, when) if place else sent_paths(sent), when)


def _earlier(
    place: Workspace | None, sent: Collection[Path], when: Period
) -> tuple[OfficeTally, ...]:
    """Return the tallies of the period before; none where there are none that can be used."""
    try:
        return _tallies(place, sent, when)
    except Refused:
        return ()
