"""What an own catalogue changes: indicators added or altered, weights, pairwise judgments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from ektp_analytics.framework.ahp import PairwiseWeights
from ektp_analytics.framework.catalogue import Catalogue, Weights, load_catalogue
from ektp_analytics.framework.indicator import Indicator


@dataclass(frozen=True, slots=True)
class OwnChanges:
    """How a catalogue differs from the one of the package.

    Parameters
    ----------
    added
        Codes of indicators the package does not know.
    altered
        Code of a known indicator to the names of the fields that differ.
    weights
        Group to its weights, for every group whose weights differ.
    judged
        Group to its pairwise judgments, with their consistency.
    """

    added: tuple[str, ...]
    altered: Mapping[str, tuple[str, ...]]
    weights: Mapping[str, Weights]
    judged: Mapping[str, PairwiseWeights]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.altered or self.weights or self.judged)

    def to_record(self) -> dict[str, Any]:
        """Return the changes as plain objects, weights in percent of their group."""
        return {
            "added": list(self.added),
            "altered": {code: list(names) for code, names in self.altered.items()},
            "weights": {
                group: {item: float(100 * weight) for item, weight in weights.items()}
                for group, weights in self.weights.items()
            },
            "consistency_ratios": {
                group: result.consistency_ratio for group, result in self.judged.items()
            },
        }


def own_changes(catalogue: Catalogue) -> OwnChanges:
    """Compare a catalogue with the one of the package, under the same mapping."""
    known = load_catalogue(mapping=catalogue.mapping)
    shared = [code for code in catalogue.indicators if code in known.indicators]
    compared = {code: _differing(known[code], catalogue[code]) for code in shared}
    return OwnChanges(
        added=tuple(code for code in catalogue.indicators if code not in known.indicators),
        altered={code: names for code, names in compared.items() if names},
        weights={
            group: weights
            for group, weights in catalogue.groups.items()
            if weights != known.groups.get(group)
        },
        judged=dict(catalogue.ahp),
    )


def _differing(known: Indicator, own: Indicator) -> tuple[str, ...]:
    """Return the fields that differ; the weight is told with its group."""
    names = [field.name for field in fields(Indicator) if field.name != "weight"]
    return tuple(name for name in names if getattr(known, name) != getattr(own, name))
