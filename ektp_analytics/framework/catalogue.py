"""The catalogue of indicators: loaded from YAML, checked, extended by an own file."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ektp_analytics.errors import Language, refuse
from ektp_analytics.framework.indicator import Indicator

if TYPE_CHECKING:
    import pandas as pd

    from ektp_analytics.framework.ahp import PairwiseWeights

OVERALL = "overall"
DEFAULT_MAPPING = "default"

Weights = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Placing:
    """Another way of placing indicators, with the weights it brings."""

    key: str
    name: Mapping[str, str]
    move: Mapping[str, str]
    weights: Mapping[str, Weights]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every indicator, where it stands, and every weight.

    Parameters
    ----------
    version
        Version of the catalogue; an own file adds its own after a plus sign.
    principles, aspects
        Names by language, keyed ``participation`` and ``participation.reach``.
    indicators
        By code, in catalogue order.
    groups
        Weights that sum to one: ``overall`` over principles, ``participation`` over
        aspects, ``participation.reach`` over scored indicators.
    counters
        Names of the counter figures by language.
    mappings
        Other placings; `mapping` names the one in use.
    ahp
        Consistency of the groups whose weights come from pairwise judgments.
    origin
        The catalogue under the default mapping, where another mapping is in use.
    """

    version: str
    principles: Mapping[str, Mapping[str, str]]
    aspects: Mapping[str, Mapping[str, str]]
    indicators: Mapping[str, Indicator]
    groups: Mapping[str, Weights]
    counters: Mapping[str, Mapping[str, str]]
    mappings: Mapping[str, Placing]
    mapping: str = DEFAULT_MAPPING
    ahp: Mapping[str, PairwiseWeights] = field(default_factory=lambda: MappingProxyType({}))
    origin: Catalogue | None = None

    def __hash__(self) -> int:
        """Return a number by which what follows from a catalogue alone can be kept.

        Two that differ only in an order have different numbers: layouts follow the order.
        """
        groups = (part for name, group in self.groups.items() for part in (name, *group))
        return hash((self.version, self.mapping, *self.indicators, *groups))

    def __getitem__(self, code: str) -> Indicator:
        """Return one indicator; an unknown code is refused with the nearest one."""
        if code not in self.indicators:
            nearest = difflib.get_close_matches(code, self.indicators, n=1, cutoff=0.0)
            raise refuse("indicator_unknown", value=code, nearest=nearest[0])
        return self.indicators[code]

    @property
    def scored(self) -> tuple[Indicator, ...]:
        """Indicators that enter a score, in catalogue order."""
        return tuple(item for item in self.indicators.values() if item.scored)

    def aspects_of(self, principle: str) -> tuple[str, ...]:
        """Return the aspects of a principle that hold scored indicators."""
        return tuple(f"{principle}.{aspect}" for aspect in self.groups[principle])

    def weight_in_principle(self, code: str) -> Fraction:
        """Return the weight of an indicator within its principle, over both levels."""
        return _weight_in_principle(self, code)

    def under(self, mapping: str) -> Catalogue:
        """Return the same catalogue with indicators placed by another mapping.

        Raises
        ------
        Refused
            If there is no such mapping.
        """
        origin = self.origin or self
        if mapping == self.mapping:
            return self
        if mapping == DEFAULT_MAPPING:
            return origin
        if mapping not in self.mappings:
            known = ", ".join((DEFAULT_MAPPING, *self.mappings))
            raise refuse("mapping_unknown", value=mapping, known=known)
        return _placed(origin, mapping)

    def to_frame(self, lang: Language = "id") -> pd.DataFrame:
        """Return the catalogue as a table, one row per indicator.

        Returns
        -------
        pandas.DataFrame
            Columns code, principle, aspect, name, definition, formula, sources, unit,
            floor, target, weight (share of the principle in percent), scored,
            uncertainty, counter, legal_basis, legal_basis_verified, valid_from.
        """
        import pandas as pd

        rows = [self._row(item, lang) for item in self.indicators.values()]
        return pd.DataFrame(rows)

    def _row(self, item: Indicator, lang: Language) -> dict[str, Any]:
        return {
            "code": item.code,
            "principle": self.principles[item.principle][lang],
            "aspect": self.aspects[item.group][lang],
            "name": item.name[lang],
            "definition": item.definition[lang],
            "formula": item.formula[lang],
            "sources": ", ".join(item.sources),
            "unit": item.unit,
            "floor": item.floor,
            "target": item.target,
            "weight": float(100 * self.weight_in_principle(item.code)),
            "scored": item.scored,
            "uncertainty": item.uncertainty,
            "counter": self.counters[item.counter][lang] if item.counter else None,
            "legal_basis": item.legal_basis,
            "legal_basis_verified": item.legal_basis_verified,
            "valid_from": item.valid_from,
        }


def load_catalogue(
    extra: str | None = None, *, file: str = "catalogue.yaml", mapping: str = DEFAULT_MAPPING
) -> Catalogue:
    """Load the catalogue of the package, with an own file on top where one is given.

    Parameters
    ----------
    extra
        Text of an own YAML file that adds or changes `indicators`, sets `weights` of
        groups, or gives pairwise judgments under `ahp`.
    file
        Its name for messages.
    mapping
        ``default``, or another placing such as ``paper``.

    Returns
    -------
    Catalogue

    Raises
    ------
    Refused
        With file and line: a field absent or wrong, an unknown name, goalposts equal or
        reversed, weights that do not sum to one, inconsistent pairwise judgments.

    Examples
    --------
    >>> catalogue = load_catalogue()
    >>> catalogue["legal_time_limit"].principle
    'rule_of_law'
    """
    catalogue = _packaged()
    if extra is not None:
        from ektp_analytics.framework.extension import extend

        catalogue = extend(catalogue, extra, file)
    return catalogue.under(mapping)


@cache
def _packaged() -> Catalogue:
    from ektp_analytics.framework.reading import read_catalogue

    path = resources.files("ektp_analytics") / "framework" / "indicators.yaml"
    return read_catalogue(path.read_text(encoding="utf-8"), "indicators.yaml")


@lru_cache
def _weight_in_principle(catalogue: Catalogue, code: str) -> Fraction:
    item = catalogue[code]
    if not item.scored:
        return Fraction(0)
    return catalogue.groups[item.principle][item.aspect] * catalogue.groups[item.group][code]


@lru_cache(maxsize=16)
def _placed(catalogue: Catalogue, key: str) -> Catalogue:
    """Move indicators and rebuild the groups they leave and enter."""
    mapping = catalogue.mappings[key]
    moved = {
        code: _moved(item, mapping.move.get(code)) for code, item in catalogue.indicators.items()
    }
    groups: dict[str, Weights] = {OVERALL: catalogue.groups[OVERALL]}
    for group in catalogue.aspects:
        members = [i.code for i in moved.values() if i.group == group and i.scored]
        if members:
            groups[group] = _group_weights(catalogue, mapping, group, members)
    for principle in catalogue.principles:
        members = [g.partition(".")[2] for g in groups if g.partition(".")[0] == principle]
        groups[principle] = _group_weights(
            catalogue, mapping, principle, [aspect for aspect in members if aspect]
        )
    return replace(catalogue, indicators=moved, groups=groups, mapping=key, origin=catalogue)


def _moved(item: Indicator, place: str | None) -> Indicator:
    if place is None:
        return item
    principle, _, aspect = place.partition(".")
    return replace(item, principle=principle, aspect=aspect)


def _group_weights(
    catalogue: Catalogue, mapping: Placing, group: str, members: list[str]
) -> Weights:
    """Return the weights of a group under a mapping.

    Members the mapping names share what the others leave, in the mapping's proportions;
    a group it does not name keeps its own weights.
    """
    own = catalogue.groups.get(group, {})
    named = mapping.weights.get(group)
    if named is None:
        return own
    listed = {m: named[m] for m in members if m in named}
    others = {m: own.get(m, Fraction(0)) for m in members if m not in named}
    left = (1 - sum(others.values(), Fraction(0))) / sum(listed.values(), Fraction(0))
    return {m: listed[m] * left if m in listed else others[m] for m in members}
