"""One legal value with its dates and clause, read from a standards file and checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from ektp_analytics.errors import refuse
from ektp_analytics.standards.located_yaml import LocatedYaml, as_date, read_located_yaml

FIELDS = (
    "value",
    "unit",
    "valid_from",
    "valid_until",
    "regulation",
    "article",
    "note",
    "verified",
)


@dataclass(frozen=True, slots=True, eq=False)
class Standard:
    """One legal value as it stood during one span of time.

    Parameters
    ----------
    key
        File and entry, ``ektp_time_limits.issue``.
    value, unit
        The value: a number, a word, or a small structure described by `unit`.
    valid_from, valid_until
        First and last day in force; `valid_until` is None while it still holds.
    regulation, article
        Where it is written.
    note, note_en
        What must be said beside it, in Indonesian and English.
    verified
        False where the clause was not seen in a source.
    """

    key: str
    value: Any
    unit: str
    valid_from: date
    valid_until: date | None
    regulation: str
    article: str
    note: str
    note_en: str
    verified: bool

    def holds_on(self, day: date) -> bool:
        """Say whether the value was in force on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def to_record(self) -> dict[str, Any]:
        """Return the standard as a plain record for tables and ``run.json``."""
        return {
            "key": self.key,
            "value": self.value,
            "unit": self.unit,
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
            "regulation": self.regulation,
            "article": self.article,
            "note": self.note,
            "note_en": self.note_en,
            "verified": self.verified,
        }


def read_standards(text: str, file: str) -> dict[str, tuple[Standard, ...]]:
    """Read one standards file and check every field of every entry.

    Parameters
    ----------
    text
        The YAML document: entry name to a list of dated versions.
    file
        File name; its stem is the first half of every key.

    Returns
    -------
    dict of str to tuple of Standard
        Versions in order of `valid_from`.

    Raises
    ------
    Refused
        If a field is absent, unknown or of the wrong kind, or two versions overlap;
        the message names file, line, entry and field.
    """
    document = read_located_yaml(text, file)
    stem = file.removesuffix(".yaml")
    if not isinstance(document.data, dict):
        raise _wrong(document, (), "", "-", document.data, "daftar ketentuan / entries")
    return {
        f"{stem}.{entry}": _entry_versions(document, str(entry), f"{stem}.{entry}")
        for entry in document.data
    }


def _entry_versions(document: LocatedYaml, entry: str, key: str) -> tuple[Standard, ...]:
    listed = document.data[entry]
    if not isinstance(listed, list) or not listed:
        raise _wrong(document, (entry,), entry, "-", listed, "daftar versi / list of versions")
    versions = [_version(document, entry, place, key) for place in range(len(listed))]
    ordered = sorted(versions, key=lambda version: version.valid_from)
    for earlier, later in pairwise(ordered):
        if earlier.valid_until is None or earlier.valid_until >= later.valid_from:
            raise refuse(
                "standard_overlap",
                file=document.file,
                row=document.line(entry),
                entry=entry,
                day=later.valid_from.isoformat(),
            )
    return tuple(ordered)


def _version(document: LocatedYaml, entry: str, place: int, key: str) -> Standard:
    given = document.data[entry][place]
    _check_fields(document, entry, place, given)
    return Standard(
        key=key,
        value=given["value"],
        unit=given["unit"],
        valid_from=given["valid_from"],
        valid_until=given["valid_until"],
        regulation=given["regulation"],
        article=given["article"],
        note=given["note"]["id"],
        note_en=given["note"]["en"],
        verified=given["verified"],
    )


def _check_fields(document: LocatedYaml, entry: str, place: int, given: Any) -> None:
    """Refuse a version with a field absent, unknown or of the wrong kind."""
    path = (entry, place)
    if not isinstance(given, dict):
        raise _wrong(document, path, entry, "-", given, ", ".join(FIELDS))
    for name in FIELDS:
        if name not in given:
            raise refuse(
                "standard_field_missing",
                file=document.file,
                row=document.line(*path),
                entry=entry,
                field=name,
            )
    for name, content in given.items():
        expected = _expectation(str(name), content, given["valid_from"])
        if expected:
            raise _wrong(document, (*path, str(name)), entry, str(name), content, expected)


def _expectation(name: str, content: Any, start: Any) -> str | None:
    """Return what a field should hold if its content does not, else None."""
    if name not in FIELDS:
        return ", ".join(FIELDS)
    if name == "valid_until":
        fits = content is None or _after(content, start)
        return None if fits else "tanggal sesudah valid_from atau null / later date or null"
    fits_kind, expected = _KINDS.get(name, (lambda _: True, ""))
    return None if fits_kind(content) else expected


def _is_text(content: Any) -> bool:
    return isinstance(content, str) and bool(content)


def _is_bilingual(content: Any) -> bool:
    return (
        isinstance(content, dict)
        and set(content) == {"id", "en"}
        and all(isinstance(words, str) for words in content.values())
    )


_KINDS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "valid_from": (lambda content: as_date(content) is not None, "YYYY-MM-DD"),
    "unit": (_is_text, "teks / text"),
    "regulation": (_is_text, "teks / text"),
    "article": (_is_text, "teks / text"),
    "note": (_is_bilingual, "id dan en / id and en"),
    "verified": (lambda content: isinstance(content, bool), "true, false"),
}


def _after(content: Any, start: Any) -> bool:
    end, begin = as_date(content), as_date(start)
    return end is not None and begin is not None and end >= begin


def _wrong(
    document: LocatedYaml,
    path: tuple[str | int, ...],
    entry: str,
    name: str,
    content: Any,
    expected: str,
) -> Exception:
    return refuse(
        "standard_field_wrong",
        file=document.file,
        row=document.line(*path),
        value=str(content),
        entry=entry,
        field=name,
        expected=expected,
    )
