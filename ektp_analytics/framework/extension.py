"""An office's or researcher's own file on top of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from ektp_analytics.errors import refuse
from ektp_analytics.framework.ahp import CONSISTENCY_LIMIT, PairwiseWeights, pairwise_weights
from ektp_analytics.framework.catalogue import OVERALL, Catalogue, Weights
from ektp_analytics.framework.entry import KNOWN, read_indicator
from ektp_analytics.framework.indicator import Indicator
from ektp_analytics.framework.reading import (
    EQUAL,
    check_mapping,
    check_sections,
    check_sum,
    group_weights,
)
from ektp_analytics.standards.located_yaml import LocatedYaml, read_located_yaml

SECTIONS = ("version", "indicators", "weights", "ahp")


def extend(catalogue: Catalogue, text: str, file: str) -> Catalogue:
    """Add or change indicators and weights of a catalogue from an own file.

    Parameters
    ----------
    catalogue
        The catalogue to start from, under the default mapping.
    text
        YAML with `version` and any of `indicators` (a new code with every field, or a
        known code with the fields that change), `weights` (group to ``equal`` or to one
        weight per member) and `ahp` (group to `items`, `matrix`, `source`, `confirmed`).
    file
        Its name for messages.

    Returns
    -------
    Catalogue
        Its version is the package's version, a plus sign and the own version.

    Raises
    ------
    Refused
        With file and line, see `load_catalogue`.
    """
    document = read_located_yaml(text, file)
    check_sections(document, SECTIONS, required=("version",))
    indicators = {**catalogue.indicators, **_own_indicators(catalogue, document)}
    groups = _members(catalogue, indicators)
    groups.update(_given_weights(groups, document))
    judged = _judged(groups, document)
    for group, (weights, _) in judged.items():
        groups[group] = weights
    extended = replace(
        catalogue,
        version=f"{catalogue.version}+{document.data['version']}",
        indicators=indicators,
        groups=groups,
        ahp=_still_judged(catalogue, groups) | {g: result for g, (_, result) in judged.items()},
    )
    _check_all(extended, document)
    return extended


def _still_judged(
    catalogue: Catalogue, groups: Mapping[str, Weights]
) -> dict[str, PairwiseWeights]:
    """Return the judgments of an earlier own file whose weights this one leaves as they are."""
    return {g: result for g, result in catalogue.ahp.items() if groups[g] == catalogue.groups[g]}


def _own_indicators(catalogue: Catalogue, document: LocatedYaml) -> dict[str, Indicator]:
    own = {}
    for code, given in (document.data.get("indicators") or {}).items():
        known = catalogue.indicators.get(code)
        inherited = _as_fields(known) if known else {}
        if "legal_basis" in (given or {}):
            inherited.pop("legal_basis_verified", None)  # it spoke of the clause now replaced
        fields = {**inherited, **(given or {})}
        own[code] = read_indicator(
            code, fields, document, aspects=catalogue.aspects, counters=catalogue.counters
        )
    return own


def _as_fields(item: Indicator) -> dict[str, Any]:
    """Write a known indicator back as catalogue fields, so that an own file can change some."""
    special = {
        "sources": list(item.sources),
        "range": [item.low, item.high],
        "weight": str(item.weight),
    }
    return {name: special.get(name, getattr(item, name, None)) for name in KNOWN}


def _members(catalogue: Catalogue, indicators: Mapping[str, Indicator]) -> dict[str, Weights]:
    """Return the groups with the members and weights the indicators now have."""
    groups: dict[str, Weights] = {
        group: weights
        for group, weights in catalogue.groups.items()
        if group == OVERALL or group in catalogue.principles
    }
    for group in catalogue.aspects:
        groups[group] = {
            item.code: item.weight
            for item in indicators.values()
            if item.scored and item.group == group
        }
    return groups


def _given_weights(groups: Mapping[str, Weights], document: LocatedYaml) -> dict[str, Weights]:
    found: dict[str, Weights] = {}
    for group, given in (document.data.get("weights") or {}).items():
        path = ("weights", group)
        _check_group(group, groups, document, path)
        members = groups[group]
        if given == EQUAL:
            found[group] = {item: Fraction(1, len(members)) for item in members}
        else:
            found[group] = group_weights(given or {}, members, document, path)
    return found


def _judged(
    groups: Mapping[str, Weights], document: LocatedYaml
) -> dict[str, tuple[Weights, PairwiseWeights]]:
    """Turn pairwise judgments into weights; refuse them when they contradict themselves."""
    found: dict[str, tuple[Weights, PairwiseWeights]] = {}
    for group, given in (document.data.get("ahp") or {}).items():
        path = ("ahp", group)
        _check_group(group, groups, document, path)
        items = list(given.get("items") or ())
        group_weights(dict.fromkeys(items, 1), groups[group], document, path)
        result = _compare(given.get("matrix"), len(items), group, document)
        if not result.consistent and given.get("confirmed") is not True:
            raise refuse(
                "ahp_inconsistent",
                file=document.file,
                row=document.line(*path, "matrix"),
                group=group,
                ratio=round(result.consistency_ratio, 3),
                limit=CONSISTENCY_LIMIT,
            )
        exact = [Fraction(weight) for weight in result.weights]
        total = sum(exact, Fraction(0))
        found[group] = (
            {item: w / total for item, w in zip(items, exact, strict=True)},
            result,
        )
    return found


def _compare(matrix: Any, size: int, group: str, document: LocatedYaml) -> PairwiseWeights:
    """Read a matrix of numbers and fractions such as 1/3 and derive its weights."""
    try:
        numbers = [[float(Fraction(str(cell))) for cell in row] for row in matrix]
        shape = {len(numbers), *(len(row) for row in numbers)}
        result = pairwise_weights(numbers if shape == {size} else [])
    except (TypeError, ValueError, ZeroDivisionError) as problem:
        raise refuse(
            "ahp_matrix_wrong",
            file=document.file,
            row=document.line("ahp", group, "matrix"),
            group=group,
            problem=str(problem),
        ) from problem
    return result


def _check_group(
    group: str, groups: Mapping[str, Weights], document: LocatedYaml, path: tuple[str, str]
) -> None:
    if group not in groups:
        raise refuse(
            "catalogue_member_unknown",
            file=document.file,
            row=document.line(*path),
            value=group,
            group=path[0],
            known=", ".join(groups),
        )


def _check_all(extended: Catalogue, document: LocatedYaml) -> None:
    """Check every sum, naming the nearest place in the own file."""
    own = document.data.get("indicators") or {}
    for group, weights in extended.groups.items():
        section = "ahp" if group in extended.ahp else "weights"
        touched = next((code for code in own if code in weights), None)
        path = ("indicators", touched) if touched else (section, group)
        check_sum(weights, group, document, path)
    for mapping in extended.mappings:
        check_mapping(extended.under(mapping), document, ("weights",))
