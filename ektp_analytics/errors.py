"""One error family: what is wrong, where, what was expected, what to do.

Two records carry every message of the package. A `Finding` is about a place in a
file; a `Reason` says why a number is absent. Both hold a rule name and its details,
and take their words from ``texts/*.yaml``, so that an official reads plain sentences
in Indonesian or English and a program reads the rule.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]
Language = Literal["id", "en"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
# Details of a reason that are keys, one or several, and of what.
_KEYED: Mapping[str, Literal["source", "column"]] = {
    "source": "source",
    "sources": "source",
    "columns": "column",
    "stages": "column",
    "left_out": "column",
}
_DIGITS = 10  # of a fraction in a sentence, at most
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@cache
def _texts(family: str) -> Mapping[str, Any]:
    """Load one catalogue of sentences (``findings`` or ``reasons``)."""
    import yaml

    path = resources.files("ektp_analytics") / "texts" / f"{family}.yaml"
    loaded: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=_safe_loader())
    return loaded


@cache
def _names(kind: Literal["source", "column"], lang: Language) -> Mapping[str, str]:
    """Return the names of sources, or the headers of their columns, by key."""
    import yaml

    path = resources.files("ektp_analytics") / "sources" / "columns.yaml"
    known = yaml.load(path.read_text(encoding="utf-8"), Loader=_safe_loader())
    if kind == "source":
        return {key: source["name"][lang] for key, source in known.items()}
    return {
        key: column["label"] if lang == "id" else key.replace("_", " ")
        for source in known.values()
        for key, column in source["columns"].items()
    }


def _safe_loader() -> Any:
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found in a file, with its place and its remedy.

    Parameters
    ----------
    rule
        Name of the rule, a key of ``texts/findings.yaml``.
    severity
        ``error`` rejects the row, the cell or the file, as the rule says; ``warning``
        keeps it; ``note`` only tells.
    source
        Source the file was read as (``survey``, ``service_log``, …), or empty.
    file, sheet, row, column, value
        The place. `row` is the row as the spreadsheet shows it, header counted.
    details
        What the sentence of the rule needs, by name.
    count, rows
        Number of places this finding stands for, and the first of their rows.
    """

    rule: str
    severity: Severity
    source: str = ""
    file: str = ""
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    details: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    count: int = 1
    rows: tuple[int, ...] = ()

    @property
    def message(self) -> str:
        """What was found and what was expected, in Indonesian."""
        return self.text("message")

    @property
    def remedy(self) -> str:
        """What to do about it, in Indonesian."""
        return self.text("remedy")

    def text(self, part: Literal["message", "remedy"], lang: Language = "id") -> str:
        """Return the message or the remedy in one language."""
        template: str = _texts("findings")[self.rule][lang][part]
        words = {name: _written(value, lang) for name, value in self._words().items()}
        return template.format_map(words)

    def _words(self) -> dict[str, Any]:
        words = {
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "count": self.count,
        }
        return {**words, **self.details}

    def at(self, **place: Any) -> Finding:
        """Return the same finding with some of its place filled in."""
        return replace(self, **place)

    def to_record(self, lang: Language = "id") -> dict[str, Any]:
        """Return the finding as the plain record of the JSON contract."""
        record: dict[str, Any] = {
            "severity": self.severity,
            "source": self.source,
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "rule": self.rule,
            "message": self.text("message", lang),
            "remedy": self.text("remedy", lang),
            "count": self.count,
        }
        return {**record, "rows": list(self.rows)} if self.rows else record


def _written(value: Any, lang: Language) -> Any:
    """Return a detail as it is printed: a fraction with the decimal sign of the language."""
    if not isinstance(value, float):
        return value
    if math.isinf(value):
        return "∞" if value > 0 else "\N{MINUS SIGN}∞"
    shown = f"{value:.{_DIGITS}g}"
    return shown.replace(".", ",") if lang == "id" else shown


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a number is absent, or what must be said beside it.

    `code` is a key of ``texts/reasons.yaml``; `details` fills its sentence.
    ``str(reason)`` is the Indonesian sentence.
    """

    code: str
    details: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)

    def text(self, lang: Language = "id") -> str:
        """Return the sentence in one language."""
        template: str = _texts("reasons")[self.code][lang]
        told = {
            name: _written(self._told(name, value, lang), lang)
            for name, value in self.details.items()
        }
        return template.format_map(told)

    @staticmethod
    def _told(name: str, value: Any, lang: Language) -> Any:
        """Return a detail in the reader's words: keys of sources and columns by their names."""
        if name not in _KEYED or not isinstance(value, str):
            return value
        names = _names(_KEYED[name], lang)
        return ", ".join(names.get(part, part) for part in value.split(", "))

    def __str__(self) -> str:
        return self.text()


def because(code: str, **details: Any) -> Reason:
    """Make a `Reason`; reads as a sentence where it is used."""
    return Reason(code, details)


class EktpError(Exception):
    """Any refusal of this package; its text is one plain sentence for an official."""


class Refused(EktpError):
    """Input that cannot be used, with every finding that says why."""

    def __init__(self, findings: Finding | Iterable[Finding]) -> None:
        given = (findings,) if isinstance(findings, Finding) else tuple(findings)
        self.findings: tuple[Finding, ...] = given
        first = next((f for f in given if f.severity == "error"), given[0])
        super().__init__(f"{first.message} {first.remedy}".strip())


def refuse(rule: str, **place_and_details: Any) -> Refused:
    """Make the exception for one error finding.

    Names of `Finding` fields fill the place; every other name is a detail of the
    sentence.
    """
    place_names = {"source", "file", "sheet", "row", "column", "value", "count", "rows"}
    place = {k: v for k, v in place_and_details.items() if k in place_names}
    details = {k: v for k, v in place_and_details.items() if k not in place_names}
    return Refused(Finding(rule=rule, severity="error", details=details, **place))
