"""The folders of a workspace, and which file belongs to which office, period and source."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ektp_analytics.errors import Refused, refuse
from ektp_analytics.periods import Period
from ektp_analytics.workspace.office import PROFILE_NAME, Office
from ektp_analytics.workspace.profile import OFFICE_ID, read_office

WORKSPACE_VARIABLE = "EKTP_WORKSPACE"
# Beside a published file: where it comes from.
ORIGIN_SUFFIX = ".source.yaml"
# An own catalogue of indicators and weights: in ``data/raw`` for all, in an office's folder
# for that office.
CATALOGUE_NAME = "katalog.yaml"


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder that holds ``data/raw``, ``data/processed`` and ``reports``."""

    root: Path

    @classmethod
    def find(cls, given: Path | None = None, start: Path | None = None) -> Workspace:
        """Find the workspace: as given, by ``EKTP_WORKSPACE``, then upwards from here.

        A folder inside a workspace stands for it, so that ``.`` means the same in a notebook
        as in the folder above.

        Raises
        ------
        Refused
            When no folder with ``data/raw`` is found.
        """
        named = given or (Path(v) if (v := os.environ.get(WORKSPACE_VARIABLE)) else None)
        if named is not None:
            inside = cls.around(named) if named.is_dir() else None
            if inside is None:
                raise refuse("workspace_missing", file=str(named))
            return inside
        here = (start or Path.cwd()).resolve()
        found = cls.around(here)
        if found is None:
            raise refuse("workspace_not_found", file=str(here))
        return found

    @classmethod
    def around(cls, path: Path) -> Workspace | None:
        """Return the workspace a path lies in, None where it lies in none."""
        here = path.resolve()
        for folder in (here, *here.parents):
            if (folder / "data" / "raw").is_dir():
                return cls(folder)
        return None

    @property
    def raw(self) -> Path:
        """The offices' own files; never written to but by ``init`` and ``synth``."""
        return self.root / "data" / "raw"

    def offices(self) -> tuple[str, ...]:
        """Return the ids of all offices with a profile."""
        names = (path.parent.name for path in self.raw.glob(f"*/{PROFILE_NAME}"))
        return tuple(sorted(name for name in names if OFFICE_ID.fullmatch(name)))

    def office(self, office_id: str) -> Office:
        """Read the profile of one office.

        Raises
        ------
        Refused
            When the id cannot be one, or there is no such office, or its profile is wrong.
        """
        path = self._inside(self.office_folder(office_id) / PROFILE_NAME)
        if not path.is_file():
            known = ", ".join(self.offices()) or "-"
            raise refuse("office_unknown", value=office_id, known=known)
        return read_office(path)

    def office_folder(self, office_id: str) -> Path:
        """Return the folder of an office's raw files, whether it is there or not.

        Raises
        ------
        Refused
            When the id cannot be one, so that no name leads out of the workspace.
        """
        return self._inside(self.raw / _checked(office_id))

    def catalogue_files(self, office_id: str) -> tuple[Path, ...]:
        """Return the own catalogues an office is scored by: that of all, then its own."""
        folders = (self.raw, self.office_folder(office_id))
        found = (folder / CATALOGUE_NAME for folder in folders)
        return tuple(self._inside(path) for path in found if path.is_file())

    def offices_sharing_a_code(self) -> dict[str, tuple[str, ...]]:
        """Return every region code that more than one office claims, with their ids.

        Profiles that cannot be read are passed over; reading them says why.
        """
        claimed: dict[str, list[str]] = {}
        for office_id in self.offices():
            try:
                claimed.setdefault(self.office(office_id).code, []).append(office_id)
            except Refused:
                continue
        return {code: tuple(ids) for code, ids in claimed.items() if len(ids) > 1}

    def refuse_shared_codes(self) -> None:
        """Refuse where two offices claim one region code: their figures would be mixed up."""
        for code, ids in self.offices_sharing_a_code().items():
            raise refuse("office_code_shared", value=code, offices=", ".join(ids))

    def period_folder(self, office_id: str, period: Period) -> Path:
        """Return the folder of an office's files of a period.

        Raises
        ------
        Refused
            When there is none, or it lies under another way of writing the period.
        """
        folder = self._inside(self.office_folder(office_id) / str(period))
        self.check_period_names(office_id)
        if not folder.is_dir():
            known = ", ".join(str(p) for p in self.periods(office_id)) or "-"
            raise refuse("period_missing", value=str(period), office=office_id, known=known)
        return folder

    def periods(self, office_id: str) -> tuple[Period, ...]:
        """Return the periods an office has files for, by start."""
        found = {period for _, period in self._period_folders(office_id)}
        return tuple(sorted(found, key=lambda p: (p.start, p.end)))

    def check_period_names(self, office_id: str) -> None:
        """Refuse a folder named by an alias of its period."""
        for folder, period in self._period_folders(office_id):
            if folder.name != str(period):
                raise refuse("period_folder_alias", value=folder.name, canonical=str(period))

    def other_folders(self, office_id: str) -> tuple[Path, ...]:
        """Return the folders of an office that begin with a year and name no period."""
        known = {folder for folder, _ in self._period_folders(office_id)}
        return tuple(folder for folder in self._dated_folders(office_id) if folder not in known)

    def _period_folders(self, office_id: str) -> Iterator[tuple[Path, Period]]:
        for folder in self._dated_folders(office_id):
            try:
                yield folder, Period.parse(folder.name)
            except Refused:
                continue

    def _dated_folders(self, office_id: str) -> Iterable[Path]:
        place = self.office_folder(office_id)
        if not place.is_dir():
            return []
        return [p for p in sorted(place.iterdir()) if p.is_dir() and re.match(r"\d{4}", p.name)]

    def source_files(self, office_id: str, period: Period, source: str) -> tuple[Path, ...]:
        """Return the files of one source of one period, by name.

        A file belongs to a source when its name begins with the source's key
        (``survey.xlsx``, ``survey-loket.xlsx``), in small or capital letters.
        """
        return tuple(path for path in self.files(office_id, period) if source_named(path, [source]))

    def files(self, office_id: str, period: Period) -> tuple[Path, ...]:
        """Return all files of a period but notes of origin and hidden files, by name."""
        folder = self.office_folder(office_id) / str(period)
        if not folder.is_dir():
            return ()
        found = [p for p in sorted(folder.iterdir()) if p.is_file() and not _aside(p)]
        # Only a link leads elsewhere than its folder.
        inside = folder.resolve().is_relative_to(self.root.resolve())
        return tuple(p if inside and not p.is_symlink() else self._inside(p) for p in found)

    def processed_folder(self, office_id: str, period: Period) -> Path:
        """Return where what was computed is kept."""
        return self._inside(self.root / "data" / "processed" / _checked(office_id) / str(period))

    def reports_folder(self, office_id: str, period: Period) -> Path:
        """Return where the reports go."""
        return self._inside(self.root / "reports" / _checked(office_id) / str(period))

    def relative(self, path: Path) -> str:
        """Return a path inside the workspace as it is printed, with forward slashes."""
        try:
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return path.name

    def _inside(self, path: Path) -> Path:
        """Return a path; refuse one whose links lead out of the workspace."""
        if not path.resolve().is_relative_to(self.root.resolve()):
            raise refuse("link_leads_out", file=path.relative_to(self.root).as_posix())
        return path


def source_named(path: Path, sources: Iterable[str]) -> str | None:
    """Return the source a file is named after, None where it is named after none."""
    stem = path.stem.casefold()
    return next((key for key in sources if re.fullmatch(rf"{key}(?:[-_ (].*)?", stem)), None)


def _checked(office_id: str) -> str:
    if not OFFICE_ID.fullmatch(office_id):
        raise refuse("office_id_wrong", value=office_id)
    return office_id


def _aside(path: Path) -> bool:
    return path.name.startswith((".", "~$")) or path.name.endswith(ORIGIN_SUFFIX)
