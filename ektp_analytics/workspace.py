"""Where an office's files are, and what its profile ``office.yaml`` says."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from ektp_analytics.errors import refuse
from ektp_analytics.periods import Period, PeriodKind

WORKSPACE_VARIABLE = "EKTP_WORKSPACE"
PROFILE_NAME = "office.yaml"
ZONES = ("WIB", "WITA", "WIT")
_OFFICE_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_PERIODICITY: Mapping[str, PeriodKind] = {
    "survey": "quarter",
    "service_log": "quarter",
    "registrations": "semester",
}


@dataclass(frozen=True, slots=True)
class Promise:
    """The office's own service promise from a day on."""

    valid_from: date
    limit: str
    basis: str


@dataclass(frozen=True, slots=True)
class Kecamatan:
    """One kecamatan of the office's region; the code is the key."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: allowed by name, exactly as written in the profile."""

    role: str
    name: str = ""
    rank: str = ""
    nip: str = ""
    position: str = ""
    acting: str | None = None


@dataclass(frozen=True)
class Office:
    """An office and its profile.

    Parameters
    ----------
    id
        Folder name: lower-case letters, digits, hyphen.
    name, short_name, region, code
        As they are printed; the code is text (``16.07``).
    zone
        WIB, WITA or WIT.
    label
        Sentence on every page, such as ``DATA CONTOH (sintetis)``; empty where none.
    notices
        Sentences that must accompany a source.
    profile
        The whole ``office.yaml`` as read.
    """

    id: str
    name: str
    short_name: str
    region: str
    code: str
    zone: str = "WIB"
    label: str = ""
    notices: Mapping[str, str] = field(default_factory=dict)
    profile: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def kecamatan(self) -> tuple[Kecamatan, ...]:
        """Every kecamatan of the region."""
        return tuple(
            Kecamatan(str(k["code"]), str(k["name"])) for k in self.profile.get("kecamatan", ())
        )

    @cached_property
    def ektp_services(self) -> tuple[str, ...]:
        """Names of the services that are e-KTP."""
        return tuple(self.profile.get("services", {}).get("ektp", ()))

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """The dated promises, oldest first."""
        entries = self.profile.get("promise", ())
        found = [
            Promise(_as_date(e["from"]), str(e["limit"]), str(e.get("basis", ""))) for e in entries
        ]
        return tuple(sorted(found, key=lambda p: p.valid_from))

    @cached_property
    def signatories(self) -> tuple[Signatory, ...]:
        """Who signs the report."""
        return tuple(Signatory(**_texts(s)) for s in self.profile.get("signatories", ()))

    def periodicity(self, source: str) -> PeriodKind:
        """Return how often a source comes."""
        kind: PeriodKind = self.profile.get("periodicity", {}).get(
            source, _PERIODICITY.get(source, "quarter")
        )
        return kind

    def users_served(self, period: Period) -> int | None:
        """Return the number of persons served in a survey's window, where given."""
        served = self.survey.get("users_served", {}).get(str(period))
        return None if served is None else int(served)

    @property
    def survey(self) -> Mapping[str, Any]:
        """How the survey was taken: method, users served, replaced questions."""
        found: Mapping[str, Any] = self.profile.get("survey") or {}
        return found

    def mapping(self, source: str) -> Mapping[str, str]:
        """Return the saved headers of a source by key."""
        saved: Mapping[str, str] = (self.profile.get("mapping") or {}).get(source, {})
        return saved

    def setting(self, name: str, default: Any) -> Any:
        """Return an own setting of the office, or the default."""
        return (self.profile.get("settings") or {}).get(name, default)


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder that holds ``data/raw``, ``data/processed`` and ``reports``."""

    root: Path

    @classmethod
    def find(cls, given: Path | None = None, start: Path | None = None) -> Workspace:
        """Find the workspace: as given, by ``EKTP_WORKSPACE``, then upwards from here.

        Raises
        ------
        Refused
            When no folder with ``data/raw`` is found.
        """
        named = given or (Path(v) if (v := os.environ.get(WORKSPACE_VARIABLE)) else None)
        if named is not None:
            if not (named / "data" / "raw").is_dir():
                raise refuse("workspace_missing", file=str(named))
            return cls(named.resolve())
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / "data" / "raw").is_dir():
                return cls(folder)
        raise refuse("workspace_not_found", file=str(here))

    @property
    def raw(self) -> Path:
        """The offices' own files; never written to."""
        return self.root / "data" / "raw"

    def offices(self) -> tuple[str, ...]:
        """Return the ids of all offices with a profile."""
        return tuple(sorted(p.parent.name for p in self.raw.glob(f"*/{PROFILE_NAME}")))

    def office(self, office_id: str) -> Office:
        """Read the profile of one office.

        Raises
        ------
        Refused
            When the id cannot be one, or there is no such office, or its profile is wrong.
        """
        if not _OFFICE_ID.fullmatch(office_id):
            raise refuse("office_id_wrong", value=office_id)
        path = self.raw / office_id / PROFILE_NAME
        if not path.is_file():
            known = ", ".join(self.offices()) or "-"
            raise refuse("office_unknown", value=office_id, known=known)
        return read_office(path)

    def period_folder(self, office_id: str, period: Period) -> Path:
        """Return the folder of an office's files of a period.

        Raises
        ------
        Refused
            When there is none, or it lies under another way of writing the period.
        """
        folder = self.raw / office_id / str(period)
        self.check_period_names(office_id)
        if not folder.is_dir():
            known = ", ".join(str(p) for p in self.periods(office_id)) or "-"
            raise refuse("period_missing", value=str(period), office=office_id, known=known)
        return folder

    def periods(self, office_id: str) -> tuple[Period, ...]:
        """Return the periods an office has files for, by start."""
        found = [p for _, p in self._period_folders(office_id)]
        return tuple(sorted(set(found), key=lambda p: (p.start, p.end)))

    def check_period_names(self, office_id: str) -> None:
        """Refuse a folder named by an alias of its period."""
        for folder, period in self._period_folders(office_id):
            if folder.name != str(period):
                raise refuse("period_folder_alias", value=folder.name, canonical=str(period))

    def _period_folders(self, office_id: str) -> Iterable[tuple[Path, Period]]:
        for folder in sorted((self.raw / office_id).iterdir()):
            if folder.is_dir() and re.match(r"\d{4}", folder.name):
                yield folder, Period.parse(folder.name)

    def source_files(self, office_id: str, period: Period, source: str) -> tuple[Path, ...]:
        """Return the files of one source of one period, by name."""
        folder = self.raw / office_id / str(period)
        if not folder.is_dir():
            return ()
        return tuple(
            sorted(
                p
                for p in folder.iterdir()
                if p.is_file()
                and re.fullmatch(rf"{source}(?:[-_ ].*)?", p.stem)
                and not p.name.endswith(".source.yaml")
            )
        )

    def processed_folder(self, office_id: str, period: Period) -> Path:
        """Return where what was computed is kept."""
        return self.root / "data" / "processed" / office_id / str(period)

    def reports_folder(self, office_id: str, period: Period) -> Path:
        """Return where the reports go."""
        return self.root / "reports" / office_id / str(period)

    def relative(self, path: Path) -> str:
        """Return a path inside the workspace as it is printed, with forward slashes."""
        try:
            return path.resolve().relative_to(self.root).as_posix()
        except ValueError:
            return path.name


def read_office(path: Path) -> Office:
    """Read and check an office profile.

    Raises
    ------
    Refused
        When the file is no YAML mapping, or a needed entry is absent or wrong.
    """
    try:
        profile = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise refuse("profile_unreadable", file=path.name, problem=_first_line(error)) from error
    if not isinstance(profile, dict):
        raise refuse("profile_unreadable", file=path.name, problem="-")
    for key in ("id", "name", "region", "code"):
        if not isinstance(profile.get(key), str):
            raise refuse("profile_entry_missing", file=path.name, value=key)
    if profile["id"] != path.parent.name:
        raise refuse(
            "profile_id_differs", file=path.name, value=profile["id"], folder=path.parent.name
        )
    if profile.get("zone", "WIB") not in ZONES:
        raise refuse("profile_zone_unknown", file=path.name, value=profile["zone"])
    return Office(
        id=profile["id"],
        name=profile["name"],
        short_name=profile.get("short_name", profile["name"]),
        region=profile["region"],
        code=profile["code"],
        zone=profile.get("zone", "WIB"),
        label=profile.get("label") or "",
        notices=profile.get("notices") or {},
        profile=profile,
    )


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def _as_date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _texts(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the known fields of a signatory; blanks stay blank."""
    known = ("role", "name", "rank", "nip", "position", "acting")
    return {k: str(v) for k, v in entry.items() if k in known and v is not None}
