"""Printed names of classes, curves and stages, by language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from ektp_analytics.errors import Language


@cache
def labels() -> Mapping[str, Any]:
    """Load the names."""
    import yaml

    path = resources.files("ektp_analytics") / "indicators" / "labels.yaml"
    loaded: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def label(group: str, key: str, lang: Language = "id") -> str:
    """Return one name: ``label("attributes", "sex")``."""
    text: str = labels()[group][key][lang]
    return text


def word(key: str, lang: Language = "id", **details: object) -> str:
    """Return a name that stands alone, filled in: ``word("age_from", low=60)``."""
    text: str = labels()[key][lang]
    return text.format(**details)
