"""An office, as its profile describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from ektp_analytics.errors import Finding
from ektp_analytics.periods import Period, PeriodKind
from ektp_analytics.workspace.logo import Logo
from ektp_analytics.workspace.performance import PlannedPerformance, planned_performance

PROFILE_NAME = "office.yaml"
ZONES = ("WIB", "WITA", "WIT")
# How often a source comes where the profile does not say.
_PERIODICITY: Mapping[str, PeriodKind] = {"registrations": "semester"}


@dataclass(frozen=True, slots=True)
class Promise:
    """The office's own service promise from a day on."""

    valid_from: date
    limit: str
    basis: str


@dataclass(frozen=True, slots=True)
class Kecamatan:
    """One kecamatan of the office's region; the code is the key.

    `valid_from` and `split_from` tell of a kecamatan that was split off: since when, and
    from which code.
    """

    code: str
    name: str
    valid_from: date | None = None
    split_from: str | None = None


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: allowed by name, exactly as written in the profile."""

    role: str = ""
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
    logo
        Its coat of arms, None where the profile names none that can be used.
    findings
        What should be known of the profile although it can be used.
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
    logo: Logo | None = None
    findings: tuple[Finding, ...] = ()

    @cached_property
    def kecamatan(self) -> tuple[Kecamatan, ...]:
        """Every kecamatan of the region."""
        return tuple(_kecamatan(entry) for entry in self._entries("kecamatan"))

    @cached_property
    def ektp_services(self) -> tuple[str, ...]:
        """Names of the services that are e-KTP."""
        return tuple(self._section("services").get("ektp") or ())

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """The dated promises, oldest first."""
        found = [
            Promise(_as_date(e["from"]), str(e["limit"]), str(e.get("basis") or ""))
            for e in self._entries("promise")
        ]
        return tuple(sorted(found, key=lambda p: p.valid_from))

    @cached_property
    def signatories(self) -> tuple[Signatory, ...]:
        """Who signs the report."""
        return tuple(Signatory(**_texts(entry)) for entry in self._entries("signatories"))

    @cached_property
    def performance(self) -> tuple[PlannedPerformance, ...]:
        """The performance indicators of the office's own plan, with their codes."""
        return tuple(planned_performance(entry) for entry in self._entries("performance"))

    def periodicity(self, source: str) -> PeriodKind:
        """Return how often a source comes."""
        default = _PERIODICITY.get(source, "quarter")
        kind: PeriodKind = self._section("periodicity").get(source, default)
        return kind

    def users_served(self, period: Period) -> int | None:
        """Return the number of persons served in a survey's window, where given."""
        served = self.survey.get("users_served") or {}
        known = {Period.parse(str(key)): value for key, value in served.items()}
        value = known.get(period)
        return None if value is None else int(value)

    @property
    def survey(self) -> Mapping[str, Any]:
        """How the survey was taken: method, users served, replaced questions."""
        return self._section("survey")

    def mapping(self, source: str) -> Mapping[str, str]:
        """Return the saved headers of a source by key."""
        saved: Mapping[str, str] = self._section("mapping").get(source) or {}
        return saved

    def setting(self, name: str, default: Any) -> Any:
        """Return an own setting of the office, or the default."""
        return self._section("settings").get(name, default)

    def _section(self, name: str) -> Mapping[str, Any]:
        section: Mapping[str, Any] = self.profile.get(name) or {}
        return section

    def _entries(self, name: str) -> tuple[Mapping[str, Any], ...]:
        return tuple(self.profile.get(name) or ())


def _kecamatan(entry: Mapping[str, Any]) -> Kecamatan:
    since, origin = entry.get("valid_from"), entry.get("split_from")
    return Kecamatan(
        code=str(entry["code"]),
        name=str(entry["name"]),
        valid_from=None if since is None else _as_date(since),
        split_from=None if origin is None else str(origin),
    )


def _as_date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _texts(entry: Mapping[str, Any]) -> dict[str, str]:
    """Return the known fields of a signatory; blanks stay blank."""
    known = ("role", "name", "rank", "nip", "position", "acting")
    return {k: str(v) for k, v in entry.items() if k in known and v is not None}
