"""Write the letter that sends data back, where it is to be written."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ektp_analytics.errors import Language, Refused, refuse
from ektp_analytics.pipeline.asked import owner_of
from ektp_analytics.pipeline.data_files import Checked
from ektp_analytics.report.correction_letter import correction_letter
from ektp_analytics.report.publish import STAGING_PREFIX, put_in_place
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
        When it cannot be written there, or an old one is open.
    """
    place = Workspace.around(path)
    office = _sender(path)
    shown = place.relative(path) if place else path.name
    content = correction_letter(shown, checked.accounts, checked.findings, office=office, lang=lang)
    file = _file(path, target)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            dir=file.parent, prefix=STAGING_PREFIX, delete=False
        ) as new:
            new.write(content)
    except OSError as problem:
        raise refuse(
            "folder_not_writable", file=str(file.parent), problem=problem.strerror or "-"
        ) from problem
    return put_in_place(Path(new.name), file)


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
