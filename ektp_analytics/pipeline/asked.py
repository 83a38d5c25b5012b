"""How a user asks one file to be read, and what the profile of its office adds to that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from ektp_analytics.errors import Refused
from ektp_analytics.sources.answers import Wins
from ektp_analytics.sources.profile_options import profile_options
from ektp_analytics.sources.result import ReadOptions
from ektp_analytics.workspace import Office, Workspace


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user says of a file; it goes before what the profile says.

    Parameters
    ----------
    mapping, sheet
        Header by key; name of the sheet.
    zone
        WIB, WITA or WIT; the office's own where None, else WIB.
    answers_win
        Which counts where a number contradicts its label.
    repeats
        Whether exact repeats of a row are merged or kept.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    zone: str | None = None
    answers_win: Wins | None = None
    repeats: Literal["merge", "keep"] = "merge"

    def options(self, source: str, office: Office | None = None, shown: str = "") -> ReadOptions:
        """Return the reading options of one file.

        Parameters
        ----------
        source
            Key of the source it is read as.
        office
            Whose file it is; None outside a workspace.
        shown
            How the file is named in findings.
        """
        saved = profile_options(office, source, shown) if office else ReadOptions()
        return replace(
            saved,
            mapping={**saved.mapping, **self.mapping},
            sheet=self.sheet,
            zone=self.zone or saved.zone,
            answers_win=self.answers_win or saved.answers_win,
            repeats=self.repeats,
            display_name=shown,
        )

    def options_for(self, path: Path, source: str) -> ReadOptions:
        """Return the reading options of a file wherever it lies.

        A profile that is itself wrong is passed over: a file can be read without one.
        """
        try:
            return self.options(source, owner_of(path))
        except Refused:
            return self.options(source)


def owner_of(path: Path) -> Office | None:
    """Return the office whose raw files a path belongs to, None where it is no office's.

    Raises
    ------
    Refused
        When the profile of that office is wrong.
    """
    place = Workspace.around(path)
    if place is None or not path.resolve().is_relative_to(place.raw.resolve()):
        return None
    parts = path.resolve().relative_to(place.raw.resolve()).parts
    return place.office(parts[0]) if parts and parts[0] in place.offices() else None
