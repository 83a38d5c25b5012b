"""Write the letter that sends data back, where it is to be written."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from ektp_analytics.errors import Language, Refused, refuse
from ektp_analytics.periods import Period
from ektp_analytics.pipeline.asked import owner_of
from ektp_analytics.pipeline.data_files import Checked
from ektp_analytics.report.correction_letter import correction_letter
from ektp_analytics.report.exit_scan import check_content, watch_for
from ektp_analytics.report.run_lock import A_MOMENT, only_run
from ektp_analytics.report.whole_file import write_whole
from ektp_analytics.workspace import Office, Workspace

LETTER_NAME = "surat-perbaikan-data.docx"


def write_letter(
    path: Path, checked: Checked, target: Path | None = None, *, lang: Language = "id"
) -> Path:
    """Write the letter about what was checked.

    Parameters
    ----------
    path
        File or folder that was checked.
    checked
        What was found.
    target
        File or folder to write to. Where None: ``reports/<office>/…`` for a part of a
        workspace, else the current folder; never below ``data/raw``.
    lang
        Language of the letter.

    Returns
    -------
    Path
        The letter.

    Raises
    ------
    Refused
        When it cannot be written there, an old one is open, or it would name a person of
        the files.
    """
    place = Workspace.around(path)
    office = _sender(path)
    shown = place.relative(path) if place else path.name
    content = correction_letter(shown, checked.accounts, checked.findings, office=office, lang=lang)
    file = _file(path, target)
    watch = watch_for(office, checked.identities, place.root if place else None)
    check_content(content, file.name, watch)
    try:
        with _lock(file):
            return write_whole(content, file)
    except OSError as problem:
        raise refuse(
            "folder_not_writable", file=str(file.parent), problem=problem.strerror or "-"
        ) from problem


def _lock(file: Path) -> AbstractContextManager[None]:
    """Return the lock of the report whose folder the letter goes to; of nothing elsewhere."""
    place = Workspace.around(file)
    folder = file.parent.resolve()
    if place is None or not folder.is_relative_to(place.root.resolve() / "reports"):
        return nullcontext()
    parts = folder.relative_to(place.root.resolve() / "reports").parts
    try:
        office_id, period = parts[0], Period.parse(parts[1])
    except (IndexError, Refused):
        return nullcontext()
    return only_run(folder, office_id, period, patience=A_MOMENT)


def _sender(path: Path) -> Office | None:
    """Return the office whose letterhead stands above; none while its profile is wrong."""
    try:
        return owner_of(path)
    except Refused:
        return None


def _file(path: Path, target: Path | None) -> Path:
    """Return where the letter goes."""
    if target is not None:
        return target / LETTER_NAME if target.is_dir() else target
    place = Workspace.around(path)
    if place is None or not path.resolve().is_relative_to(place.raw.resolve()):
        return Path.cwd() / LETTER_NAME
    parts = path.resolve().relative_to(place.raw.resolve()).parts
    folders = (
        parts[:2] if len(parts) > 1 and (place.raw / parts[0] / parts[1]).is_dir() else parts[:1]
    )
    return place.root.joinpath("reports", *folders, LETTER_NAME)
