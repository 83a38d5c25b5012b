"""Know by its header which role a column of a printed table plays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from ektp_analytics.sources.headers import match_headers, normalise
from ektp_analytics.sources.schema import schema

FIGURE_ROLES = frozenset(
    {"total", "part", "complement", "population", "n", "percent", "complement_percent", "mean"}
    | {"element", "index"}
)
"""Roles of columns that hold figures; the others only say what a row is."""

ELEMENT_KEY = re.compile(r"(?:u|unsur)\s*\d{1,2}")


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """What a column holds, and with which other columns it belongs."""

    role: str
    group: str = ""

    @property
    def is_figure(self) -> bool:
        """Whether the column holds figures."""
        return self.role in FIGURE_ROLES


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The words of ``printed_roles.yaml``, normalised.

    Parameters
    ----------
    layouts
        For each layout, the role by name.
    everywhere, generic, figure_list
        Role by name in every layout; role by name without a group; column of a list of
        figures by name.
    totals
        Group to the group whose total is also its own.
    percent_words, dropped_words, repeatable
        See the file.
    """

    layouts: Mapping[str, Mapping[str, ColumnRole]]
    everywhere: Mapping[str, ColumnRole]
    generic: Mapping[str, str]
    figure_list: Mapping[str, str]
    totals: Mapping[str, str]
    percent_words: frozenset[str]
    dropped_words: frozenset[str]
    repeatable: frozenset[str]


def roles_of(headers: Sequence[str]) -> dict[int, ColumnRole]:
    """Return the role of every header that is recognised, by position.

    Parameters
    ----------
    headers
        Header texts in file order.

    Returns
    -------
    dict
        Of the layout that recognises most figures. A header such as "Jumlah" or "%",
        which names no group, joins the one group that lacks it; with none or several it
        stays unrecognised.
    """
    words = role_words()
    found = {name: _of_layout(headers, names, name, words) for name, names in words.layouts.items()}
    best = max(found.values(), key=lambda roles: sum(r.is_figure for r in roles.values()))
    best |= _generic(headers, best, words)
    others = {i: _lookup(h, words.everywhere, words) for i, h in enumerate(headers)}
    return dict(sorted({**{i: r for i, r in others.items() if r}, **best}.items()))


def is_figure_list(headers: Sequence[str]) -> dict[str, int] | None:
    """Return the columns of a list with one row per figure; None where it is none."""
    names = role_words().figure_list
    found = {names[t]: i for i, h in enumerate(headers) if (t := header_words(h)) in names}
    return found if {"role", "printed"} <= found.keys() else None


def header_words(header: str) -> str:
    """Return a header without case and signs; a percent sign is the word persen."""
    return normalise(header.replace("%", " persen "))


def _of_layout(
    headers: Sequence[str], names: Mapping[str, ColumnRole], layout: str, words: RoleWords
) -> dict[int, ColumnRole]:
    found: dict[int, ColumnRole] = {}
    for position, header in enumerate(headers):
        role = _lookup(header, names, words) or _percent_of(header, names, words)
        if role is None and layout == "index":
            role = _element(header, names)
        if role is not None:
            found[position] = role
    return found


def _lookup(header: str, names: Mapping[str, ColumnRole], words: RoleWords) -> ColumnRole | None:
    text = header_words(header)
    if text in names:
        return names[text]
    shorter = " ".join(w for w in text.split() if w not in words.dropped_words)
    return names.get(shorter) if shorter else None


def _percent_of(
    header: str, names: Mapping[str, ColumnRole], words: RoleWords
) -> ColumnRole | None:
    """Return the role of a header that names a count and says percent."""
    text = header_words(header).split()
    base = " ".join(w for w in text if w not in words.percent_words)
    if not base or len(base.split()) == len(text):
        return None
    counted = _lookup(base, names, words)
    kinds = {"part": "percent", "complement": "complement_percent"}
    if counted is None or counted.role not in kinds:
        return None
    return ColumnRole(kinds[counted.role], counted.group)


def _element(header: str, names: Mapping[str, ColumnRole]) -> ColumnRole | None:
    """Return the role of a survey element, by its number or any of its names."""
    group = next(role.group for role in names.values() if role.role == "element")
    if ELEMENT_KEY.fullmatch(header_words(header)):
        return ColumnRole("element", group)
    survey = schema("survey")
    known = match_headers([header], survey).positions
    is_element = any(survey.columns[key].kind == "answer" for key in known if key in survey.columns)
    return ColumnRole("element", group) if is_element else None


def _generic(
    headers: Sequence[str], found: Mapping[int, ColumnRole], words: RoleWords
) -> dict[int, ColumnRole]:
    """Give headers without a group to the one group that lacks their role."""
    given: dict[int, ColumnRole] = {}
    for position, header in enumerate(headers):
        text = header_words(header)
        shorter = " ".join(w for w in text.split() if w not in words.dropped_words)
        role = words.generic.get(text) or words.generic.get(shorter)
        if role is None or position in found:
            continue
        groups = _lacking(role, {**found, **given}.values(), words)
        if len(groups) == 1:
            given[position] = ColumnRole(role, groups[0])
    return given


def _lacking(role: str, found: Iterable[ColumnRole], words: RoleWords) -> list[str]:
    roles = Counter((r.group, r.role) for r in found)
    groups = dict.fromkeys(group for group, _ in roles)
    if role == "total":
        return [
            g for g in groups
            if roles[g, "part"] and not (roles[g, "total"] or roles[g, "population"])
            and g not in words.totals
        ]  # fmt: skip
    needed = "part" if role == "percent" else "total"
    return [g for g in groups if roles[g, needed] == 1 and not roles[g, role]]


@cache
def role_words() -> RoleWords:
    """Load ``printed_roles.yaml``."""
    path = resources.files("ektp_analytics.sources") / "printed_roles.yaml"
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    groups = {name: entry["groups"] for name, entry in loaded["layouts"].items()}
    return RoleWords(
        layouts={name: _names(entry) for name, entry in groups.items()},
        everywhere={
            normalise(n): ColumnRole(r) for r, names in loaded["everywhere"].items() for n in names
        },
        generic={normalise(n): r for r, ns in loaded["generic"].items() for n in ns},
        figure_list={normalise(n): r for r, ns in loaded["figure_list"].items() for n in ns},
        totals={
            group: roles["total_of"]
            for entry in groups.values()
            for group, roles in entry.items()
            if "total_of" in roles
        },
        percent_words=frozenset(loaded["percent_words"]),
        dropped_words=frozenset(loaded["dropped_words"]),
        repeatable=frozenset(loaded["repeatable"]),
    )


def _names(groups: Mapping[str, Mapping[str, Any]]) -> dict[str, ColumnRole]:
    return {
        normalise(name): ColumnRole(role, group)
        for group, roles in groups.items()
        for role, names in roles.items()
        if role != "total_of"
        for name in names
    }
