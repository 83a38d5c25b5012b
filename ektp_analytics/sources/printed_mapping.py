"""Let the user's own pairs of role and header go before what is recognised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ektp_analytics.errors import refuse
from ektp_analytics.sources.headers import column_letter, normalise, positions_of
from ektp_analytics.sources.printed_roles import ColumnRole, role_words

Mapped = Sequence[tuple[str, str]]
"""Pairs of role and header, as given with ``--map``; a role may come more than once."""

MAP_ROLES = (
    "total", "part", "percent", "complement", "complement_percent", "population", "as_of",
    "n", "mean", "index", "grade", "weight", "label", "note", "element",
)  # fmt: skip
_ALONE = frozenset({"label", "as_of", "note"})
"""Roles that belong to no group: naming one column leaves out those recognised."""


def with_mapping(
    roles: Mapping[int, ColumnRole], headers: Sequence[str], mapping: Mapped, file: str
) -> dict[int, ColumnRole]:
    """Return the roles with the user's pairs in place; these form one group.

    They join the group of the columns they name, or the only group there is; what was
    recognised for a role of that group gives way.

    Parameters
    ----------
    roles
        Recognised roles by position.
    headers
        Header texts in file order.
    mapping
        The user's pairs.
    file
        Name of the file, for messages.

    Raises
    ------
    Refused
        For an unknown role or header, or a header over two columns.
    """
    asked = [(_known_role(key, file), _position(h, headers, key, file)) for key, h in mapping]
    if not asked:
        return dict(roles)
    group = _group_of([position for _, position in asked], roles)
    named, places = {role for role, _ in asked}, {position for _, position in asked}
    kept = {
        i: r
        for i, r in roles.items()
        if i not in places and not (r.role in named and (r.group == group or r.role in _ALONE))
    }
    own = {p: ColumnRole(r, "" if r in _ALONE else group) for r, p in asked}
    return dict(sorted({**kept, **own}.items()))


def _known_role(key: str, file: str) -> str:
    """Return the role of a key of ``--map``; an element may be named by number or key."""
    plain = normalise(key).replace(" ", "_")
    if plain in MAP_ROLES:
        return plain
    named = role_words().layouts["index"].get(normalise(key))
    if re.fullmatch(r"u\d{1,2}", plain) or (named is not None and named.role == "element"):
        return "element"
    known = ", ".join([*MAP_ROLES, "u1 … u9"])
    raise refuse("map_key_unknown", file=file, value=key, known=known)


def _position(header: str, headers: Sequence[str], key: str, file: str) -> int:
    places = positions_of(header, headers)
    if not places:
        shown = ", ".join(f"“{h}”" for h in headers if h)
        raise refuse("map_header_unknown", file=file, value=header, known=shown)
    if len(places) > 1:
        columns = ", ".join(column_letter(p) for p in places)
        raise refuse("header_ambiguous", file=file, value=header, column=key, columns=columns)
    return places[0]


def _group_of(positions: Iterable[int], roles: Mapping[int, ColumnRole]) -> str:
    """Return the group that mapped columns join: the one they, or all figures, belong to."""
    own = {roles[p].group for p in positions if p in roles and roles[p].is_figure}
    figures = {r.group for r in roles.values() if r.is_figure and r.role != "population"}
    groups = own or figures
    return next(iter(groups)) if len(groups) == 1 else ""
