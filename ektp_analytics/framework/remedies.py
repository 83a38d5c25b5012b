"""What an office can do about a weak indicator, loaded from ``remedies.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal

from ektp_analytics.standards.located_yaml import read_located_yaml

RemedySource = Literal["paper", "law", "practice"]
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One action that answers a weak indicator; a draft the office decides on.

    Parameters
    ----------
    action
        What to do, by language.
    responsible
        Unit proposed for it, by language.
    months
        Months after the end of the period by which it should be done.
    source
        ``paper`` (Asmawati 2023), ``law`` (a duty) or ``practice`` (customary).
    basis
        Clause of a duty; empty for the others.
    subject
        Name of the source to be recorded, by language; None for an indicator's remedy.
    """

    action: Words
    responsible: Words
    months: int
    source: RemedySource
    basis: str = ""
    subject: Words | None = None


def remedies() -> Mapping[str, tuple[Remedy, ...]]:
    """Return the remedies of every scored indicator, by code, the first remedy first."""
    return _loaded()[0]


def source_remedies() -> Mapping[str, Remedy]:
    """Return, for each source, what to start recording so that it can be assessed."""
    return _loaded()[1]


@cache
def _loaded() -> tuple[Mapping[str, tuple[Remedy, ...]], Mapping[str, Remedy]]:
    path = resources.files("ektp_analytics") / "framework" / "remedies.yaml"
    data = read_located_yaml(path.read_text(encoding="utf-8"), "remedies.yaml").data
    units = data["units"]
    by_code = {
        code: tuple(_remedy(entry, units) for entry in entries)
        for code, entries in data["indicators"].items()
    }
    by_source = {
        source: _remedy({"source": "practice", **entry}, units)
        for source, entry in data["sources"].items()
    }
    return MappingProxyType(by_code), MappingProxyType(by_source)


def _remedy(entry: Mapping[str, Any], units: Mapping[str, Words]) -> Remedy:
    return Remedy(
        action=entry["action"],
        responsible=units[entry["responsible"]],
        months=entry["months"],
        source=entry["source"],
        basis=entry.get("basis", ""),
        subject=entry.get("subject"),
    )
