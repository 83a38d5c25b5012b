"""Ask for a legal value by name and date; every value knows the clause it comes from.

The values live in ``standards/*.yaml``, one file per subject. The name of a value is
its file and entry, ``ektp_time_limits.issue``. An entry lists its versions; a version
holds from its `valid_from` to its `valid_until`, both days included.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache
from importlib import resources

from ektp_analytics.errors import refuse
from ektp_analytics.standards.entry import Standard, read_standards

_asked: ContextVar[list[Standard] | None] = ContextVar("standards_asked", default=None)


def standard(key: str, *, on: date | str) -> Standard:
    """Return the legal value that was in force on a day.

    Parameters
    ----------
    key
        Name of the value, ``ektp_time_limits.issue``.
    on
        The day, as a date, a timestamp or ISO text.

    Returns
    -------
    Standard

    Raises
    ------
    Refused
        If there is no such name (the nearest one is given) or nothing was in force.

    Examples
    --------
    >>> standard("ektp_time_limits.issue", on="2018-04-09").value
    24
    """
    day = _as_day(on)
    for version in _versions(key):
        if version.holds_on(day):
            _remember(version)
            return version
    raise refuse("standard_not_in_force", key=key, on=day.isoformat())


def latest_standard(key: str) -> Standard:
    """Return the most recent version of a legal value, whatever today's date is."""
    version = _versions(key)[-1]
    _remember(version)
    return version


def all_standards() -> tuple[Standard, ...]:
    """Return every version of every legal value, by name and date."""
    catalogue = _catalogue()
    return tuple(version for key in sorted(catalogue) for version in catalogue[key])


@contextmanager
def standards_used() -> Iterator[list[Standard]]:
    """Collect the standards asked for inside the block, each once, in order of asking.

    Examples
    --------
    >>> with standards_used() as used:
    ...     limit = standard("ektp_time_limits.issue", on="2025-01-02")
    >>> [s.key for s in used]
    ['ektp_time_limits.issue']
    """
    used: list[Standard] = []
    token = _asked.set(used)
    try:
        yield used
    finally:
        _asked.reset(token)
        outer = _asked.get()
        if outer is not None:
            outer.extend(version for version in used if version not in outer)


def _remember(version: Standard) -> None:
    asked = _asked.get()
    if asked is not None and version not in asked:
        asked.append(version)


def _as_day(on: date | str) -> date:
    if isinstance(on, datetime):
        return on.date()
    return date.fromisoformat(on) if isinstance(on, str) else on


def _versions(key: str) -> tuple[Standard, ...]:
    catalogue = _catalogue()
    if key not in catalogue:
        nearest = difflib.get_close_matches(key, catalogue, n=1, cutoff=0.0)
        raise refuse("standard_unknown", key=key, nearest=nearest[0])
    return catalogue[key]


@cache
def _catalogue() -> Mapping[str, tuple[Standard, ...]]:
    """Read every standards file of the package, once."""
    folder = resources.files("ektp_analytics") / "standards"
    found: dict[str, tuple[Standard, ...]] = {}
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if file.name.endswith(".yaml"):
            found.update(read_standards(file.read_text(encoding="utf-8"), file.name))
    return found
