"""The logo of an office: a picture beside ``office.yaml``, named there under ``letterhead``."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from ektp_analytics.errors import Finding
from ektp_analytics.workspace.clean_picture import (
    LONGEST_SIDE,
    PictureUnreadable,
    clean_picture,
)

LOGO_MEGABYTES = 2  # a coat of arms needs far less; larger ones swell every page they stand on
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Logo:
    """A rewritten logo: its kind (``png``, ``svg+xml``), bytes and size in px."""

    kind: str
    content: bytes = field(repr=False)
    width: float
    height: float

    @property
    def address(self) -> str:
        """The picture as a ``data:`` address, so that a page holds it itself."""
        return f"data:image/{self.kind};base64,{base64.b64encode(self.content).decode('ascii')}"


def read_logo(folder: Path, name: str, file: str, row: int | None) -> Logo | Finding:
    """Read the logo of an office, or say why there is none.

    Parameters
    ----------
    folder
        Folder of the office; a name that leads out of it is not followed.
    name
        As the profile has it, ``logo.png``.
    file, row
        Profile and line that name it, for the finding.
    """
    path = folder / name
    place: dict[str, Any] = {"file": file, "row": row, "value": name}
    if not _inside(folder, name):
        return Finding(rule="logo_outside", severity="warning", **place)
    try:
        if path.stat().st_size > LOGO_MEGABYTES * _MEGABYTE:
            limit = {"limit": LOGO_MEGABYTES}
            return Finding(rule="logo_too_large", severity="warning", details=limit, **place)
        made = clean_picture(path.read_bytes())
    except OSError:
        return Finding(rule="logo_missing", severity="warning", **place)
    except PictureUnreadable:
        most = {"side": LONGEST_SIDE}
        return Finding(rule="logo_unreadable", severity="warning", details=most, **place)
    return Logo(made.kind, made.content, made.width, made.height)


def _inside(folder: Path, name: str) -> bool:
    """Say whether a name stays in the office's folder, through links too; no web address."""
    parts = PurePosixPath(name.replace("\\", "/"))
    if parts.is_absolute() or ":" in name or ".." in parts.parts:
        return False
    return (folder / name).resolve().is_relative_to(folder.resolve())
