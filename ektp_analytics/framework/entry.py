"""Make an indicator of one catalogue entry, or refuse it with file and line."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from ektp_analytics.errors import refuse
from ektp_analytics.framework.indicator import Indicator
from ektp_analytics.standards.located_yaml import LocatedYaml, as_date
from ektp_analytics.standards.lookup import all_standards

FIELDS = (
    "principle",
    "aspect",
    "weight",
    "scored",
    "name",
    "definition",
    "formula",
    "sources",
    "unit",
    "direction",
    "range",
    "floor",
    "floor_is_judgment",
    "target",
    "material",
    "uncertainty",
    "counter",
    "legal_basis",
    "valid_from",
)
# Fields an own file may leave out, with what they then are.
OPTIONAL: Mapping[str, Any] = MappingProxyType({"legal_basis_verified": False})
KNOWN = (*FIELDS, *OPTIONAL)
UNITS = ("percent", "index", "ratio", "hours", "days", "count")
DIRECTIONS = ("higher", "lower")
UNCERTAINTIES = ("sampled", "event", "complete_count")


def read_indicator(
    code: str,
    fields: Mapping[str, Any],
    document: LocatedYaml,
    *,
    aspects: Collection[str],
    counters: Collection[str],
) -> Indicator:
    """Make an indicator of one catalogue entry, or refuse it with file and line.

    Parameters
    ----------
    code
        Name of the entry.
    fields
        Its content.
    document
        The file it stands in, for the line.
    aspects
        Aspects there are, as ``participation.reach``.
    counters
        Counters there are.
    """
    for field in FIELDS:
        if field not in fields:
            raise _refuse(document, code, field, "catalogue_field_missing")
    for field in fields:
        expected = _expectation(field, fields, aspects, counters)
        if expected:
            raise _refuse(
                document,
                code,
                field,
                "catalogue_field_wrong",
                value=str(fields[field]),
                expected=expected,
            )
    _check_goalposts(code, fields, document)
    low, high = fields["range"]
    return Indicator(
        code=code,
        sources=tuple(fields["sources"]),
        low=low,
        high=high,
        weight=read_weight(fields["weight"], document, ("indicators", code, "weight")),
        **{
            name: fields.get(name, OPTIONAL.get(name))
            for name in KNOWN
            if name not in {"sources", "range", "weight"}
        },
    )


def read_weight(given: Any, document: LocatedYaml, path: tuple[str | int, ...]) -> Fraction:
    """Read a weight written as a fraction or a decimal, exactly.

    Raises
    ------
    Refused
        If it is blank, no number, or negative; the message names the item.
    """
    try:
        weight = Fraction(str(given)) if not isinstance(given, bool) else Fraction(-1)
    except (ValueError, ZeroDivisionError):
        weight = Fraction(-1)
    if weight < 0:
        item = str(path[-2] if path[-1] == "weight" else path[-1])
        raise refuse(
            "catalogue_weight_blank",
            file=document.file,
            row=document.line(*path),
            value="" if given is None else str(given),
            item=item,
        )
    return weight


def _refuse(document: LocatedYaml, code: str, field: str, rule: str, **details: Any) -> Exception:
    line = document.line("indicators", code, field)
    return refuse(rule, file=document.file, row=line, code=code, field=field, **details)


def _expectation(
    field: str, fields: Mapping[str, Any], aspects: Collection[str], counters: Collection[str]
) -> str | None:
    """Return what a field should hold when it does not, else None."""
    content = fields[field]
    if field in {"floor", "target"}:
        return _goalpost_expectation(field, content, bool(fields["scored"]))
    names = _names(field, fields, aspects, counters)
    if names is not None:
        return None if content in names else ", ".join(sorted(filter(None, names)))
    fits, expected = _KINDS.get(field, (lambda _: field in KNOWN, ", ".join(KNOWN)))
    return None if fits(content) else expected


def _names(
    field: str, fields: Mapping[str, Any], aspects: Collection[str], counters: Collection[str]
) -> set[str | None] | None:
    """Return the names a field may hold; None where it holds something else."""
    if field == "principle":
        return {aspect.partition(".")[0] for aspect in aspects}
    if field == "aspect":
        own = f"{fields['principle']}."
        return {aspect.removeprefix(own) for aspect in aspects if aspect.startswith(own)}
    return {None, *counters} if field == "counter" else None


def _goalpost_expectation(field: str, content: Any, scored: bool) -> str | None:
    if not scored:
        return None if content is None else "null"
    if field == "target" and isinstance(content, str):
        numbers = {s.key for s in all_standards() if _is_number(s.value)}
        return None if content in numbers else ", ".join(sorted(numbers))
    return None if _is_number(content) else "angka / number"


def _is_number(content: Any) -> bool:
    return (
        isinstance(content, int | float)
        and not isinstance(content, bool)
        and math.isfinite(content)
    )


def _is_text(content: Any) -> bool:
    return isinstance(content, str) and bool(content.strip())


def _is_bilingual(content: Any) -> bool:
    return (
        isinstance(content, dict)
        and set(content) == {"id", "en"}
        and all(_is_text(words) for words in content.values())
    )


def _is_range(content: Any) -> bool:
    return (
        isinstance(content, list)
        and len(content) == 2  # noqa: PLR2004 - a range has two ends
        and all(end is None or _is_number(end) for end in content)
        and (None in content or content[0] < content[1])
    )


def _is_list_of_text(content: Any) -> bool:
    return isinstance(content, list) and bool(content) and all(_is_text(item) for item in content)


_KINDS: dict[str, tuple[Any, str]] = {
    "scored": (lambda c: isinstance(c, bool), "true, false"),
    "floor_is_judgment": (lambda c: isinstance(c, bool), "true, false"),
    "legal_basis_verified": (lambda c: isinstance(c, bool), "true, false"),
    "name": (_is_bilingual, "id dan en / id and en"),
    "definition": (_is_bilingual, "id dan en / id and en"),
    "formula": (_is_bilingual, "id dan en / id and en"),
    "legal_basis": (_is_text, "teks / text"),
    "sources": (_is_list_of_text, "daftar sumber / list of sources"),
    "unit": (lambda c: c in UNITS, ", ".join(UNITS)),
    "direction": (lambda c: c in DIRECTIONS, ", ".join(DIRECTIONS)),
    "uncertainty": (lambda c: c in UNCERTAINTIES, ", ".join(UNCERTAINTIES)),
    "range": (_is_range, "[terendah, tertinggi] / [lowest, highest]"),
    "material": (lambda c: _is_number(c) and c > 0, "angka di atas nol / number above zero"),
    "valid_from": (lambda c: as_date(c) is not None, "YYYY-MM-DD"),
}


def _check_goalposts(code: str, fields: Mapping[str, Any], document: LocatedYaml) -> None:
    """Refuse goalposts that are equal, reversed or outside the possible range."""
    floor = fields["floor"]
    if not fields["scored"]:
        return
    low, high = fields["range"]
    for target in _targets(fields["target"]):
        wrong_way = target <= floor if fields["direction"] == "higher" else target >= floor
        if wrong_way:
            raise _refuse(
                document,
                code,
                "floor",
                "catalogue_goalposts",
                floor=floor,
                target=target,
                direction=fields["direction"],
            )
        for field, post in (("floor", floor), ("target", target)):
            if (low is not None and post < low) or (high is not None and post > high):
                raise _refuse(
                    document,
                    code,
                    field,
                    "catalogue_field_wrong",
                    value=str(post),
                    expected=f"{low} – {high}",
                )


def _targets(target: float | str) -> list[float]:
    """Return every value a target can take: all versions of a standard, or the number."""
    if isinstance(target, str):
        return [float(s.value) for s in all_standards() if s.key == target]
    return [float(target)]
