"""Read a catalogue file and check that it holds together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from ektp_analytics.errors import refuse
from ektp_analytics.framework.catalogue import OVERALL, Catalogue, Placing, Weights
from ektp_analytics.framework.entry import read_indicator, read_weight
from ektp_analytics.framework.indicator import Indicator
from ektp_analytics.standards.located_yaml import LocatedYaml, Path, read_located_yaml

# Decimals such as 0.3333 must not pass for a third: a gap this small is only float noise.
SUM_TOLERANCE = Fraction(1, 10**9)

EQUAL = "equal"  # in place of the weights of a group: all members alike

SECTIONS = ("version", "principles", "counters", "mappings", "indicators")


def read_catalogue(text: str, file: str) -> Catalogue:
    """Read a whole catalogue.

    Parameters
    ----------
    text
        YAML with the sections version, principles, counters, mappings, indicators.
    file
        Its name for messages.

    Raises
    ------
    Refused
        With file and line, see `load_catalogue`.
    """
    document = read_located_yaml(text, file)
    check_sections(document, SECTIONS, required=SECTIONS)
    data = document.data
    principles = {key: entry["name"] for key, entry in data["principles"].items()}
    aspects = {
        f"{key}.{aspect}": content["name"]
        for key, entry in data["principles"].items()
        for aspect, content in entry["aspects"].items()
    }
    indicators = {
        code: read_indicator(code, fields, document, aspects=aspects, counters=data["counters"])
        for code, fields in data["indicators"].items()
    }
    catalogue = Catalogue(
        version=str(data["version"]),
        principles=principles,
        aspects=aspects,
        indicators=indicators,
        groups=_groups(document, indicators.values()),
        counters=data["counters"],
        mappings=_mappings(document, indicators, aspects),
    )
    for group in catalogue.groups:
        check_sum(catalogue.groups[group], group, document, _group_path(group))
    for mapping in catalogue.mappings:
        check_mapping(catalogue.under(mapping), document, ("mappings", mapping))
    return catalogue


def check_sections(
    document: LocatedYaml, known: Iterable[str], required: Iterable[str] = ()
) -> None:
    """Refuse a file whose sections are unknown, absent or empty."""
    allowed = tuple(known)
    data = document.data if isinstance(document.data, dict) else {}
    for section in data:
        if section not in allowed:
            raise refuse(
                "catalogue_section_unknown",
                file=document.file,
                row=document.line(str(section)),
                value=str(section),
                known=", ".join(allowed),
            )
        if section != "version":
            _check_entries(document, section)
    for section in required:
        if not data.get(section):
            raise refuse("catalogue_section_missing", file=document.file, row=1, section=section)


def _check_entries(document: LocatedYaml, section: str) -> None:
    """Refuse a section that is not a list of named entries with content."""
    entries = document.data[section]
    named = {section: entries, **(entries if isinstance(entries, dict) else {})}
    for name, content in named.items():
        alike = section == "weights" and content == EQUAL
        if not isinstance(content, dict) and not alike:
            path = (section,) if content is entries else (section, name)
            raise refuse(
                "catalogue_entry_wrong",
                file=document.file,
                row=document.line(*path),
                value=str(name),
            )


def check_sum(weights: Weights, group: str, document: LocatedYaml, path: Path) -> None:
    """Refuse a group whose weights do not sum to one."""
    total = sum(weights.values(), Fraction(0))
    if abs(total - 1) > SUM_TOLERANCE:
        raise refuse(
            "catalogue_weights_sum",
            file=document.file,
            row=document.line(*path),
            group=group,
            total=f"{float(total):.6g}",
            items=", ".join(weights),
        )


def check_mapping(placed: Catalogue, document: LocatedYaml, path: Path) -> None:
    """Refuse a mapping under which some group does not sum to one."""
    for group, weights in placed.groups.items():
        check_sum(weights, group, document, (*path, "weights", group))


def group_weights(
    given: Mapping[str, Any], members: Iterable[str], document: LocatedYaml, path: Path
) -> Weights:
    """Read the weights of one group; every member has one and nobody else does.

    Raises
    ------
    Refused
        If a member has no weight or a stranger has one; the message names the item.
    """
    wanted = list(members)
    for item in given:
        if item not in wanted:
            raise refuse(
                "catalogue_member_unknown",
                file=document.file,
                row=document.line(*path, str(item)),
                value=str(item),
                group=str(path[-1]),
                known=", ".join(wanted),
            )
    return {item: read_weight(given.get(item), document, (*path, item)) for item in wanted}


def _groups(document: LocatedYaml, indicators: Iterable[Indicator]) -> dict[str, Weights]:
    principles = document.data["principles"]
    groups: dict[str, Weights] = {
        OVERALL: {
            key: read_weight(entry["weight"], document, ("principles", key, "weight"))
            for key, entry in principles.items()
        }
    }
    for key, entry in principles.items():
        groups[key] = {
            aspect: read_weight(
                content.get("weight"), document, ("principles", key, "aspects", aspect, "weight")
            )
            for aspect, content in entry["aspects"].items()
        }
        for aspect in entry["aspects"]:
            groups[f"{key}.{aspect}"] = {}
    for item in indicators:
        if item.scored:
            groups[item.group] = {**groups[item.group], item.code: item.weight}
    return groups


def _group_path(group: str) -> Path:
    """Return where a group stands in the package's own catalogue."""
    principle, _, aspect = group.partition(".")
    if group == OVERALL:
        return ("principles",)
    return ("principles", principle, "aspects", *((aspect,) if aspect else ()))


def _mappings(
    document: LocatedYaml, indicators: Mapping[str, Indicator], aspects: Iterable[str]
) -> dict[str, Placing]:
    known = set(aspects)
    found = {}
    for key, entry in document.data["mappings"].items():
        for code, place in entry["move"].items():
            path = ("mappings", key, "move", code)
            if code not in indicators or place not in known:
                raise refuse(
                    "catalogue_member_unknown",
                    file=document.file,
                    row=document.line(*path),
                    value=f"{code}: {place}",
                    group=key,
                    known=", ".join(sorted(known)),
                )
        weights = {
            group: {
                item: read_weight(weight, document, ("mappings", key, "weights", group, item))
                for item, weight in given.items()
            }
            for group, given in entry["weights"].items()
        }
        found[key] = Placing(key, entry["name"], entry["move"], weights)
    return found
