"""Read ``office.yaml`` and refuse a wrong entry by its line, with an example of a right one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ektp_analytics.errors import Finding, Refused, refuse
from ektp_analytics.periods import Period
from ektp_analytics.standards.located_yaml import LocatedYaml, read_located_yaml
from ektp_analytics.workspace.logo import Logo, read_logo
from ektp_analytics.workspace.office import ZONES, Office
from ektp_analytics.workspace.performance import EXAMPLE as PERFORMANCE_EXAMPLE
from ektp_analytics.workspace.performance import performance_fits

OFFICE_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
OFFICE_CODE = re.compile(r"\d{2}\.\d{2}")
# Entries a profile may have; a misspelt one would be passed over without a word.
KNOWN_ENTRIES = (
    *("id", "name", "short_name", "region", "code", "zone", "label", "notices", "kecamatan"),
    *("services", "periodicity", "survey", "promise", "settings", "mapping", "letterhead"),
    *("signatories", "letter", "answers", "calendar", "kecamatan_splits", "performance"),
)
_KECAMATAN_CODE = re.compile(r"\d{2}\.\d{2}\.\d{2}")
_LIMIT = re.compile(r"\s*[1-9]\d{0,5}\s*(?:h|d|wd)\s*", re.IGNORECASE)
_KINDS = ("year", "semester", "quarter", "month")
_METHODS = ("voluntary", "random", "systematic")

Place = tuple[str | int, ...]


def read_office(path: Path) -> Office:
    """Read and check an office profile.

    Parameters
    ----------
    path
        ``…/<office>/office.yaml``.

    Raises
    ------
    Refused
        When the file is no YAML mapping, or an entry is absent or wrong; all wrong
        entries at once, each with its line.
    """
    profile = _Profile(_read(path), path.parent.name)
    profile.check()
    data = profile.data
    logo = _logo(profile, path.parent)
    return Office(
        id=data["id"],
        name=data["name"],
        short_name=data.get("short_name") or data["name"],
        region=data["region"],
        code=data["code"],
        zone=data.get("zone") or "WIB",
        label=data.get("label") or "",
        notices=data.get("notices") or {},
        profile=data,
        logo=logo if isinstance(logo, Logo) else None,
        findings=(logo,) if isinstance(logo, Finding) else (),
    )


def _logo(profile: _Profile, folder: Path) -> Logo | Finding | None:
    """Return the logo the letterhead names, or why it cannot be used."""
    name = (profile.data.get("letterhead") or {}).get("logo")
    if not name:
        return None
    row = profile.located.line("letterhead", "logo")
    return read_logo(folder, name, profile.located.file, row)


def unknown_entries(path: Path) -> tuple[Finding, ...]:
    """Warn of entries no part of the package knows, with the name perhaps meant."""
    located = _read(path)
    if not isinstance(located.data, dict):
        return ()
    return tuple(
        Finding(
            rule="profile_entry_unknown",
            severity="warning",
            file=located.file,
            row=located.line(str(key)),
            value=str(key),
            details={"nearest": _nearest(str(key))},
        )
        for key in located.data
        if key not in KNOWN_ENTRIES
    )


def _nearest(word: str) -> str:
    return difflib.get_close_matches(word, KNOWN_ENTRIES, n=1, cutoff=0.0)[0]


def _read(path: Path) -> LocatedYaml:
    shown = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise refuse("file_missing", file=shown) from error
    except (OSError, UnicodeDecodeError) as error:
        problem = str(error).splitlines()[0]
        raise refuse("profile_unreadable", file=shown, problem=problem) from error
    return read_located_yaml(text, shown)


class _Profile:
    """A profile being checked: what it holds and what was found wrong."""

    def __init__(self, located: LocatedYaml, folder: str) -> None:
        self.located = located
        self.folder = folder
        self.findings: list[Finding] = []
        if not isinstance(located.data, dict):
            raise refuse("profile_unreadable", file=located.file, problem="id: …")
        self.data: dict[str, Any] = located.data

    def check(self) -> None:
        """Check every entry; refuse with everything found."""
        self._check_identity()
        self._check_lists()
        self._check_sections()
        if self.findings:
            raise Refused(self.findings)

    def _check_identity(self) -> None:
        for key in ("id", "name", "region", "code"):
            if self.data.get(key) in (None, ""):
                self._add("profile_entry_missing", (key,), value=key)
        self._texts("name", "region", "short_name", "label")
        self._one("id", self.data.get("id"), OFFICE_ID, "id: banyuasin")
        self._one("code", self.data.get("code"), OFFICE_CODE, 'code: "16.07"')
        self._word(("zone",), self.data.get("zone"), ZONES)
        found = self.data.get("id")
        if isinstance(found, str) and OFFICE_ID.fullmatch(found) and found != self.folder:
            self._add("profile_id_differs", ("id",), value=found, folder=self.folder)

    def _check_lists(self) -> None:
        seen: set[str] = set()
        for place, entry in self._entries("kecamatan", '- {code: "16.07.01", name: Betung}'):
            code, name = entry.get("code"), entry.get("name")
            fits = isinstance(code, str) and _KECAMATAN_CODE.fullmatch(code)
            if not fits or not isinstance(name, str) or code in seen:
                self._wrong(place, entry, '- {code: "16.07.01", name: Betung}')
            seen.add(str(code))
        example = '- {from: "2024-01-01", limit: 3d, basis: "…"}'
        for place, entry in self._entries("promise", example):
            if not _is_date(entry.get("from")) or not _LIMIT.fullmatch(str(entry.get("limit"))):
                self._wrong(place, entry, example)
        self._entries("signatories", '- {role: head, name: "…", position: "…"}')
        for place, entry in self._entries("performance", PERFORMANCE_EXAMPLE):
            if not performance_fits(entry):
                self._wrong(place, entry, PERFORMANCE_EXAMPLE)

    def _check_sections(self) -> None:
        for name in ("notices", "services", "periodicity", "survey", "settings", "letterhead"):
            self._section((name,), f"{name}: {{…}}")
        for source, kind in self._section(("periodicity",), "periodicity: {…}").items():
            self._word(("periodicity", source), kind, _KINDS)
        services = self._section(("services",), "services: {…}").get("ektp")
        if services is not None and not _is_texts(services):
            self._wrong(("services", "ektp"), services, "ektp: [Rekam KTP-el baru]")
        logo = self._section(("letterhead",), "letterhead: {…}").get("logo")
        if logo is not None and not isinstance(logo, str):
            self._wrong(("letterhead", "logo"), logo, "logo: logo.png")
        survey = self._section(("survey",), "survey: {…}")
        self._word(("survey", "method"), survey.get("method"), _METHODS)
        self._check_users_served()
        for part in ("replaced_questions", "questions"):
            self._named_texts(("survey", part), survey.get(part), 'biaya: "…"')
        self._named_texts(("notices",), self.data.get("notices"), 'survey: "…"')
        for source, saved in self._section(("mapping",), "mapping: {…}").items():
            self._named_texts(("mapping", source), saved, 'waktu: "…"')

    def _check_users_served(self) -> None:
        place: Place = ("survey", "users_served")
        survey = self._section(("survey",), "survey: {…}")
        served = survey.get("users_served")
        if served is None:
            return
        if not isinstance(served, dict):
            self._wrong(place, served, "users_served: {2025-Q1: 10234}")
            return
        for period, count in served.items():
            whole = isinstance(count, int) and not isinstance(count, bool) and count > 0
            if not whole or not _is_period(str(period)):
                self._wrong((*place, str(period)), f"{period}: {count}", "2025-Q1: 10234")

    def _texts(self, *keys: str) -> None:
        for key in keys:
            value = self.data.get(key)
            if value is not None and not isinstance(value, str):
                self._wrong((key,), value, f'{key}: "…"')

    def _one(self, key: str, value: Any, pattern: re.Pattern[str], example: str) -> None:
        if value in (None, ""):
            return
        if not isinstance(value, str) or not pattern.fullmatch(value):
            self._wrong((key,), value, example)

    def _word(self, place: Place, value: Any, words: tuple[str, ...]) -> None:
        if value is not None and value not in words:
            self._wrong(place, value, f"{place[-1]}: {' | '.join(words)}")

    def _named_texts(self, place: Place, value: Any, example: str) -> None:
        if value is None:
            return
        if not isinstance(value, dict) or not _is_texts(list(value.values())):
            self._wrong(place, value, example)

    def _section(self, place: Place, example: str) -> Mapping[str, Any]:
        value = self.data.get(str(place[0]))
        if value is None or isinstance(value, dict):
            return value or {}
        self._wrong(place, value, example)
        return {}

    def _entries(self, key: str, example: str) -> list[tuple[Place, Mapping[str, Any]]]:
        value = self.data.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self._wrong((key,), value, example)
            return []
        for number, entry in enumerate(value):
            if not isinstance(entry, dict):
                self._wrong((key, number), entry, example)
        return [((key, n), entry) for n, entry in enumerate(value) if isinstance(entry, dict)]

    def _wrong(self, place: Place, value: Any, example: str) -> None:
        entry = ".".join(str(part) for part in place)
        self._add("profile_entry_wrong", place, value=str(value)[:80], entry=entry, example=example)

    def _add(self, rule: str, place: Place, **more: Any) -> None:
        fields: dict[str, Callable[[Any], Any]] = {"value": str}
        known = {k: fields[k](v) for k, v in more.items() if k in fields}
        details = {k: v for k, v in more.items() if k not in fields}
        finding = Finding(
            rule=rule, severity="error", file=self.located.file, row=self.located.line(*place),
            details=details, **known,
        )  # fmt: skip
        if finding not in self.findings:
            self.findings.append(finding)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_date(value: Any) -> bool:
    if isinstance(value, date):
        return True
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except Refused:
        return False
    return True
