"""Sentences that say what was checked, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal

from ektp_analytics.measures.printed_number import PrintedNumber, half_up

Language = Literal["id", "en"]

_NOTHING: Mapping[str, Any] = MappingProxyType({})
_ID_MARKS = str.maketrans({",": ".", ".": ","})


@dataclass(frozen=True, slots=True)
class Shown:
    """A recomputed number and the decimals it is shown with."""

    value: Fraction
    decimals: int = 0

    def text(self, lang: Language) -> str:
        """Write the number the way the language writes it."""
        plain = half_up(self.value, self.decimals)
        scaled = abs(int(plain * 10**self.decimals))
        lead, tail = divmod(scaled, 10**self.decimals)
        body = f"{lead:,}" + (f".{tail:0{self.decimals}d}" if self.decimals else "")
        signed = f"-{body}" if plain < 0 else body
        return signed.translate(_ID_MARKS) if lang == "id" else signed


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sentence of ``texts/audit.yaml`` with the figures it names.

    ``str(explanation)`` is the Indonesian sentence; `more` follows it.
    """

    code: str
    details: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    more: tuple[Explanation, ...] = ()

    def text(self, lang: Language = "id") -> str:
        """Return the sentence, and those that follow it, in one language."""
        words = {name: _word(value, lang) for name, value in self.details.items()}
        own: str = _sentences()[self.code][lang].format_map(words)
        return " ".join([own, *(e.text(lang) for e in self.more)])

    def __str__(self) -> str:
        return self.text()


def say(code: str, *more: Explanation, **details: Any) -> Explanation:
    """Make an `Explanation`; reads as a sentence where it is used."""
    return Explanation(code, details, more)


def slip_name(slip: str, lang: Language = "id") -> str:
    """Name a slip in plain words."""
    name: str = _sentences()["slips"][slip][lang]
    return name


@cache
def _sentences() -> Mapping[str, Any]:
    import yaml

    path = resources.files("ektp_analytics") / "texts" / "audit.yaml"
    loaded: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def _word(value: Any, lang: Language) -> Any:
    if isinstance(value, Shown):
        return value.text(lang)
    if isinstance(value, Explanation):
        return value.text(lang)
    if isinstance(value, PrintedNumber):  # the sentence names the unit itself
        return value.text.removesuffix(value.suffix).rstrip()
    if isinstance(value, tuple):
        return "; ".join(str(_word(v, lang)) for v in value)
    if isinstance(value, Mapping):
        return value[lang]
    return value
