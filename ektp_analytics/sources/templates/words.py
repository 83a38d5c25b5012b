"""The words of the templates, and what a drop-down offers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from ektp_analytics.sources.headers import normalise
from ektp_analytics.sources.schema import Column, SourceSchema
from ektp_analytics.standards.skm import elements

# Categories whose keys are English; their first other spelling is Indonesian.
_ENGLISH_KEYS = ("principle", "valence", "outcome")
_YES_NO = ("ya", "tidak")
_ANSWERS = ("1", "2", "3", "4")


@cache
def words() -> Mapping[str, Any]:
    """Load ``templates.yaml``."""
    path = resources.files("ektp_analytics.sources.templates") / "templates.yaml"
    loaded: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def template_columns(known: SourceSchema) -> tuple[Column, ...]:
    """Return the columns a template asks for, in the order of the source."""
    left_out = words()["left_out"].get(known.key, ())
    return tuple(column for key, column in known.columns.items() if key not in left_out)


def options(column: Column) -> tuple[str, ...]:
    """Return what the drop-down of a column offers; nothing where it has none."""
    if column.kind == "boolean":
        return _YES_NO
    if column.kind == "answer":
        return _ANSWERS
    if column.kind != "category":
        return ()
    english = column.key in _ENGLISH_KEYS
    return tuple(
        others[0] if english and others else _plain(key, others)
        for key, others in column.values.items()
    )


def _plain(key: str, others: tuple[str, ...]) -> str:
    """Return a category as an officer writes it: ``jemput bola`` for ``jemput_bola``."""
    plain = key.replace("_", " ")
    return next((other for other in others if normalise(other) == plain), plain)


def help_text(source: str, column: Column) -> str:
    """Return what may stand in the cells of a column."""
    note = words()["notes"].get(source, {}).get(column.key, "")
    return f"{words()['kinds'][column.kind]} {_meanings(column)}{note}".strip()


def _meanings(column: Column) -> str:
    """Return the four answers of an element in words."""
    if column.kind != "answer":
        return ""
    answers = next(e.answers["id"] for e in elements() if e.key == column.key)
    return "; ".join(f"{n} {text}" for n, text in enumerate(answers, start=1)) + ". "
